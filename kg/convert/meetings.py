"""Facts of what happened: meetings with who took part, cooperations and their steps."""

from collections.abc import Mapping

from kg.convert.facts import TYPE, Fact, P, Settings, head, links, span, word, worded
from kg.convert.literals import FALSE, TRUE
from kg.records import Cooperation, Meeting, PartyInRole, Person, Step, Venue
from kg.terms import KG
from kg.values import quoted

_PARTICIPATION, _ROLE, _RULING = word(KG.participation), word(KG.role), word(KG.ruling)
_ACTED_AS, _ACTED_FOR = word(KG.actedAs), word(KG.actedFor)
_IS_PARTICIPATION, _IS_STEP = f"{TYPE}<{KG.Participation}>", f"{TYPE}<{KG.Step}>"
_MEETING, _PARTY, _OFFICIAL, _ATTENDED_BY = P["meeting"], P["parties"], P["official"], P["people"]


def meeting_facts(record: Meeting, settings: Settings) -> list[Fact]:
    """Return a meeting, who took part, and the step it was."""
    starts = settings.starts
    this = f"{starts['meeting']}{record.id}>"
    facts = head(this, KG.Meeting, record.name, record.id, settings)
    facts.append(("status", this, f'{P["status"]}"{record.status}"'))
    facts += span(this, record.date, record.until)
    if record.at:
        facts += _venue(this, record.at, settings)
    facts += [("sectors", this, P["sectors"] + settings.sector_term(key)) for key in record.sectors]
    facts += _reached(this, record, settings)
    if record.follows:
        facts += links("follows", this, starts["meeting"], record.follows)
    if record.follow_up:
        facts.append(("follow_up", this, P["follow_up"] + TRUE))
    if record.aims or record.note:
        facts += worded(this, {"aims": record.aims, "note": record.note}, settings)
    if record.rulings:
        facts += _rulings(this, record.rulings)
    for party in record.parties:
        facts += _party_at(this, record.id, party, settings)
    for person in record.people:
        facts += _person_at(this, record.id, person, settings)
    if record.cooperation:
        facts += links("cooperation", this, starts["cooperation"], [record.cooperation])
    return facts + _meeting_step(this, record, settings) if record.stage else facts


def _venue(this: str, venue: Venue, settings: Settings) -> list[Fact]:
    """Return where a meeting was."""
    facts = links("at.city", this, settings.starts["party"], [venue.city] if venue.city else ())
    facts += links("at.forum", this, settings.starts["forum"], [venue.forum] if venue.forum else ())
    if venue.place:
        facts.append(("at.place", this, P["at.place"] + quoted(venue.place)))
    if venue.online is not None:
        facts.append(("at.online", this, P["at.online"] + (TRUE if venue.online else FALSE)))
    return facts


def _reached(this: str, part: Meeting | Step, settings: Settings) -> list[Fact]:
    """Return stage and instrument of a meeting or step."""
    facts: list[Fact] = []
    if part.stage:
        facts.append(("stage", this, f"{P['stage']}{settings.starts['stage']}{part.stage}>"))
    if part.instrument:
        facts.append(("instrument", this, f"{P['instrument']}{settings.starts['instrument']}{part.instrument}>"))
    return facts


def _rulings(this: str, rulings: Mapping[str, str] | None) -> list[Fact]:
    """Return why one value was chosen where sources disagree."""
    return [("rulings", this, _RULING + quoted(f"{field}: {why}")) for field, why in (rulings or {}).items()]


def _party_at(this: str, key: str, entry: str | PartyInRole, settings: Settings) -> list[Fact]:
    """Return a party of a meeting, and its participation when it had a role."""
    name = entry if isinstance(entry, str) else entry.party
    party = f"{_PARTY}{settings.starts['party']}{name}>"
    facts: list[Fact] = [("parties", this, party)]
    if not isinstance(entry, str) and entry.role:
        node = f"{settings.starts['participation']}{key}.{name}>"
        facts.append(("parties", this, _PARTICIPATION + node))
        own = (_IS_PARTICIPATION, _MEETING + this, party, f'{_ROLE}"{entry.role}"')
        facts += [("parties", node, one) for one in own]
    return facts


def _person_at(this: str, key: str, person: Person, settings: Settings) -> list[Fact]:
    """Return an official at a meeting: role, the post acted in, the body acted for."""
    starts = settings.starts
    official = f"{starts['official']}{person.official}>"
    node = f"{starts['participation']}{key}.{person.official}>"
    facts = [
        ("people", this, _ATTENDED_BY + official),
        ("people", this, _PARTICIPATION + node),
        ("people", node, _IS_PARTICIPATION),
        ("people", node, _MEETING + this),
        ("people", node, _OFFICIAL + official),
    ]
    if person.role:
        facts.append(("people", node, f'{_ROLE}"{person.role}"'))
    if person.as_:
        facts.append(("people", node, f"{_ACTED_AS}{starts['post']}{person.as_}>"))
    if person.for_:
        facts.append(("people", node, f"{_ACTED_FOR}{starts['party']}{person.for_}>"))
    return facts


def _meeting_step(this: str, record: Meeting, settings: Settings) -> list[Fact]:
    """Return the step a meeting with a stage was, for its cooperation when it names one."""
    node = f"{settings.starts['step']}{record.id}>"
    facts = [("stage", node, _IS_STEP), ("stage", node, _MEETING + this)]
    if record.cooperation:
        whole = f"{settings.starts['cooperation']}{record.cooperation}>"
        facts += [("stage", node, P["cooperation"] + whole), ("stage", whole, P["steps"] + node)]
    told = _reached(node, record, settings) + span(node, record.date, record.until)
    return facts + [("stage", subject, stated) for _, subject, stated in told]


def cooperation_facts(record: Cooperation, settings: Settings) -> list[Fact]:
    """Return what two or more parties pursue; its steps are units of their own."""
    this = f"{settings.starts['cooperation']}{record.id}>"
    facts = head(this, KG.Cooperation, record.name, record.id, settings)
    facts += links("parties", this, settings.starts["party"], record.parties)
    facts += [("sectors", this, P["sectors"] + settings.sector_term(key)) for key in record.sectors]
    facts += worded(this, {"aims": record.aims, "note": record.note}, settings)
    return facts + _rulings(this, record.rulings)


def step_facts(step: Step, settings: Settings, *, cooperation: str) -> list[Fact]:
    """Return one step of a cooperation."""
    starts = settings.starts
    this, whole = f"{starts['step']}{cooperation}.{step.id}>", f"{starts['cooperation']}{cooperation}>"
    facts = [("id", whole, P["steps"] + this), ("id", this, _IS_STEP), ("id", this, P["cooperation"] + whole)]
    facts += _reached(this, step, settings)
    facts += span(this, step.date, None)
    facts += links("meeting", this, starts["meeting"], [step.meeting] if step.meeting else ())
    return facts + worded(this, {"note": step.note}, settings)
