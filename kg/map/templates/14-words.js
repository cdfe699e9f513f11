// The interface's words, numbers and dates in the chosen language.
function say(key, values = {}) {
  const text = (WORDS[state.lang] || WORDS.en)[key] || WORDS.en[key] || key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

const countText = (number) => new Intl.NumberFormat(state.lang).format(number);

// A partial date as a reader of the language writes it; what is no date stays as it is.
function dateText(text) {
  const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text);
  if (!parts) return text;
  const [, year, month, day] = parts;
  const form = { year: "numeric", month: month && (day ? "long" : "long"), day: day && "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(state.lang === "en" ? "en-GB" : state.lang, form).format(
    Date.UTC(year, (month || 1) - 1, day || 1),
  );
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
    return code ? new Intl.DisplayNames([state.lang], { type: "region" }).of(code) : "";
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
