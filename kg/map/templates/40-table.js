// The table twin on the page: tabs, a search in it, columns that sort, and rows as they are asked for.
const PAGE = 200;
const DATES = ["date", "until", "publishedOn"];
let rowsAsked = PAGE;

// The outline of a very large network has things alone.
const tabNames = () => (data.outline ? ["things"] : Object.keys(TABS));
const tabTitle = (tab) => say(tab === "lines" ? "alsoLines" : tab);

// Rows of the chosen tab that hold the text asked for, in the order asked for.
function tableRows() {
  const wanted = fold(state.text.trim());
  let rows = TABS[state.tab].rows();
  if (wanted) rows = rows.filter((each) => fold(each.cells.join("\n")).includes(wanted));
  const [column, down] = sorting();
  if (column >= 0) {
    rows.sort((one, two) => (down ? -1 : 1) * inOrder(one.cells[column], two.cells[column]));
  }
  return rows;
}

function inOrder(one, two) {
  if (typeof one === "number" && typeof two === "number") return one - two;
  return intl("Collator", { numeric: true }).compare(String(one), String(two));
}

// The column sorted by (-1: as they come) and whether it goes down: "-date" does.
function sorting() {
  const down = state.sort.startsWith("-");
  return [TABS[state.tab].head.indexOf(down ? state.sort.slice(1) : state.sort), down];
}

function buildTable() {
  if (state.view !== "table") return;
  const tabs = tabNames().map((tab) =>
    make(
      "button",
      { type: "button", "data-key": tab, "aria-pressed": String(tab === state.tab), onclick: () => showTab(tab) },
      tabTitle(tab),
    ),
  );
  const find = make("input", {
    type: "search",
    id: "tableText",
    value: state.text,
    placeholder: say("text"),
    "aria-label": say("text"),
    oninput: (event) => findRows(event.target.value),
  });
  fill(
    $("table"),
    make(
      "div",
      { class: "table-tools" },
      make("div", { class: "switch", role: "group", "aria-label": say("table") }, tabs),
      find,
      make("span", { id: "rowCount", class: "quiet" }),
    ),
    make(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": say("table"), "data-key": "rows" },
      make("table", {}, make("thead"), make("tbody")),
    ),
  );
  fillTable();
}

function showTab(tab) {
  rowsAsked = PAGE;
  change({ tab, sort: "" });
  buildTable();
  tell(`${tabTitle(tab)}: ${$("rowCount").textContent}`);
}

function findRows(text) {
  rowsAsked = PAGE;
  change({ text });
  fillTable();
  tellSoon(() => $("rowCount").textContent);
}

function fillTable(most = rowsAsked) {
  const rows = tableRows();
  fill($("table").querySelector("thead"), make("tr", {}, TABS[state.tab].head.map(headCell)));
  fill($("table").querySelector("tbody"), rows.slice(0, most).map(tableRow));
  $("rowCount").textContent = sayCount("rows", rows.length);
  $("table").querySelector(".wide")?.remove();
  const left = rows.length - most;
  if (left > 0) $("table").querySelector(".scroll").append(moreButton(left));
}

function headCell(key) {
  const sign = { [key]: " ↑", [`-${key}`]: " ↓" }[state.sort] || "";
  return make(
    "th",
    { scope: "col", "aria-sort": { "": "none", " ↑": "ascending", " ↓": "descending" }[sign] },
    make(
      "button",
      { type: "button", "data-key": key, onclick: () => sortBy(key) },
      say(key),
      make("span", { "aria-hidden": "true" }, sign),
    ),
  );
}

function sortBy(key) {
  const down = state.sort === key;
  change({ sort: down ? `-${key}` : key });
  fillTable();
  tell(say(down ? "sortedDown" : "sortedUp", { name: say(key) }));
}

// The new rows follow the last old one, and so does the focus.
function moreButton(left) {
  const ask = () => {
    const before = rowsAsked;
    rowsAsked += PAGE * 5;
    fillTable();
    $("table").querySelectorAll("tbody tr")[before].querySelector("button, [tabindex]").focus();
  };
  return make("button", { type: "button", class: "wide", onclick: ask }, say("more", { n: countText(left) }));
}

function tableRow({ chosen, cells }) {
  const row_ = make("tr", {});
  cells.forEach((cell, place) => {
    const text = String(cell);
    if (!place) row_.append(headOfRow(text, chosen));
    else row_.append(make("td", { dir: "auto", class: classOf(text, place) }, cellOf(text, place)));
  });
  return row_;
}

function headOfRow(text, chosen) {
  if (!chosen) return make("th", { scope: "row", dir: "auto", tabindex: "-1" }, text);
  const button = make("button", { type: "button", class: "name", onclick: () => openRow(button, chosen) }, text);
  return make("th", { scope: "row", dir: "auto" }, button);
}

// The facts of a row take the focus, and give it back to the row.
function openRow(button, chosen) {
  rowLeft = button;
  choose(chosen);
  $("panel").focus();
}

const isDay = (place) => DATES.includes(TABS[state.tab].head[place]);
const classOf = (text, place) => (isDay(place) ? "day" : text.length > 70 ? "wordy" : undefined);

function cellOf(text, place) {
  const key = TABS[state.tab].head[place];
  if (key === "links")
    return text.split(" ").flatMap((each, at) => [at ? " " : null, each && link(each, each)]);
  return isDay(place) ? dateText(text) : text;
}
