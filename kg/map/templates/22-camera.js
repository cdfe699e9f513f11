// vis-network gives the canvas, the camera and the gestures; the numbers between world and screen are kept here.
let network,
  frame,
  canvas,
  ratio = 1,
  moving = false;
const view = { x: 0, y: 0, scale: 1, width: 0, height: 0 };
const [NEAREST, FARTHEST] = [6, 0.02];
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function startCamera() {
  const interaction = { dragNodes: false, selectable: false, hover: false, keyboard: false, tooltipDelay: 1e9 };
  network = new vis.Network(
    $("map"),
    { nodes: [], edges: [] },
    { physics: { enabled: false }, interaction, autoResize: false },
  );
  frame = $("map").querySelector(".vis-network");
  canvas = $("map").querySelector("canvas");
  frame.id = "canvas";
  frame.setAttribute("role", "application");
  network.on("beforeDrawing", drawFrame);
  network.on("click", (event) => clickedAt(event.pointer.DOM));
  network.on("doubleClick", (event) => openAt(event.pointer.DOM));
  network.on("zoom", keepZoom);
  network.on("dragStart", () => (moving = true));
  network.on("dragEnd", settled);
  new ResizeObserver(resized).observe($("map"));
}

// However much changes at once, it is painted once, with the next frame.
let frameAsked = 0;
function redraw() {
  frameAsked ||= requestAnimationFrame(() => {
    frameAsked = 0;
    if (network) holding(() => network.redraw());
  });
}

// vis-network draws larger when its frame grows; while the page settles, what the address names is what is seen.
function holding(act) {
  const { x, y, scale } = view;
  act();
  if (document.documentElement.dataset.ready || !thingCount) return;
  network.moveTo({ position: { x, y }, scale, animation: false });
  Object.assign(view, { x, y, scale });
}

function resized() {
  holding(() => network.setSize("100%", "100%"));
  redraw();
}

function settled() {
  moving = false;
  redraw();
  keepAddress();
}

let zoomTimer = 0;
function keepZoom() {
  const scale = network.getScale();
  if (scale > NEAREST || scale < FARTHEST) network.moveTo({ scale: Math.min(NEAREST, Math.max(FARTHEST, scale)) });
  moving = true;
  clearTimeout(zoomTimer);
  zoomTimer = setTimeout(settled, 140);
}

function readView() {
  const { x, y } = network.getViewPosition();
  Object.assign(view, { x, y, scale: network.getScale(), width: frame.clientWidth, height: frame.clientHeight });
}

const toScreenX = (x) => (x - view.x) * view.scale + view.width / 2;
const toScreenY = (y) => (y - view.y) * view.scale + view.height / 2;

function moveCamera(place, quick = still()) {
  network.moveTo({ ...place, animation: quick ? false : { duration: 350, easingFunction: "easeInOutQuad" } });
  keepAddress();
}

function boxOf(list) {
  const box = [1e9, 1e9, -1e9, -1e9];
  for (const thing of list) {
    const [x, y] = [placeX[thing], placeY[thing]];
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
  return box;
}

function fitCamera(list = shownThings, quick) {
  const drawable = fittable(list);
  if (drawable.length) moveCamera(placeToFit(drawable), quick);
}

const fittable = (list) => (inWorld() ? list.filter((thing) => hasPlace[thing]) : list);

function placeToFit(list) {
  const [left, top, right, bottom] = boxOf(list);
  const { clientWidth, clientHeight } = $("map");
  const pad = Math.min(110, clientWidth / 8);
  const covered = coveredBelow();
  const wide = (clientWidth - pad) / Math.max(right - left, 60);
  const high = (clientHeight - covered - pad) / Math.max(bottom - top, 60);
  const scale = Math.min(1.6, Math.max(FARTHEST, Math.min(wide, high)));
  return { position: { x: (left + right) / 2, y: (top + bottom) / 2 + covered / 2 / scale }, scale };
}

function zoomBy(factor) {
  const scale = Math.min(NEAREST, Math.max(FARTHEST, network.getScale() * factor));
  moveCamera({ scale });
}

// Bring a thing into sight without moving more than needed.
function showThing(thing) {
  if (!isDrawn(thing)) return;
  readView();
  const covered = coveredBelow();
  const [x, y] = [toScreenX(placeX[thing]), toScreenY(placeY[thing])];
  const inside = x > 60 && y > 60 && x < view.width - 60 && y < view.height - covered - 60;
  const scale = Math.max(view.scale, 0.8);
  if (inside && scale === view.scale) return;
  moveCamera({ position: { x: placeX[thing], y: placeY[thing] + covered / 2 / scale }, scale });
}

// On a phone the facts lie over the lower part of the map: what is looked at has to lie above them.
function coveredBelow() {
  const panel = $("panel");
  if (!panel.classList.contains("open") || getComputedStyle(panel).position !== "absolute") return 0;
  return Math.max(0, $("map").getBoundingClientRect().bottom - panel.getBoundingClientRect().top);
}

function cameraPlace() {
  if (!network) return "";
  const { x, y } = network.getViewPosition();
  return [Math.round(x), Math.round(y), network.getScale().toFixed(3)].join(",");
}

// The place an address names, else the one that shows everything.
function placeOf(text) {
  const [x, y, scale] = (text || "").split(",").map(Number);
  if ([x, y, scale].every(Number.isFinite) && scale > 0)
    return { position: { x, y }, scale: Math.min(NEAREST, Math.max(FARTHEST, scale)) };
  const list = fittable(shownThings);
  return placeToFit(list.length ? list : [0]);
}

// The first picture is ours alone: it stands while vis-network is still unpacked.
function sketch(place) {
  const holder = $("map");
  const paper = make("canvas", { class: "sketch" });
  const { clientWidth: width, clientHeight: height } = holder;
  const sharp = window.devicePixelRatio || 1;
  [paper.width, paper.height] = [width * sharp, height * sharp];
  Object.assign(view, { ...place.position, scale: place.scale, width, height });
  const pen = paper.getContext("2d");
  pen.scale(sharp, sharp);
  if (thingCount) paint(pen, { labels: true });
  holder.append(paper);
  performance.mark("drawn");
}
