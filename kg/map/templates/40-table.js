// The table twin: every shown thing, line and statement as sortable, filterable rows.
const PAGE = 200;
const table = { tab: "lines", sort: -1, down: false, text: "", shown: PAGE };

const TABS = {
  lines: {
    head: ["start", "kind", "end", "date", "stage", "sectors", "what", "statementsTab", "source"],
    rows: () =>
      shownLines.flatMap((line) => {
        const kept = lines.records[line].filter((record) => recordPasses[record]);
        return (kept.length ? kept : [-1]).map((record) => lineRow(line, record));
      }),
  },
  records: {
    head: [
      "what",
      "kind",
      "date",
      "until",
      "status",
      "stage",
      "instrument",
      "place",
      "forum",
      "parties",
      "people",
      "sectors",
      "aim",
      "note",
      "follows",
      "statementsTab",
    ],
    rows: () => shownRecords().map(recordRow),
  },
  things: {
    head: ["name", "kind", "country", "aliases", "alsoLines", "statementsTab"],
    rows: () =>
      shownThings.map((thing) => ({
        chosen: { thing },
        cells: [
          nameOf(thing).text,
          say(THINGS[things.kind[thing]]),
          countryText(things.country[thing]),
          things.aliases[thing].join("; "),
          linesShownOf(thing).length,
          things.statements[thing].length,
        ],
      })),
  },
  statementsTab: {
    head: ["what", "says", "source", "date", "locator", "links"],
    rows: () =>
      shownRecords().flatMap((record) =>
        records.statements[record].map((statement) => statementRow(record, statement)),
      ),
  },
};

function shownRecords() {
  return [...new Set(shownLines.flatMap((line) => lines.records[line]))].filter((record) => recordPasses[record]);
}

function recordName(record) {
  return textAt(records.name, record).text || partyNames(record) || say(data.kinds.record[records.kind[record]]);
}

function lineRow(line, record) {
  const ends = [nameOf(lines.start[line]).text, say(data.kinds.line[lines.kind[line]]), nameOf(lines.end[line]).text];
  if (record < 0) return { chosen: { line }, cells: [...ends, "", "", "", "", 0, ""] };
  const outlets = [
    ...new Set(records.statements[record].map((each) => sources.outlet[statements.source[each]] || "")),
  ].filter(Boolean);
  return {
    chosen: { line },
    cells: [
      ...ends,
      records.date[record],
      conceptName(records.stage[record]).text,
      records.sectors[record].map((each) => conceptName(each).text).join("; "),
      recordName(record),
      records.statements[record].length,
      outlets.join("; "),
    ],
  };
}

// All a record's card tells, in one row.
function recordRow(record) {
  const names = (list) => list.map((thing) => nameOf(thing).text).join("; ");
  const people = records.people[record].map(([official, role, post, body]) =>
    [
      nameOf(official).text,
      [conceptName(post).text, body >= 0 ? say("actingFor", { body: nameOf(body).text }) : "", role && say(role)]
        .filter(Boolean)
        .join(", "),
    ]
      .filter(Boolean)
      .join(" – "),
  );
  const city = records.city[record];
  const place = [records.place[record], city >= 0 ? nameOf(city).text : ""].filter(Boolean).join(", ");
  const line = lineOfRecord[record];
  return {
    chosen: line < 0 ? null : { line },
    cells: [
      recordName(record),
      say(data.kinds.record[records.kind[record]] === "unit" ? "unit" : data.kinds.record[records.kind[record]]),
      records.date[record],
      records.until[record],
      records.status[record] && say(records.status[record]),
      conceptName(records.stage[record]).text,
      conceptName(records.instrument[record]).text,
      place,
      conceptName(records.forum[record]).text,
      names(records.parties[record]),
      people.join("; "),
      records.sectors[record].map((each) => conceptName(each).text).join("; "),
      textAt(records.aim, record).text,
      textAt(records.note, record).text,
      records.follows[record].map(recordName).join("; "),
      records.statements[record].length,
    ],
  };
}

function statementRow(record, statement) {
  const source = statements.source[statement];
  const line = lineOfRecord[record];
  const claims = statements.claims[statement].map(([field, value]) => `${field}: ${value}`);
  return {
    chosen: line < 0 ? null : { line },
    cells: [
      recordName(record),
      [textAt(statements.says, statement).text, ...claims].filter(Boolean).join(" | "),
      sources.outlet[source] || "",
      sources.published[source] || "",
      statements.locator[statement],
      sources.url[source] || "",
    ],
  };
}

function tableRows() {
  const wanted = fold(table.text.trim());
  let rows = TABS[table.tab].rows();
  if (wanted) rows = rows.filter((each) => fold(each.cells.join("\n")).includes(wanted));
  if (table.sort >= 0) {
    const order = new Intl.Collator(state.lang, { numeric: true });
    rows.sort(
      (one, two) => (table.down ? -1 : 1) * order.compare(String(one.cells[table.sort]), String(two.cells[table.sort])),
    );
  }
  return rows;
}

function buildTable() {
  if (state.view !== "table") return;
  const tabs = Object.keys(TABS).map((tab) =>
    make(
      "button",
      { type: "button", "aria-pressed": String(tab === table.tab), onclick: () => showTab(tab) },
      say(tab === "lines" ? "alsoLines" : tab),
    ),
  );
  const find = make("input", {
    type: "search",
    id: "tableText",
    value: table.text,
    placeholder: say("text"),
    "aria-label": say("text"),
    oninput: (event) => {
      table.text = event.target.value;
      table.shown = PAGE;
      fillTable();
    },
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
      { class: "scroll", tabindex: "0", role: "region", "aria-label": say("table") },
      make("table", {}, make("thead"), make("tbody")),
    ),
  );
  fillTable();
}

function showTab(tab) {
  Object.assign(table, { tab, sort: -1, down: false, shown: PAGE });
  buildTable();
}

function fillTable() {
  const rows = tableRows();
  const head = TABS[table.tab].head.map((key, place) =>
    make(
      "th",
      { scope: "col", "aria-sort": table.sort === place ? (table.down ? "descending" : "ascending") : "none" },
      make(
        "button",
        { type: "button", onclick: () => sortBy(place) },
        say(key),
        make("span", { "aria-hidden": "true" }, table.sort === place ? (table.down ? " ↓" : " ↑") : ""),
      ),
    ),
  );
  fill($("table").querySelector("thead"), make("tr", {}, head));
  fill($("table").querySelector("tbody"), rows.slice(0, table.shown).map(tableRow));
  $("rowCount").textContent = say("rows", { n: countText(rows.length) });
  $("table").querySelector(".wide")?.remove();
  const left = rows.length - table.shown;
  if (left > 0)
    $("table")
      .querySelector(".scroll")
      .append(
        make(
          "button",
          {
            type: "button",
            class: "wide",
            onclick: () => {
              table.shown += PAGE * 5;
              fillTable();
            },
          },
          say("more", { n: countText(left) }),
        ),
      );
}

function sortBy(place) {
  table.down = table.sort === place && !table.down;
  table.sort = place;
  fillTable();
  $("table").querySelectorAll("th button")[place].focus();
}

function tableRow({ chosen, cells }) {
  const own = cells.map((cell, place) => {
    const text = String(cell);
    if (!place && chosen)
      return make(
        "th",
        { scope: "row", dir: "auto" },
        make("button", { type: "button", class: "name", onclick: () => choose(chosen) }, text),
      );
    return make(
      "td",
      { dir: "auto", class: text.length > 70 ? "wordy" : undefined },
      safeAddress(text)
        ? link(text, text)
        : ["date", "until"].includes(TABS[table.tab].head[place])
          ? dateText(text)
          : text,
    );
  });
  return make("tr", {}, own);
}
