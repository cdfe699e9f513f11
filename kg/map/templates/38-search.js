// Search as you type, in any script: every name and alias, folded to bare letters.
const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u200b-\u200f\u2060\ufeff]/g, "")
    .normalize("NFKC")
    .toLowerCase();
let searchTexts = null;

function searchIndex() {
  searchTexts ??= things.id.map((id, thing) => {
    const others = Object.values(things.name.o).map((column) => column[thing] || "");
    const names = [things.name.t[thing], ...others, ...things.aliases[thing]];
    return fold(`\n${[...names, id.replace(/^[^:]*:/, "").replaceAll("-", " ")].join("\n")}\n`);
  });
  return searchTexts;
}

// A whole name comes first, then the start of a name, of a word, then anywhere; hubs before leaves.
function search(query, most = 12) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  const better = [`\n${wanted}\n`, `\n${wanted}`, ` ${wanted}`];
  const hits = [];
  searchIndex().forEach((text, thing) => {
    if (!text.includes(wanted)) return;
    const rank = better.findIndex((form) => text.includes(form));
    hits.push([rank < 0 ? better.length : rank, -degree[thing], thing]);
  });
  hits.sort((one, two) => one[0] - two[0] || one[1] - two[1] || one[2] - two[2]);
  tellHits(hits.length);
  return hits.slice(0, most).map((hit) => hit[2]);
}

const tellHits = (count) => tell(count ? sayCount("hitCount", count) : say("noHits"));

let hitAt = 0;
let hitList = [];

function buildHits() {
  hitList = search($("query").value);
  hitAt = 0;
  const empty = $("query").value.trim() && !hitList.length;
  fill(
    $("hits"),
    hitList.map(hitRow),
    empty
      ? make("li", { class: "quiet", role: "option", "aria-selected": "false", "aria-disabled": "true" }, say("noHits"))
      : null,
  );
  showHits(hitList.length > 0 || Boolean(empty));
  markHit();
}

function hitRow(thing, place) {
  const pick = (event) => {
    event.preventDefault();
    pickHit(place);
  };
  return make(
    "li",
    { role: "option", id: `hit-${place}`, "aria-selected": "false", onpointerdown: pick },
    shapePicture(things.kind[thing]),
    words(nameOf(thing)),
    make("small", {}, say(THINGS[things.kind[thing]])),
  );
}

function showHits(open) {
  $("hits").hidden = !open;
  $("query").setAttribute("aria-expanded", String(open));
  if (!open) $("query").removeAttribute("aria-activedescendant");
}

function markHit() {
  [...$("hits").children].forEach((row_, place) =>
    row_.setAttribute("aria-selected", String(place === hitAt && hitList.length > 0)),
  );
  if (hitList.length) $("query").setAttribute("aria-activedescendant", `hit-${hitAt}`);
}

function pickHit(place) {
  const thing = hitList[place];
  if (thing === undefined) return;
  showHits(false);
  const hidden = !thingShown[thing];
  if (hidden) resetFilters();
  choose({ thing });
  if (hidden) tell(`${describe({ thing })}. ${say("wasReset")}`);
  if (state.view !== "table") frame?.focus();
}

function watchSearch() {
  const query = $("query");
  query.addEventListener("input", buildHits);
  query.addEventListener("focus", () => hitList.length && showHits(true));
  query.addEventListener("blur", () => setTimeout(() => showHits(false), 150));
  query.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hitList.length) {
      event.preventDefault();
      hitAt = (hitAt + step + hitList.length) % hitList.length;
      markHit();
    } else if (event.key === "Enter") pickHit(hitAt);
    else if (event.key === "Escape") {
      event.stopPropagation();
      showHits(false);
      goHome();
    }
  });
}
