// What is chosen, told in full: a thing, a line, a path, or the map itself.
const FIRST = 60;
let told = "",
  reopened = new Set();

function buildPanel() {
  const { chosen, path } = state;
  const panel = $("panel");
  const now = JSON.stringify([chosen, path]);
  const scrolled = now === told ? panel.scrollTop : 0;
  const open = now === told ? [...panel.querySelectorAll("details[open]")] : [];
  reopened = new Set(open.map((card) => card.dataset.record));
  panel.toggleAttribute("data-anew", now !== told);
  told = now;
  if (path) fill(panel, pathPanel(path));
  else if (chosen && chosen.thing !== undefined) fill(panel, thingPanel(chosen.thing));
  else if (chosen) fill(panel, linePanel(chosen.line));
  else fill(panel, aboutPanel());
  panel.classList.toggle("open", Boolean(chosen || path));
  panel.scrollTop = scrolled;
}

function panelHead(kicker, title, picture) {
  const close = () => {
    choose(null);
    goHome();
  };
  return make(
    "header",
    {},
    make("p", { class: "kicker" }, picture, kicker),
    title,
    growButton(),
    make("button", { type: "button", class: "close", "data-key": "close", "aria-label": say("close"), onclick: close }, "×"),
  );
}

// On a phone the facts leave half the screen to the map, unless the reader wants more of them.
function growButton() {
  const { classList } = $("panel");
  const name = () => say(classList.contains("tall") ? "smaller" : "bigger");
  const sign = () => (classList.contains("tall") ? "▾" : "▴");
  const grow = () => {
    classList.toggle("tall");
    button.setAttribute("aria-label", name());
    button.textContent = sign();
  };
  const properties = { type: "button", class: "grow only-phone", "data-key": "grow", "aria-label": name(), onclick: grow };
  const button = make("button", properties, sign());
  return button;
}

function thingPanel(thing) {
  const kind = things.kind[thing];
  const note = textAt(things.note, thing);
  const about = facts([
    ["aliases", things.aliases[thing].join(" · ")],
    ["country", countryText(things.country[thing])],
    ["note", note.text && words(note)],
    ["links", listed(things.links[thing].map((each) => link(each, each.replace(/^https?:\/\//, ""))))],
  ]);
  const own = things.statements[thing];
  return [
    panelHead(say(THINGS[kind]), words(nameOf(thing), "h2"), shapePicture(kind)),
    data.outline ? null : thingTools(thing),
    about,
    data.outline ? make("p", {}, say("outline"), " ", make("code", {}, `kg map --focus ${things.id[thing]}`)) : null,
    ...recordGroups(thing),
    own.length ? [make("h3", {}, say("aboutIt")), statementList(own)] : null,
    ...postsIn(thing).map(saidOf),
  ];
}

// What is said of the posts of a body is told with the body.
function postsIn(thing) {
  return numbersOf(concepts.body.map((body) => body === thing)).filter((post) => concepts.statements[post].length);
}

function saidOf(concept) {
  const title = make("h3", { class: "said" }, say("saidOf", { name: conceptText(concept) }));
  return [title, statementList(concepts.statements[concept])];
}

function thingTools(thing) {
  const focused = state.focus === thing;
  const tool = (key, act, pressed) =>
    make("button", { type: "button", "data-key": key, onclick: act, "aria-pressed": pressed }, say(key));
  return make(
    "div",
    { class: "actions" },
    focused ? null : tool("neighbourhood", () => focusOn(thing, 1)),
    focused ? tool("wider", () => focusOn(thing, state.depth + 1)) : null,
    focused && state.depth > 1 ? tool("narrower", () => focusOn(thing, state.depth - 1)) : null,
    state.focus >= 0 ? tool("everything", () => focusOn(-1, 1)) : null,
    tool("pathTo", startPath, String(state.picking)),
    state.picking ? make("p", { class: "hint" }, say("pathPick")) : null,
  );
}

function focusOn(thing, depth) {
  change({ focus: thing, depth });
  fitCamera();
  tell(showCounts());
}

function recordsOf(thing) {
  const found = new Set(linesOf[thing].flatMap((line) => lines.records[line]));
  for (const record of namedIn().get(thing) || []) found.add(record);
  return newestFirst([...found].filter((record) => recordPasses[record]));
}

function newestFirst(list) {
  return list.sort((one, two) => (records.latest[two] ?? -1e9) - (records.latest[one] ?? -1e9) || one - two);
}

// Records by whom they name: one with a single party has no line to be found by.
let byName = null;
function namedIn() {
  if (byName) return byName;
  byName = new Map();
  for (let record = 0; record < recordCount; record++) {
    for (const thing of [...records.parties[record], ...records.people[record].map(([official]) => official)]) {
      if (!byName.has(thing)) byName.set(thing, []);
      byName.get(thing).push(record);
    }
  }
  return byName;
}

function recordGroups(thing) {
  const found = recordsOf(thing);
  const titles = { meeting: "meetings", cooperation: "cooperations", tenure: "posts", unit: "relations" };
  const order =
    things.kind[thing] === 0
      ? ["tenure", "meeting", "cooperation", "unit"]
      : ["cooperation", "meeting", "unit", "tenure"];
  return order.flatMap((kind) => {
    const own = found.filter((record) => data.kinds.record[records.kind[record]] === kind);
    if (!own.length) return [];
    return [make("h3", {}, say(titles[kind]), make("span", { class: "count" }, countText(own.length))), cards(own)];
  });
}

function cards(list, open = false) {
  const holder = make("div", { class: "cards" });
  const show = (from) => {
    holder.append(...list.slice(from, from + FIRST).map((record) => recordCard(record, open)));
    const left = list.length - from - FIRST;
    if (left > 0) {
      const more = make(
        "button",
        {
          type: "button",
          class: "wide",
          onclick: () => {
            more.remove();
            show(from + FIRST);
            holder.children[from + FIRST].querySelector("summary").focus();
          },
        },
        say("more", { n: countText(left) }),
      );
      holder.append(more);
    }
  };
  show(0);
  return holder;
}

function linePanel(line) {
  const title = make("h2", {}, words(nameOf(lines.start[line])), " – ", words(nameOf(lines.end[line])));
  const kind = say(data.kinds.line[lines.kind[line]]);
  const together = mates[line].filter((each) => lineShown[each]);
  const at = together.indexOf(line);
  const count = together.length > 1 ? ` · ${say("step", { n: at + 1, all: together.length })}` : "";
  const own = newestFirst(lines.records[line].filter((record) => recordPasses[record] || !lineShown[line]));
  const step = (key, by) =>
    make(
      "button",
      {
        type: "button",
        "data-key": key,
        onclick: () => choose({ line: together[(at + by + together.length) % together.length] }),
      },
      say(key),
    );
  return [
    panelHead(kind + count, title, linePicture(lineStyle[line])),
    make(
      "div",
      { class: "actions" },
      thingButton(lines.start[line]),
      thingButton(lines.end[line]),
      together.length > 1 ? [step("previous", -1), step("next", 1)] : null,
    ),
    cards(own, true),
  ];
}

function pathPanel({ from, to }) {
  const steps = findPath(from, to);
  const title = make("h2", {}, words(nameOf(from)), " → ", words(nameOf(to)));
  if (!steps) return [panelHead(say("noPath"), title)];
  let at = from;
  const items = steps.map((line) => {
    at = otherEnd(line, at);
    const button = make(
      "button",
      { type: "button", class: "name", onclick: () => change({ chosen: { line }, path: null }) },
      say(data.kinds.line[lines.kind[line]]),
    );
    return make("li", {}, button, " → ", thingButton(at));
  });
  return [
    panelHead(sayCount("path", steps.length), title),
    make("ol", { class: "steps" }, make("li", {}, thingButton(from)), items),
  ];
}

function aboutPanel() {
  const how = ["howMet", "howPursues", "howActs", "howUnit", "howPresent"].filter((_, kind) =>
    lines.kind.includes(kind),
  );
  const keys = [
    ["/", "keySearch"],
    ["← ↑ → ↓", "keyArrows"],
    ["n p", "keyLine"],
    ["Enter", "keyEnter"],
    ["Esc", "keyEsc"],
    ["+ − 0", "keyZoom"],
  ];
  return [
    make("header", {}, make("h2", {}, say("about"))),
    aboutText(),
    make("p", { class: "quiet" }, metaText()),
    make("h3", {}, say("howCounted")),
    make(
      "ul",
      { class: "how" },
      [...how, "howStage"].map((key) => make("li", {}, say(key))),
    ),
    make("h3", {}, say("keys")),
    make(
      "dl",
      { class: "keys" },
      keys.flatMap(([key, text]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, say(text))]),
    ),
    make(
      "footer",
      {},
      make("p", {}, say("credit")),
      data.licence ? make("p", {}, `${say("licence")}: `, link(data.licence, data.licence)) : null,
    ),
  ];
}

function aboutText() {
  const own = data.about.find(([lang]) => lang === state.lang) || data.about[0];
  return own ? words({ text: own[1], lang: own[0] }, "p") : null;
}

const sourceNumber = () => (data.outline ? data.outline.sources : sources.id.length);
const sourceText = () => sayCount("sourceCount", sourceNumber());

function metaText() {
  const { outline } = data;
  const meetings = records.kind.filter((kind) => kind === 0).length;
  const parts = data.date ? [say("dataTo", { date: dateText(data.date) })] : [];
  parts.push(sayCounts(thingCount, outline ? outline.lines : lineCount));
  if (!outline) parts.push(sayCount("meetingCount", meetings), sayCount("statements", statements.id.length));
  return [...parts, sourceText()].join(" · ");
}
