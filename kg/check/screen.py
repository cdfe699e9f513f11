"""Read a collection once, a record at a time: either nothing is wrong with it, or it must be looked at with care.

What a record alone can get wrong is checked at once; of what it says of others only numbers are kept, and
compared in the end. This never tells what is wrong: whatever is not plainly right goes to
`kg.check.check_collection`, which holds everything and says it with its place.
"""

from collections.abc import Iterator, Sequence

from kg.check.alike import Alike, Shapes
from kg.check.columns import number_of
from kg.check.noted import Noted
from kg.check.plain import Recorder, is_right
from kg.check.spans import span_of, tells
from kg.collection import Collection
from kg.errors import Issue
from kg.identity import read_ledger
from kg.outline import outline
from kg.read import Entry, read_folder
from kg.records import Cooperation, Meeting, PartyInRole, Record, Source, Tenure


class Screen:
    """One pass over a collection: `entries` yields its records while all seems well, `is_clean` has the last word."""

    def __init__(self, collection: Collection, found: Iterator[Entry | Issue] | None = None) -> None:
        """Start before the first record; `found` is what reading the collection yields, when it is read elsewhere."""
        self._collection = collection
        self._found = found or read_folder(collection.records, root=collection.root)
        self._doubtful = False
        self._recorder = Recorder()
        self._shapes = Shapes()
        self._noted = Noted()

    def close(self) -> None:
        """Give up what lies on disk."""
        self._noted.close()

    def entries(self) -> Iterator[Entry]:
        """Yield each record until something looks wrong."""
        ledger = read_ledger(self._collection.identity, root=self._collection.root)
        self._doubtful = bool(ledger.issues or ledger.in_force)
        while not self._doubtful and (entry := next(self._found, None)):
            if isinstance(entry, Entry) and self._take(entry):
                yield entry
            else:
                self._doubtful = True

    def is_clean(self) -> bool:
        """Say, after the last record, whether a build may go on without another look."""
        return not self._doubtful and self._noted.records > 0 and self._noted.agree()

    def _take(self, entry: Entry) -> bool:
        """Say whether nothing is wrong with a record, as far as it alone can tell; keep what others are asked."""
        if _asks_others(entry.record):
            return False
        shape, texts = outline(entry.record)
        alike = self._shapes.of(entry, shape, texts)
        is_fine = alike.is_plain or is_right(entry, self._recorder)
        if is_fine:
            self._note(entry.record, alike, texts)
        return is_fine

    def _note(self, record: Record, alike: Alike, texts: Sequence[str]) -> None:
        """Keep what others may ask of a record, and what it says of others."""
        noted, place = self._noted, self._noted.records
        noted.named.add(alike.numbers(texts))
        if self._recorder.asked:
            noted.named.add([number_of(namespace, name) for namespace, name in self._recorder.asked])
            self._recorder.asked.clear()
        for at in alike.links:
            noted.links.add((number_of(record.namespace, texts[at]), place))
        day = None
        if isinstance(record, Meeting):
            day = record.date.earliest if record.date else None
            self._note_meeting(record, place)
        elif isinstance(record, Source):
            day = record.published.latest if record.published else None
        elif isinstance(record, Tenure):
            noted.tenures.add(record)
        elif isinstance(record, Cooperation):
            self._note_cooperation(record)
        noted.add(number_of(record.namespace, record.id), day.toordinal() if day else 0)

    def _note_meeting(self, meeting: Meeting, place: int) -> None:
        """Keep what a meeting's date and parties are compared with."""
        noted = self._noted
        if meeting.cooperation:
            parties = (one.party if isinstance(one, PartyInRole) else one for one in meeting.parties)
            noted.serves.add(n for party in parties for n in (_share(meeting.cooperation, party), place))
        span = span_of(meeting.date, meeting.until)
        if not (meeting.date and span):
            return
        last = meeting.date.latest.toordinal()
        for name in meeting.follows:
            noted.follows.add((number_of("meeting", name), last))
        if meeting.status == "held":
            first = span.first.toordinal()
            for evidence in filter(tells, meeting.evidence):
                noted.told.add((number_of("source", evidence.source), place, first))
        for person in meeting.people:
            if person.as_:
                noted.tenures.add_acting(person.official, person.as_, span)

    def _note_cooperation(self, cooperation: Cooperation) -> None:
        """Keep whose a cooperation is, and what the dates of its steps are compared with."""
        self._noted.shares.add(_share(cooperation.id, party) for party in cooperation.parties)
        for step in cooperation.steps:
            if step.meeting and step.date:
                days = step.date.earliest.toordinal(), step.date.latest.toordinal()
                self._noted.steps.add((number_of("meeting", step.meeting), *days))


def _share(cooperation: str, party: str) -> int:
    """Return the number of a party's share in a cooperation."""
    return hash((cooperation, party))


def _asks_others(record: Record) -> bool:
    """Say whether a check of this record looks into others in a way that no number tells."""
    return isinstance(record, Source) and record.copy_of is not None
