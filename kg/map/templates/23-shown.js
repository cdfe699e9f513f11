// What the filters leave, told one by one: the records, and every statement once with what it is about.
const isWhole = () => shownThings.length === thingCount && shownLines.length === lineCount;

function shownRecords() {
  const found = new Set(shownLines.flatMap((line) => lines.records[line]));
  for (let record = 0; record < recordCount; record++)
    if (lineOfRecord[record] < 0 && isNamedOnly(record)) found.add(record);
  return [...found].filter((record) => recordPasses[record]).sort((one, two) => one - two);
}

// The line to choose for a record: of several, one that the filters leave.
let shownLineOf = null;
function lineBehind(record) {
  if (!shownLineOf) {
    shownLineOf = lineOfRecord.slice();
    for (const line of [...shownLines].reverse()) for (const each of lines.records[line]) shownLineOf[each] = line;
  }
  return shownLineOf[record];
}

// A record with one party makes no line: it is shown with whom it names.
function isNamedOnly(record) {
  const named = [...records.parties[record], ...records.people[record].map(([official]) => official)];
  return named.length ? named.some((thing) => thingShown[thing]) : isWhole();
}

function shownConcepts(list) {
  const forums = new Set(list.map((record) => records.forum[record]));
  return concepts.id
    .map((_, concept) => concept)
    .filter((concept) => {
      const body = concepts.body[concept];
      return body >= 0 ? thingShown[body] : forums.has(concept) || isWhole();
    });
}

// Each statement with its subject: a thing, a record, or a post or forum. What a part says of its whole is the part's.
function shownStatements() {
  const subjects = new Map();
  const take = (list, subject) => {
    for (const statement of list) if (!subjects.has(statement)) subjects.set(statement, subject);
  };
  const list = shownRecords();
  for (const record of list) if (records.kind[record] !== 3) take(records.statements[record], { record });
  for (const thing of shownThings) take(things.statements[thing], { thing });
  for (const concept of shownConcepts(list)) take(concepts.statements[concept], { concept });
  return [...subjects].sort(([one], [two]) => one - two);
}
