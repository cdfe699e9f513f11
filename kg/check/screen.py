"""Read a collection once, a record at a time: either nothing is wrong with it, or it must be looked at with care.

What a record alone can get wrong is checked at once; of what it says of others only numbers are kept, and
compared in the end. This never tells what is wrong: whatever is not plainly right goes to
`kg.check.check_collection`, which holds everything and says it with its place.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import numpy as np

from kg.check.columns import Known, Numbers, Rows, are_no_circle, number_of
from kg.check.plain import Recorder, is_right
from kg.check.references import CHAINS, links, names
from kg.check.spans import Held, Span, covers, span_of, surely_share, tells
from kg.collection import Collection
from kg.errors import Issue
from kg.identity import read_ledger
from kg.read import Entry, read_folder
from kg.records import Cooperation, Meeting, PartyInRole, Record, Source, Tenure
from kg.resources import sector_ids

_NEVER, _ALWAYS = -(2**40), 2**40


class Screen:
    """One pass over a collection: `entries` yields its records while all seems well, `is_clean` has the last word."""

    def __init__(self, collection: Collection, found: Iterator[Entry | Issue] | None = None) -> None:
        """Start before the first record; `found` is what reading the collection yields, when it is read elsewhere."""
        self._collection = collection
        self._found = found or read_folder(collection.records, root=collection.root)
        self._doubtful = False
        self._recorder = Recorder()
        self._ids, self._days = array("q"), array("i")
        self._named, self._links, self._follows, self._told = (Rows(width) for width in (1, 2, 2, 3))
        self._acting = Rows(5)
        self._shares, self._serves, self._steps = (Rows(width) for width in (1, 2, 3))
        self._held: dict[int, list[Held]] = defaultdict(list)
        self._tenured: set[int] = set()

    def close(self) -> None:
        """Give up what lies on disk."""
        for rows in vars(self).values():
            if isinstance(rows, Rows):
                rows.close()

    def entries(self) -> Iterator[Entry]:
        """Yield each record until something looks wrong."""
        ledger = read_ledger(self._collection.identity, root=self._collection.root)
        self._doubtful = bool(ledger.issues or ledger.in_force)
        while not self._doubtful and (entry := next(self._found, None)):
            if isinstance(entry, Entry) and not _asks_others(entry.record) and is_right(entry, self._recorder):
                self._note(entry)
                yield entry
            else:
                self._doubtful = True

    def is_clean(self) -> bool:
        """Say, after the last record, whether a build may go on without another look."""
        if self._doubtful or not self._ids:
            return False
        known = Known(self._ids, self._days)
        return (
            known.are_apart()
            and self._all_exist(known)
            and are_no_circle(self._links, known)
            and all((known.days_of(rows[0], absent=_NEVER) <= rows[1]).all() for rows in self._follows.chunks())
            and self._all_reported(known)
            and self._all_in_post()
            and self._all_serve_their_own()
            and all(_are_of_their_day(rows, known) for rows in self._steps.chunks())
        )

    def _note(self, entry: Entry) -> None:
        """Keep what others may ask of a record, and what it says of others."""
        record, place = entry.record, len(self._ids)
        self._ids.append(number_of(record.namespace, record.id))
        self._named.add([number_of(namespace, name) for namespace, name, _ in names(record)])
        if record.namespace in CHAINS:
            for _, name in links(entry):
                self._links.add((number_of(record.namespace, name), place))
        day = None
        if isinstance(record, Meeting):
            day = record.date.earliest if record.date else None
            self._note_meeting(record, place)
        elif isinstance(record, Source):
            day = record.published.latest if record.published else None
        elif isinstance(record, Tenure):
            self._note_tenure(record)
        elif isinstance(record, Cooperation):
            self._note_cooperation(record)
        self._days.append(day.toordinal() if day else 0)

    def _note_meeting(self, meeting: Meeting, place: int) -> None:
        """Keep what a meeting's date and parties are compared with."""
        if meeting.cooperation:
            parties = (one.party if isinstance(one, PartyInRole) else one for one in meeting.parties)
            self._serves.add(n for party in parties for n in (_share(meeting.cooperation, party), place))
        span = span_of(meeting.date, meeting.until)
        if not (meeting.date and span):
            return
        last = meeting.date.latest.toordinal()
        for name in meeting.follows:
            self._follows.add((number_of("meeting", name), last))
        if meeting.status == "held":
            first = span.first.toordinal()
            for evidence in filter(tells, meeting.evidence):
                self._told.add((number_of("source", evidence.source), place, first))
        for person in meeting.people:
            if person.as_:
                official, post = number_of("official", person.official), number_of("post", person.as_)
                self._acting.add((_pair(person.official, person.as_), official, post, *map(date.toordinal, span)))

    def _note_tenure(self, tenure: Tenure) -> None:
        """Keep when somebody held a post."""
        others = self._held[_pair(tenure.official, tenure.post)]
        self._doubtful |= any(surely_share(tenure, other) for other in others)
        others.append(Held(tenure.from_, tenure.until, tenure.observed))
        self._tenured |= {number_of("official", tenure.official), number_of("post", tenure.post)}

    def _note_cooperation(self, cooperation: Cooperation) -> None:
        """Keep whose a cooperation is, and what the dates of its steps are compared with."""
        self._shares.add(_share(cooperation.id, party) for party in cooperation.parties)
        for step in cooperation.steps:
            if step.meeting and step.date:
                days = step.date.earliest.toordinal(), step.date.latest.toordinal()
                self._steps.add((number_of("meeting", step.meeting), *days))

    def _all_exist(self, known: Known) -> bool:
        """Say whether every id that was named, in claims too, is a record's or a shipped sector's."""
        for namespace, name in self._recorder.asked:
            self._named.add((number_of(namespace, name),))
        shared = np.array([number_of("sector", name) for name in sector_ids()], dtype=np.int64)
        return all((known.knows(rows[0]) | np.isin(rows[0], shared)).all() for rows in self._named.chunks())

    def _all_reported(self, known: Known) -> bool:
        """Say whether each meeting that was held has a source that may be of its day or later."""
        early = [rows[:2, known.days_of(rows[0], absent=_ALWAYS) < rows[2]] for rows in self._told.chunks()]
        meetings = np.concatenate([rows[1] for rows in early])
        for rows in self._told.chunks() if len(meetings) else ():
            late = rows[1, known.days_of(rows[0], absent=_ALWAYS) >= rows[2]]
            meetings = meetings[~np.isin(meetings, late)]
        return not len(meetings)

    def _all_in_post(self) -> bool:
        """Say whether everybody who acted in a post of somebody's tenure held it then."""
        tenured = np.fromiter(self._tenured, dtype=np.int64)
        for rows in self._acting.chunks() if self._tenured else ():
            asked = np.isin(rows[1], tenured) | np.isin(rows[2], tenured)
            for pair, _, _, first, last in rows[:, asked].T.tolist():
                span = Span(date.fromordinal(first), date.fromordinal(last))
                if not any(covers(tenure, span) for tenure in self._held.get(pair, ())):
                    return False
        return True

    def _all_serve_their_own(self) -> bool:
        """Say whether each meeting serves a cooperation of at least one of its parties."""
        shares = np.concatenate([rows[0] for rows in self._shares.chunks()])
        rows = np.concatenate(list(self._serves.chunks()), axis=1)
        own = np.isin(rows[0], shares)
        return bool(np.isin(rows[1, ~own], rows[1, own]).all())


def _are_of_their_day(steps: Numbers, known: Known) -> bool:
    """Say whether the first day of each step's meeting is one that the step can mean."""
    meetings, first, last = steps
    no_earlier = first <= known.days_of(meetings, absent=_ALWAYS)
    return bool((no_earlier & (known.days_of(meetings, absent=_NEVER) <= last)).all())


def _share(cooperation: str, party: str) -> int:
    """Return the number of a party's share in a cooperation."""
    return number_of("cooperation", f"{cooperation} {party}")


def _pair(official: str, post: str) -> int:
    """Return the number of an official in a post."""
    return number_of("tenure", f"{official} {post}")


def _asks_others(record: Record) -> bool:
    """Say whether a check of this record looks into others in a way that no number tells."""
    return isinstance(record, Source) and record.copy_of is not None
