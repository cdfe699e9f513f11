// A pen that answers the canvas's calls and writes SVG: paths as paths, names as text.
function svgPen() {
  let path = [];
  const [out, number] = [[], (value) => String(Math.round(value * 100) / 100)];
  const clean = (text) =>
    text
      .replace(/[&<>"]/g, (each) => `&#${each.charCodeAt(0)};`)
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
  const measure = document.createElement("canvas").getContext("2d");
  const pen = {
    globalAlpha: 1,
    lineWidth: 1,
    strokeStyle: "#000",
    fillStyle: "#000",
    font: "",
    lang: "",
    dash: [],
    beginPath: () => (path = []),
    moveTo: (x, y) => path.push(`M${number(x)} ${number(y)}`),
    lineTo: (x, y) => path.push(`L${number(x)} ${number(y)}`),
    quadraticCurveTo: (cx, cy, x, y) => path.push(`Q${number(cx)} ${number(cy)} ${number(x)} ${number(y)}`),
    rect: (x, y, width, height) =>
      path.push(`M${number(x)} ${number(y)}h${number(width)}v${number(height)}h${number(-width)}z`),
    arc: (x, y, radius) =>
      path.push(
        `A${number(radius)} ${number(radius)} 0 1 1 ${number(x - radius)} ${number(y)}A${number(radius)} ${number(radius)} 0 1 1 ${number(x + radius)} ${number(y)}`,
      ),
    closePath: () => path.push("Z"),
    setLineDash: (dash) => (pen.dash = dash),
    measureText: (text) => ((measure.font = pen.font), measure.measureText(text)),
    stroke: () =>
      out.push(
        `<path d="${path.join("")}" fill="none" stroke="${pen.strokeStyle}" stroke-width="${number(pen.lineWidth)}" stroke-linecap="round" stroke-linejoin="round" opacity="${pen.globalAlpha}"${pen.dash.length ? ` stroke-dasharray="${pen.dash.join(" ")}"` : ""}/>`,
      ),
    fill: () => out.push(`<path d="${path.join("")}" fill="${pen.fillStyle}" opacity="${pen.globalAlpha}"/>`),
    strokeText: () => undefined,
    fillText: (text, x, y) => {
      const [, weight, size] = /^(\d+) (\d+)px/.exec(pen.font) || [0, 400, 12];
      out.push(
        `<text x="${number(x)}" y="${number(y)}" xml:lang="${clean(pen.lang)}" font-size="${size}" font-weight="${weight}" fill="${pen.fillStyle}" stroke="${ink.paper}" stroke-width="3.5" paint-order="stroke" dominant-baseline="central" opacity="${pen.globalAlpha}">${clean(text)}</text>`,
      );
    },
    path: () => path.join(""),
    lines: () => out,
    clean,
  };
  return pen;
}
