"""What sources disagree about: the same field of the same thing, different values."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.names import Names
from kg.properties import PROPERTIES
from kg.statements import Statement, about, statements
from kg.values import Iri

_CLAIMS = """
SELECT DISTINCT ?thing ?field WHERE {
  ?claim a kg:Claim ; kg:about ?thing ; kg:field ?field
} ORDER BY ?thing ?field
"""
_VALUES = "SELECT ?value WHERE { ?thing ?property ?value } ORDER BY ?value"
_RULINGS = "SELECT ?thing ?ruling WHERE { ?thing kg:ruling ?ruling } ORDER BY ?thing ?ruling"
_SUPPORTS = """
SELECT DISTINCT ?evidence ?property WHERE {
  %s
  ?thing kg:evidence ?evidence . OPTIONAL { ?evidence kg:supports ?property }
}
"""


@dataclass(frozen=True)
class Said:
    """One value and a statement that gives it."""

    value: str
    statement: Statement


@dataclass(frozen=True)
class Conflict:
    """One field of one thing with two or more different values; `ruled` and `reason` are empty without a ruling.

    `ruled` is the value the default graph holds: for a measure the record has no field for, there is none.
    """

    thing: Iri
    field: str
    ruled: str
    reason: str
    said: tuple[Said, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """The different values, the ruled one first."""
        return tuple(dict.fromkeys([*([self.ruled] if self.ruled else []), *(said.value for said in self.said)]))


def find_conflicts(names: Names, thing: Iri | None = None) -> list[Conflict]:
    """Return the disagreements, of one thing or of all, by thing and field.

    A claim counts when its value differs from the ruled one or from another claim on the same field.
    Different measures are different fields, so they never conflict.
    """
    return conflicts_of(names, None if thing is None else {thing})


def conflicts_of(names: Names, things: Collection[Iri] | None) -> list[Conflict]:
    """Return the disagreements of some things, or of all, by thing and field, as `find_conflicts` does."""
    rows = [(str(t), str(f)) for t, f in names.select(_CLAIMS)]
    claimed = [(t, f) for t, f in rows if things is None or t in things]
    disputed = [Iri(t) for t, _ in claimed]
    said, reasons, supports = statements(names, disputed), _reasons(names), _supports(names, disputed)
    found = []
    for iri, field in claimed:
        ruled = _ruled(names, Iri(iri), field)
        every = tuple(_said(field, ruled, said[iri], supports))
        found.append(Conflict(Iri(iri), field, ruled, reasons.get((iri, field), ""), every))
    return [conflict for conflict in found if len(conflict.values) > 1]


def _reasons(names: Names) -> dict[tuple[str, str], str]:
    """Return (thing, field) -> why one value was chosen."""
    found = {}
    for thing, ruling in names.select(_RULINGS):
        field, _, reason = str(ruling).partition(": ")
        found[str(thing), field] = reason
    return found


def _supports(names: Names, things: Iterable[Iri]) -> dict[str, set[str]]:
    """Return evidence that things rest on -> the properties it names; evidence that names none supports all."""
    found: dict[str, set[str]] = {}
    for evidence, prop in about(names, things, _SUPPORTS):
        found.setdefault(str(evidence), set()).update([str(prop)] if prop is not None else [])
    return found


def _ruled(names: Names, thing: Iri, field: str) -> str:
    """Return the value the default graph holds, in the words a record would use."""
    if field not in PROPERTIES:
        return ""
    if field == "name":
        return names.label(thing)
    bind = {"thing": thing, "property": Iri(PROPERTIES[field])}
    values = [row[0] for row in names.select(_VALUES, bind)]
    return "; ".join(str(v).rpartition("/")[2] if isinstance(v, Iri) else str(v) for v in values)


def _said(field: str, ruled: str, said: Iterable[Statement], supports: Mapping[str, set[str]]) -> Iterator[Said]:
    """Yield each claim on the field, and each statement that stands for the ruled value."""
    for statement in said:
        if field in statement.claims:
            yield Said(statement.claims[field], statement)
        elif ruled and _stands_for(field, statement, supports):
            yield Said(ruled, statement)


def _stands_for(field: str, statement: Statement, supports: Mapping[str, set[str]]) -> bool:
    """Say whether a statement supports the ruled value of a field."""
    named = supports.get(str(statement.evidence))
    return named is not None and (not named or str(PROPERTIES[field]) in named)
