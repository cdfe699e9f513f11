// A point on the screen in, the thing or line under it out.
const REACH = 7;

function thingAt({ x, y }, reach = REACH) {
  let [best, least] = [-1, Infinity];
  for (const thing of drawn.things) {
    const distance = Math.hypot(screenX[thing] - x, screenY[thing] - y) - radiusOf(thing);
    if (distance < reach && distance < least) [best, least] = [thing, distance];
  }
  return best;
}

function lineAt({ x, y }) {
  let [best, least] = [-1, REACH];
  for (const line of drawn.lines) {
    if (lit && !lit.lines.has(line)) continue;
    const distance = distanceToLine(line, x, y, least);
    if (distance < least) [best, least] = [line, distance];
  }
  return best;
}

function distanceToLine(line, x, y, least) {
  const [start, end] = [lines.start[line], lines.end[line]];
  const [x1, y1, x2, y2] = [screenX[start], screenY[start], screenX[end], screenY[end]];
  const bend = bendOf(line);
  const room = least + Math.abs(bend) / 2;
  if (
    x < Math.min(x1, x2) - room ||
    x > Math.max(x1, x2) + room ||
    y < Math.min(y1, y2) - room ||
    y > Math.max(y1, y2) + room
  )
    return Infinity;
  const [cx, cy] = bendPoint(x1, y1, x2, y2, start < end ? bend : -bend);
  let [distance, fromX, fromY] = [Infinity, x1, y1];
  for (let step = 1; step <= 12; step++) {
    const [t, s] = [step / 12, 1 - step / 12];
    const [toX, toY] = [s * s * x1 + 2 * s * t * cx + t * t * x2, s * s * y1 + 2 * s * t * cy + t * t * y2];
    distance = Math.min(distance, distanceToPiece(x, y, fromX, fromY, toX, toY));
    [fromX, fromY] = [toX, toY];
  }
  return distance;
}

function distanceToPiece(x, y, x1, y1, x2, y2) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}

// A finger is wider than a pointer: it takes what lies within 22 pixels, a target of 44.
const finger = () => (matchMedia("(pointer: coarse)").matches ? 22 : 12);

function clickedAt(point) {
  const thing = thingAt(point, finger());
  if (thing >= 0) return choose({ thing });
  const group = groupAt(point);
  if (group >= 0) return openGroup(group);
  const line = lineAt(point);
  return line >= 0 ? choose({ line }) : state.picking ? undefined : choose(null);
}

function openAt(point) {
  const thing = thingAt(point, finger());
  if (thing >= 0) change({ focus: thing, depth: 1 });
}

function watchPointer() {
  let waiting = 0;
  frame.addEventListener("pointermove", (event) => {
    if (waiting || moving || event.pointerType === "touch") return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      const box = frame.getBoundingClientRect();
      hoverAt({ x: event.clientX - box.left, y: event.clientY - box.top });
    });
  });
  frame.addEventListener("pointerleave", () => setHovered(-1));
}

function hoverAt(point) {
  const thing = thingAt(point);
  setHovered(thing);
  const line = thing < 0 && drawn.lines.length < 6000 ? lineAt(point) : -1;
  frame.classList.toggle("over", thing >= 0 || line >= 0 || groupAt(point) >= 0);
}

function setHovered(thing) {
  if (thing === hovered) return;
  hovered = thing;
  if (drawn.things.length + drawn.lines.length < BIG) redraw();
}
