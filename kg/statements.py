"""Who says so: the statements behind things, with outlet, date, place in the text and address."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.names import Names
from kg.query import Row
from kg.tabular import Cell, Table
from kg.values import Iri, bracketed

_BATCH = 500
_STATEMENTS = """
SELECT DISTINCT ?thing ?evidence ?about ?source ?locator ?quote ?outlet ?published ?url WHERE {
  %s
  ?thing kg:evidence|^kg:about ?evidence .
  ?evidence kg:about ?about ; kg:source ?source .
  OPTIONAL { ?evidence kg:locator ?locator }
  OPTIONAL { ?evidence kg:quote ?quote }
  OPTIONAL { ?source kg:outlet ?outlet }
  OPTIONAL { ?source kg:published ?published }
  OPTIONAL { ?source schema:url ?url }
} ORDER BY ?published ?source ?evidence
"""
_TELLERS = """
SELECT DISTINCT ?thing ?evidence ?about ?source ?outlet ?published WHERE {
  %s
  ?thing kg:evidence|^kg:about ?evidence .
  ?evidence kg:about ?about ; kg:source ?source .
  OPTIONAL { ?source kg:outlet ?outlet }
  OPTIONAL { ?source kg:published ?published }
} ORDER BY ?published ?source ?evidence
"""
_SAYS = "SELECT ?evidence ?says WHERE { %s ?thing kg:evidence|^kg:about ?evidence . ?evidence kg:says ?says }"
_CLAIMS = """
SELECT DISTINCT ?evidence ?field ?value WHERE {
  %s
  ?thing kg:evidence|^kg:about ?evidence .
  ?evidence kg:claim ?claim . ?claim kg:field ?field ; kg:value ?value
} ORDER BY ?evidence ?field
"""


@dataclass(frozen=True)
class Statement:
    """What one source says about one thing: our words or a quote, and what it disputes (field -> its value)."""

    evidence: Iri
    about: Iri
    source: Iri
    says: str
    quote: str
    locator: str
    outlet: str
    published: str
    url: str
    claims: Mapping[str, str]

    @property
    def text(self) -> str:
        """Return the statement in one line: paraphrase, then quote."""
        parts = [self.says, f"“{self.quote}”" if self.quote else ""]
        return " ".join(part for part in parts if part)


def statements(names: Names, things: Sequence[Iri]) -> dict[str, list[Statement]]:
    """Return the statements behind each thing, by its IRI: earliest published first, those without a date before.

    Those that only dispute a thing are among them: they are about it, though it does not rest on them.
    """
    says = _said(names, things)
    claims: dict[str, dict[str, str]] = {}
    for evidence, field, value in about(names, things, _CLAIMS):
        claims.setdefault(str(evidence), {})[str(field)] = str(value)
    found: dict[str, list[Statement]] = {str(thing): [] for thing in sorted(set(things))}
    for thing, evidence, of, source, *rest in about(names, things, _STATEMENTS):
        locator, quote, outlet, published, url = (str(value or "") for value in rest)
        iris = (Iri(str(evidence)), Iri(str(of)), Iri(str(source)))
        key = str(evidence)
        statement = Statement(*iris, says.get(key, ""), quote, locator, outlet, published, url, claims.get(key, {}))
        found[str(thing)].append(statement)
    return found


def about(names: Names, things: Iterable[Iri], text: str) -> Iterator[Row]:
    """Yield the rows of a SELECT about some things, where `%s` stands for the list of them as `?thing`.

    It is asked of so many at a time that no query grows past what its guard allows.
    """
    every = sorted(set(things))
    for start in range(0, len(every), _BATCH):
        listed = " ".join(bracketed(thing) for thing in every[start : start + _BATCH])
        yield from names.select(text % f"VALUES ?thing {{ {listed} }}")


def _said(names: Names, things: Iterable[Iri]) -> dict[str, str]:
    """Return the paraphrase of each evidence in the first language there is one in."""
    texts: dict[str, dict[str, str]] = {}
    for evidence, says in about(names, things, _SAYS):
        texts.setdefault(str(evidence), {})[getattr(says, "language", None) or ""] = str(says)
    return {evidence: _first(by_language, names.languages) for evidence, by_language in texts.items()}


def _first(by_language: Mapping[str, str], languages: Iterable[str]) -> str:
    """Choose a text by language order, then the first by tag."""
    return next((by_language[tag] for tag in languages if tag in by_language), by_language[min(by_language)])


def tellers(names: Names, things: Sequence[Iri]) -> dict[str, list[str]]:
    """Return outlet and date of each statement behind each thing, by its IRI, in the order of `statements`.

    In a third of the time: what is said is not read.
    """
    found: dict[str, list[str]] = {str(thing): [] for thing in sorted(set(things))}
    for thing, _, _, _, outlet, published in about(names, things, _TELLERS):
        found[str(thing)].append(f"{outlet or ''} {published or ''}".strip())
    return found


def told_by(who: Sequence[str]) -> str:
    """Return who says so in one cell: the first outlet with its date, and how many more statements there are."""
    if not who:
        return ""
    return f"{who[0]} +{len(who) - 1}" if len(who) > 1 else who[0]


def prove(names: Names, table: Table, *columns: str) -> Table:
    """Return a table with one more column, `proof`: in one cell, who told of the things that some columns name."""
    places = [table.columns.index(column) for column in columns]
    things = [[str(row[place]) for place in places if row[place] is not None] for row in table.rows]
    said = tellers(names, [Iri(thing) for row in things for thing in row])
    proofs = ["; ".join(dict.fromkeys(filter(None, (told_by(said[thing]) for thing in row)))) for row in things]
    rows: list[tuple[Cell, ...]] = [(*row, proof) for row, proof in zip(table.rows, proofs, strict=True)]
    return Table(table.title, (*table.columns, "proof"), tuple(rows), table.notes)
