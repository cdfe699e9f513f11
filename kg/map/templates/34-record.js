// A record and its statements as DOM: what happened, who was there as what, and who says so.
function recordCard(record, open) {
  const name = textAt(records.name, record);
  const kind = data.kinds.record[records.kind[record]];
  const title = name.text
    ? words(name)
    : make("span", {}, kind === "meeting" ? partyNames(record) : say(kind === "unit" ? "unit" : kind));
  const holder =
    kind === "tenure" && records.people[record][0]
      ? make("small", {}, words(nameOf(records.people[record][0][0])))
      : null;
  const head = [
    make("span", { class: "date" }, kind === "unit" ? "" : recordDate(record)),
    title,
    holder,
    recordBadges(record),
  ];
  const summary = make("summary", { "data-key": records.id[record] }, head);
  const unfolded = open || reopened.has(records.id[record]);
  const card = make("details", { class: "record", open: unfolded, "data-record": records.id[record] }, summary);
  const body = () => card.append(make("div", { class: "body" }, recordFacts(record), recordStatements(record)));
  if (unfolded) body();
  else card.addEventListener("toggle", body, { once: true });
  return card;
}

// Those about the record, then those about the forum it was held in.
function recordStatements(record) {
  const forum = records.forum[record];
  const own = statementList(records.statements[record]);
  return forum >= 0 && concepts.statements[forum].length ? [own, saidOf(forum)] : [own];
}

function partyNames(record) {
  return records.parties[record].map((party) => apart(nameOf(party).text)).join(" – ");
}

function recordBadges(record) {
  const badges = [];
  const status = records.status[record];
  if (status && status !== "held") badges.push(make("span", { class: `badge ${status}` }, say(status)));
  if (records.stage[record] >= 0)
    badges.push(words(conceptName(records.stage[record]), "span", { class: `badge ${STYLES[styleOfRecord(record)]}` }));
  if (isConflict(record)) badges.push(make("span", { class: "badge conflict" }, say("conflict")));
  const count = records.statements[record].length;
  badges.push(make("span", { class: "quiet" }, countOf(count)));
  return make("span", { class: "badges" }, badges);
}

const countOf = (count) => (count ? sayCount("statements", count) : say("noStatement"));

function facts(pairs) {
  const rows = pairs.filter(([, value]) => (Array.isArray(value) ? value.length : value));
  if (!rows.length) return null;
  return make(
    "dl",
    {},
    rows.flatMap(([key, value]) => [make("dt", {}, say(key)), make("dd", { dir: "auto" }, value)]),
  );
}

function recordFacts(record) {
  const aim = textAt(records.aim, record);
  const note = textAt(records.note, record);
  const city = records.city[record];
  const where = [records.place[record], city >= 0 ? thingButton(city) : null].filter(Boolean);
  return facts([
    ["place", where.length > 1 ? [where[0], " · ", where[1]] : where],
    ["forum", records.forum[record] >= 0 && words(conceptName(records.forum[record]))],
    ["parties", listed(records.parties[record].map(thingButton))],
    ["people", peopleList(record)],
    ["sectors", listed(records.sectors[record].map((sector) => words(conceptName(sector), "span", { class: "chip" })))],
    ["instrument", records.instrument[record] >= 0 && words(conceptName(records.instrument[record]))],
    ["aim", aim.text && words(aim)],
    ["note", note.text && words(note)],
    ["ruling", listed(records.rulings[record].map((ruling) => make("span", {}, ruling)))],
    ["follows", listed(records.follows[record].map(recordButton))],
  ]);
}

const listed = (items) =>
  items.length
    ? [
        make(
          "ul",
          { class: "list" },
          items.map((item) => make("li", {}, item)),
        ),
      ]
    : [];

function peopleList(record) {
  return listed(
    records.people[record].map(([official, role, post, body]) => {
      const postName = post >= 0 ? words(conceptName(post)) : null;
      const details = [
        postName,
        body >= 0 && make("span", {}, say("actingFor", { body: nameOf(body).text })),
        role && say(role),
      ].filter(Boolean);
      return [
        thingButton(official),
        details.length
          ? make(
              "small",
              {},
              details.flatMap((each, at) => (at ? [", ", each] : [each])),
            )
          : null,
      ].filter(Boolean);
    }),
  );
}

function thingButton(thing) {
  return make("button", { type: "button", class: "name", onclick: () => choose({ thing }) }, words(nameOf(thing)));
}

function recordButton(record) {
  const name = textAt(records.name, record);
  const line = lineBehind(record);
  const text = `${recordDate(record)} ${name.text || partyNames(record)}`;
  return line < 0
    ? make("span", {}, text)
    : make("button", { type: "button", class: "name", onclick: () => choose({ line }) }, text);
}

function statementList(list) {
  return make(
    "ul",
    { class: "statements" },
    list.map((statement) => make("li", { "data-statement": statements.id[statement] }, statementParts(statement))),
  );
}

function statementParts(statement) {
  const says = textAt(statements.says, statement);
  const source = statements.source[statement];
  const claims = statements.claims[statement].map(([field, value]) =>
    make("p", { class: "claim" }, make("b", {}, `${fieldText(field)}: `), `${say("saysInstead")} “${value}”`),
  );
  return [
    says.text ? words(says, "p") : null,
    statements.quote[statement] ? make("blockquote", { dir: "auto" }, statements.quote[statement]) : null,
    claims,
    source >= 0 ? sourceLine(source, statements.locator[statement]) : null,
  ]
    .flat()
    .filter(Boolean);
}

function sourceLine(source, locator) {
  const outlet = sources.outlet[source] || sources.id[source];
  const title = sources.title[source];
  const published = sources.published[source];
  const named = sources.url[source] ? link(sources.url[source], outlet) : make("span", {}, outlet);
  const rest = [published && say("published", { date: dateText(published) }), locator].filter(Boolean).join(" · ");
  return make(
    "p",
    { class: "source" },
    named,
    title ? [" · ", make("cite", { lang: sources.language[source] || undefined, dir: "auto" }, title)] : null,
    rest ? ` · ${rest}` : null,
  );
}
