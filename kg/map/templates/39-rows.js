// The rows of the table twin: lines, records, things and statements, with all that their cards and panels tell.
const TABS = {
  lines: {
    head: ["start", "kind", "end", "date", "stage", "sectors", "what", "statementsTab", "source"],
    rows: () =>
      shownLines.flatMap((line) => {
        const kept = lines.records[line].filter((record) => recordPasses[record]);
        return (kept.length ? kept : [-1]).map((record) => lineRow(line, record));
      }),
  },
  records: {
    head: [
      ...["what", "kind", "date", "until", "status", "stage", "instrument", "place", "forum", "parties", "people"],
      ...["sectors", "aim", "note", "ruling", "follows", "statementsTab", "conflict"],
    ],
    rows: () => shownRecords().map(recordRow),
  },
  things: {
    head: [
      ...["name", "kind", "country", "aliases", "note", "links", "latitude", "longitude"],
      ...["alsoLines", "statementsTab"],
    ],
    rows: () => shownThings.map(thingRow),
  },
  statementsTab: {
    head: [
      ...["subject", "says", "quote", "claims", "source", "sourceTitle", "publishedOn", "locator"],
      ...["language", "family", "links"],
    ],
    rows: () => shownStatements().map(([statement, subject]) => statementRow(statement, subject)),
  },
};

const listText = (parts) => parts.filter(Boolean).map(apart).join("; ");
const conceptText = (concept) => conceptName(concept).text;
const namesOf = (list) => listText(list.map((thing) => nameOf(thing).text));

function recordName(record) {
  return textAt(records.name, record).text || partyNames(record) || say(data.kinds.record[records.kind[record]]);
}

function lineRow(line, record) {
  const ends = [nameOf(lines.start[line]).text, say(data.kinds.line[lines.kind[line]]), nameOf(lines.end[line]).text];
  if (record < 0) return { chosen: { line }, cells: [...ends, "", "", "", "", 0, ""] };
  const outlets = new Set(records.statements[record].map((each) => sources.outlet[statements.source[each]] || ""));
  return {
    chosen: { line },
    cells: [
      ...ends,
      records.date[record],
      conceptText(records.stage[record]),
      listText(records.sectors[record].map(conceptText)),
      recordName(record),
      records.statements[record].length,
      listText([...outlets]),
    ],
  };
}

function personText([official, role, post, body]) {
  const details = [conceptText(post), body >= 0 && say("actingFor", { body: nameOf(body).text }), role && say(role)];
  return [nameOf(official).text, details.filter(Boolean).map(apart).join(", ")].filter(Boolean).map(apart).join(" – ");
}

function recordRow(record) {
  const city = records.city[record];
  const kind = data.kinds.record[records.kind[record]];
  return {
    chosen: chosenBehind(record),
    cells: [
      recordName(record),
      say(kind),
      records.date[record],
      records.until[record],
      records.status[record] && say(records.status[record]),
      conceptText(records.stage[record]),
      conceptText(records.instrument[record]),
      [records.place[record], city >= 0 ? nameOf(city).text : ""].filter(Boolean).join(", "),
      conceptText(records.forum[record]),
      namesOf(records.parties[record]),
      listText(records.people[record].map(personText)),
      listText(records.sectors[record].map(conceptText)),
      textAt(records.aim, record).text,
      textAt(records.note, record).text,
      listText(records.rulings[record]),
      listText(records.follows[record].map(recordName)),
      records.statements[record].length,
      isConflict(record) ? say("yes") : "",
    ],
  };
}

// What to choose on the map for a record: its line, else somebody it names.
function chosenBehind(record) {
  if (lineBehind(record) >= 0) return { line: lineBehind(record) };
  const [thing] = [...records.parties[record], ...records.people[record].map(([official]) => official)];
  return thing === undefined ? null : { thing };
}

function thingRow(thing) {
  return {
    chosen: { thing },
    cells: [
      nameOf(thing).text,
      say(THINGS[things.kind[thing]]),
      countryText(things.country[thing]),
      listText(things.aliases[thing]),
      textAt(things.note, thing).text,
      things.links[thing].join(" "),
      things.latitude[thing] ?? "",
      things.longitude[thing] ?? "",
      lineCountOf(thing),
      things.statements[thing].length,
    ],
  };
}

function subjectOf({ thing, record, concept }) {
  if (thing !== undefined) return [nameOf(thing).text, { thing }];
  if (record !== undefined) return [recordName(record), chosenBehind(record)];
  const body = concepts.body[concept];
  const name = [conceptText(concept), body >= 0 ? nameOf(body).text : ""].filter(Boolean).join(", ");
  return [name, body >= 0 ? { thing: body } : null];
}

function statementRow(statement, subject) {
  const source = statements.source[statement];
  const [name, chosen] = subjectOf(subject);
  const ofSource = (column) => sources[column][source] || "";
  return {
    chosen,
    cells: [
      name,
      textAt(statements.says, statement).text,
      statements.quote[statement],
      listText(statements.claims[statement].map(([field, value]) => `${fieldText(field)}: ${value}`)),
      ofSource("outlet") || ofSource("id"),
      ofSource("title"),
      ofSource("published"),
      statements.locator[statement],
      ofSource("language"),
      ofSource("family"),
      ofSource("url"),
    ],
  };
}
