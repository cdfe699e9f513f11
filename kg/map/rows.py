"""Facts in, the plain tables of `<noscript>` out: what happened, between whom, how far it got, and who says so."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from kg.map.facts import Facts, Person, Record, Source, Statement, Text
from kg.map.page import Words, read_words

MOST = 1000  # rows of a table: a page that has scripts need not carry a large collection twice
TOLD = ("meeting", "cooperation", "tenure")
_ADDRESS = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)

Row = dict[str, Any]
Table = dict[str, Any]


def to_tables(facts: Facts, lang: str) -> list[Table]:
    """Return three tables in a language where a text has it: records, newest first; things, posts and forums; sources.

    A table has `title`, `head`, `body` and `left`, which says how many rows are left out. A row has `cells`, then the
    `statements` behind them, each with the `number` of its source, or the `url` of a source.
    """
    word = read_words()[lang]
    tell = _Teller(facts, lang, word)
    records = [record for record in facts.records.values() if record.kind in TOLD]
    records.sort(key=lambda record: (record.earliest or record.latest, record.id), reverse=True)
    named = [key for key, concept in facts.concepts.items() if concept.statements]
    things = chain(map(tell.thing, list(facts.things)[:MOST]), map(tell.concept, named))
    return [
        _table(
            word,
            "records",
            ("date", "what", "parties", "people", "stage", "note", "statementsTab"),
            [tell.record(record) for record in records[:MOST]],
            left=len(records) - MOST,
        ),
        _table(word, "things", ("name", "kind", "note", "statementsTab"), list(things), left=len(facts.things) - MOST),
        _table(word, "source", ("source", "publishedOn", "sourceTitle"), tell.sources()),
    ]


def in_language(text: Text, lang: str) -> str:
    """Return the words in a language, else in the first one there is, else nothing."""
    return dict(text).get(lang) or next((words for _, words in text), "")


def _table(word: Words, title: str, heads: Sequence[str], body: Sequence[Row], *, left: int = 0) -> Table:
    forms = word["plainMore"]
    more = forms if isinstance(forms, str) else forms["one" if left == 1 else "other"]
    return {
        "title": word[title],
        "head": [word[head] for head in heads],
        "body": body,
        "left": more.replace("{n}", str(left)) if left > 0 else "",
    }


def _row(cells: Sequence[str], statements: Sequence[dict[str, Any]] = (), url: str = "") -> Row:
    return {"cells": cells, "statements": statements, "url": url}


class _Teller:
    """Rows in one language; numbers the sources as they are named."""

    def __init__(self, facts: Facts, lang: str, word: Words) -> None:
        self.facts, self.lang, self.word = facts, lang, word
        self.number: dict[str, int] = {}

    def record(self, record: Record) -> Row:
        """What a record's card tells: its dates, name, parties, people as what, stage, notes and statements."""
        noted = (in_language(record.aim, self.lang), in_language(record.note, self.lang), *record.rulings)
        cells = (
            " – ".join(dict.fromkeys(filter(None, (record.date, record.until)))),
            in_language(record.name, self.lang) or self._word(record.kind),
            ", ".join(map(self._thing, record.parties)),
            "; ".join(map(self._person, record.people)),
            self._concept(record.stage) or self._word(record.status),
            " ".join(filter(None, noted)),
        )
        return _row(cells, self._statements(record.statements))

    def thing(self, key: str) -> Row:
        """An official or a party."""
        thing = self.facts.things[key]
        cells = (self._thing(key), self._word(thing.kind), in_language(thing.note, self.lang))
        return _row(cells, self._statements(thing.statements))

    def concept(self, key: str) -> Row:
        """A post with its body, or a forum."""
        concept = self.facts.concepts[key]
        names = (self._concept(key), self._thing(concept.body) if concept.body else "")
        cells = (", ".join(filter(None, names)), self._word(key.partition(":")[0]), "")
        return _row(cells, self._statements(concept.statements))

    def sources(self) -> list[Row]:
        """The sources of what was told so far, in the order of their numbers."""
        named = [self.facts.sources.get(key, Source(key, key)) for key in self.number]
        return [
            _row((each.outlet or each.id, each.published, each.title), url=each.url if _is_safe(each.url) else "")
            for each in named
        ]

    def _word(self, key: str) -> str:
        return str(self.word.get(key, key))

    def _field(self, field: str) -> str:
        """Return what a disputed field is called; a measure that a collection made up is told in its own words."""
        return str(self.word.get(f"field.{field}", field.replace("_", " ").replace(".", ", ")))

    def _thing(self, key: str) -> str:
        thing = self.facts.things.get(key)
        return (in_language(thing.name, self.lang) if thing else "") or key

    def _concept(self, key: str) -> str:
        concept = self.facts.concepts.get(key)
        return in_language(concept.name, self.lang) if concept else ""

    def _person(self, person: Person) -> str:
        post = self._concept(person.post) or (self._thing(person.acted_for) if person.acted_for else "")
        return " – ".join(filter(None, (self._thing(person.official), post)))

    def _statements(self, keys: Iterable[str]) -> list[dict[str, Any]]:
        return [self._statement(self.facts.statements[key]) for key in keys if key in self.facts.statements]

    def _statement(self, statement: Statement) -> dict[str, Any]:
        claims = [f"{self._field(field)}: {value}" for field, value in statement.claims]
        said = filter(None, (in_language(statement.says, self.lang), statement.quote, *claims))
        number = self.number.setdefault(statement.source, len(self.number) + 1) if statement.source else 0
        return {"says": " ".join(said), "at": statement.locator, "number": number}


def _is_safe(address: str) -> bool:
    return _ADDRESS.fullmatch(address) is not None
