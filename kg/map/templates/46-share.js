// Take it along: link, picture, drawing, table, data, print.
const SHARES = {
  copyLink,
  embed: copyEmbed,
  png: savePng,
  svg: saveSvg,
  csv: saveCsv,
  json: saveJson,
  gexf: saveGexf,
  print: () => window.print(),
};

function buildShare() {
  fill(
    $("share"),
    Object.entries(SHARES)
      .filter(([key]) => key !== "gexf" || !data.outline)
      .map(([key, act]) =>
      make(
        "li",
        {},
        make(
          "button",
          {
            type: "button",
            "data-key": key,
            onclick: () => {
              closeShare();
              act();
            },
          },
          say(key),
        ),
      ),
    ),
  );
}

function showShare(open) {
  $("share").hidden = !open;
  $("shareButton").setAttribute("aria-expanded", String(open));
}

function closeShare() {
  showShare(false);
  $("shareButton").focus();
}

// A menu left by click or by key closes behind its reader.
function watchShare() {
  $("shareButton").addEventListener("click", () => showShare($("share").hidden));
  const { parentElement: menu } = $("share");
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) showShare(false);
  });
}

function save(name, type, content) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

function copyLink() {
  return copyText(`${location.href.split("#")[0]}#${toAddress()}`);
}

// Where the browser keeps the clipboard closed, the text is shown to be copied by hand.
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    tell(say("copied"));
  } catch {
    window.prompt(say("copyLink"), text);
  }
}

function savePng() {
  readView();
  const picture = document.createElement("canvas");
  [picture.width, picture.height] = [view.width * 2, view.height * 2];
  const pen = picture.getContext("2d");
  pen.scale(2, 2);
  pen.fillStyle = ink.paper;
  pen.fillRect(0, 0, view.width, view.height);
  paint(pen, { labels: true });
  creditLine(pen);
  picture.toBlob((blob) => save("map.png", "image/png", blob));
}

function creditLine(pen) {
  pen.font = `400 11px ${ink.font}`;
  pen.fillStyle = ink.text;
  pen.textBaseline = "middle";
  pen.fillText(creditText(), 12, view.height - 12);
}

// What is seen, as large as asked for.
function drawSvg({ width, height, credit = true, ground = ink.paper }) {
  readView();
  const grown = Math.min(width / view.width, height / view.height);
  Object.assign(view, { width, height, scale: view.scale * grown });
  const pen = svgPen();
  paint(pen, { labels: true });
  if (credit) creditLine(pen);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif"><title>${pen.clean(document.title)}</title><rect width="${width}" height="${height}" fill="${ground}"/>${pen.lines().join("")}</svg>`;
}

function saveSvg() {
  readView();
  save("map.svg", "image/svg+xml", drawSvg(view));
}

// A cell that a spreadsheet would run as a formula, of full width too, is made plain text; a number stays one.
function csvCell(value) {
  const text = String(value);
  const plain = typeof value === "string" && /^\s*[=+\-@|\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function tableCsv() {
  const head = TABS[state.tab].head.map((key) => say(key));
  return [head, ...tableRows().map((each) => each.cells)].map((cells) => cells.map(csvCell).join(",")).join("\r\n");
}

function saveCsv() {
  save("map.csv", "text/csv;charset=utf-8", `\ufeff${tableCsv()}\r\n`);
}

function saveGexf() {
  save("map.gexf", "application/gexf+xml", shownGexf());
}

function saveJson() {
  save("map.json", "application/json", JSON.stringify(data));
}
