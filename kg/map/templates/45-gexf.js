// The network that is shown as GEXF 1.3, for Gephi: as `kg map --data` writes the whole, but of what the filters leave.
const xml = (text) =>
  `"${String(text)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"\t\n\r]/g, (each) => `&#${each.charCodeAt(0)};`)}"`;

function shownGexf() {
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<graph defaultedgetype="undirected" mode="static">
<attributes class="node"><attribute id="kind" title="kind" type="string"/></attributes>
<attributes class="edge"><attribute id="records" title="records" type="string"/>
<attribute id="date" title="date" type="string"/></attributes>
<nodes>
${shownThings.map(gexfNode).join("\n")}
</nodes>
<edges>
${shownLines.map(gexfEdge).join("\n")}
</edges>
</graph>
</gexf>
`;
}

function gexfNode(thing) {
  const [x, y] = [things.x[thing], -things.y[thing]];
  return `<node id=${xml(things.id[thing])} label=${xml(nameOf(thing).text)}><attvalues><attvalue for="kind" value="${THINGS[things.kind[thing]]}"/></attvalues><viz:position x="${x}" y="${y}"/><viz:size value="${things.radius[thing]}"/></node>`;
}

// A line bears the records that pass, and the first of their days.
function gexfEdge(line) {
  const own = lines.records[line].filter((record) => recordPasses[record]);
  const [day = ""] = own.map((record) => records.date[record]).filter(Boolean).sort();
  const named = own.map((record) => records.id[record]).join("; ");
  return `<edge id="${line}" source=${xml(things.id[lines.start[line]])} target=${xml(things.id[lines.end[line]])} kind="${data.kinds.line[lines.kind[line]]}"><attvalues><attvalue for="records" value=${xml(named)}/><attvalue for="date" value=${xml(day)}/></attvalues></edge>`;
}
