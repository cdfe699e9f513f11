// Everything by keyboard: search, neighbours, lines, facts, and back.
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const STORY = { PageDown: 1, PageUp: -1 };

function watchKeys() {
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    goHome();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !(typing && event.target.type !== "checkbox" && event.target.type !== "range")) {
      event.preventDefault();
      $("query").focus();
      $("query").select();
    } else if (event.key === "Escape") escape();
    else if (data.story.length && !typing && STORY[event.key]) {
      event.preventDefault();
      goStep(state.step + STORY[event.key]);
    }
  });
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = mapKeys(event);
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

function mapKeys(event) {
  if (ARROWS[event.key])
    return event.shiftKey ? () => pan(...ARROWS[event.key]) : () => goTowards(...ARROWS[event.key]);
  return {
    n: () => stepLine(1),
    p: () => stepLine(-1),
    Enter: toFacts,
    "+": () => zoomBy(1.4),
    "=": () => zoomBy(1.4),
    "-": () => zoomBy(1 / 1.4),
    0: () => fitCamera(),
  }[event.key];
}

function goTowards(dx, dy) {
  if (drawn.grouped && !state.chosen) return goToGroup(dx, dy);
  if (state.chosen?.line !== undefined)
    return choose({ thing: lineHome >= 0 ? lineHome : lines.start[state.chosen.line] });
  const thing = neighbourTowards(dx, dy);
  if (thing >= 0) choose({ thing });
  else tell(say("nothingThere"));
}

function pan(dx, dy) {
  readView();
  moveCamera({ position: { x: view.x + (dx * 90) / view.scale, y: view.y + (dy * 90) / view.scale } }, true);
}

// Enter goes where the proof is: the first source of a line, else the panel.
function toFacts() {
  if (!state.chosen && drawn.grouped && groupCursor >= 0) return openGroup(groupCursor);
  if (!state.chosen) return middleThing() < 0 ? undefined : choose({ thing: middleThing() });
  const source = state.chosen.line === undefined ? null : $("panel").querySelector(".source a");
  (source || $("panel").querySelector(".record summary") || $("panel")).focus();
}

// One step back: from a menu, from picking, from the facts to the map, from a line to its thing, and out.
function escape() {
  if (!$("share").hidden) return closeShare();
  if ($("filters").classList.contains("open")) return showFilters(false);
  if (state.picking) return change({ picking: false });
  if ($("panel").contains(document.activeElement)) return goHome();
  if (state.chosen?.line !== undefined && lineHome >= 0) return choose({ thing: lineHome });
  if (state.chosen || state.path) return choose(null);
  if (state.focus >= 0) return focusOn(-1, 1);
  if (state.opened.size) closeGroups();
}

// Where the focus belongs when nothing else holds it: the map, or the row of the table that was left.
let rowLeft = null;
function goHome() {
  const rows = $("table").querySelector(".scroll");
  const home = state.view === "table" ? (rowLeft?.isConnected ? rowLeft : rows) : frame;
  home?.focus({ preventScroll: true });
}
