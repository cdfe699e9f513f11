// Names in order of importance, each where it meets no other name and no thing; the rest wait for a closer look.
let labelOrder = [];
let labelCount = 0;
const CELL = 48;
const MOST = 260;
// The first names may lie over small things, never over a name: a hub without its name is no map.
const OVER = 10;

function takeLabelOrder() {
  labelOrder = Array.from({ length: thingCount }, (_, thing) => thing).sort(
    (one, two) => degree[two] - degree[one] || one - two,
  );
}

function shorten(text, most = 34) {
  const letters = Array.from(text.slice(0, most * 4));
  return letters.length > most
    ? `${letters
        .slice(0, most - 1)
        .join("")
        .trimEnd()}…`
    : letters.join("");
}

function fontOf(thing) {
  const size = Math.round(Math.min(15, 10.5 + Math.sqrt(degree[thing]) * 0.5 + (view.scale > 1 ? 1 : 0)));
  return { size, font: `${degree[thing] > 20 ? 600 : 400} ${size}px ${ink.font}` };
}

// What is chosen and what it touches comes first, then the hubs.
function* labelQueue() {
  const first = [state.chosen?.thing, hovered].filter((thing) => thing >= 0);
  yield* first;
  for (const pass of lit ? [true, false] : [false]) {
    for (const thing of labelOrder)
      if (Boolean(lit && lit.things.has(thing)) === pass && !first.includes(thing)) yield thing;
  }
}

function paintLabels(pen) {
  const taken = new Map();
  for (const thing of drawn.things) if (onScreen(thing, 0)) take(taken, thingBox(thing));
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  labelCount = 0;
  if (drawn.grouped) paintGroupLabels(pen, taken);
  if (!drawn.things.length) return;
  for (const thing of labelQueue()) {
    if (!isDrawn(thing) || !onScreen(thing, 0)) continue;
    if (placeLabel(pen, taken, thing)) labelCount++;
    if (labelCount >= MOST) break;
  }
}

function thingBox(thing) {
  const radius = radiusOf(thing);
  return [screenX[thing] - radius, screenY[thing] - radius, screenX[thing] + radius, screenY[thing] + radius, thing];
}

const widths = new Map();
function widthOf(pen, text, font) {
  const key = font + text;
  let width = widths.get(key);
  if (width === undefined) {
    pen.font = font;
    width = pen.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

function placeLabel(pen, taken, thing) {
  const name = nameOf(thing);
  const text = shorten(name.text, view.width < 520 ? 18 : 34);
  const { size, font } = fontOf(thing);
  const [width, gap] = [widthOf(pen, text, font), radiusOf(thing) + (state.chosen?.thing === thing ? 10 : 5)];
  const [x, y, half] = [screenX[thing], screenY[thing], size * 0.62];
  const places = [
    [x + gap, y],
    [x - gap - width, y],
    [x - width / 2, y + gap + half - 1],
    [x - width / 2, y - gap - half + 1],
    ...[y + gap, y - gap].flatMap((beside) => [
      [x + gap * 0.7, beside],
      [x - gap * 0.7 - width, beside],
    ]),
  ];
  const sure = state.chosen?.thing === thing || hovered === thing;
  const tries =
    labelCount < (view.width < 520 ? 4 : OVER)
      ? [...places.map((place) => [...place, false]), ...places.map((place) => [...place, true])]
      : places;
  for (const [left, middle, over] of tries) {
    const box = [left - 2, middle - half, left + width + 2, middle + half, -1];
    if (!sure && (!inView(box) || meets(taken, box, thing, over))) continue;
    take(taken, box);
    paintLabel(pen, text, name.lang, left, middle, font, lit && !lit.things.has(thing) ? 0.35 : 1);
    return true;
  }
  return false;
}

const inView = (box) => box[0] > 0 && box[1] > 0 && box[2] < view.width && box[3] < view.height;

function paintLabel(pen, text, lang, left, middle, font, alpha) {
  pen.font = font;
  if ("lang" in pen) pen.lang = lang || state.lang;
  pen.globalAlpha = alpha;
  pen.lineWidth = 3.5;
  pen.strokeStyle = ink.paper;
  pen.strokeText(apart(text), left, middle);
  pen.fillStyle = ink.text;
  pen.fillText(apart(text), left, middle);
  pen.globalAlpha = 1;
}

function* cellsOf(box) {
  for (let column = Math.floor(box[0] / CELL); column <= Math.floor(box[2] / CELL); column++) {
    for (let row = Math.floor(box[1] / CELL); row <= Math.floor(box[3] / CELL); row++) yield column * 4096 + row;
  }
}

function take(taken, box) {
  for (const cell of cellsOf(box)) {
    const boxes = taken.get(cell);
    if (boxes) boxes.push(box);
    else taken.set(cell, [box]);
  }
}

function meets(taken, box, thing, over) {
  for (const cell of cellsOf(box)) {
    for (const other of taken.get(cell) || []) {
      if (other[4] === thing || (over && other[4] >= 0)) continue;
      if (box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) return true;
    }
  }
  return false;
}
