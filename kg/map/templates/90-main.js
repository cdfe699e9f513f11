// Start: unpack, restore what the address says, draw.
const VIEWS = ["map", "world", "table"];

async function unpack(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = letters.charCodeAt(at);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
}

async function readData() {
  const block = $("facts");
  return JSON.parse(block.type === "application/zlib" ? await unpack(block.textContent) : block.textContent);
}

// vis-network comes compressed; the page's policy names its hash, so nothing else could start this way.
async function startLibrary() {
  const script = document.createElement("script");
  script.textContent = await unpack($("library").textContent);
  document.head.append(script);
  $("library").remove();
  return typeof vis !== "undefined";
}

function takePlaces() {
  placeX = Float32Array.from(things.x);
  placeY = Float32Array.from(things.y);
  screenX = new Float32Array(thingCount);
  screenY = new Float32Array(thingCount);
}

function setTheme() {
  document.documentElement.dataset.theme = state.theme;
  const dark = state.theme === "dark" || (state.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  $("theme").setAttribute("aria-pressed", String(dark));
  takeInk();
}

function showView() {
  $("map").hidden = $("zoom").hidden = state.view === "table";
  $("table").hidden = state.view !== "table";
  fill(
    $("views"),
    VIEWS.filter((name) => name !== "world" || hasWorld()).map((name) =>
      make(
        "button",
        { type: "button", "data-key": name, "aria-pressed": String(name === state.view), onclick: () => showAs(name) },
        say(name),
      ),
    ),
  );
  buildTable();
}

function showAs(name) {
  const moved = (name === "world") !== inWorld() && name !== "table";
  change({ view: name });
  if (moved) fitCamera(shownThings, true);
}

function translate() {
  translatePage();
  $("language").value = state.lang;
  $("meta").textContent = metaText();
  frame?.setAttribute("aria-label", say("map"));
  fill(
    $("zoom"),
    [
      ["+", "zoomIn", () => zoomBy(1.4)],
      ["−", "zoomOut", () => zoomBy(1 / 1.4)],
      ["⤢", "zoomFit", () => fitCamera()],
    ].map(([sign, key, act]) =>
      make(
        "button",
        { type: "button", "data-key": key, "aria-label": say(key), title: say(key), onclick: act },
        sign,
      ),
    ),
  );
  buildFilters();
  buildTime();
  buildShare();
  buildStory();
  buildCredit();
}

function react(names, quiet) {
  if (names.has("theme")) setTheme();
  if (names.has("lang")) translate();
  light();
  if (["view", "lang"].some((name) => names.has(name))) showView();
  else if (FILTERS.some((name) => names.has(name))) buildTable();
  $("main").classList.toggle("tabled", state.view === "table");
  $("main").classList.toggle("wide-table", state.view === "table" && !state.chosen);
  const telling = state.chosen || state.path ? FILTERS : [];
  if (["chosen", "path", "picking", "lang", ...telling].some((name) => names.has(name))) buildPanel();
  showCounts();
  showThumbs();
  picture = null;
  redraw();
  if (!quiet) announce(names);
}

// Every change a reader makes is said: another view or language at once, filters when the hand rests.
function announce(names) {
  const counts = () => (state.view === "table" ? $("rowCount") : $("shown")).textContent;
  if (names.has("view")) tell(`${say(state.view)}: ${counts()}`);
  else if (names.has("lang")) tell(`${say("language")}: ${$("language").selectedOptions[0].text}`);
  else if (!time.timer && [...FILTERS, "showAll"].some((name) => names.has(name))) tellSoon(counts);
}

// On a phone the filters lie over the map.
function showFilters(open) {
  $("filters").classList.toggle("open", open);
  $("filterButton").setAttribute("aria-expanded", String(open));
  if (!open) $("filterButton").focus();
}

function watchTools() {
  $("language").addEventListener("change", (event) => change({ lang: event.target.value }));
  $("theme").addEventListener("click", () =>
    change({ theme: $("theme").getAttribute("aria-pressed") === "true" ? "light" : "dark" }),
  );
  watchShare();
  $("filterButton").addEventListener("click", () => showFilters(!$("filters").classList.contains("open")));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    setTheme();
    redraw();
  });
  watchPaper();
  window.addEventListener("hashchange", () => restore(location.hash));
}

function restore(hash) {
  const [found, place] = fromAddress(hash);
  change(found, { quiet: true });
  buildFilters();
  buildTime();
  buildStory();
  if (network && thingCount) moveCamera(placeOf(place), true);
}

const nextTask = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

// First the picture, then what moves it, then what surrounds it: nobody waits for what cannot be seen yet.
async function start() {
  takeData(await readData());
  takePlaces();
  takeLabelOrder();
  takeGroups();
  takeWorld();
  markEmbedded();
  const [found, place] = fromAddress(location.hash);
  change(found, { quiet: true });
  setTheme();
  light();
  if (state.view !== "table") sketch(placeOf(place));
  await nextTask();
  const started = await startLibrary().catch(() => false);
  if (started) startMap(place);
  await nextTask();
  startTools(started);
  await nextTask();
  document.documentElement.dataset.ready = "yes";
}

function startMap(place) {
  startCamera();
  if (thingCount) network.moveTo({ ...placeOf(place), animation: false });
  watchPointer();
  watchKeys();
}

function startTools(started) {
  onChange(react);
  change({ lang: state.lang, view: started ? state.view : "table" }, { quiet: true });
  if (data.story.length && !location.hash) goStep(0);
  if (!started) tell(say("noLibrary"));
  watchTools();
  watchSearch();
}

start();
