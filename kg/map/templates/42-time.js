// Two thumbs on the months of the data: what lies between them is shown, and can be played.
const time = { first: 0, last: 0, timer: 0 };
const months = new Map(); // of days: many records share one
function monthOf(day) {
  let month = months.get(day);
  if (month === undefined) {
    const date = new Date(day * 864e5);
    month = date.getUTCFullYear() * 12 + date.getUTCMonth();
    months.set(day, month);
  }
  return month;
}
const dayOfMonth = (month) => Math.round(Date.UTC(Math.floor(month / 12), month % 12, 1) / 864e5);

const lastDayOf = (record) => records.latest[record] ?? records.earliest[record];

function datedRecords() {
  const found = [];
  for (let record = 0; record < recordCount; record++)
    if (records.kind[record] < 2 && records.earliest[record] !== null) found.push(record);
  return found;
}

function buildTime() {
  const dated = datedRecords();
  $("time").hidden = !dated.length;
  if (!dated.length) return;
  time.first = dated.reduce((least, record) => Math.min(least, monthOf(records.earliest[record])), Infinity);
  time.last = dated.reduce((most, record) => Math.max(most, monthOf(lastDayOf(record))), -Infinity);
  const thumb = (key, value) =>
    make("input", {
      type: "range",
      id: `time-${key}`,
      min: time.first,
      max: time.last,
      value,
      "aria-label": say(key),
      oninput: movedThumb,
    });
  const undated = make(
    "label",
    { class: "row" },
    make("input", { type: "checkbox", checked: state.undated, onchange: () => change({ undated: !state.undated }) }),
    say("withUndated"),
  );
  fill(
    $("time"),
    make("button", { type: "button", id: "play", onclick: togglePlay }, "▶"),
    make("output", { id: "since" }),
    make(
      "div",
      { class: "track" },
      histogram(dated),
      thumb("from", state.since === null ? time.first : monthOf(state.since)),
      thumb("until", state.until === null ? time.last : monthOf(state.until)),
    ),
    make("output", { id: "till" }),
    undated,
  );
  $("play").setAttribute("aria-label", say("play"));
  showThumbs();
}

function histogram(dated) {
  const months = time.last - time.first + 1;
  const bins = Math.min(120, months);
  const counts = new Array(bins).fill(0);
  for (const record of dated)
    counts[Math.min(bins - 1, Math.floor(((monthOf(records.earliest[record]) - time.first) * bins) / months))]++;
  const most = Math.max(...counts);
  const bars = counts
    .map((count, bin) =>
      count ? `M${(bin * 240) / bins} 30v${(-28 * count) / most}h${240 / bins - 0.4}v${(28 * count) / most}z` : "",
    )
    .join("");
  const picture = drawing(240, 30, "bars", ["path", { d: bars }]);
  picture.setAttribute("preserveAspectRatio", "none");
  return picture;
}

const thumbs = () => [Number($("time-from").value), Number($("time-until").value)].sort((one, two) => one - two);

function movedThumb() {
  const [from, until] = thumbs();
  change({
    since: from <= time.first ? null : dayOfMonth(from),
    until: until >= time.last ? null : dayOfMonth(until + 1) - 1,
  });
}

function showThumbs() {
  if ($("time").hidden || !$("time-from")) return;
  const [from, until] = thumbs();
  $("since").textContent = monthText(from);
  $("till").textContent = monthText(until);
  for (const id of ["from", "until"])
    $(`time-${id}`).setAttribute("aria-valuetext", monthText(Number($(`time-${id}`).value)));
}

const monthText = (month) =>
  intl("DateTimeFormat", { year: "numeric", month: "short", timeZone: "UTC" }).format(dayOfMonth(month) * 864e5);

// Playing moves the later thumb from the earlier one to the end, a month at a time.
function togglePlay() {
  if (time.timer) return stopPlay();
  const [from, until] = thumbs();
  $("time-from").value = from;
  $("time-until").value = until >= time.last ? from : until;
  $("play").textContent = "❚❚";
  $("play").setAttribute("aria-label", say("pause"));
  const step = Math.max(1, Math.round((time.last - time.first) / 60));
  time.timer = setInterval(() => {
    const next = Math.min(time.last, Number($("time-until").value) + step);
    $("time-until").value = next;
    movedThumb();
    if (next >= time.last) stopPlay();
  }, 250);
}

function stopPlay() {
  clearInterval(time.timer);
  time.timer = 0;
  $("play").textContent = "▶";
  $("play").setAttribute("aria-label", say("play"));
  tell(showCounts());
}
