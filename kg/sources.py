"""Which sources a collection rests on, and how many of them speak for themselves: records in, rows out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.errors import QueryError, did_you_mean
from kg.families import Link, independent
from kg.identity import Redirect
from kg.records import Cooperation, Evidence, Meeting, Record, Source


class SourceRow(NamedTuple):
    """One source: the family it belongs to, and how many records it supports."""

    id: str
    published: str
    outlet: str
    family: str
    records: int


class FamilyRow(NamedTuple):
    """Sources that copy each other: how many articles, of which outlets, and what ties them."""

    family: str
    articles: int
    outlets: tuple[str, ...]
    sources: tuple[str, ...]
    because: tuple[str, ...]


class MeetingRow(NamedTuple):
    """One meeting: how many of its articles are independent of each other."""

    meeting: str
    date: str
    independent: int
    articles: int


def supporting(record: Record) -> tuple[str, ...]:
    """Return the sources that support a record, or a step of it, in order, each once; a mere claim does not."""
    evidence: list[Evidence] = [*getattr(record, "evidence", ())]
    if isinstance(record, Cooperation):
        evidence += [one for step in record.steps for one in step.evidence]
    return tuple(dict.fromkeys(one.source for one in evidence if one.supports != ()))


def meeting_called(records: Iterable[Record], name: str, redirects: Iterable[Redirect] = ()) -> Meeting:
    """Return the meeting with an id, bare or as `meeting:id`, also under one that a merge has replaced.

    Raises:
        QueryError: there is no such meeting.
    """
    bare = name.removeprefix("meeting:")
    current = next((to.new for to in redirects if (to.kind, to.old) == ("meeting", bare)), bare)
    meetings = {record.id: record for record in records if isinstance(record, Meeting)}
    if current not in meetings:
        raise QueryError(f"no meeting {bare!r}{did_you_mean(bare, meetings)}")
    return meetings[current]


def list_sources(records: Iterable[Record], family_of: Mapping[str, str]) -> list[SourceRow]:
    """Return every source, earliest published first; those without a date come first."""
    everything = list(records)
    counts: dict[str, int] = defaultdict(int)
    for record in everything:
        for source in supporting(record):
            counts[source] += 1
    rows = [
        SourceRow(one.id, str(one.published or ""), one.outlet, family_of.get(one.id, one.id), counts[one.id])
        for one in everything
        if isinstance(one, Source)
    ]
    return sorted(rows, key=lambda row: (row.published, row.id))


def list_families(
    records: Iterable[Record], family_of: Mapping[str, str], links: Sequence[Link] = ()
) -> list[FamilyRow]:
    """Return the families of more than one source, largest first, then by name."""
    outlets = {record.id: record.outlet for record in records if isinstance(record, Source)}
    members: dict[str, list[str]] = defaultdict(list)
    for source in sorted(outlets):
        members[family_of.get(source, source)].append(source)
    reasons: dict[str, dict[str, None]] = defaultdict(dict)
    for link in links:
        reasons[family_of[link.a]][link.reason] = None
    rows = [
        FamilyRow(
            family,
            len(sources),
            tuple(sorted({outlets[one] for one in sources})),
            tuple(sources),
            tuple(reasons[family]),
        )
        for family, sources in members.items()
        if len(sources) > 1
    ]
    return sorted(rows, key=lambda row: (-row.articles, row.family))


def list_meetings(records: Iterable[Record], family_of: Mapping[str, str]) -> list[MeetingRow]:
    """Return every meeting with its counts, by date; those without a date come first."""
    rows = [
        MeetingRow(one.id, str(one.date or ""), *independent(supporting(one), family_of))
        for one in records
        if isinstance(one, Meeting)
    ]
    return sorted(rows, key=lambda row: (row.date, row.meeting))
