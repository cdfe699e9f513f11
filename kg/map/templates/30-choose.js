// Choosing a thing, a line or a path: what is lit, what is said.
function choose(chosen) {
  if (state.picking && chosen && chosen.thing !== undefined) return endPath(chosen.thing);
  change({ chosen, path: null, picking: false });
  if (chosen && chosen.thing !== undefined) showThing(chosen.thing);
  tell(chosen ? describe(chosen) : "");
}

function describe({ thing, line }) {
  if (thing !== undefined) {
    return say("chosen", {
      name: nameOf(thing).text,
      kind: say(THINGS[things.kind[thing]]),
      lines: sayCount("nLines", lineCountOf(thing)),
    });
  }
  const newest = newestOf(line);
  return say("chosenLine", {
    start: nameOf(lines.start[line]).text,
    end: nameOf(lines.end[line]).text,
    kind: say(data.kinds.line[lines.kind[line]]),
    date: newest < 0 ? say("undated") : recordDate(newest),
  });
}

// An outline holds how many lines a thing has, and not the lines.
const lineCountOf = (thing) => (data.outline ? degree[thing] : linesShownOf(thing).length);
const linesShownOf = (thing) => linesOf[thing].filter((line) => lineShown[line]);

function light() {
  const { chosen, path } = state;
  if (path) {
    const steps = findPath(path.from, path.to) || [];
    lit = {
      lines: new Set(steps),
      things: new Set([path.from, path.to, ...steps.flatMap((line) => [lines.start[line], lines.end[line]])]),
    };
  } else if (chosen && chosen.thing !== undefined) {
    const own = linesShownOf(chosen.thing);
    lit = { lines: new Set(own), things: new Set([chosen.thing, ...own.map((line) => otherEnd(line, chosen.thing))]) };
  } else if (chosen) {
    lit = { lines: new Set([chosen.line]), things: new Set([lines.start[chosen.line], lines.end[chosen.line]]) };
  } else lit = null;
}

function startPath() {
  change({ picking: true });
  tell(say("pathPick"));
}

function endPath(to) {
  const from = state.chosen?.thing ?? state.path?.from;
  if (from === undefined || from === to) return;
  change({ path: { from, to }, picking: false });
  const steps = findPath(from, to);
  tell(steps ? sayCount("path", steps.length) : say("noPath"));
}

// The neighbour that lies most in the direction of an arrow key; from nowhere, the thing nearest the middle.
function neighbourTowards(dx, dy) {
  const from = state.chosen?.thing;
  if (from === undefined) return middleThing();
  const around = new Set(linesShownOf(from).map((line) => otherEnd(line, from)));
  let [best, least] = [-1, Infinity];
  for (const thing of around) {
    const [x, y] = [placeX[thing] - placeX[from], placeY[thing] - placeY[from]];
    const [along, across] = [x * dx + y * dy, Math.abs(x * dy - y * dx)];
    if (along > 0 && along >= across * 0.5 && along + across * 2 < least) [best, least] = [thing, along + across * 2];
  }
  return best;
}

function middleThing() {
  let [best, least] = [-1, Infinity];
  for (const thing of drawn.things.length ? drawn.things : shownThings) {
    const distance =
      Math.hypot(toScreenX(placeX[thing]) - view.width / 2, toScreenY(placeY[thing]) - view.height / 2) -
      degree[thing] * 4;
    if (distance < least) [best, least] = [thing, distance];
  }
  return best;
}

// Step through the lines of the chosen thing, or through the parallel and neighbouring lines of a chosen line.
let lineHome = -1;
function stepLine(step) {
  const chosen = state.chosen;
  if (!chosen) return;
  if (chosen.thing !== undefined) lineHome = chosen.thing;
  else if (![lines.start[chosen.line], lines.end[chosen.line]].includes(lineHome)) lineHome = lines.start[chosen.line];
  const own = linesShownOf(lineHome);
  if (!own.length) return tell(sayCount("nLines", 0));
  const at = chosen.line === undefined ? (step > 0 ? -1 : 0) : own.indexOf(chosen.line);
  choose({ line: own[(at + step + own.length) % own.length] });
}
