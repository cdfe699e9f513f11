// Elements and words in, DOM out. Strings reach the page only as text.
const $ = (id) => document.getElementById(id);

function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "value") element.value = value;
    else if (name === "checked" || name === "hidden" || name === "disabled") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// What has the focus keeps it when the controls around it are built anew.
function fill(element, ...children) {
  const held = heldFocus(element);
  element.replaceChildren(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""),
  );
  if (held) giveFocus(element, held);
  return element;
}

const CONTROLS = "a[href], button, input, select, summary, [tabindex]";
const controlsOf = (element) =>
  [...element.querySelectorAll(CONTROLS)].filter((control) => control.getClientRects().length);
const keyOf = (control) => control.id || control.dataset.key || "";

function heldFocus(element) {
  const active = document.activeElement;
  if (active === element || !element.contains(active)) return null;
  return { key: keyOf(active), place: controlsOf(element).indexOf(active) };
}

// The control of the same key, else the one in the same place, else what holds them; `data-anew` says that it now tells
// of something else, where the same place means nothing.
function giveFocus(element, { key, place }) {
  const controls = controlsOf(element);
  const same = key && controls.find((control) => keyOf(control) === key);
  const there = element.hasAttribute("data-anew") ? null : controls[Math.min(place, controls.length - 1)];
  (same || there || element).focus({ preventScroll: true });
}

// A text with the language it is in, so that a screen reader and the font follow it.
function words(text, tag = "span", properties = {}) {
  return make(
    tag,
    { ...properties, lang: text.lang && text.lang !== state.lang ? text.lang : undefined, dir: "auto" },
    text.text,
  );
}

// Only addresses a reader would follow knowingly; anything else is shown as words.
function safeAddress(address) {
  return /^(https?:\/\/[^\s]+|mailto:[^\s]+)$/i.test(address) ? address : null;
}

function link(address, text) {
  const safe = safeAddress(address);
  return safe ? make("a", { href: safe, target: "_blank", rel: "noopener noreferrer" }, text) : make("span", {}, text);
}

// The live region says one thing at a time: what a move came to drops what was about to be said of it.
let tellTimer = 0;
function tell(text) {
  clearTimeout(tellTimer);
  $("live").textContent = text;
}

// What changes many times while a hand moves is said when it rests.
function tellSoon(text) {
  clearTimeout(tellTimer);
  tellTimer = setTimeout(() => tell(text()), 250);
}
