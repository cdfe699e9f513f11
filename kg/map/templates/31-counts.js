// How many there are of each, in all and in what is shown.
function countAll() {
  const counts = {
    kinds: new Map(),
    styles: new Map(),
    lines: new Map(),
    sectors: new Map(),
    countries: new Map(),
    families: new Map(),
    stages: new Map(),
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
    if (records.stage[record] >= 0) add(counts.stages, records.stage[record]);
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
    stages: new Int32Array(concepts.id.length),
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
    if (records.stage[record] >= 0) counts.stages[records.stage[record]]++;
    for (const family of familiesOf(record)) add(counts.families, family);
  }
  return counts;
}

function showCounts() {
  const text = countsText();
  const missing = inWorld() ? shownThings.filter((thing) => !hasPlace[thing]).length : 0;
  $("shown").textContent = missing ? `${text} · ${sayCount("notOnMap", missing)}` : text;
  if ($("closeGroups")) $("closeGroups").hidden = !drawn.grouped || !state.opened.size;
  followCounts();
  return text;
}

function countsText() {
  const every = data.outline ? data.outline.lines : lineCount;
  if (!thingCount) return say("empty");
  if (!shownThings.length) return say("nothing");
  if (shownThings.length === thingCount && shownLines.length === lineCount) return sayCounts(thingCount, every);
  return say("counts", {
    things: sayCount("ofThings", thingCount, { m: countText(shownThings.length) }),
    lines: sayCount("ofLines", every, { m: countText(shownLines.length) }),
  });
}
