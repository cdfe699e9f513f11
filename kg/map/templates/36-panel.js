// What is chosen, told in full: a thing, a line, a path, or the map itself.
const FIRST = 60;

function buildPanel() {
  const { chosen, path } = state;
  const panel = $("panel");
  if (path) fill(panel, pathPanel(path));
  else if (chosen && chosen.thing !== undefined) fill(panel, thingPanel(chosen.thing));
  else if (chosen) fill(panel, linePanel(chosen.line));
  else fill(panel, aboutPanel());
  panel.classList.toggle("open", Boolean(chosen || path));
  panel.scrollTop = 0;
}

function panelHead(kicker, title, picture) {
  const close = make(
    "button",
    {
      type: "button",
      class: "close",
      "aria-label": say("close"),
      onclick: () => {
        choose(null);
        frame.focus();
      },
    },
    "×",
  );
  return make("header", {}, make("p", { class: "kicker" }, picture, kicker), title, close);
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
    thingTools(thing),
    about,
    data.outline ? make("p", {}, say("outline"), " ", make("code", {}, `kg map --focus ${things.id[thing]}`)) : null,
    ...recordGroups(thing),
    own.length ? [make("h3", {}, say("aboutIt")), statementList(own)] : null,
  ];
}

function thingTools(thing) {
  const focused = state.focus === thing;
  const tool = (key, act, pressed) =>
    make("button", { type: "button", onclick: act, "aria-pressed": pressed }, say(key));
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
  if (things.kind[thing] === 0) for (const record of peopleIndex().get(thing) || []) found.add(record);
  return [...found]
    .filter((record) => recordPasses[record])
    .sort((one, two) => (records.latest[two] ?? -1e9) - (records.latest[one] ?? -1e9) || one - two);
}

let byPerson = null;
function peopleIndex() {
  if (byPerson) return byPerson;
  byPerson = new Map();
  records.people.forEach((people, record) => {
    for (const [official] of people) {
      if (!byPerson.has(official)) byPerson.set(official, []);
      byPerson.get(official).push(record);
    }
  });
  return byPerson;
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
  const own = [...lines.records[line]].sort(
    (one, two) => (records.latest[two] ?? -1e9) - (records.latest[one] ?? -1e9) || one - two,
  );
  const step = (key, by) =>
    make(
      "button",
      { type: "button", onclick: () => choose({ line: together[(at + by + together.length) % together.length] }) },
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
    panelHead(say("path", { n: steps.length }), title),
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

function metaText() {
  const { outline } = data;
  const meetings = records.kind.filter((kind) => kind === 0).length;
  const parts = [
    say("counts", { things: countText(thingCount), lines: countText(outline ? outline.lines : lineCount) }),
  ];
  if (!outline) parts.push(say("meetingCount", { n: countText(meetings) }));
  parts.push(say("sourceCount", { n: countText(outline ? outline.sources : sources.id.length) }));
  if (data.date) parts.push(say("dataTo", { date: dateText(data.date) }));
  return parts.join(" · ");
}
