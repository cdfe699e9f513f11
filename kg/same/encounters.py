"""Which meetings may be one meeting told twice: same parties, overlapping dates, the same people."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import combinations

from kg.records import Meeting, PartyInRole

_YEAR = len("2025")
_HIGHEST = 0.92
_MANY = 40
"""Meetings of one block that are still compared all with all; nobody meets the same party more often in a month."""


def party_ids(meeting: Meeting) -> frozenset[str]:
    """Return the ids of a meeting's parties."""
    return frozenset(party.party if isinstance(party, PartyInRole) else party for party in meeting.parties)


def meeting_pairs(meetings: Sequence[Meeting]) -> list[tuple[int, int]]:
    """Return pairs of indexes of meetings with parties in common and dates that may be the same, sorted."""
    blocks: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for index, meeting in enumerate(meetings):
        parties = sorted(party_ids(meeting))
        groups: list[tuple[str, ...]] = [*combinations(parties, 2)] or [(party,) for party in parties]
        for time in dict.fromkeys(_times(meeting)):
            for group in groups:
                blocks[time, group].append(index)
    pairs: set[tuple[int, int]] = set()
    for (time, _), block in blocks.items():
        for place, i in enumerate(block):
            for j in block[place + 1 : place + 1 + _MANY]:
                if len(time) > _YEAR or not (_is_short(meetings[i]) and _is_short(meetings[j])):
                    pairs.add((i, j))
    return sorted(pairs)


def _is_short(meeting: Meeting) -> bool:
    """Say whether the date is known to the month."""
    return meeting.date is not None and len(meeting.date.text) > _YEAR


def _times(meeting: Meeting) -> Iterator[str]:
    """Yield the months and years a meeting may be in, one day around it included."""
    if meeting.date is None:
        return
    first, last = meeting.date.earliest, (meeting.until or meeting.date).latest
    day = timedelta(days=1)
    for at in (first - day if first.toordinal() > 1 else first, first, last, last + day if last.year < 9999 else last):  # noqa: PLR2004
        if _is_short(meeting):
            yield at.isoformat()[:7]
        yield at.isoformat()[:4]


def compare_meetings(one: Meeting, other: Meeting) -> tuple[float, list[str]]:
    """Score two meetings from 0 to 1: dates, parties, people, sectors, each with its reason."""
    day = _dates(one, other)
    if day is None:
        return 0.0, []
    weighted = [(0.35, day[0])]
    reasons = [day[1]]
    for weight, word, ours, theirs in (
        (0.35, "parties", party_ids(one), party_ids(other)),
        (0.2, "people", _people(one), _people(other)),
        (0.1, "sectors", frozenset(one.sectors), frozenset(other.sectors)),
    ):
        if ours and theirs:
            share = len(ours & theirs) / len(ours | theirs)
            weighted.append((weight, share))
            reasons += [f"{len(ours & theirs)} of {len(ours | theirs)} {word} the same"]
    score = sum(weight * share for weight, share in weighted) / sum(weight for weight, _ in weighted)
    for change, reason in _against(one, other):
        score += change
        reasons.append(reason)
    return max(0.0, min(score, _HIGHEST)), reasons


def _dates(one: Meeting, other: Meeting) -> tuple[float, str] | None:
    """Compare two dates; None when they exclude each other."""
    if not one.date or not other.date:
        return None
    if one.date == other.date:
        return (1.0, "same day") if one.date.is_day else (0.7, f"both in {one.date}")
    ends = (one.until or one.date).latest, (other.until or other.date).latest
    if max(one.date.earliest, other.date.earliest) <= min(ends):
        return 0.6, f"{one.date} may be {other.date}"
    if one.date.is_day and other.date.is_day and abs(one.date.earliest - other.date.earliest).days == 1:
        return 0.5, "one day apart"
    return None


def _people(meeting: Meeting) -> frozenset[str]:
    """Return the officials of a meeting."""
    return frozenset(person.official for person in meeting.people)


def _against(one: Meeting, other: Meeting) -> Iterable[tuple[float, str]]:
    """Yield what speaks against two meetings being one."""
    if other.id in one.follows or one.id in other.follows:
        yield -0.35, "but one follows the other"
    cities = [meeting.at.city if meeting.at else None for meeting in (one, other)]
    if all(cities) and cities[0] != cities[1]:
        yield -0.3, f"but in {cities[0]} and in {cities[1]}"
    places = [meeting.at.place if meeting.at else None for meeting in (one, other)]
    if all(places) and places[0] != places[1]:
        yield -0.1, f"but at {places[0]} and at {places[1]}"
    if one.stage and other.stage and one.stage != other.stage:
        yield -0.05, f"but {one.stage} and {other.stage}"
