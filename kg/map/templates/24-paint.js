// Positions and choices in, strokes out. A pen is a canvas context, or the SVG writer that answers the same calls.
let placeX, placeY, screenX, screenY, ink;
let lit = null; // what the choice or the path lights up: {things, lines}, or null for everything
let hovered = -1;
const FAN = 5;
const DASHES = [[], [7, 4], [], [1.5, 4.5], [2, 3, 8, 3], []];
const WIDTHS = [0.9, 1.4, 1.9, 1.4, 1.2, 0.7];

function takeInk() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  ink = {
    paper: colour("paper"),
    text: colour("text"),
    accent: colour("accent"),
    faint: colour("faint"),
    group: colour("group"),
    land: colour("land"),
    coast: colour("coast"),
    things: THINGS.map(colour),
    lines: ["talk", "paperline", "deal", "plan", "end", "acts"].map(colour),
    font: style.getPropertyValue("--font").trim() || "sans-serif",
  };
}

function drawFrame(context) {
  readView();
  ratio = canvas.width / (canvas.clientWidth || 1);
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (!drawMoving(context)) paint(context, { labels: true });
  context.restore();
  frame.dataset.labels = labelCount;
}

// While a big map moves, the picture of it moves; it is painted anew when the hand rests.
let picture = null;
const BIG = 1500;
function drawMoving(context) {
  if (!moving) picture = null;
  if (!moving || drawn.things.length + drawn.lines.length + drawn.bundles.length < BIG) return false;
  if (!picture) {
    paint(context, { labels: true });
    picture = { ...view, image: document.createElement("canvas") };
    [picture.image.width, picture.image.height] = [canvas.width, canvas.height];
    picture.image.getContext("2d").drawImage(canvas, 0, 0);
    return true;
  }
  const grown = view.scale / picture.scale;
  const left = (picture.x - view.x) * view.scale + view.width / 2 - (picture.width * grown) / 2;
  const top = (picture.y - view.y) * view.scale + view.height / 2 - (picture.height * grown) / 2;
  context.drawImage(picture.image, left, top, picture.width * grown, picture.height * grown);
  return true;
}

function paint(pen, { labels }) {
  project();
  if (inWorld()) paintWorld(pen);
  if (drawn.grouped) paintBundles(pen);
  paintLines(pen, lit ? (line) => !lit.lines.has(line) : () => true, lit ? 0.16 : 1);
  if (lit) paintLines(pen, (line) => lit.lines.has(line), 1, true);
  paintThings(pen, (thing) => lit && !lit.things.has(thing), 0.2);
  paintThings(pen, (thing) => !lit || lit.things.has(thing), 1);
  if (drawn.grouped) paintGroups(pen);
  paintChosen(pen);
  if (labels) paintLabels(pen);
}

function project() {
  for (const thing of drawn.things) {
    screenX[thing] = toScreenX(placeX[thing]);
    screenY[thing] = toScreenY(placeY[thing]);
  }
}

// Few things are drawn large enough to see from afar; thousands shrink with the map, or they would cover it.
const isCrowded = () => drawn.things.length > 1200;
const radiusOf = (thing) =>
  isCrowded()
    ? Math.max(0.9, things.radius[thing] * Math.min(1.25, view.scale ** 0.8))
    : Math.max(2.2, things.radius[thing] * Math.min(1.25, Math.max(0.42, Math.sqrt(view.scale))));

// One path per style: a thousand lines cost about as much as one.
function paintLines(pen, wanted, alpha, strong = false) {
  pen.lineCap = "butt"; // round ends are slow to draw, and lie under the things
  for (let style = 0; style < STYLES.length; style++) {
    pen.beginPath();
    let any = false;
    for (const line of drawn.lines) {
      if (lineStyle[line] !== style || !wanted(line)) continue;
      if (traceLine(pen, line)) any = true;
    }
    if (any) strokeStyle(pen, style, alpha, strong);
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

function strokeStyle(pen, style, alpha, strong) {
  pen.setLineDash(DASHES[style]);
  // From afar thousands of lines are a texture: drawn in full they would be one blot. Closer, each has its whole colour.
  const crowded = isCrowded() && view.scale < 0.5;
  if (crowded) pen.setLineDash([]);
  pen.globalAlpha = crowded && !strong ? alpha * 0.22 : alpha;
  const thin = drawn.lines.length > 1000 && view.scale < 0.6 ? 0.7 : 1;
  pen.lineWidth = crowded ? 0.6 : WIDTHS[style] * (strong ? 1.5 : thin);
  pen.strokeStyle = ink.lines[style];
  pen.stroke();
}

function bendOf(line) {
  const gap = Math.min(FAN, 44 / slotsOf[line]);
  if (!inWorld()) return slotOf[line] * gap * 2 * view.scale;
  const [start, end] = [lines.start[line], lines.end[line]];
  return (
    slotOf[line] * Math.min(gap, 2) + 0.2 * Math.hypot(screenX[end] - screenX[start], screenY[end] - screenY[start])
  );
}

function traceLine(pen, line) {
  const [start, end] = [lines.start[line], lines.end[line]];
  const [x1, y1, x2, y2] = [screenX[start], screenY[start], screenX[end], screenY[end]];
  if (
    Math.max(x1, x2) < -40 ||
    Math.max(y1, y2) < -40 ||
    Math.min(x1, x2) > view.width + 40 ||
    Math.min(y1, y2) > view.height + 40
  )
    return false;
  const bend = bendOf(line);
  pen.moveTo(x1, y1);
  if (Math.abs(bend) < 1.5) pen.lineTo(x2, y2);
  else pen.quadraticCurveTo(...bendPoint(x1, y1, x2, y2, start < end ? bend : -bend), x2, y2);
  return true;
}

function bendPoint(x1, y1, x2, y2, bend) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  return [(x1 + x2) / 2 - ((y2 - y1) / length) * bend, (y1 + y2) / 2 + ((x2 - x1) / length) * bend];
}

function paintThings(pen, wanted, alpha) {
  pen.globalAlpha = alpha;
  for (let kind = 0; kind < THINGS.length; kind++) {
    pen.beginPath();
    let any = false;
    for (const thing of drawn.things) {
      if (things.kind[thing] !== kind || !wanted(thing) || !onScreen(thing, 30)) continue;
      traceThing(pen, kind, screenX[thing], screenY[thing], radiusOf(thing));
      any = true;
    }
    if (!any) continue;
    pen.fillStyle = ink.things[kind];
    if (!isCrowded()) {
      pen.lineWidth = 2.4;
      pen.strokeStyle = ink.paper;
      pen.stroke();
    }
    pen.fill();
  }
  pen.globalAlpha = 1;
}

const onScreen = (thing, edge) =>
  screenX[thing] > -edge &&
  screenY[thing] > -edge &&
  screenX[thing] < view.width + edge &&
  screenY[thing] < view.height + edge;

// Shapes of about the same area: circle, square, diamond, hexagon.
function traceThing(pen, kind, x, y, radius) {
  if (kind === 0) {
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
  } else if (kind === 1) {
    const half = radius * 0.9;
    pen.rect(x - half, y - half, 2 * half, 2 * half);
  } else {
    traceCorners(pen, x, y, kind === 2 ? radius * 1.22 : radius * 1.08, kind === 2 ? 4 : 6);
  }
}

function traceCorners(pen, x, y, radius, corners) {
  for (let corner = 0; corner < corners; corner++) {
    const angle = (corner * 2 * Math.PI) / corners - (corners === 4 ? Math.PI / 2 : 0);
    pen[corner ? "lineTo" : "moveTo"](x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  pen.closePath();
}

// A double ring, so that what is chosen is told by more than colour.
function paintChosen(pen) {
  const chosen = state.chosen;
  if (chosen && chosen.thing !== undefined && isDrawn(chosen.thing)) ring(pen, chosen.thing, 2.5);
  if (hovered >= 0 && isDrawn(hovered) && (!chosen || chosen.thing !== hovered)) ring(pen, hovered, 1.5);
}

const isDrawn = (thing) =>
  thingShown[thing] === 1 && (!inWorld() || hasPlace[thing] === 1) && (!drawn.grouped || isOpen(thing));

function ring(pen, thing, width) {
  pen.beginPath();
  traceThing(pen, things.kind[thing], screenX[thing], screenY[thing], radiusOf(thing) + 5);
  pen.lineWidth = width;
  pen.strokeStyle = ink.accent;
  pen.stroke();
}
