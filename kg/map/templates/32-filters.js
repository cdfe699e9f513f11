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
    kindRows(counts),
    styleRows(counts),
    lineRows(counts),
    make(
      "label",
      { class: "row stale", title: say("staleHelp", { date: dateText(data.date) }) },
      make("input", { type: "checkbox", checked: state.stale, onchange: () => change({ stale: !state.stale }) }),
      say("stale"),
    ),
    chooser("sector", "sectors", counts.sectors, (place) => conceptName(place)),
    chooser("country", "countries", counts.countries, (code) => ({ text: countryText(code), lang: "" })),
    chooser("family", "families", counts.families, (name) => ({ text: name, lang: "" })),
    make("button", { type: "button", class: "wide", onclick: resetFilters }, say("reset")),
  );
  showCounts();
}

function resetFilters() {
  const empty = Object.fromEntries(
    ["offKinds", "offLines", "offStyles", "sectors", "countries", "families"].map((name) => [name, new Set()]),
  );
  change({ ...empty, since: null, until: null, undated: true, stale: false, focus: -1, depth: 1, path: null });
  buildFilters();
  buildTime();
}

function countAll() {
  const counts = {
    kinds: new Map(),
    styles: new Map(),
    lines: new Map(),
    sectors: new Map(),
    countries: new Map(),
    families: new Map(),
  };
  const add = (map, key) => map.set(key, (map.get(key) || 0) + 1);
  for (let thing = 0; thing < thingCount; thing++) {
    add(counts.kinds, things.kind[thing]);
    if (things.country[thing]) add(counts.countries, things.country[thing]);
  }
  for (let line = 0; line < lineCount; line++) {
    add(counts.lines, lines.kind[line]);
    if (lines.kind[line] < 2) add(counts.styles, lineStyle[line]);
  }
  for (let record = 0; record < recordCount; record++) {
    if (records.kind[record] > 1) continue;
    for (const sector of records.sectors[record]) add(counts.sectors, sector);
    for (const family of familiesOf(record)) add(counts.families, family);
  }
  return counts;
}

// The numbers beside the choices are those of what is shown. They come after the picture: nobody waits for them.
let countTimer = 0;
function followCounts() {
  clearTimeout(countTimer);
  countTimer = setTimeout(showFollowing, 40);
}

function showFollowing() {
  const counts = countShown();
  for (const element of document.querySelectorAll("[data-count]")) {
    const [name, value] = element.dataset.count.split(/ (.*)/s);
    const number = counts[name] instanceof Map ? counts[name].get(value) : counts[name][value];
    element.textContent = countText(number || 0);
  }
}

function countShown() {
  const counts = {
    offKinds: new Int32Array(THINGS.length),
    offLines: new Int32Array(8),
    offStyles: new Int32Array(STYLES.length),
    sectors: new Int32Array(concepts.id.length),
    countries: new Map(),
    families: new Map(),
  };
  const add = (map, key) => map.set(key, (map.get(key) || 0) + 1);
  for (const thing of shownThings) {
    counts.offKinds[things.kind[thing]]++;
    if (things.country[thing]) add(counts.countries, things.country[thing]);
  }
  const seen = new Uint8Array(recordCount);
  for (const line of shownLines) {
    counts.offLines[lines.kind[line]]++;
    if (lines.kind[line] < 2) counts.offStyles[lineStyle[line]]++;
    for (const record of lines.records[line]) if (records.kind[record] < 2 && recordPasses[record]) seen[record] = 1;
  }
  for (const record of numbersOf(seen)) {
    for (const sector of records.sectors[record]) counts.sectors[sector]++;
    for (const family of familiesOf(record)) add(counts.families, family);
  }
  return counts;
}

function group(title, rows) {
  return rows.length ? make("fieldset", {}, make("legend", {}, say(title)), rows) : null;
}

function row(name, value, key, picture, count) {
  const toggle = () => change({ [name]: withToggled(state[name], value) });
  return make(
    "label",
    { class: "row" },
    make("input", { type: "checkbox", checked: !state[name].has(value), onchange: toggle }),
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
function chooser(title, name, counts, words_) {
  const sorted = [...counts].sort((one, two) => two[1] - one[1] || String(one[0]).localeCompare(String(two[0])));
  const rows = sorted.map(([value, count]) => {
    const input = make("input", {
      type: "checkbox",
      checked: state[name].has(value),
      onchange: () => change({ [name]: withToggled(state[name], value) }),
    });
    return make(
      "label",
      { class: "row" },
      input,
      words(words_(value)),
      make("span", { class: "count", "data-count": `${name} ${value}` }, countText(count)),
    );
  });
  if (!rows.length) return null;
  return make(
    "details",
    { open: state[name].size > 0 },
    make("summary", {}, say(title), make("span", { class: "count" }, countText(sorted.length))),
    make("div", { class: "many", tabindex: "0", role: "group", "aria-label": say(title) }, rows),
  );
}

function showCounts() {
  const all = shownThings.length === thingCount && shownLines.length === lineCount;
  const values = {
    things: countText(shownThings.length),
    every: countText(thingCount),
    lines: countText(all && data.outline ? data.outline.lines : shownLines.length),
    all: countText(data.outline ? data.outline.lines : lineCount),
  };
  const text = !thingCount
    ? say("empty")
    : shownThings.length
      ? say(all ? "counts" : "countsOf", values)
      : say("nothing");
  const missing = inWorld() ? shownThings.filter((thing) => !hasPlace[thing]).length : 0;
  $("shown").textContent = missing ? `${text} · ${say("notOnMap", { n: countText(missing) })}` : text;
  followCounts();
  return text;
}
