"""Records to quads the plain rdflib way: a term for everything, nothing cached, nothing clever.

A second telling of what `kg.convert` writes as text: tests hold the two equal, and the benchmarks measure this one as
what one would write first.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SDO, SKOS, XSD

from kg import properties
from kg.convert import Object, Quad, Settings
from kg.dates import PartialDate
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
    Party,
    PartyInRole,
    Person,
    Post,
    Record,
    Sector,
    Source,
    Step,
    Tenure,
    Text,
    Venue,
)
from kg.terms import KG

PROPERTIES = {field: URIRef(iri) for field, iri in properties.PROPERTIES.items()}

_DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


class Fact(NamedTuple):
    """One triple and the record field it comes from."""

    field: str
    subject: URIRef
    predicate: URIRef
    object: Object


def texts(text: Text | None, settings: Settings) -> Iterator[Literal]:
    """Yield a text in each of its languages, in the order of their tags."""
    if isinstance(text, str):
        yield Literal(text, lang=settings.languages[0].lower())
    elif text:
        for language in sorted(text):
            yield Literal(text[language], lang=language.lower())


def _display_name(text: Text, settings: Settings) -> Literal:
    """Choose the one plain name: in the collection's first language that the text has."""
    if isinstance(text, str):
        return Literal(text)
    first = next((language for language in settings.languages if language in text), min(text))
    return Literal(text[first])


def head(this: URIRef, kind: URIRef, name: Text | None, key: str, settings: Settings) -> Iterator[Fact]:
    """Yield class, display name and labels; a thing without a name is called by its id."""
    yield Fact("id", this, RDF.type, kind)
    yield Fact("name", this, KG.name, _display_name(name, settings) if name else Literal(key))
    for value in texts(name, settings):
        yield Fact("name", this, RDFS.label, value)


def simple(this: URIRef, values: Iterable[tuple[str, object]]) -> Iterator[Fact]:
    """Yield a fact for each field that has a value already in RDF's terms, skipping the absent."""
    for field, value in values:
        if isinstance(value, Literal | URIRef):
            yield Fact(field, this, PROPERTIES[field], value)
        elif isinstance(value, PartialDate):
            yield Fact(field, this, PROPERTIES[field], date_literal(value))


def worded(this: URIRef, fields: Mapping[str, Text | None], settings: Settings) -> Iterator[Fact]:
    """Yield language-tagged texts such as notes and aims."""
    for field, text in fields.items():
        for value in texts(text, settings):
            yield Fact(field, this, PROPERTIES[field], value)


def date_literal(value: PartialDate) -> Literal:
    """Return a date as written, with the datatype of its precision."""
    return Literal(value.text, datatype=_DATE_TYPES[len(value.text)], normalize=False)


def day_literal(value: object) -> Literal:
    """Return a bound: always a full day."""
    return Literal(str(value), datatype=XSD.date, normalize=False)


def plain(value: str | None) -> Literal | None:
    """Return a plain string, when there is one."""
    return Literal(value) if value is not None else None


def decimal(value: float | None) -> Literal | None:
    """Return degrees as a decimal written without an exponent."""
    if value is None:
        return None
    text = f"{value:.7f}".rstrip("0").rstrip(".")
    return Literal("0" if text == "-0" else text, datatype=XSD.decimal, normalize=False)


def span(this: URIRef, start: PartialDate | None, end: PartialDate | None, first: str = "date") -> Iterator[Fact]:
    """Yield a date or a range as written, and the first and last day it can mean."""
    yield from simple(this, [(first, start), ("until", end)])
    if start:
        yield Fact(first, this, KG.earliest, day_literal(start.earliest))
    if end:
        yield Fact("until", this, KG.latest, day_literal(end.latest))
    elif start and first == "date":
        yield Fact(first, this, KG.latest, day_literal(start.latest))


def aliases(this: URIRef, aliases: Iterable[Text], settings: Settings) -> Iterator[Fact]:
    """Yield every other name."""
    for alias in aliases:
        for value in texts(alias, settings):
            yield Fact("aliases", this, SKOS.altLabel, value)


def official_facts(record: Official, settings: Settings) -> Iterator[Fact]:
    """Yield a named person."""
    this = settings.mint("official", record.id)
    yield from head(this, KG.Official, record.name, record.id, settings)
    yield from aliases(this, record.aliases, settings)
    yield from simple(this, [("same_as", URIRef(url)) for url in record.same_as])
    yield from worded(this, {"note": record.note}, settings)


_PARTY_CLASSES: Mapping[type[Party], URIRef] = {
    City: KG.City,
    Company: KG.Company,
    Organization: KG.Organization,
}


def party_facts(record: Party, settings: Settings) -> Iterator[Fact]:
    """Yield a city, company or organization."""
    this = settings.mint("party", record.id)
    yield from head(this, _PARTY_CLASSES[type(record)], record.name, record.id, settings)
    yield from aliases(this, record.aliases, settings)
    unit_of = record.unit_of if isinstance(record, Organization) else None
    links = [("part_of", record.part_of), ("unit_of", unit_of)]
    yield from simple(this, [("country", plain(record.country))])
    yield from simple(this, [(field, settings.mint("party", key)) for field, key in links if key])
    if isinstance(record, City):
        degrees = [("latitude", record.latitude), ("longitude", record.longitude)]
        yield from simple(this, [(field, decimal(value)) for field, value in degrees])
    yield from simple(this, [("same_as", URIRef(url)) for url in record.same_as])
    yield from simple(this, [("url", URIRef(record.url))] if record.url else [])
    yield from worded(this, {"note": record.note}, settings)


def post_facts(record: Post, settings: Settings) -> Iterator[Fact]:
    """Yield a position in a body."""
    this = settings.mint("post", record.id)
    yield from head(this, KG.Post, record.name, record.id, settings)
    yield Fact("of", this, KG.postIn, settings.mint("party", record.of))
    if record.acting_for:
        yield Fact("acting_for", this, KG.actingFor, settings.mint("post", record.acting_for))


def tenure_facts(record: Tenure, settings: Settings) -> Iterator[Fact]:
    """Yield an official in a post; `kg:latest` is missing while the end is unknown."""
    this = settings.mint("tenure", record.id)
    yield from head(this, KG.Tenure, None, record.id, settings)
    yield Fact("official", this, KG.official, settings.mint("official", record.official))
    yield Fact("post", this, KG.post, settings.mint("post", record.post))
    yield from span(this, record.from_, record.until, "from")
    yield from simple(this, [("observed", day) for day in sorted(record.observed)])
    yield from worded(this, {"note": record.note}, settings)


def forum_facts(record: Forum, settings: Settings) -> Iterator[Fact]:
    """Yield a larger event."""
    this = settings.mint("forum", record.id)
    yield from head(this, KG.Forum, record.name, record.id, settings)
    yield from span(this, record.date, record.until)
    yield from simple(this, [("city", settings.mint("party", record.city))] if record.city else [])
    yield from simple(this, [("place", plain(record.place))])
    yield from simple(this, [("url", URIRef(record.url))] if record.url else [])
    yield from worded(this, {"note": record.note}, settings)


def sector_facts(record: Sector, settings: Settings) -> Iterator[Fact]:
    """Yield a sector that the collection adds to the shipped scheme."""
    this = settings.sector(record.id)
    yield from head(this, KG.Sector, record.name, record.id, settings)
    yield Fact("id", this, RDF.type, SKOS.Concept)
    yield Fact("id", this, SKOS.notation, Literal(record.id))
    for value in texts(record.name, settings):
        yield Fact("name", this, SKOS.prefLabel, value)
    yield from simple(this, [("broader", settings.sector(record.broader))] if record.broader else [])
    yield from simple(this, [("matches", URIRef(url)) for url in record.matches])


def source_facts(record: Source, settings: Settings) -> Iterator[Fact]:
    """Yield an article or document; nobody but the record says so, and it has no evidence."""
    this = settings.mint("source", record.id)
    title = record.title or record.outlet
    yield from head(this, KG.Source, title, record.id, settings)
    yield Fact("outlet", this, KG.outlet, Literal(record.outlet))
    for value in texts(record.title, settings):
        yield Fact("title", this, DCTERMS.title, value)
    if record.url:
        yield Fact("url", this, SDO.url, URIRef(record.url))
    if record.language:
        yield Fact("language", this, DCTERMS.language, Literal(record.language))
    yield from _source_dates(this, record)
    if record.sha256:
        yield Fact("sha256", this, KG.sha256, Literal(record.sha256))
    if record.copy_of:
        yield Fact("copy_of", this, KG.copyOf, settings.mint("source", record.copy_of))
    if record.family:
        yield Fact("family", this, KG.family, Literal(record.family))
    yield from worded(this, {"note": record.note}, settings)


def _source_dates(this: URIRef, record: Source) -> Iterator[Fact]:
    """Yield when a source was published and read."""
    if record.published:
        yield Fact("published", this, KG.published, date_literal(record.published))
        yield Fact("published", this, KG.earliest, day_literal(record.published.earliest))
        yield Fact("published", this, KG.latest, day_literal(record.published.latest))
    if record.retrieved:
        yield Fact("retrieved", this, KG.retrieved, date_literal(record.retrieved))


def meeting_facts(record: Meeting, settings: Settings) -> Iterator[Fact]:
    """Yield a meeting, then who took part, then the step it was."""
    this = settings.mint("meeting", record.id)
    yield from head(this, KG.Meeting, record.name, record.id, settings)
    yield Fact("status", this, KG.status, Literal(record.status))
    yield from span(this, record.date, record.until)
    yield from _venue(this, record.at, settings)
    yield from simple(this, [("sectors", settings.sector(key)) for key in record.sectors])
    yield from _reached(this, record, settings)
    yield from simple(this, [("follows", settings.mint("meeting", key)) for key in record.follows])
    if record.follow_up:
        yield Fact("follow_up", this, KG.followUp, Literal(True))  # noqa: FBT003 - the value itself
    yield from worded(this, {"aims": record.aims, "note": record.note}, settings)
    yield from _rulings(this, record.rulings)
    for party in record.parties:
        yield from _party_at(this, record.id, party, settings)
    for person in record.people:
        yield from _person_at(this, record.id, person, settings)
    yield from _meeting_step(this, record, settings)


def _venue(this: URIRef, venue: Venue | None, settings: Settings) -> Iterator[Fact]:
    """Yield where a meeting was."""
    if not venue:
        return
    if venue.city:
        yield Fact("at.city", this, KG.city, settings.mint("party", venue.city))
    if venue.place:
        yield Fact("at.place", this, KG.place, Literal(venue.place))
    if venue.forum:
        yield Fact("at.forum", this, KG.forum, settings.mint("forum", venue.forum))
    if venue.online is not None:
        yield Fact("at.online", this, KG.online, Literal(venue.online))


def _reached(this: URIRef, part: Meeting | Step, settings: Settings) -> Iterator[Fact]:
    """Yield stage and instrument of a meeting or step."""
    if part.stage:
        yield Fact("stage", this, KG.stage, settings.mint("stage", part.stage))
    if part.instrument:
        yield Fact("instrument", this, KG.instrument, settings.mint("instrument", part.instrument))


def _rulings(this: URIRef, rulings: Mapping[str, str] | None) -> Iterator[Fact]:
    """Yield why one value was chosen where sources disagree."""
    for field in sorted(rulings or {}):
        yield Fact("rulings", this, KG.ruling, Literal(f"{field}: {(rulings or {})[field]}"))


def _party_at(this: URIRef, key: str, entry: str | PartyInRole, settings: Settings) -> Iterator[Fact]:
    """Yield a party of a meeting, and its participation when it had a role."""
    party = entry.party if isinstance(entry, PartyInRole) else entry
    yield Fact("parties", this, KG.party, settings.mint("party", party))
    if isinstance(entry, PartyInRole) and entry.role:
        node = settings.mint("participation", key, party)
        yield Fact("parties", this, KG.participation, node)
        yield Fact("parties", node, RDF.type, KG.Participation)
        yield Fact("parties", node, KG.meeting, this)
        yield Fact("parties", node, KG.party, settings.mint("party", party))
        yield Fact("parties", node, KG.role, Literal(entry.role))


def _person_at(this: URIRef, key: str, person: Person, settings: Settings) -> Iterator[Fact]:
    """Yield an official at a meeting: role, the post acted in, the body acted for."""
    official = settings.mint("official", person.official)
    node = settings.mint("participation", key, person.official)
    yield Fact("people", this, KG.attendedBy, official)
    yield Fact("people", this, KG.participation, node)
    yield Fact("people", node, RDF.type, KG.Participation)
    yield Fact("people", node, KG.meeting, this)
    yield Fact("people", node, KG.official, official)
    if person.role:
        yield Fact("people", node, KG.role, Literal(person.role))
    if person.as_:
        yield Fact("people", node, KG.actedAs, settings.mint("post", person.as_))
    if person.for_:
        yield Fact("people", node, KG.actedFor, settings.mint("party", person.for_))


def _meeting_step(this: URIRef, record: Meeting, settings: Settings) -> Iterator[Fact]:
    """Yield the step a meeting with a stage was, for its cooperation when it names one."""
    if record.cooperation:
        yield Fact("cooperation", this, KG.cooperation, settings.mint("cooperation", record.cooperation))
    if not record.stage:
        return
    node = settings.mint("step", record.id)
    yield Fact("stage", node, RDF.type, KG.Step)
    yield Fact("stage", node, KG.meeting, this)
    if record.cooperation:
        cooperation = settings.mint("cooperation", record.cooperation)
        yield Fact("stage", node, KG.cooperation, cooperation)
        yield Fact("stage", cooperation, KG.step, node)
    for fact in (*_reached(node, record, settings), *span(node, record.date, record.until)):
        yield fact._replace(field="stage")


def cooperation_facts(record: Cooperation, settings: Settings) -> Iterator[Fact]:
    """Yield what two or more parties pursue; its steps are units of their own."""
    this = settings.mint("cooperation", record.id)
    yield from head(this, KG.Cooperation, record.name, record.id, settings)
    yield from simple(this, [("parties", settings.mint("party", key)) for key in record.parties])
    yield from simple(this, [("sectors", settings.sector(key)) for key in record.sectors])
    yield from worded(this, {"aims": record.aims, "note": record.note}, settings)
    yield from _rulings(this, record.rulings)


def step_facts(step: Step, settings: Settings, *, cooperation: str) -> Iterator[Fact]:
    """Yield one step of a cooperation."""
    this, whole = settings.mint("step", cooperation, step.id), settings.mint("cooperation", cooperation)
    yield Fact("id", whole, KG.step, this)
    yield Fact("id", this, RDF.type, KG.Step)
    yield Fact("id", this, KG.cooperation, whole)
    yield from _reached(this, step, settings)
    yield from span(this, step.date, None)
    yield from simple(this, [("meeting", settings.mint("meeting", step.meeting))] if step.meeting else [])
    yield from worded(this, {"note": step.note}, settings)


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
        for known, iri in PROPERTIES.items():
            if known == field or known.startswith(f"{field}."):  # `at` is city, place, forum and online
                yield KG.supports, iri


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
