"""Open points: what sources disagree about, and the meetings that one voice alone tells of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from kg.brief.cites import Cites
from kg.brief.meetings import MeetingRow
from kg.brief.parts import Contact, Dispute
from kg.conflicts import Conflict, conflicts_of
from kg.names import Names, Terms
from kg.properties import PROPERTIES
from kg.statements import Statement
from kg.values import Iri

_VOICES = "SELECT ?source ?family WHERE { GRAPH graph:derived { ?source kg:family ?family } } ORDER BY ?source ?family"


def single_voiced(
    names: Names, contacts: Iterable[Contact], said: Mapping[str, Sequence[Statement]]
) -> tuple[Contact, ...]:
    """Return the held meetings told by one source, or by several that copy one another."""
    voice = {str(source): str(family) for source, family in names.select(_VOICES)}
    return tuple(
        each
        for each in contacts
        if each.status == "held"
        and len({voice.get(str(told.source), str(told.source)) for told in said[str(each.meeting)]}) == 1
    )


def disputes_of(names: Names, rows: Iterable[MeetingRow], as_of: date, cites: Cites) -> Iterator[Dispute]:
    """Yield what sources published by a day disagree about, of some meetings."""
    terms = Terms(names)
    found: dict[Iri, list[Conflict]] = {row.meeting: [] for row in rows}
    for each in conflicts_of(names, found):
        found[each.thing].append(each)
    for conflict in chain.from_iterable(found.values()):
        told = replace(conflict, said=tuple(s for s in conflict.said if _is_out(s.statement.published, as_of)))
        if len(told.values) > 1:
            numbers = cites.of(each.statement for each in told.said)
            yield Dispute(numbers, names.label(told.thing), _field(terms, told), told.values)


def _is_out(published: str, as_of: date) -> bool:
    """Say whether something may have been published by a day."""
    return published <= as_of.isoformat()


def _field(terms: Terms, conflict: Conflict) -> str:
    """Return what the field of a disagreement is called."""
    known = PROPERTIES.get(conflict.field)
    return terms.label(known) if known else conflict.field.replace("_", " ").replace(".", ", ")
