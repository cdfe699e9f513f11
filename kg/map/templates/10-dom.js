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

function fill(element, ...children) {
  element.replaceChildren(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""),
  );
  return element;
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

function tell(text) {
  $("live").textContent = text;
}
