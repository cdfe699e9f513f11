// The same things on the skin of the globe, where their places are known, in the Equal Earth projection
// (Savric, Patterson and Jenny 2018, doi:10.1080/13658816.2018.1504949). Outlines: Natural Earth, public domain.
const DEGREE = 180 / Math.PI;
const UNIT = 10 * DEGREE; // a degree at the equator is about ten world units
const CROWD = 5; // world units between things that share a place
let netPlaces,
  worldPlaces,
  outlines = null,
  hasPlace;
const inWorld = () => state.view === "world";
const hasWorld = () => hasPlace.includes(1);

function project2(longitude, latitude) {
  const theta = Math.asin((Math.sqrt(3) / 2) * Math.sin(latitude / DEGREE));
  const two = theta * theta;
  const six = two * two * two;
  const wide = (Math.sqrt(3) / 2) * (1.340264 - 0.243318 * two + six * (0.006251 + 0.034164 * two));
  const high = theta * (1.340264 - 0.081106 * two + six * (0.000893 + 0.003796 * two));
  return [((longitude / DEGREE) * Math.cos(theta) * UNIT) / wide, -high * UNIT];
}

function takeWorld() {
  netPlaces = [placeX, placeY];
  worldPlaces = [new Float32Array(thingCount), new Float32Array(thingCount)];
  hasPlace = new Uint8Array(thingCount);
  const crowd = new Map();
  for (let thing = 0; thing < thingCount; thing++) {
    const home = homeOf(thing);
    if (home < 0) continue;
    const [x, y] = project2(things.longitude[home], things.latitude[home]);
    const before = crowd.get(home) || 0;
    crowd.set(home, before + (thing === home ? 0 : 1));
    const [far, turn] = thing === home ? [0, 0] : [CROWD * Math.sqrt(before + 2), (before + 1) * 2.399963];
    [worldPlaces[0][thing], worldPlaces[1][thing], hasPlace[thing]] = [
      x + far * Math.cos(turn),
      y + far * Math.sin(turn),
      1,
    ];
  }
}

const isLocated = (thing) => things.latitude[thing] !== null && things.longitude[thing] !== null;

// A thing without coordinates stands with the city it is part of, or the body its official acts for.
function homeOf(thing, steps = 2) {
  if (isLocated(thing) || !steps) return isLocated(thing) ? thing : -1;
  for (const kind of [3, 2]) {
    for (const line of linesOf[thing]) {
      if (lines.kind[line] !== kind || (kind === 2 && lines.start[line] !== thing)) continue;
      const home = wholeOf(line, thing) ? homeOf(otherEnd(line, thing), steps - 1) : -1;
      if (home >= 0) return home;
    }
  }
  return -1;
}

// Of two parties joined as part and whole, the record names the part first.
function wholeOf(line, thing) {
  return lines.kind[line] !== 3 || records.id[lines.records[line][0]] === `unit:${things.id[thing]}`;
}

// Put everything where the view wants it.
function takePlacesOf(name) {
  [placeX, placeY] = name === "world" ? worldPlaces : netPlaces;
}

function readOutlines() {
  outlines = read("world").map((steps) => {
    const ring = [];
    let [x, y] = [0, 0];
    for (let at = 0; at < steps.length; at += 2) {
      [x, y] = [x + steps[at], y + steps[at + 1]];
      ring.push(project2(x / 10, y / 10));
    }
    return ring;
  });
}

function paintWorld(pen) {
  if (!outlines) readOutlines();
  pen.beginPath();
  for (const ring of outlines) {
    ring.forEach(([x, y], at) => pen[at ? "lineTo" : "moveTo"](toScreenX(x), toScreenY(y)));
    pen.closePath();
  }
  pen.fillStyle = ink.land;
  pen.strokeStyle = ink.coast;
  pen.lineWidth = 0.8;
  pen.fill();
  pen.stroke();
}
