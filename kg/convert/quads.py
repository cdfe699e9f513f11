"""Turn one record into quads: the facts as ruled, the evidence nodes, and what each source's graph holds.

A record becomes *units* (itself, and each step of a cooperation), a unit becomes *facts*: triples
that remember the field they come from. From these follow the default graph, and each source's own
graph: the facts it supports, and its claims in place of those it disputes.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from rdflib import Literal, URIRef
from rdflib.namespace import RDF

from kg.convert.facts import PROPERTIES, Fact, Object, Settings, texts
from kg.convert.meetings import cooperation_facts, meeting_facts, step_facts
from kg.convert.things import (
    forum_facts,
    official_facts,
    party_facts,
    post_facts,
    sector_facts,
    source_facts,
    tenure_facts,
)
from kg.prefixes import OA
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

Quad = tuple[URIRef, URIRef, Object, URIRef | None]
"""Subject, predicate, object, graph; None is the default graph."""


class Unit(NamedTuple):
    """A record, or a step of one, with its key, its IRI and who says so."""

    part: Record | Step
    kind: str
    key: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    facts: Callable[[Any, Settings], Iterator[Fact]]


def record_quads(record: Record, settings: Settings) -> Iterator[Quad]:
    """Yield every quad of one record, in an order that depends on the record alone.

    Dates are stated as written (`xsd:gYear`, `xsd:gYearMonth`, `xsd:date`) and as bounds. There are
    no blank nodes. Source: W3C RDF 1.1 Datasets; Web Annotation Data Model, section 3.2 and 4.2.
    """
    for unit in _units(record):
        facts = list(unit.facts(unit.part, settings))
        for fact in facts:
            yield fact.subject, fact.predicate, fact.object, None
        for number, evidence in enumerate(unit.evidence, 1):
            yield from _evidence_quads(unit, evidence, str(number), facts, settings)


def _units(record: Record) -> Iterator[Unit]:
    """Yield the record, then its steps: each has facts and evidence of its own."""
    evidence: tuple[Evidence, ...] = getattr(record, "evidence", ())
    yield Unit(record, record.namespace, (record.id,), evidence, _FACTS[type(record)])
    if isinstance(record, Cooperation):
        for step in record.steps:
            facts = partial(step_facts, cooperation=record.id)
            yield Unit(step, "step", (record.id, step.id), step.evidence, facts)


def _evidence_quads(
    unit: Unit, evidence: Evidence, number: str, facts: list[Fact], settings: Settings
) -> Iterator[Quad]:
    """Yield one evidence node, its links, and what its source's graph holds."""
    node = settings.mint("evidence", unit.kind, *unit.key, number)
    source = settings.mint("source", evidence.source)
    supported = [fact for fact in facts if _supports(evidence, fact.field)]
    for subject in dict.fromkeys(fact.subject for fact in supported):
        yield subject, KG.evidence, node, None
    this = settings.mint(unit.kind, *unit.key)
    for predicate, value in _annotation(node, evidence, source, settings):
        yield node, predicate, value, None
    yield node, KG.about, this, None
    yield from _quote_quads(node, evidence, source)
    yield from _claim_quads(unit, evidence, number, settings)
    told = supported + _claimed_facts(unit, evidence, settings)
    # What a source tells of, it tells of as what it is: its graph can be read alone.
    classes = [fact for fact in facts if fact.predicate == RDF.type and fact.subject in {one.subject for one in told}]
    for fact in dict.fromkeys(classes + told):
        yield fact.subject, fact.predicate, fact.object, source


def _supports(evidence: Evidence, field: str) -> bool:
    """Say whether the evidence stands for a field: every one it does not dispute, or those it names."""
    top = field.partition(".")[0]
    if evidence.claims and (field in evidence.claims or top in evidence.claims):
        return False
    return evidence.supports is None or field in evidence.supports or top in evidence.supports


def _annotation(
    node: URIRef, evidence: Evidence, source: URIRef, settings: Settings
) -> Iterator[tuple[URIRef, Object]]:
    """Yield what an evidence node says of itself."""
    yield RDF.type, KG.Evidence
    yield RDF.type, URIRef(f"{OA}Annotation")
    yield KG.source, source
    yield URIRef(f"{OA}hasTarget"), URIRef(f"{node}.target") if evidence.quote else source
    if evidence.at:
        yield KG.locator, Literal(evidence.at)
    for value in texts(evidence.says, settings):
        yield KG.says, value
    if evidence.quote:
        yield KG.quote, Literal(evidence.quote)
    for field in evidence.supports or ():
        for known in PROPERTIES:
            if known == field or known.startswith(f"{field}."):  # `at` is city, place, forum and online
                yield KG.supports, PROPERTIES[known]


def _quote_quads(node: URIRef, evidence: Evidence, source: URIRef) -> Iterator[Quad]:
    """Yield the Web Annotation selector of a quote: the source, and the exact words in it."""
    if not evidence.quote:
        return
    target, selector = URIRef(f"{node}.target"), URIRef(f"{node}.selector")
    yield target, RDF.type, URIRef(f"{OA}SpecificResource"), None
    yield target, URIRef(f"{OA}hasSource"), source, None
    yield target, URIRef(f"{OA}hasSelector"), selector, None
    yield selector, RDF.type, URIRef(f"{OA}TextQuoteSelector"), None
    yield selector, URIRef(f"{OA}exact"), Literal(evidence.quote), None


def _claim_quads(unit: Unit, evidence: Evidence, number: str, settings: Settings) -> Iterator[Quad]:
    """Yield one claim node for each value the source gives instead of the ruled one."""
    for field, claimed in (evidence.claims or {}).items():
        claim = settings.mint("claim", unit.kind, *unit.key, number, _slug(field))
        node = settings.mint("evidence", unit.kind, *unit.key, number)
        value = claimed if isinstance(claimed, str) else "; ".join(claimed)
        yield node, KG.claim, claim, None
        yield claim, RDF.type, KG.Claim, None
        yield claim, KG.about, settings.mint(unit.kind, *unit.key), None
        yield claim, KG.field, Literal(field), None
        yield claim, KG.value, Literal(value), None


def _slug(field: str) -> str:
    """Make a field name safe inside an IRI: letters, digits, `-`; anything else as its code point."""
    plain = field.replace("_", "-").replace(".", "-")
    return "".join(c if c.isascii() and (c.isalnum() or c == "-") else f"x{ord(c):x}" for c in plain)


def _claimed_facts(unit: Unit, evidence: Evidence, settings: Settings) -> list[Fact]:
    """Return the facts as the source claims them, for the claims that are about fields of the record."""
    own = {info.alias or name for name, info in type(unit.part).model_fields.items()}
    claims = {
        field: value
        for field, value in (evidence.claims or {}).items()
        if field in PROPERTIES and field.partition(".")[0] in own
    }
    if not claims:
        return []
    plain = unit.part.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for field, value in claims.items():
        _put(plain, field, value)
    variant = type(unit.part).model_validate(plain)
    tops = {field.partition(".")[0] for field in claims}
    return [fact for fact in unit.facts(variant, settings) if fact.field.partition(".")[0] in tops]


def _put(plain: dict[str, Any], field: str, value: object) -> None:
    """Set a field, one level down when its name is dotted."""
    top, dot, nested = field.partition(".")
    if dot:
        plain[top] = {**plain.get(top, {}), nested: value}
    else:
        plain[top] = value


_FACTS: Mapping[type[Record], Callable[[Any, Settings], Iterator[Fact]]] = {
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
