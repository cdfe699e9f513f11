// The interface's words, numbers and dates in the chosen language.
const wordsFor = (key) => (WORDS[state.lang] || WORDS.en)[key] || WORDS.en[key] || key;
const fillIn = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => apart(String(values[name] ?? "")));
const say = (key, values = {}) => fillIn(wordsFor(key), values);

// Words that follow a number: one form, or one for each plural category of the language.
function sayCount(key, number, values = {}) {
  const forms = wordsFor(key);
  const text = typeof forms === "string" ? forms : forms[intl("PluralRules").select(number)] || forms.other;
  return fillIn(text, { n: countText(number), ...values });
}

const sayCounts = (thingNumber, lineNumber) =>
  say("counts", { things: sayCount("nThings", thingNumber), lines: sayCount("nLines", lineNumber) });

// A text that runs from right to left keeps to itself: what stands beside it keeps its own order.
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u200f\u061c]/u;
const apart = (text) => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);

// A record's field by name; a measure that a collection made up is told in its own words.
const fieldText = (field) =>
  Object.hasOwn(WORDS.en, `field.${field}`) ? say(`field.${field}`) : field.replaceAll("_", " ").replaceAll(".", ", ");

// Making a formatter takes longer than a thousand uses of it: each is made once for a language and form.
const formatters = new Map();
function intl(kind, form = {}) {
  const lang = state.lang === "en" ? "en-GB" : state.lang;
  const key = [kind, lang, ...Object.values(form)].join();
  if (!formatters.has(key)) formatters.set(key, new Intl[kind](lang, form));
  return formatters.get(key);
}

const countText = (number) => intl("NumberFormat").format(number);

// A partial date as a reader of the language writes it; what is no date stays as it is.
function dateText(text) {
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text);
  if (!parts) return text;
  const [, year, month, day] = parts;
  const form = { year: "numeric", month: month && "long", day: day && "numeric", timeZone: "UTC" };
  return intl("DateTimeFormat", form).format(Date.UTC(year, (month || 1) - 1, day || 1));
}

const dayText = (day) => dateText(new Date(day * 864e5).toISOString().slice(0, 10));

function recordDate(record) {
  const [date, until] = [records.date[record], records.until[record]];
  if (!date && !until) return say("undated");
  return until && until !== date ? `${dateText(date)} – ${dateText(until)}` : dateText(date);
}

// Country codes by name where the browser knows them.
function countryText(code) {
  try {
    return code ? intl("DisplayNames", { type: "region" }).of(code) : "";
  } catch {
    return code;
  }
}

function translatePage() {
  document.documentElement.lang = state.lang;
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  for (const element of document.querySelectorAll("[data-say-label]"))
    element.setAttribute("aria-label", say(element.dataset.sayLabel));
  for (const element of document.querySelectorAll("[data-say-placeholder]"))
    element.placeholder = say(element.dataset.sayPlaceholder);
  const own = data.title.find(([lang]) => lang === state.lang) || data.title[0];
  const title = data.heading || (own ? own[1] : say("title"));
  document.title = title;
  $("title").textContent = title;
}
