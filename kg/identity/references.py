"""Which fields of a record name other records, and how to name another thing in all of them at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from kg.records import (
    Claimed,
    Cooperation,
    Evidence,
    Forum,
    Meeting,
    Organization,
    Party,
    PartyInRole,
    Person,
    Post,
    Record,
    Sector,
    Tenure,
    Venue,
)

Key = tuple[str, str]
"""Namespace and id of a record."""

Rename = Callable[[str, str], str]
"""The id that a thing goes by now, from its namespace and the id it is written with."""

T = TypeVar("T")

FIELDS: dict[type[Record], dict[str, str]] = {
    Party: {"part_of": "party"},
    Organization: {"part_of": "party", "unit_of": "party"},
    Post: {"of": "party", "acting_for": "post"},
    Tenure: {"official": "official", "post": "post"},
    Forum: {"city": "party"},
    Meeting: {"cooperation": "cooperation", "sectors": "sector", "follows": "meeting"},
    Cooperation: {"parties": "party", "sectors": "sector"},
    Sector: {"broader": "sector"},
}
"""Fields that hold one id or a list of ids, and what they name."""

CLAIMS: dict[str, str] = {
    "acting_for": "post",
    "at.city": "party",
    "at.forum": "forum",
    "broader": "sector",
    "city": "party",
    "cooperation": "cooperation",
    "follows": "meeting",
    "of": "party",
    "official": "official",
    "part_of": "party",
    "parties": "party",
    "post": "post",
    "sectors": "sector",
    "unit_of": "party",
}
"""Fields whose claimed values are ids too."""


def key_of(record: Record) -> Key:
    """Return a record's key: ids are unique within a namespace."""
    return record.namespace, record.id


def simple_fields(record: Record) -> Mapping[str, str]:
    """Return the fields of a record that hold ids directly, and the namespace of each."""
    return _fields_of(type(record))


@cache
def _fields_of(kind: type[Record]) -> Mapping[str, str]:
    """Return the fields of a kind, its own or those of the kind it is a sort of."""
    return next((FIELDS[base] for base in kind.__mro__ if base in FIELDS), {})


def references(record: Record) -> Iterator[Key]:
    """Yield the key of everything a record names, sources aside; repeated as often as it is named."""
    for field, namespace in simple_fields(record).items():
        value = getattr(record, field)
        if isinstance(value, tuple):
            yield from ((namespace, item) for item in value)
        elif value is not None:
            yield namespace, value
    if isinstance(record, Meeting):
        yield from _of_meeting(record)
    if isinstance(record, Cooperation):
        for step in record.steps:
            if step.meeting:
                yield "meeting", step.meeting
            yield from _claimed(step.evidence)
    yield from _claimed(getattr(record, "evidence", ()))


def _of_meeting(meeting: Meeting) -> Iterator[Key]:
    """Yield what a meeting's parties, people and venue name."""
    for party in meeting.parties:
        yield "party", party.party if isinstance(party, PartyInRole) else party
    for person in meeting.people:
        yield "official", person.official
        if person.as_:
            yield "post", person.as_
        if person.for_:
            yield "party", person.for_
    if meeting.at and meeting.at.city:
        yield "party", meeting.at.city
    if meeting.at and meeting.at.forum:
        yield "forum", meeting.at.forum


def _claimed(evidence: Iterable[Evidence]) -> Iterator[Key]:
    """Yield the ids that sources claim."""
    for one in evidence:
        for field, value in (one.claims or {}).items():
            if field in CLAIMS:
                yield from ((CLAIMS[field], name) for name in ([value] if isinstance(value, str) else value))


def renamed(record: Record, rename: Rename) -> Record:
    """Return the record with every reference renamed; what came to stand twice in a list stands once."""
    changes: dict[str, Any] = {}
    for field, namespace in simple_fields(record).items():
        value = getattr(record, field)
        if isinstance(value, tuple):
            changes[field] = unique(rename(namespace, item) for item in value)
        elif value is not None:
            changes[field] = rename(namespace, value)
    if isinstance(record, Meeting):
        changes |= _meeting(record, rename)
    if isinstance(record, Cooperation):
        changes["steps"] = tuple(
            step.model_copy(
                update={
                    "meeting": step.meeting and rename("meeting", step.meeting),
                    "evidence": _claims(step.evidence, rename),
                }
            )
            for step in record.steps
        )
    if "evidence" in type(record).model_fields:
        changes["evidence"] = _claims(getattr(record, "evidence"), rename)  # noqa: B009 - sources have none
    return without_itself(record.model_copy(update=changes))


def _meeting(meeting: Meeting, rename: Rename) -> dict[str, Any]:
    """Return the nested references of a meeting under their new names."""
    changes: dict[str, Any] = {"parties": unite_parties(_party(party, rename) for party in meeting.parties)}
    people = (
        person.model_copy(
            update={
                "official": rename("official", person.official),
                "as_": person.as_ and rename("post", person.as_),
                "for_": person.for_ and rename("party", person.for_),
            }
        )
        for person in meeting.people
    )
    changes["people"] = unite_people(people)
    if meeting.at:
        city, forum = meeting.at.city, meeting.at.forum
        update = {"city": city and rename("party", city), "forum": forum and rename("forum", forum)}
        changes["at"] = meeting.at.model_copy(update=update)
    return changes


def _party(party: str | PartyInRole, rename: Rename) -> str | PartyInRole:
    """Rename a party, with or without its role."""
    if isinstance(party, PartyInRole):
        return party.model_copy(update={"party": rename("party", party.party)})
    return rename("party", party)


def _claims(evidence: Iterable[Evidence], rename: Rename) -> tuple[Evidence, ...]:
    """Rename the ids that sources claim."""

    def claimed(field: str, value: Claimed) -> Claimed:
        namespace = CLAIMS.get(field)
        if namespace is None:
            return value
        return rename(namespace, value) if isinstance(value, str) else tuple(rename(namespace, one) for one in value)

    return tuple(
        one.model_copy(update={"claims": {field: claimed(field, value) for field, value in one.claims.items()}})
        if one.claims
        else one
        for one in evidence
    )


def without_itself(record: Record) -> Record:
    """Drop what a record says of itself: after a merge a meeting would follow itself, a city be part of itself."""
    changes: dict[str, Any] = {}
    for field, namespace in simple_fields(record).items():
        if namespace != record.namespace:
            continue
        value = getattr(record, field)
        if isinstance(value, tuple) and record.id in value:
            changes[field] = tuple(item for item in value if item != record.id)
        elif value == record.id:
            changes[field] = None
    return record.model_copy(update=changes) if changes else record


def unique(items: Iterable[T]) -> tuple[T, ...]:
    """Return the items in order, each once; they need not be hashable."""
    found: list[T] = []
    for item in items:
        if item not in found:
            found.append(item)
    return tuple(found)


def unite_parties(parties: Iterable[str | PartyInRole]) -> tuple[str | PartyInRole, ...]:
    """Return each party once, with the first role it is given."""
    found: dict[str, str | PartyInRole] = {}
    for party in parties:
        name = party.party if isinstance(party, PartyInRole) else party
        if name not in found or (isinstance(found[name], str) and not isinstance(party, str)):
            found[name] = party
    return tuple(found.values())


def unite_people(people: Iterable[Person]) -> tuple[Person, ...]:
    """Return each official once, where what is said of them agrees; contradicting lines both stay."""
    found: list[Person] = []
    for person in people:
        for index, other in enumerate(found):
            if other.official == person.official and agree(other, person):
                found[index] = fill(other, person)
                break
        else:
            found.append(person)
    return tuple(found)


def agree(one: Person | Venue, other: Person | Venue) -> bool:
    """Say whether no field has two values."""
    pairs = ((getattr(one, field), getattr(other, field)) for field in type(one).model_fields)
    return all(a == b or a is None or b is None for a, b in pairs)


Filled = TypeVar("Filled", Person, Venue)


def fill(one: Filled, other: Filled) -> Filled:
    """Return the first with its gaps filled from the second."""
    gaps = {field: getattr(other, field) for field in type(one).model_fields if getattr(one, field) is None}
    return one.model_copy(update=gaps)
