// The state in the address's hash, and back: a link shows what its sender saw.
const SETS = {
  kinds: ["offKinds", (place) => THINGS[place], (name) => THINGS.indexOf(name)],
  lines: ["offLines", (place) => data.kinds.line[place], (name) => data.kinds.line.indexOf(name)],
  styles: ["offStyles", (place) => STYLES[place], (name) => STYLES.indexOf(name)],
  sectors: ["sectors", (place) => concepts.id[place], (name) => concepts.id.indexOf(name)],
  countries: ["countries", (code) => code, (code) => code],
  families: ["families", (name) => name, (name) => name],
  stages: ["stages", (place) => concepts.id[place], (name) => concepts.id.indexOf(name)],
};

function toAddress() {
  const parts = new URLSearchParams();
  if (state.chosen) parts.set("at", chosenName(state.chosen));
  if (state.lang !== data.lang) parts.set("lang", state.lang);
  if (state.theme !== "auto") parts.set("theme", state.theme);
  if (state.view !== "map") parts.set("view", state.view);
  if (state.focus >= 0) parts.set("focus", `${things.id[state.focus]} ${state.depth}`);
  if (state.path) parts.set("path", `${things.id[state.path.from]} ${things.id[state.path.to]}`);
  for (const [name, [key, write]] of Object.entries(SETS))
    if (state[key].size) parts.set(name, [...state[key]].map(write).sort().join("|"));
  if (state.since !== null) parts.set("since", isoDay(state.since));
  if (state.until !== null) parts.set("until", isoDay(state.until));
  if (!state.undated) parts.set("undated", "no");
  if (state.stale) parts.set("stale", "yes");
  if (state.showAll) parts.set("all", "yes");
  if (state.opened.size) parts.set("opened", [...state.opened].sort((one, two) => one - two).join("|"));
  if (state.tab !== tabNames()[0]) parts.set("tab", state.tab);
  if (state.sort) parts.set("sort", state.sort);
  if (state.text) parts.set("text", state.text);
  if (data.story.length && state.step >= 0) parts.set("step", state.step + 1);
  const place = cameraPlace();
  if (place) parts.set("view.at", place);
  return parts.toString();
}

const isoDay = (day) => new Date(day * 864e5).toISOString().slice(0, 10);
const readDay = (text) => readDays(text)[0];

// The first and the last day of a year, a month or a day; of what is no date, nothing.
function readDays(text) {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text || "") || [];
  if (!year) return [null, null];
  const first = Date.UTC(year, (month || 1) - 1, day || 1);
  const last = day ? first : Date.UTC(year, month || 12, 0);
  const real = isoDay(first / 864e5).startsWith(text);
  return real ? [first / 864e5, last / 864e5] : [null, null];
}

// A line's number may change with the data; its ends, kind and first record say which it is.
function chosenName(chosen) {
  if (chosen.thing !== undefined) return things.id[chosen.thing];
  const line = chosen.line;
  const record = lines.records[line][0];
  return [
    things.id[lines.start[line]],
    things.id[lines.end[line]],
    data.kinds.line[lines.kind[line]],
    record === undefined ? "" : records.id[record],
  ].join(" ");
}

// A thing by its whole id, or by the short one that the command line and a story know it by.
function thingNamed(name) {
  const whole = things.id.indexOf(name);
  if (whole >= 0 || !name) return whole;
  return things.id.findIndex((id) => id.slice(id.indexOf(":") + 1) === name);
}

function readChosen(name) {
  const thing = thingNamed(name);
  if (thing >= 0) return { thing };
  const [start] = name.split(" ");
  const from = things.id.indexOf(start);
  const line = from < 0 ? undefined : linesOf[from].find((each) => chosenName({ line: each }) === name);
  return line === undefined ? null : { line };
}

function fromAddress(text) {
  const parts = new URLSearchParams(text.replace(/^#/, ""));
  const found = { lang: Object.hasOwn(WORDS, parts.get("lang")) ? parts.get("lang") : data.lang };
  found.theme = ["light", "dark"].includes(parts.get("theme")) ? parts.get("theme") : "auto";
  found.view =
    VIEWS.includes(parts.get("view")) && (parts.get("view") !== "world" || hasWorld()) ? parts.get("view") : "map";
  const [focus, depth] = (parts.get("focus") || "").split(" ");
  found.focus = thingNamed(focus);
  found.depth = Math.min(9, Math.max(1, Number(depth) || 1));
  for (const [name, [key, , readName]] of Object.entries(SETS)) {
    const chosen = (parts.get(name) || "").split("|").filter(Boolean).map(readName);
    found[key] = new Set(chosen.filter((each) => each !== -1));
  }
  [found.since, found.until] = readSpan(parts.get("since"), parts.get("until"));
  found.undated = parts.get("undated") !== "no";
  found.stale = parts.get("stale") === "yes";
  found.showAll = parts.get("all") === "yes";
  found.opened = new Set(
    (parts.get("opened") || "")
      .split("|")
      .filter(Boolean)
      .map(Number)
      .filter((group) => group < groupMembers.length),
  );
  Object.assign(found, readTable(parts));
  found.step = Math.min(data.story.length, Math.max(1, Math.floor(Number(parts.get("step"))) || 1)) - 1;
  found.chosen = parts.get("at") ? readChosen(parts.get("at")) : null;
  const [from, to] = (parts.get("path") || "").split(" ").map(thingNamed);
  found.path = from >= 0 && to >= 0 ? { from, to } : null;
  return [found, parts.get("view.at")];
}

// Two days in either order name the span between them, as two thumbs do.
function readSpan(since, until) {
  const ends = [readDays(since), readDays(until)];
  if (ends.every(([day]) => day !== null)) ends.sort(([one], [two]) => one - two);
  return [ends[0][0], ends[1][1]];
}

function readTable(parts) {
  const tab = tabNames().includes(parts.get("tab")) ? parts.get("tab") : tabNames()[0];
  const sort = parts.get("sort") || "";
  return { tab, sort: TABS[tab].head.includes(sort.replace(/^-/, "")) ? sort : "", text: parts.get("text") || "" };
}

let addressTimer = 0;
function keepAddress() {
  clearTimeout(addressTimer);
  addressTimer = setTimeout(() => {
    try {
      const embed = document.documentElement.classList.contains("embed") ? "embed=yes&" : "";
      history.replaceState(null, "", `#${embed}${toAddress()}`);
    } catch {
      // A page inside a frame without an address of its own keeps its state to itself.
    }
  }, 120);
}
