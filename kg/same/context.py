"""What the records say for and against two things being one: posts, bodies, places, and having been met together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from math import asin, cos, radians, sin, sqrt

from kg.records import City, Meeting, Official, Party, PartyInRole, Post, Record, Tenure

Argument = tuple[float, str]
"""What to add to a score, and why."""

_TOGETHER = -0.35
_PART = -0.3
_COUNTRIES = -0.3
_CLASSES = -0.1
_PLACES = -0.35
_FAR = 30
"""Kilometres from which two cities are two; the middle of one is not measured better."""
_TWO_POSTS = -0.12
_SAME_POST = MOST_IN_FAVOUR = 0.05
_SAME_BODY = 0.03
_OTHER_BODIES = -0.04


@dataclass
class Context:
    """Who was at which meeting, who held which post, of which body, and when."""

    meetings: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    tenures: dict[str, list[Tenure]] = field(default_factory=lambda: defaultdict(list))
    posts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    bodies: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[Record]) -> "Context":
        """Gather what matters from all records, in one walk."""
        context = cls()
        for record in records:
            if isinstance(record, Meeting):
                context._note_meeting(record)
            elif isinstance(record, Tenure):
                context.tenures[record.official].append(record)
                context.posts[record.official].add(record.post)
            elif isinstance(record, Post):
                context.bodies[record.id] = record.of
        return context

    def _note_meeting(self, meeting: Meeting) -> None:
        """Note who was there, and as what."""
        for party in meeting.parties:
            name = party.party if isinstance(party, PartyInRole) else party
            self.meetings["party", name].add(meeting.id)
        for person in meeting.people:
            self.meetings["official", person.official].add(meeting.id)
            if person.as_:
                self.posts[person.official].add(person.as_)

    def arguments(self, one: Record, other: Record) -> Iterator[Argument]:
        """Yield what speaks for and against two records being one thing."""
        together = self.meetings[one.namespace, one.id] & self.meetings[other.namespace, other.id]
        if together:
            more = f" and {len(together) - 1} more" if len(together) > 1 else ""
            yield _TOGETHER, f"but both were at {min(together)}{more}"
        if isinstance(one, Official) and isinstance(other, Official):
            yield from self._careers(one.id, other.id)
        if isinstance(one, Party) and isinstance(other, Party):
            yield from _parties(one, other)

    def _careers(self, one: str, other: str) -> Iterator[Argument]:
        """Compare the posts of two officials."""
        shared = self.posts[one] & self.posts[other]
        bodies = [{self.bodies.get(post, "") for post in self.posts[who]} - {""} for who in (one, other)]
        clash = self._two_posts_at_once(one, other)
        if shared:
            yield _SAME_POST, f"both seen as {min(shared)}"
        elif bodies[0] & bodies[1]:
            yield _SAME_BODY, f"both served {min(bodies[0] & bodies[1])}"
        elif bodies[0] and bodies[1]:
            yield _OTHER_BODIES, "but they served different bodies"
        if clash and not shared:
            yield _TWO_POSTS, f"but they held different posts on {clash}"

    def _two_posts_at_once(self, one: str, other: str) -> date | None:
        """Return the first day on which the two are known to have held different posts."""
        days = [
            max(start, begin)
            for a in self.tenures[one]
            for b in self.tenures[other]
            if a.post != b.post
            for start, end in _known_days(a)
            for begin, finish in _known_days(b)
            if max(start, begin) <= min(end, finish)
        ]
        return min(days, default=None)


def _known_days(tenure: Tenure) -> Iterator[tuple[date, date]]:
    """Yield the spans in which a tenure is certain: between its latest start and earliest end, and days observed."""
    if tenure.from_ and tenure.until and tenure.from_.latest <= tenure.until.earliest:
        yield tenure.from_.latest, tenure.until.earliest
    for day in tenure.observed:
        if day.is_day:
            yield day.earliest, day.latest


def _parties(one: Party, other: Party) -> Iterator[Argument]:
    """Compare what two parties are: a part is not its whole, and a city of one country not one of another."""
    wholes = {one.part_of, getattr(one, "unit_of", None)}
    if other.id in wholes or one.id in {other.part_of, getattr(other, "unit_of", None)}:
        yield _PART, "but one is part of the other"
    if one.country and other.country and one.country != other.country:
        yield _COUNTRIES, f"but {one.country} and {other.country}"
    apart = _kilometres(one, other)
    if apart is not None and apart > _FAR:
        yield _PLACES, f"but {apart:,.0f} km apart"
    if isinstance(one, City) != isinstance(other, City):
        yield _CLASSES, f"but {one.kind} and {other.kind}"


def _kilometres(one: Party, other: Party) -> float | None:
    """Return how far apart two cities are, when it is known where both are (haversine, a sphere of 6371 km)."""
    if not isinstance(one, City) or not isinstance(other, City):
        return None
    degrees = (one.latitude, other.latitude, one.longitude, other.longitude)
    if None in degrees:
        return None
    north, south, east, west = (radians(degree) for degree in degrees if degree is not None)
    across = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin((west - east) / 2) ** 2
    return 2 * 6371 * asin(sqrt(across))
