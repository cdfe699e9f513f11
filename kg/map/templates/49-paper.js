// Paper is light, takes the map as a drawing of its own shape, and the table whole.
const SHEET = { width: 1120, height: 750, credit: false, ground: "#ffffff" };
let screenTheme = "auto";

function watchPaper() {
  window.addEventListener("beforeprint", () => {
    screenTheme = state.theme;
    change({ theme: "light" }, { quiet: true });
    const drawable = network && thingCount && state.view !== "table";
    $("paper").hidden = !drawable;
    if (drawable) $("paper").append(svgElement(drawSvg(SHEET)));
    if (state.view === "table") fillTable(Infinity);
  });
  window.addEventListener("afterprint", () => {
    $("paper").replaceChildren();
    if (state.view === "table") fillTable();
    change({ theme: screenTheme }, { quiet: true });
  });
}

const svgElement = (text) =>
  document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
