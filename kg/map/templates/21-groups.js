// Above two thousand things the map opens on groups; a group opens in its place, and everything is one click away.
const LARGE = 2000;
// What is on the canvas: things and lines one by one, closed groups, and the bundles of lines that end in them.
const drawn = { things: [], lines: [], groups: [], bundles: [], grouped: false };
let groupMembers = [],
  groupName = [],
  groupShown,
  bundleOf;

function takeGroups() {
  const { of = [], x = [] } = data.groups;
  groupMembers = lists(x.length);
  for (let thing = 0; thing < of.length; thing++) groupMembers[of[thing]].push(thing);
  groupName = groupMembers.map((members) =>
    members.reduce((best, thing) => (degree[thing] > degree[best] ? thing : best), members[0]),
  );
  groupShown = new Int32Array(x.length);
}

const isOpen = (thing) => state.opened.has(data.groups.of[thing]);

function regroup() {
  if (inWorld()) {
    const located = shownLines.filter((line) => hasPlace[lines.start[line]] && hasPlace[lines.end[line]]);
    Object.assign(drawn, {
      things: shownThings.filter((thing) => hasPlace[thing]),
      lines: located,
      groups: [],
      bundles: [],
      grouped: false,
    });
    return;
  }
  drawn.grouped = groupMembers.length > 0 && !state.showAll && shownThings.length > LARGE;
  if (!drawn.grouped) {
    Object.assign(drawn, { things: shownThings, lines: shownLines, groups: [], bundles: [] });
    return;
  }
  groupShown.fill(0);
  for (const thing of shownThings) groupShown[data.groups.of[thing]]++;
  drawn.groups = numbersOf(groupShown).filter((group) => !state.opened.has(group));
  drawn.things = shownThings.filter(isOpen);
  bundle();
}

// Lines between two closed groups, or a closed group and a thing, become one bundle with their number.
function bundle() {
  drawn.lines = [];
  if (data.outline) return keepStrongest(outlineBundles());
  const bundles = new Map();
  const of = data.groups.of;
  const count = groupMembers.length;
  for (const line of shownLines) {
    const [start, end] = [lines.start[line], lines.end[line]];
    const [from, to] = [
      state.opened.has(of[start]) ? count + start : of[start],
      state.opened.has(of[end]) ? count + end : of[end],
    ];
    if (from >= count && to >= count) drawn.lines.push(line);
    else if (from !== to) {
      const key = Math.min(from, to) * (count + thingCount) + Math.max(from, to);
      bundles.set(key, (bundles.get(key) || 0) + 1);
    }
  }
  keepStrongest(
    [...bundles].map(([key, number]) => ({
      from: Math.floor(key / (count + thingCount)),
      to: key % (count + thingCount),
      number,
    })),
  );
}

// A web of every bundle would show nothing: the strongest are drawn.
const BUNDLES = 1500;
function keepStrongest(bundles) {
  drawn.bundles = bundles
    .sort((one, two) => two.number - one.number || one.from - two.from || one.to - two.to)
    .slice(0, BUNDLES);
}

// An outline has its bundles counted already, between groups, open or closed.
function outlineBundles() {
  const { from, to, number } = data.bundles;
  return from
    .map((first, at) => ({ from: first, to: to[at], number: number[at] }))
    .filter((each) => groupShown[each.from] && groupShown[each.to]);
}

const endX = (end) => toScreenX(end < groupMembers.length ? data.groups.x[end] : placeX[end - groupMembers.length]);
const endY = (end) => toScreenY(end < groupMembers.length ? data.groups.y[end] : placeY[end - groupMembers.length]);

function paintBundles(pen) {
  pen.lineCap = "butt";
  for (const [least, most, width] of [
    [1, 1, 0.6],
    [2, 4, 1.3],
    [5, 15, 2.4],
    [16, Infinity, 4.5],
  ]) {
    pen.beginPath();
    for (const { from, to, number } of drawn.bundles) {
      if (number < least || number > most) continue;
      pen.moveTo(endX(from), endY(from));
      pen.lineTo(endX(to), endY(to));
    }
    pen.globalAlpha = drawn.bundles.length > 600 ? 0.3 : 0.5;
    pen.lineWidth = width;
    pen.strokeStyle = ink.lines[TALK];
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

const groupRadius = (group) => Math.max(drawn.groups.length > 200 ? 7 : 13, Math.min(data.groups.radius[group] * view.scale * 0.72, 60));

function paintGroups(pen) {
  pen.beginPath();
  for (const group of drawn.groups) {
    const [x, y, radius] = [toScreenX(data.groups.x[group]), toScreenY(data.groups.y[group]), groupRadius(group)];
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
  }
  pen.fillStyle = ink.group;
  pen.strokeStyle = ink.accent;
  pen.lineWidth = 1.5;
  pen.fill();
  pen.stroke();
  if (groupCursor >= 0 && !state.opened.has(groupCursor)) {
    pen.beginPath();
    pen.arc(
      toScreenX(data.groups.x[groupCursor]),
      toScreenY(data.groups.y[groupCursor]),
      groupRadius(groupCursor) + 4,
      0,
      2 * Math.PI,
    );
    pen.lineWidth = 3;
    pen.stroke();
    pen.lineWidth = 1.5;
  }
  pen.beginPath();
  for (const group of state.opened) {
    const [x, y, radius] = [
      toScreenX(data.groups.x[group]),
      toScreenY(data.groups.y[group]),
      (data.groups.radius[group] + 12) * view.scale,
    ];
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
  }
  pen.setLineDash([3, 5]);
  pen.stroke();
  pen.setLineDash([]);
}

// The number inside, the best-known member beside it.
function paintGroupLabels(pen, taken) {
  const sorted = [...drawn.groups].sort((one, two) => groupShown[two] - groupShown[one] || one - two);
  for (const group of sorted) take(taken, circleBox(group));
  const numbers = new Map(); // from afar circles lie over one another, but no number over another
  for (const group of sorted) {
    const [x, y, radius] = [toScreenX(data.groups.x[group]), toScreenY(data.groups.y[group]), groupRadius(group)];
    if (x < -radius || y < -radius || x > view.width + radius || y > view.height + radius) continue;
    placeNumber(pen, numbers, group, x, y, radius);
    placeGroupName(pen, taken, group, x, y, radius);
  }
}

// How many there are in a group, as large as its circle lets it be.
function placeNumber(pen, numbers, group, x, y, radius) {
  const text = countText(groupShown[group]);
  for (const size of [13, 11, 9]) {
    const font = `600 ${size}px ${ink.font}`;
    const width = widthOf(pen, text, font);
    const box = [x - width / 2, y - size / 2, x + width / 2, y + size / 2, -1];
    if (width > radius * 1.9 || meets(numbers, box, -2 - group)) continue;
    take(numbers, box);
    return paintLabel(pen, text, "", x - width / 2, y, font, 1);
  }
}

function circleBox(group) {
  const [x, y, radius] = [toScreenX(data.groups.x[group]), toScreenY(data.groups.y[group]), groupRadius(group)];
  return [x - radius, y - radius, x + radius, y + radius, -2 - group];
}

function placeGroupName(pen, taken, group, x, y, radius) {
  const name = nameOf(groupName[group]);
  const text = shorten(name.text, 26);
  const font = `400 12px ${ink.font}`;
  const width = widthOf(pen, text, font);
  for (const [left, middle] of [
    [x - width / 2, y + radius + 9],
    [x - width / 2, y - radius - 9],
    [x + radius + 4, y],
    [x - radius - 4 - width, y],
  ]) {
    const box = [left, middle - 7, left + width, middle + 7, -1];
    if (!inView(box) || meets(taken, box, -2 - group)) continue;
    take(taken, box);
    paintLabel(pen, text, name.lang, left, middle, font, 1);
    labelCount++;
    return;
  }
}

function groupAt({ x, y }) {
  return (
    drawn.groups.find(
      (group) =>
        Math.hypot(toScreenX(data.groups.x[group]) - x, toScreenY(data.groups.y[group]) - y) <= groupRadius(group),
    ) ?? -1
  );
}

// By keyboard: from group to group in the direction of the arrow, and in with Enter.
let groupCursor = -1;

function goToGroup(dx, dy) {
  const [x, y] = groupCursor < 0 ? [view.x, view.y] : [data.groups.x[groupCursor], data.groups.y[groupCursor]];
  let [best, least] = [-1, Infinity];
  for (const group of drawn.groups) {
    const [along, across] = [
      (data.groups.x[group] - x) * dx + (data.groups.y[group] - y) * dy,
      Math.abs((data.groups.x[group] - x) * dy - (data.groups.y[group] - y) * dx),
    ];
    if (group !== groupCursor && along > 0 && along >= across * 0.5 && along + across * 2 < least)
      [best, least] = [group, along + across * 2];
  }
  if (best < 0) return tell(say("nothingThere"));
  groupCursor = best;
  const sight = { x: toScreenX(data.groups.x[best]), y: toScreenY(data.groups.y[best]) };
  if (sight.x < 40 || sight.y < 40 || sight.x > view.width - 40 || sight.y > view.height - 40)
    moveCamera({ position: { x: data.groups.x[best], y: data.groups.y[best] } });
  redraw();
  tell(`${say("group", { n: countText(groupShown[best]) })}: ${nameOf(groupName[best]).text}`);
}

function closeGroups() {
  change({ opened: new Set(), chosen: null });
  fitCamera();
  tell(showCounts());
}

function openGroup(group) {
  change({ opened: withToggled(state.opened, group), chosen: null });
  const members = groupMembers[group].filter((thing) => thingShown[thing]);
  if (state.opened.has(group)) fitCamera(members);
  tell(`${say("group", { n: countText(groupShown[group]) })}: ${nameOf(groupName[group]).text}`);
}
