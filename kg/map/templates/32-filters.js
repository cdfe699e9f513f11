// The legend is the filter: each row shows how it is drawn, how many there are, and takes it away or back.
function buildFilters() {
  const counts = countAll();
  fill(
    $("filters"),
    make("p", { class: "shown", id: "shown" }),
    groupMembers.length && !data.outline
      ? make(
          "label",
          { class: "row stale" },
          make("input", {
            type: "checkbox",
            id: "showAll",
            checked: state.showAll,
            onchange: () => change({ showAll: !state.showAll, opened: new Set() }),
          }),
          say("showAll", { n: countText(thingCount) }),
        )
      : null,
    groupMembers.length
      ? make("button", { type: "button", class: "wide", id: "closeGroups", onclick: closeGroups }, say("closeGroups"))
      : null,
    kindRows(counts),
    styleRows(counts),
    lineRows(counts),
    data.outline ? null : staleRow(),
    chooser("exactStage", "stages", counts.stages, (place) => conceptName(place), byRank),
    chooser("sector", "sectors", counts.sectors, (place) => conceptName(place)),
    chooser("country", "countries", counts.countries, (code) => ({ text: countryText(code), lang: "" }), byCount, "countryHelp"),
    chooser("family", "families", counts.families, (name) => ({ text: name, lang: "" })),
    make("button", { type: "button", class: "wide", "data-key": "reset", onclick: resetFilters }, say("reset")),
  );
  showCounts();
}

function staleRow() {
  return make(
    "label",
    { class: "row stale", title: say("staleHelp", { date: dateText(data.date) }) },
    make("input", {
      type: "checkbox",
      "data-key": "stale",
      checked: state.stale,
      onchange: () => change({ stale: !state.stale }),
    }),
    say("stale"),
  );
}

function resetFilters() {
  const empty = Object.fromEntries(
    ["offKinds", "offLines", "offStyles", "sectors", "countries", "families", "stages"].map((name) => [name, new Set()]),
  );
  change({ ...empty, since: null, until: null, undated: true, stale: false, focus: -1, depth: 1, path: null });
  buildFilters();
  buildTime();
}

function group(title, rows) {
  return rows.length ? make("fieldset", {}, make("legend", {}, say(title)), rows) : null;
}

function row(name, value, key, picture, count) {
  const toggle = () => change({ [name]: withToggled(state[name], value) });
  return make(
    "label",
    { class: "row" },
    make("input", {
      type: "checkbox",
      "data-key": `${name} ${value}`,
      checked: !state[name].has(value),
      onchange: toggle,
    }),
    picture,
    make("span", {}, say(key)),
    make("span", { class: "count", "data-count": `${name} ${value}` }, countText(count)),
  );
}

function kindRows(counts) {
  const kinds = THINGS.map((_, kind) => kind).filter((kind) => counts.kinds.get(kind));
  return group(
    "kindOfThing",
    kinds.map((kind) => row("offKinds", kind, PLURALS[kind], shapePicture(kind), counts.kinds.get(kind))),
  );
}

function styleRows(counts) {
  const styles = STYLES.map((_, style) => style).filter((style) => counts.styles.get(style));
  return group(
    "stage",
    styles.map((style) => row("offStyles", style, STYLES[style], linePicture(style), counts.styles.get(style))),
  );
}

function lineRows(counts) {
  const kinds = data.kinds.line.map((_, kind) => kind).filter((kind) => counts.lines.get(kind));
  return group(
    "kindOfLine",
    kinds.map((kind) => row("offLines", kind, data.kinds.line[kind], null, counts.lines.get(kind))),
  );
}

const SVG = "http://www.w3.org/2000/svg";
function drawing(width, height, className, ...shapes) {
  const picture = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    class: className,
    "aria-hidden": "true",
    focusable: "false",
  }))
    picture.setAttribute(name, value);
  for (const [tag, properties] of shapes) {
    const shape = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(properties)) shape.setAttribute(name, value);
    picture.append(shape);
  }
  return picture;
}

function shapePicture(kind) {
  const pen = svgPen();
  traceThing(pen, kind, 8, 8, 6);
  return drawing(16, 16, `shape ${THINGS[kind]}`, ["path", { d: pen.path() }]);
}

function linePicture(style) {
  return drawing(30, 10, `line ${STYLES[style]}`, [
    "path",
    { d: "M1 5H29", "stroke-dasharray": DASHES[style].join(" "), "stroke-width": WIDTHS[style] },
  ]);
}

// Many values: nothing chosen means all, choosing one shows only what has it.
const byCount = (one, two) => two[1] - one[1] || String(one[0]).localeCompare(String(two[0]));
const byRank = ([one], [two]) => concepts.rank[one] - concepts.rank[two] || one - two;

function chooser(title, name, counts, wordsOf, order = byCount, help = "") {
  if (!counts.size) return null;
  const before = document.querySelector(`details[data-name="${name}"]`);
  const rows = [...counts].sort(order).map(([value, count]) => {
    const toggle = () => change({ [name]: withToggled(state[name], value) });
    return make(
      "label",
      { class: "row" },
      make("input", {
        type: "checkbox",
        "data-key": `${name} ${value}`,
        checked: state[name].has(value),
        onchange: toggle,
      }),
      words(wordsOf(value)),
      make("span", { class: "count", "data-count": `${name} ${value}` }, countText(count)),
    );
  });
  return make(
    "details",
    { "data-name": name, open: before?.open || state[name].size > 0 },
    make("summary", { "data-key": name }, say(title), make("span", { class: "count" }, countText(counts.size))),
    help ? make("p", { class: "quiet" }, say(help)) : null,
    make("div", { class: "many", tabindex: "0", role: "group", "aria-label": say(title), "data-key": `${name} all` }, rows),
  );
}
