"""Facts of what happened: meetings with who took part, cooperations and their steps."""

from collections.abc import Iterator, Mapping

from rdflib import Literal, URIRef
from rdflib.namespace import RDF

from kg.convert.facts import Fact, Settings, head, simple, span, worded
from kg.records import Cooperation, Meeting, PartyInRole, Person, Step, Venue
from kg.terms import KG


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
