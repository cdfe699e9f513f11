// Whose it is: the line below every map, on screen, on paper, in a picture and inside another page.
const creditParts = () => [
  sourceNumber() && say("fromSources", { sources: sourceText() }),
  data.date && say("dataTo", { date: dateText(data.date) }),
];

// A Creative Commons licence by the name people know it under, another by its address.
function licenceName() {
  const [, kind, version] = /creativecommons\.org\/licenses\/([a-z-]+)\/([\d.]+)/.exec(data.licence) || [];
  if (/creativecommons\.org\/publicdomain\/zero/.test(data.licence)) return "CC0";
  return kind ? `CC ${kind.toUpperCase()} ${version}` : data.licence;
}

const creditText = () =>
  [document.title, ...creditParts(), data.licence && `${say("licence")}: ${licenceName()}`].filter(Boolean).join(" · ");

function buildCredit() {
  const title = make("span", { class: "own-title" }, document.title);
  const licence = data.licence && make("span", {}, `${say("licence")}: `, link(data.licence, licenceName()));
  const parts = [title, ...creditParts().map((part) => part && make("span", {}, part)), licence];
  fill($("credit"), parts.filter(Boolean));
}
