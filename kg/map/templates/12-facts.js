// The data's columns, and what is derived from them once.
const read = (id) => JSON.parse($(id).textContent);
const WORDS = read("words");
let data, things, lines, records, statements, sources, concepts;
let thingCount, lineCount, recordCount;
// Lines of each thing, the first line of each record, lines between the same two things, in drawing order.
let linesOf, lineOfRecord, slotOf, slotsOf, mates;
let degree, lineStyle;
const STYLES = ["styleTalk", "stylePaper", "styleDeal", "stylePlan", "styleEnd", "styleNone"];
const [TALK, PAPER, DEAL, PLAN, END, NONE] = [0, 1, 2, 3, 4, 5];
const THINGS = ["official", "city", "company", "organization"];
const PLURALS = ["officials", "cities", "companies", "organizations"];

function takeData(columns) {
  data = columns;
  ({ things, lines, records, statements, sources, concepts } = data);
  if (data.outline) fillOutline();
  [thingCount, lineCount, recordCount] = [things.id.length, lines.start.length, records.id.length];
  linesOf = lists(thingCount);
  lineOfRecord = new Int32Array(recordCount).fill(-1);
  degree = data.outline ? Int32Array.from(things.degree) : new Int32Array(thingCount);
  const pairs = new Map();
  for (let line = 0; line < lineCount; line++) {
    const [start, end] = [lines.start[line], lines.end[line]];
    linesOf[start].push(line);
    if (start !== end) linesOf[end].push(line);
    degree[start]++;
    degree[end]++;
    for (const record of lines.records[line]) if (lineOfRecord[record] < 0) lineOfRecord[record] = line;
    const pair = Math.min(start, end) * thingCount + Math.max(start, end);
    if (!pairs.has(pair)) pairs.set(pair, []);
    pairs.get(pair).push(line);
  }
  takeSlots(pairs);
  lineStyle = Uint8Array.from({ length: lineCount }, (_, line) => styleOf(line));
}

// The outline of a very large network names its things and groups; the rest is empty, and places follow the groups.
function fillOutline() {
  const count = things.id.length;
  const empty = (value) => new Array(count).fill(value);
  Object.assign(things, {
    aliases: empty([]),
    latitude: empty(null),
    longitude: empty(null),
    links: empty([]),
    statements: empty([]),
    note: { t: empty(""), l: empty(0), o: {} },
  });
  const { of, x, y, radius } = data.groups;
  const members = new Int32Array(x.length);
  for (const group of of) members[group]++;
  const seen = new Int32Array(x.length);
  [things.x, things.y] = [new Float32Array(count), new Float32Array(count)];
  for (let thing = 0; thing < count; thing++) {
    const group = of[thing];
    const far = Math.sqrt((seen[group] + 0.5) / members[group]) * (radius[group] - 8);
    const turn = seen[group]++ * 2.399963;
    things.x[thing] = x[group] + far * Math.cos(turn);
    things.y[thing] = y[group] + far * Math.sin(turn);
  }
}

function lists(count) {
  return Array.from({ length: count }, () => []);
}

// Parallel lines share a pair: each has a slot, so that they fan out and none hides another.
function takeSlots(pairs) {
  slotOf = new Float32Array(lineCount);
  slotsOf = new Int32Array(lineCount);
  mates = new Array(lineCount);
  for (const together of pairs.values()) {
    together.forEach((line, place) => {
      slotOf[line] = place - (together.length - 1) / 2;
      slotsOf[line] = together.length;
      mates[line] = together;
    });
  }
}

function styleOf(line) {
  if (lines.kind[line] > 1) return NONE;
  return Math.min(...lines.records[line].map(styleOfRecord), NONE);
}

function styleOfRecord(record) {
  if (records.status[record] === "planned") return PLAN;
  if (records.status[record] === "cancelled") return END;
  if (records.stage[record] < 0) return records.kind[record] === 0 ? TALK : NONE;
  const rank = concepts.rank[records.stage[record]];
  return rank > 7 ? END : rank > 4 ? DEAL : rank > 2 ? PAPER : TALK;
}

// The words of a text column in the chosen language, or in the one they exist in.
function textAt(column, place) {
  const other = column.o[state.lang];
  const mine = data.languages[column.l[place]] || "";
  if (other && other[place] !== undefined && mine !== state.lang) return { text: other[place], lang: state.lang };
  return { text: column.t[place], lang: mine };
}

// A name of nothing but spaces and marks without width is no name: the id stands for it.
const VISIBLE = /[^\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/u;
const nameOf = (thing) => {
  const name = textAt(things.name, thing);
  return VISIBLE.test(name.text) ? name : { text: things.id[thing].replace(/^[^:]*:/, ""), lang: "" };
};
const conceptName = (concept) => (concept < 0 ? { text: "", lang: "" } : textAt(concepts.name, concept));
const isConflict = (record) => records.statements[record].some((each) => statements.claims[each].length > 0);

function otherEnd(line, thing) {
  return lines.start[line] === thing ? lines.end[line] : lines.start[line];
}

// What a line says of its own date: that of its newest record.
function newestOf(line) {
  let newest = -1;
  for (const record of lines.records[line]) {
    if (newest < 0 || (records.latest[record] ?? -1e9) > (records.latest[newest] ?? -1e9)) newest = record;
  }
  return newest;
}
