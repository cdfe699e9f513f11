// What the reader has chosen: one object, changed in one place, kept in the address.
const state = {
  lang: "en",
  theme: "auto",
  view: "map",
  chosen: null, // {thing} or {line}
  focus: -1,
  depth: 1,
  path: null,
  picking: false,
  offKinds: new Set(),
  offLines: new Set(),
  offStyles: new Set(),
  sectors: new Set(),
  countries: new Set(),
  families: new Set(),
  stages: new Set(),
  since: null,
  until: null,
  undated: true,
  stale: false,
  opened: new Set(),
  showAll: false,
  tab: "lines",
  sort: "", // a column of the table's tab, "-" before it for downwards
  text: "",
  step: -1, // of the story
};
const watchers = [];
const onChange = (watcher) => watchers.push(watcher);

// Apply a change and tell every watcher which names changed.
function change(changes, { quiet = false } = {}) {
  const names = new Set(Object.keys(changes));
  Object.assign(state, changes);
  if (FILTERS.some((name) => names.has(name))) refilter();
  if (names.has("chosen")) openAround();
  if (names.has("view")) takePlacesOf(state.view);
  if ([...FILTERS, "opened", "showAll", "chosen", "view"].some((name) => names.has(name))) regroup();
  for (const watcher of watchers) watcher(names, quiet);
  if (!quiet) keepAddress();
}

const FILTERS = [
  "offKinds",
  "offLines",
  "offStyles",
  "sectors",
  "countries",
  "families",
  "stages",
  "since",
  "until",
  "undated",
  "stale",
  "focus",
  "depth",
];

function withToggled(set, value) {
  const copy = new Set(set);
  if (!copy.delete(value)) copy.add(value);
  return copy;
}

// What is chosen must be on the canvas: its group opens.
function openAround() {
  const { chosen } = state;
  if (!chosen || !groupMembers.length) return;
  const ends = chosen.thing !== undefined ? [chosen.thing] : [lines.start[chosen.line], lines.end[chosen.line]];
  state.opened = new Set([...state.opened, ...ends.map((thing) => data.groups.of[thing])]);
}
