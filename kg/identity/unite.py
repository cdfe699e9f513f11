"""Make one record of two: the survivor's values stand, names become aliases, and no source loses what it said.

Lists and evidence are united. A single value that differs stays with the sources that stated it, as
their claim. Because evidence without `supports` speaks for every field of its record, each piece gets
the fields of the record it came from spelled out when the united record has more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.dates import PartialDate
from kg.identity.references import fill, unique, unite_parties, unite_people, without_itself
from kg.records import Cooperation, Evidence, Meeting, Person, Record, Step, Text, Venue

_UNITED = {"same_as", "matches", "observed", "sectors", "follows"}
_APART = {"id", "evidence", "rulings", "name", "aliases", "note", "at", "people", "steps", "follow_up"} | _UNITED
_UNSUPPORTED = {"id", "evidence", "rulings"}


@dataclass
class _Union:
    """The record in the making: changed fields, and what the other record's sources say instead."""

    languages: Sequence[str]
    changes: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    also: tuple[str, ...] = ()


def unite(survivor: Record, other: Record, languages: Sequence[str] = ("en",)) -> tuple[Record, tuple[str, ...]]:
    """Return the survivor with everything the other record knew, and the fields that it cannot hold.

    The survivor's class stays: a city's coordinates have no place in an organization. References
    must be renamed beforehand (`kg.identity.references.renamed`).
    """
    union = _Union(languages)
    _names(survivor, other, union)
    _lists(survivor, other, union)
    _meeting_parts(survivor, other, union)
    _single_values(survivor, other, union)
    if isinstance(survivor, Cooperation) and isinstance(other, Cooperation):
        union.changes["steps"] = _steps(survivor, other)
    whole = survivor.model_copy(update=union.changes)
    if "evidence" in type(survivor).model_fields:
        every = filled_fields(whole)
        kept = _spelled(getattr(survivor, "evidence"), filled_fields(survivor), every)  # noqa: B009
        theirs = [_claiming(one, union) for one in getattr(other, "evidence")]  # noqa: B009
        added = _spelled(theirs, (*filled_fields(other), *union.also), every)
        whole = whole.model_copy(update={"evidence": unique((*kept, *added))})
    return without_itself(whole), tuple(union.lost)


def filled_fields(record: Record | Step) -> tuple[str, ...]:
    """Return the fields with a value that evidence can support, in the order of the model; a venue's one by one."""
    found: list[str] = []
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        if name in _UNSUPPORTED or value in (None, (), {}):
            continue
        if isinstance(value, Venue):
            found += [f"at.{part}" for part in Venue.model_fields if getattr(value, part) is not None]
        elif value != info.get_default():
            found.append(info.alias or name)
    return tuple(found)


def states(evidence: Evidence, name: str) -> bool:
    """Say whether evidence stands for a field: all it does not dispute, or those it names."""
    top = name.partition(".")[0]
    if evidence.claims and (name in evidence.claims or top in evidence.claims):
        return False
    return evidence.supports is None or name in evidence.supports or top in evidence.supports


def words(value: object, languages: Sequence[str]) -> str | tuple[str, ...]:
    """Return a value as a source would be said to claim it: text, or a list of texts."""
    if isinstance(value, Mapping):
        return str(next((value[tag] for tag in languages if tag in value), value[min(value)]))
    if isinstance(value, tuple):
        return tuple(str(getattr(item, "party", item)) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.text if isinstance(value, PartialDate) else str(value)


def _claiming(evidence: Evidence, union: _Union) -> Evidence:
    """Add the values that this evidence stated and the survivor does not keep."""
    added = {name: value for name, value in union.claims.items() if states(evidence, name)}
    if not added:
        return evidence
    supports = evidence.supports
    if supports is not None:
        also = union.also if "name" in added else ()  # the name it gave is an alias now, and it is who says so
        supports = (*(name for name in supports if name not in added), *also)
    return evidence.model_copy(update={"claims": {**(evidence.claims or {}), **added}, "supports": supports})


def _spelled(evidence: Iterable[Evidence], own: Sequence[str], every: Sequence[str]) -> tuple[Evidence, ...]:
    """Spell out what evidence supports, when it would speak for fields its record never had."""
    if not set(every) - set(own):
        return tuple(evidence)
    return tuple(
        one.model_copy(update={"supports": tuple(name for name in own if states(one, name))})
        if one.supports is None
        else one
        for one in evidence
    )


def _texts(text: Text | None) -> list[str]:
    """Return the words of a text in every language."""
    if text is None:
        return []
    return [text] if isinstance(text, str) else list(text.values())


def _names(survivor: Record, other: Record, union: _Union) -> None:
    """Keep the survivor's name; the other's names become aliases, and its sources claim them."""
    name, theirs = getattr(survivor, "name", None), getattr(other, "name", None)
    if name is None and theirs is not None:
        union.changes["name"] = theirs
    elif theirs is not None and theirs != name:
        spelled = words(theirs, union.languages)
        if spelled not in _texts(name):
            union.claims["name"] = spelled
    if "aliases" not in type(survivor).model_fields:
        return
    union.also = ("aliases",)
    aliases = list(getattr(survivor, "aliases", ()))
    known = {word for text in (name, *aliases) for word in _texts(text)}
    for text in (theirs, *getattr(other, "aliases", ())):
        fresh = text if text and set(_texts(text)) - known else None
        if isinstance(fresh, Mapping):
            fresh = {tag: word for tag, word in fresh.items() if word not in known}
        if fresh:
            aliases.append(fresh)
            known |= set(_texts(fresh))
    union.changes["aliases"] = tuple(aliases)


def _lists(survivor: Record, other: Record, union: _Union) -> None:
    """Unite lists, rulings and notes."""
    for name in type(survivor).model_fields:
        ours, theirs = getattr(survivor, name), getattr(other, name, None)
        if not theirs:
            continue
        if name in _UNITED:
            union.changes[name] = unique((*ours, *theirs))
        elif name == "rulings":
            union.changes[name] = {**theirs, **(ours or {})}
        elif name == "note":
            union.changes[name] = _joined(ours, theirs, union.languages[0])
        elif name == "parties":
            union.changes[name] = unite_parties((*ours, *theirs))


def _joined(ours: Text | None, theirs: Text, language: str) -> Text:
    """Write one note under the other, language by language."""
    if ours is None or ours == theirs:
        return theirs
    if isinstance(ours, str) and isinstance(theirs, str):
        return f"{ours} {theirs}"
    both = dict(ours) if isinstance(ours, Mapping) else {language: ours}
    for tag, text in (theirs if isinstance(theirs, Mapping) else {language: theirs}).items():
        both[tag] = f"{both[tag]} {text}" if tag in both else text
    return both


def _meeting_parts(survivor: Record, other: Record, union: _Union) -> None:
    """Unite the people and the venue of two meetings; what contradicts becomes a claim."""
    if not isinstance(survivor, Meeting) or not isinstance(other, Meeting):
        return
    union.changes["follow_up"] = survivor.follow_up or other.follow_up
    ours: dict[str, Person] = {person.official: person for person in survivor.people}
    people = list(survivor.people)
    for person in other.people:
        mine = ours.get(person.official)
        if mine is None:
            people.append(person)
            continue
        people[people.index(mine)] = ours[person.official] = fill(mine, person)
        for name, measure in (("as_", "post"), ("for_", "body"), ("role", "role")):
            claim = f"{measure}_of_{person.official.replace('-', '_')}"  # no field of the record says this
            _differ(claim, getattr(mine, name), getattr(person, name), union)
    union.changes["people"] = unite_people(people)
    if other.at:
        union.changes["at"] = fill(survivor.at, other.at) if survivor.at else other.at
        for name in Venue.model_fields:
            _differ(f"at.{name}", getattr(survivor.at, name, None), getattr(other.at, name), union)


def _differ(name: str, ours: object, theirs: object, union: _Union) -> None:
    """Note a claim when both records have a value and they differ."""
    if ours is not None and theirs is not None and ours != theirs:
        union.claims[name] = words(theirs, union.languages)


def _single_values(survivor: Record, other: Record, union: _Union) -> None:
    """Keep the survivor's value; a gap is filled, a difference is claimed, a field it has not is lost."""
    for name, info in type(other).model_fields.items():
        theirs = getattr(other, name)
        if name in _APART or name == "parties" or theirs is None:
            continue
        if name not in type(survivor).model_fields:
            union.lost.append(name)
        elif getattr(survivor, name) is None:
            union.changes[name] = theirs
        else:
            _differ(info.alias or name, getattr(survivor, name), theirs, union)


def _steps(survivor: Cooperation, other: Cooperation) -> tuple[Step, ...]:
    """Unite steps; a step of the other with an id that means something else here gets its cooperation's name."""
    found = {step.id: step for step in survivor.steps}
    for step in other.steps:
        mine = found.get(step.id)
        if mine is None:
            found[step.id] = step
        elif mine.model_copy(update={"evidence": ()}) == step.model_copy(update={"evidence": ()}):
            found[step.id] = mine.model_copy(update={"evidence": unique((*mine.evidence, *step.evidence))})
        else:
            name = f"{other.id}-{step.id}"
            found[name] = step.model_copy(update={"id": name})
    return tuple(found.values())
