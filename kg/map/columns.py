"""Facts, lines and positions in, the page's data out: one list per property instead of one dict per thing.

Things, records, statements, sources and concepts are named by their place in their table; -1 is "none". A column of
texts holds the words in the collection's first language, with the other languages beside it where they exist.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from kg.map.facts import Concept, Facts, Person, Record, Text, Thing
from kg.map.lines import KINDS as LINE_KINDS
from kg.map.lines import Line

FORMAT = 1
EPOCH = date(1970, 1, 1)
THING_KINDS = ("official", "city", "company", "organization")
RECORD_KINDS = ("meeting", "cooperation", "tenure", "unit")

Columns = dict[str, Any]


def to_columns(
    facts: Facts, lines: Sequence[Line], positions: Sequence[Sequence[float]], radii: Sequence[float]
) -> Columns:
    """Return everything the page draws and tells, ready for JSON; only what a drawn thing or record needs."""
    tables = _Tables(facts)
    drawn = {"x": [each[0] for each in positions], "y": [each[1] for each in positions], "radius": list(radii)}
    return {
        "format": FORMAT,
        "base": facts.base,
        "date": newest_day(facts),
        "kinds": {"thing": THING_KINDS, "record": RECORD_KINDS, "line": LINE_KINDS},
        "things": tables.things() | drawn,
        "lines": tables.lines(lines),
        "records": tables.records(),
        "statements": tables.statements(),
        "sources": tables.sources(),
        "concepts": tables.concepts(),
        "languages": tables.texts.languages,
    }


def newest_day(facts: Facts) -> str:
    """Return the date of the data: the newest day a source was published, else the newest record's."""
    published = [source.published for source in facts.sources.values() if source.published]
    return max(published or [record.latest for record in facts.records.values()], default="")


def to_day(iso: str) -> int | None:
    """Days since 1970-01-01 of an ISO day; None when there is none."""
    try:
        return (date.fromisoformat(iso) - EPOCH).days
    except ValueError:
        return None


class Texts:
    """Columns of texts, and the languages they are in, numbered as they come."""

    def __init__(self) -> None:
        """Start without a language."""
        self.languages: list[str] = []

    def column(self, texts: Iterable[Text]) -> Columns:
        """A column of texts: words `t`, their language `l`, and per other language a sparse column in `o`."""
        column: Columns = {"t": [], "l": [], "o": {}}
        for place, text in enumerate(texts):
            language, words = text[0] if text else ("", "")
            column["t"].append(words)
            column["l"].append(self._language(language))
            for other, translated in text[1:]:
                column["o"].setdefault(other, {})[str(place)] = translated
        column["o"] = dict(sorted(column["o"].items()))
        return column

    def _language(self, tag: str) -> int:
        if tag not in self.languages:
            self.languages.append(tag)
        return self.languages.index(tag)


class _Tables:
    """The numbers of things, statements and sources, given out in the order of their ids."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.texts = Texts()
        self.thing = _number(facts.things)
        self.record = _number(facts.records)
        tables: tuple[Mapping[str, Thing | Record | Concept], ...] = (facts.things, facts.records, facts.concepts)
        used = {key for table in tables for row in table.values() for key in row.statements}
        self.statement = _number(key for key in facts.statements if key in used)
        named = {facts.statements[key].source for key in self.statement}
        self.source = _number(key for key in facts.sources if key in named)
        self.concept = _number(_used_concepts(facts))

    def things(self) -> Columns:
        rows = [self.facts.things[key] for key in self.thing]
        return {
            "id": list(self.thing),
            "kind": [THING_KINDS.index(row.kind) for row in rows],
            "name": self.texts.column(row.name for row in rows),
            "aliases": [row.aliases for row in rows],
            "country": [row.country for row in rows],
            "latitude": [row.latitude for row in rows],
            "longitude": [row.longitude for row in rows],
            "note": self.texts.column(row.note for row in rows),
            "links": [row.links for row in rows],
            "statements": [_places(self.statement, row.statements) for row in rows],
        }

    def lines(self, lines: Sequence[Line]) -> Columns:
        return {
            "start": [self.thing[line.start] for line in lines],
            "end": [self.thing[line.end] for line in lines],
            "kind": [LINE_KINDS.index(line.kind) for line in lines],
            "records": [_places(self.record, line.records) for line in lines],
        }

    def records(self) -> Columns:
        rows = [self.facts.records[key] for key in self.record]
        return self._record_heads(rows) | {
            "place": [row.place for row in rows],
            "city": [self.thing.get(row.city, -1) for row in rows],
            "forum": [self.concept.get(row.forum, -1) for row in rows],
            "parties": [_places(self.thing, row.parties) for row in rows],
            "people": [[self._person(each) for each in row.people if each.official in self.thing] for row in rows],
            "follows": [_places(self.record, row.follows) for row in rows],
            "aim": self.texts.column(row.aim for row in rows),
            "note": self.texts.column(row.note for row in rows),
            "rulings": [row.rulings for row in rows],
            "statements": [_places(self.statement, row.statements) for row in rows],
        }

    def _record_heads(self, rows: Sequence[Record]) -> Columns:
        return {
            "id": list(self.record),
            "kind": [RECORD_KINDS.index(row.kind) for row in rows],
            "name": self.texts.column(row.name for row in rows),
            "status": [row.status for row in rows],
            "date": [row.date for row in rows],
            "until": [row.until for row in rows],
            "earliest": [to_day(row.earliest) for row in rows],
            "latest": [to_day(row.latest) for row in rows],
            "stage": [self.concept.get(row.stage, -1) for row in rows],
            "instrument": [self.concept.get(row.instrument, -1) for row in rows],
            "sectors": [_places(self.concept, row.sectors) for row in rows],
        }

    def _person(self, person: Person) -> list[Any]:
        post, body = self.concept.get(person.post, -1), self.thing.get(person.acted_for, -1)
        return [self.thing[person.official], person.role, post, body]

    def statements(self) -> Columns:
        rows = [self.facts.statements[key] for key in self.statement]
        return {
            "id": list(self.statement),
            "source": [self.source.get(row.source, -1) for row in rows],
            "locator": [row.locator for row in rows],
            "says": self.texts.column(row.says for row in rows),
            "quote": [row.quote for row in rows],
            "claims": [row.claims for row in rows],
        }

    def sources(self) -> Columns:
        rows = [self.facts.sources[key] for key in self.source]
        return {"id": list(self.source)} | {
            name: [getattr(row, name) for row in rows]
            for name in ("outlet", "title", "url", "language", "published", "family")
        }

    def concepts(self) -> Columns:
        rows = [self.facts.concepts[key] for key in self.concept]
        return {
            "id": list(self.concept),
            "name": self.texts.column(row.name for row in rows),
            "rank": [row.rank for row in rows],
            "broader": [self.concept.get(row.broader, -1) for row in rows],
            "body": [self.thing.get(row.body, -1) for row in rows],
            "statements": [_places(self.statement, row.statements) for row in rows],
        }


def _number(keys: Iterable[str]) -> dict[str, int]:
    return {key: place for place, key in enumerate(keys)}


def _places(numbers: Mapping[str, int], keys: Iterable[str]) -> list[int]:
    return [numbers[key] for key in keys if key in numbers]


def _used_concepts(facts: Facts) -> Iterable[str]:
    """Every stage (the legend lists them in order), and what is named or told of, with what is broader."""
    used = {key for key, concept in facts.concepts.items() if key.startswith("stage:") or concept.statements}
    used |= {key for record in facts.records.values() for key in record.concepts}
    while wider := {facts.concepts[key].broader for key in used if key in facts.concepts} - used:
        used |= wider
    return [key for key in facts.concepts if key in used]
