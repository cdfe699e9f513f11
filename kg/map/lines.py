"""Facts in, drawn lines out: each line joins two things and names the records it rests on.

How lines are counted, as the page says too:

- `met`: one per meeting and pair of its parties; two parties that met three times have three lines;
- `pursues`: one per cooperation and pair of its parties;
- `acts`: one per official, party and post: the terms in that post and the meetings attended in it;
- `unit`: one per party that is part of another;
- `present`: one per meeting and party, for somebody of whom nothing but the presence is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.map.facts import Facts, Record

KINDS = ("met", "pursues", "acts", "unit", "present")
_JOINS = {"meeting": "met", "cooperation": "pursues", "unit": "unit"}


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """A drawn line from thing `start` to thing `end`; it rests on `records`."""

    start: str
    end: str
    kind: str
    records: tuple[str, ...]


def draw_lines(facts: Facts) -> list[Line]:
    """Return every line both ends of which are things, sorted."""
    acting = _acting(facts)
    lines = [*_between_parties(facts), *acting, *_present(facts, {line.start for line in acting})]
    return sorted({line for line in lines if line.start in facts.things and line.end in facts.things})


def _between_parties(facts: Facts) -> Iterator[Line]:
    for record in facts.records.values():
        kind = _JOINS.get(record.kind)
        if kind:
            for start, end in combinations(sorted(set(record.parties)), 2):
                yield Line(start, end, kind, (record.id,))


def _acting(facts: Facts) -> list[Line]:
    behind: dict[tuple[str, str, str], list[str]] = {}
    for record in facts.records.values():
        for official, body, post in _acts(record):
            behind.setdefault((official, body, post), []).append(record.id)
    return [Line(official, body, "acts", tuple(sorted(ids))) for (official, body, _), ids in behind.items()]


def _acts(record: Record) -> Iterator[tuple[str, str, str]]:
    """Who acted for whom in which post, as this record has it."""
    for person in record.people:
        bodies = record.parties if record.kind == "tenure" else (person.acted_for,)
        for body in filter(None, bodies):
            yield person.official, body, person.post


def _present(facts: Facts, known: set[str]) -> Iterator[Line]:
    for record in facts.records.values():
        for person in record.people:
            if record.kind == "meeting" and person.official not in known:
                for party in record.parties:
                    yield Line(person.official, party, "present", (record.id,))
