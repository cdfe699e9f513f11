"""What a meeting, cooperation, party or source may not say of itself, whatever the others say."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from kg.check.index import Index, finding, name_of
from kg.errors import Issue, shown
from kg.read import Entry
from kg.read.entry import FieldPath
from kg.records import City, Cooperation, Meeting, PartyInRole, Source, Step

INSTRUMENTS: Mapping[str, tuple[str, ...]] = {
    "letter-of-intent": ("loi",),
    "mou-signed": ("mou",),
    "agreement-signed": ("agreement", "contract"),
}
"""Stages that only a paper reaches, and the papers that reach them."""


def check_content(entry: Entry, index: Index) -> Iterator[Issue]:
    """Yield what is wrong within one record, beyond what its fields can say."""
    record = entry.record
    if isinstance(record, Meeting):
        yield from _stage(entry, record, ())
        yield from _status(entry, record)
        yield from _at_meeting(entry, record)
        yield from _cooperates(entry, record, index)
    elif isinstance(record, Cooperation):
        yield from _once(entry, ("parties",), record.parties, "party")
        yield from _once(entry, ("sectors",), record.sectors, "sector")
        yield from _once(entry, ("steps",), [step.id for step in record.steps], "step")
        for number, step in enumerate(record.steps):
            yield from _stage(entry, step, ("steps", number))
    elif isinstance(record, City):
        yield from _coordinates(entry, record)
    elif isinstance(record, Source):
        yield from _file_name(entry, record)
        yield from _family(entry, record, index)
    yield from _languages(entry)


def _stage(entry: Entry, part: Meeting | Step, path: FieldPath) -> Iterator[Issue]:
    """A stage is never higher than the paper that was signed."""
    needed = INSTRUMENTS.get(part.stage or "", ())
    if needed and part.instrument not in needed:
        found = f"instrument {part.instrument!r}" if part.instrument else "no instrument"
        message = f"stage {part.stage!r} with {found}; expected instrument {' or '.join(needed)}"
        yield finding(entry, (*path, "stage"), "stage-without-instrument", message)


def _status(entry: Entry, meeting: Meeting) -> Iterator[Issue]:
    """What has not taken place has reached nothing."""
    if meeting.stage and meeting.status != "held":
        message = f"a {meeting.status} meeting has reached no stage; found {meeting.stage!r}"
        yield finding(entry, ("stage",), "stage-not-held", message)


def _at_meeting(entry: Entry, meeting: Meeting) -> Iterator[Issue]:
    """Each party, person, sector and earlier meeting is named once."""
    parties = [party.party if isinstance(party, PartyInRole) else party for party in meeting.parties]
    yield from _once(entry, ("parties",), parties, "party")
    yield from _once(entry, ("people",), [person.official for person in meeting.people], "official")
    yield from _once(entry, ("sectors",), meeting.sectors, "sector")
    yield from _once(entry, ("follows",), meeting.follows, "meeting")


def _once(entry: Entry, path: FieldPath, names: Sequence[Hashable], noun: str) -> Iterator[Issue]:
    """Yield what stands twice in a list."""
    first: dict[Hashable, int] = {}
    for number, name in enumerate(names):
        if name in first:
            message = f"{noun} {shown(name)} stands twice in {path[-1]!r}; expected it once"
            yield finding(entry, (*path, number), "duplicate-item", message)
        first.setdefault(name, number)


def _cooperates(entry: Entry, meeting: Meeting, index: Index) -> Iterator[Issue]:
    """A meeting serves a cooperation of at least one of its parties."""
    cooperation = index.get(Cooperation, meeting.cooperation) if meeting.cooperation else None
    parties = {party.party if isinstance(party, PartyInRole) else party for party in meeting.parties}
    if cooperation and not parties & set(cooperation.parties):
        message = f"{name_of(cooperation)} is of {', '.join(cooperation.parties)}, none of which is here"
        yield finding(entry, ("cooperation",), "foreign-cooperation", message, severity="warning")


def _coordinates(entry: Entry, city: City) -> Iterator[Issue]:
    """Half a pair of coordinates is no place."""
    if (city.latitude is None) != (city.longitude is None):
        found, missing = ("latitude", "longitude") if city.longitude is None else ("longitude", "latitude")
        yield finding(entry, (found,), "half-coordinates", f"found {found} alone; expected {missing} too")


def _file_name(entry: Entry, source: Source) -> Iterator[Issue]:
    """A text is a file in sources/ and nowhere else."""
    name = source.text
    if name is not None and (name != name.strip() or name.startswith(".") or set(name) & set('/\\:*?"<>|\n\r\t')):
        message = f"found {shown(name)}; expected the bare name of a file in sources/"
        yield finding(entry, ("text",), "bad-file-name", message)


def _family(entry: Entry, source: Source, index: Index) -> Iterator[Issue]:
    """A copy is of its original's family, and not older than it."""
    original = index.get(Source, source.copy_of) if source.copy_of else None
    if not original:
        return
    if source.family and original.family and source.family != original.family:
        message = f"a copy of {shown(original.id)} is of its family {original.family!r}; found {source.family!r}"
        yield finding(entry, ("family",), "foreign-family", message, severity="warning")
    if source.published and original.published and source.published.latest < original.published.earliest:
        message = f"the copy is of {source.published}, its original {shown(original.id)} of {original.published}"
        yield finding(entry, ("published",), "copy-before-original", message, severity="warning")


def _languages(entry: Entry) -> Iterator[Issue]:
    """`en` and `EN` are one language."""
    for path, tags in _texts(entry):
        first: dict[str, str] = {}
        for tag in tags:
            if first.setdefault(tag.lower(), tag) != tag:
                message = f"{shown(tag)} and {shown(first[tag.lower()])} are one language; expected it once"
                yield finding(entry, (*path, tag), "duplicate-language", message)


def _texts(entry: Entry) -> Iterator[tuple[FieldPath, Iterable[str]]]:
    """Yield the texts of a record that are given by language."""
    record = entry.record
    for field in ("name", "title", "aims", "note"):
        value = getattr(record, field, None)
        if isinstance(value, dict):
            yield (field,), value
    for number, evidence in enumerate(getattr(record, "evidence", ())):
        if isinstance(evidence.says, dict):
            yield ("evidence", number, "says"), evidence.says
