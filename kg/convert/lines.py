"""Turn one record into lines of N-Quads: the facts as ruled, the evidence nodes, and what each source's graph holds.

A record becomes *units* (itself, and each step of a cooperation), a unit becomes *facts*: triples
that remember the field they come from. From these follow the default graph, and each source's own
graph: the facts it supports, and its claims in place of those it disputes.

Text is made here and nowhere else, without RDF terms on the way: a term costs more than the line it ends up in.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeAlias

from kg.convert.evidence import claim_lines, claimed_facts, evidence_lines, stands_for_all, supports
from kg.convert.facts import TYPE, Fact, Settings, word
from kg.convert.meetings import cooperation_facts, meeting_facts, step_facts
from kg.convert.templates import Templates
from kg.convert.things import (
    forum_facts,
    official_facts,
    party_facts,
    post_facts,
    sector_facts,
    source_facts,
    tenure_facts,
)
from kg.records import (
    City,
    Company,
    Cooperation,
    Evidence,
    Forum,
    Meeting,
    Official,
    Organization,
    Post,
    Record,
    Sector,
    Source,
    Step,
    Tenure,
)
from kg.terms import KG

_EVIDENCE = word(KG.evidence)
_ASSERTED = " .\n"

Ends: TypeAlias = tuple[str, ...]
"""How the lines of one triple end, a line for each graph it stands in: sorted, each once."""
Told: TypeAlias = dict[str, dict[str, Ends]]
"""Subject -> predicate and object -> the ends of its lines."""


class Unit(NamedTuple):
    """A record, or a step of one, with its kind, its key, who says so, and what makes facts of such a part."""

    part: Record | Step
    kind: str
    key: str
    evidence: tuple[Evidence, ...]
    tell: Callable[[Any, Settings], list[Fact]]


def record_lines(record: Record, settings: Settings, *, asserted_only: bool = False) -> list[str]:
    """Return every quad of one record as N-Quads: a text per subject, its lines sorted, each with its line end.

    `asserted_only` leaves out the graphs of sources: what is left is N-Triples.

    The texts of all records of a collection, sorted, are its sorted quads, but for subjects that two records
    speak of. A pure function of the record and the settings. Dates are stated as written (`xsd:gYear`,
    `xsd:gYearMonth`, `xsd:date`) and as bounds. There are no blank nodes.

    Source: W3C RDF 1.1 Datasets; Web Annotation Data Model, section 3.2 and 4.2.
    """
    return _templates(settings, asserted_only).lines(record)


@lru_cache(maxsize=4)
def _templates(settings: Settings, asserted_only: bool) -> Templates:  # noqa: FBT001 - of two sorts
    """Return what tells records by template, and plainly those of shapes it has no template for."""
    return Templates(_asserted if asserted_only else _every, settings)


def _every(record: Record, settings: Settings) -> list[str]:
    """Return the lines of a record in every graph."""
    return [
        subject + subject.join([stated + end for stated in sorted(own) for end in own[stated]])
        for subject, own in _told(record, settings).items()
    ]


def _asserted(record: Record, settings: Settings) -> list[str]:
    """Return the lines of a record in the default graph."""
    return [
        subject + f"{_ASSERTED}{subject}".join(sorted(asserted)) + _ASSERTED
        for subject, own in _told(record, settings).items()
        if (asserted := [stated for stated, ends in own.items() if ends[0] == _ASSERTED])
    ]


def _told(record: Record, settings: Settings) -> Told:
    """Return all that is said of and in a record."""
    told: Told = defaultdict(dict)
    for unit in _units(record):
        facts = unit.tell(unit.part, settings)
        _state(told, facts, unit.evidence, settings)
        for number in range(len(unit.evidence)):
            _cite(told, unit, number, facts, settings)
    return told


def _units(record: Record) -> Iterator[Unit]:
    """Yield the record, then its steps: each has facts and evidence of its own."""
    evidence: tuple[Evidence, ...] = getattr(record, "evidence", ())
    yield Unit(record, record.namespace, record.id, evidence, _FACTS[type(record)])
    if isinstance(record, Cooperation):
        for step in record.steps:
            tell = partial(step_facts, cooperation=record.id)
            yield Unit(step, "step", f"{record.id}.{step.id}", step.evidence, tell)


def _state(told: Told, facts: list[Fact], statements: tuple[Evidence, ...], settings: Settings) -> None:
    """Put the facts of a unit into the default graph, and into the graphs of those who stand for all of them."""
    sources = {_graph_end(evidence, settings) for evidence in statements if stands_for_all(evidence)}
    ends = (_ASSERTED, *sorted(sources))
    for _, subject, stated in facts:
        own = told[subject]
        own[stated] = ends if stated not in own else _joined(own[stated], ends)


def _graph_end(evidence: Evidence, settings: Settings) -> str:
    """Return how a line in the graph of a statement's source ends."""
    return f" {settings.starts['source']}{evidence.source}> .\n"


def _joined(one: Ends, other: Ends) -> Ends:
    """Return the ends of either."""
    return tuple(sorted({*one, *other}))


def _cite(told: Told, unit: Unit, number: int, facts: list[Fact], settings: Settings) -> None:
    """Add one evidence node, its links, and what its source's graph holds when it does not stand for everything."""
    starts, evidence = settings.starts, unit.evidence[number]
    key = f"{unit.kind}.{unit.key}.{number + 1}"
    node, about = f"{starts['evidence']}{key}>", f"{starts[unit.kind]}{unit.key}>"
    supported = facts if stands_for_all(evidence) else [fact for fact in facts if supports(evidence, fact[0])]
    for subject in {subject for _, subject, _ in supported}:
        told[subject][_EVIDENCE + node] = (_ASSERTED,)
    for subject, stated in evidence_lines(evidence, node, about, settings):
        told[subject][stated] = (_ASSERTED,)
    if supported is facts:
        return
    if evidence.claims:
        for subject, stated in claim_lines(evidence.claims, f"{starts['claim']}{key}", node, about):
            told[subject][stated] = (_ASSERTED,)
        supported += claimed_facts(unit.part, unit.tell, evidence.claims, settings)
    # What a source tells of, it tells of as what it is: its graph can be read alone.
    subjects = {subject for _, subject, _ in supported}
    supported += [fact for fact in facts if fact[1] in subjects and fact[2].startswith(TYPE)]
    end = (_graph_end(evidence, settings),)
    for _, subject, stated in supported:
        told[subject][stated] = _joined(told[subject].get(stated, ()), end)


_FACTS: Mapping[type[Record], Callable[[Any, Settings], list[Fact]]] = {
    Official: official_facts,
    City: party_facts,
    Company: party_facts,
    Organization: party_facts,
    Post: post_facts,
    Tenure: tenure_facts,
    Forum: forum_facts,
    Meeting: meeting_facts,
    Cooperation: cooperation_facts,
    Sector: sector_facts,
    Source: source_facts,
}
