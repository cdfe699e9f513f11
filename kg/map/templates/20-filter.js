// Filters in, what is shown out: records pass, lines with a passing record stay, things with a line stay.
let recordPasses,
  lineShown,
  thingShown,
  shownLines = [],
  shownThings = [],
  staleLine = null;
let recordFamilies = null;

function familyOf(source) {
  return sources.family[source] || sources.outlet[source] || sources.id[source];
}

function familiesOf(record) {
  recordFamilies ??= Array.from({ length: recordCount }, (_, each) => [
    ...new Set(
      records.statements[each]
        .map((one) => statements.source[one])
        .filter((one) => one >= 0)
        .map(familyOf),
    ),
  ]);
  return recordFamilies[record];
}

const aboutRecords = () =>
  state.sectors.size ||
  state.families.size ||
  state.stages.size ||
  state.since !== null ||
  state.until !== null ||
  !state.undated ||
  state.stale ||
  state.offStyles.size;

function inSpan(record) {
  const [start, end] = [
    records.earliest[record] ?? records.latest[record],
    records.latest[record] ?? records.earliest[record],
  ];
  if (start === null || start === undefined) return state.undated;
  return (state.since === null || end >= state.since) && (state.until === null || start <= state.until);
}

function passes(record) {
  if (!inSpan(record)) return false;
  if (state.countries.size && !concernsCountry(record)) return false;
  const term = records.kind[record] > 1;
  if (state.sectors.size && !records.sectors[record].some((each) => state.sectors.has(each))) return false;
  if (state.stages.size && !state.stages.has(records.stage[record])) return false;
  if (state.families.size && !familiesOf(record).some((each) => state.families.has(each))) return false;
  return term || !state.offStyles.has(styleOfRecord(record));
}

const isUnfiltered = () =>
  !aboutRecords() && !state.offKinds.size && !state.offLines.size && !state.countries.size && state.focus < 0;

function refilter() {
  if (isUnfiltered()) {
    recordPasses = new Uint8Array(recordCount).fill(1);
    lineShown = new Uint8Array(lineCount).fill(1);
    thingShown = new Uint8Array(thingCount).fill(1);
  } else markShown();
  shownLines = numbersOf(lineShown);
  shownThings = numbersOf(thingShown);
  shownLineOf = null;
}

function markShown() {
  recordPasses = Uint8Array.from({ length: recordCount }, (_, record) => passes(record));
  if (state.stale) staleLine ??= findStale();
  const near = state.focus >= 0 ? neighbourhood(state.focus, state.depth) : null;
  lineShown = new Uint8Array(lineCount);
  thingShown = new Uint8Array(thingCount);
  for (let line = 0; line < lineCount; line++) {
    if (!showsLine(line) || (near && !(near[lines.start[line]] && near[lines.end[line]]))) continue;
    lineShown[line] = thingShown[lines.start[line]] = thingShown[lines.end[line]] = 1;
  }
  const alone = !aboutRecords();
  for (let thing = 0; thing < thingCount; thing++) {
    if (near ? near[thing] && (thing === state.focus || alone) : alone && standsAlone(thing)) thingShown[thing] = 1;
  }
}

function numbersOf(marks) {
  const found = [];
  for (let place = 0; place < marks.length; place++) if (marks[place]) found.push(place);
  return found;
}

// A country is shown with its ties: its parties, whom they dealt with, and who was there for either side.
const isOfCountry = (thing) => thing >= 0 && state.countries.has(things.country[thing]);

function concernsCountry(record) {
  return records.parties[record].some(isOfCountry) || records.people[record].some(([, , , body]) => isOfCountry(body));
}

// Two others who met in the company of a chosen country have no tie to it by that.
function tiesCountry(line) {
  const [start, end] = [lines.start[line], lines.end[line]];
  return things.kind[start] === 0 || isOfCountry(start) || isOfCountry(end);
}

const allowed = (thing) => !state.offKinds.has(things.kind[thing]);
const standsAlone = (thing) => allowed(thing) && (!state.countries.size || isOfCountry(thing));

function showsLine(line) {
  if (state.offLines.has(lines.kind[line]) || !allowed(lines.start[line]) || !allowed(lines.end[line])) return false;
  if (state.countries.size && !tiesCountry(line)) return false;
  if (state.stale && !staleLine[line]) return false;
  if (lines.kind[line] === 3) return !aboutRecords();
  return lines.records[line].some((record) => recordPasses[record]);
}

function neighbourhood(thing, depth) {
  const near = new Uint8Array(thingCount);
  near[thing] = 1;
  let rim = [thing];
  for (let step = 0; step < depth; step++) {
    const next = [];
    for (const each of rim) {
      for (const line of linesOf[each]) {
        const other = otherEnd(line, each);
        if (!near[other] && showsLine(line)) next.push(other);
        if (showsLine(line)) near[other] = 1;
      }
    }
    rim = next;
  }
  return near;
}

// A pair is stale when its newest record is older than that record's stage allows, as of the date of the data.
function findStale() {
  const marks = new Uint8Array(lineCount);
  const today = asOf();
  for (let line = 0; line < lineCount; line++) {
    if (lines.kind[line] > 1) continue;
    const dated = mates[line]
      .filter((each) => lines.kind[each] <= 1)
      .map(newestOf)
      .filter((each) => each >= 0 && records.latest[each] !== null);
    if (!dated.length) continue;
    const newest = dated.reduce((best, each) => (records.latest[each] > records.latest[best] ? each : best));
    const stage = records.stage[newest];
    const limit = data.stale[stage < 0 ? "discussed" : concepts.id[stage].replace("stage:", "")];
    marks[line] = limit !== undefined && today - records.latest[newest] > limit ? 1 : 0;
  }
  return marks;
}

function asOf() {
  return readDay(data.date.length === 10 ? data.date : "") ?? records.latest.reduce((most, each) => Math.max(most, each ?? 0), 0);
}

// The fewest lines between two things, through what is shown.
function findPath(from, to) {
  const via = new Map([[from, -1]]);
  let rim = [from];
  while (rim.length && !via.has(to)) {
    const next = [];
    for (const each of rim) {
      for (const line of linesOf[each]) {
        const other = otherEnd(line, each);
        if (lineShown[line] && !via.has(other)) {
          via.set(other, line);
          next.push(other);
        }
      }
    }
    rim = next;
  }
  if (!via.has(to)) return null;
  const steps = [];
  for (let at = to; at !== from; at = otherEnd(via.get(at), at)) steps.unshift(via.get(at));
  return steps;
}
