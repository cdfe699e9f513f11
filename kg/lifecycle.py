"""How far a cooperation got by a day, on what proof, and how long ago anyone last heard of it.

A stage is never higher than a step that had surely happened by the day supports. Nothing here knows
today: the day is an argument.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.dates import PartialDate
from kg.iris import parse
from kg.values import Iri


@dataclass(frozen=True)
class Event:
    """A meeting or step: its span as written, and the days by which each dated source had told of it.

    `follows` are the meetings a meeting says it follows, or the one a step was taken at; `known` is the day by
    which it was surely heard of, when that is not the first of `told`.
    """

    thing: Iri
    start: PartialDate | None
    end: PartialDate | None
    told: tuple[date, ...] = ()
    status: str = "held"
    stage: Iri | None = None
    rank: int = 0
    is_end: bool = False
    follows: tuple[Iri, ...] = ()
    known: date | None = None

    @property
    def by(self) -> date | None:
        """The day by which it had surely happened: its last possible day, or when it was first told of, if sooner."""
        dated = self.end or self.start
        first = min(self.told, default=None)
        if dated is None:
            return first
        # What is told of a held meeting has happened: a report of July bounds a date that says only the year.
        told = first if self.status == "held" else None
        return min(dated.latest, told) if told and told >= dated.earliest else dated.latest

    @property
    def written(self) -> str:
        """Its days as written; of what bears none, the day by which it was told of."""
        days = dict.fromkeys(str(day) for day in (self.start, self.end) if day)
        return " – ".join(days) or (f"≤ {self.by}" if self.by else "")

    @property
    def opens(self) -> date | None:
        """The first day it can be on, when it has a date."""
        return self.start.earliest if self.start else None

    def is_known(self, as_of: date) -> bool:
        """Say whether it was heard of by a day; when nothing says since when, it may always have been."""
        since = self.known or min(self.told, default=None)
        return since is None or since <= as_of

    def is_after(self, day: date | None) -> bool:
        """Say whether it was surely after a day: its first possible day is."""
        return day is not None and self.opens is not None and self.opens > day

    def may_be_after(self, day: date | None) -> bool:
        """Say whether it can have been after a day; what bears no day can."""
        return day is None or self.by is None or self.by > day


@dataclass(frozen=True)
class Cooperation:
    """Parties and sectors over time: named by a record, or derived from meetings that belong together."""

    key: str
    thing: Iri | None
    parties: tuple[Iri, ...]
    sectors: tuple[Iri, ...]
    meetings: tuple[Event, ...]
    steps: tuple[Event, ...]


@dataclass(frozen=True)
class State:
    """A cooperation on a day.

    `stage` and `proof` are the first step to the highest stage reached by then, or the end that came after;
    `last` is the last day a meeting or step happened or a source told of one; `days` counts from it;
    `is_stale` compares `days` with what the stage allows; `planned` is the next meeting announced,
    and `overdue` one announced for a day that has passed without a meeting known since.
    """

    cooperation: Cooperation
    stage: Iri | None
    proof: Event | None
    last: date | None
    days: int | None
    is_stale: bool
    planned: Event | None
    overdue: Event | None


def state(cooperation: Cooperation, as_of: date, stale_days: Mapping[str, int], stale: int | None = None) -> State:
    """Return where a cooperation stands on a day; `stale` overrides the days each stage allows."""
    proof = _highest([step for step in cooperation.steps if _happened(step, as_of)])
    last = _last_heard(cooperation, as_of)
    days = (as_of - last).days if last else None
    name = parse(proof.stage) if proof and proof.stage else None
    allowed = stale if stale is not None else stale_days.get(name.key if name else "", stale_days["discussed"])
    is_over = bool(proof and (proof.is_end or (name and name.key == "completed")))
    return State(
        cooperation,
        proof.stage if proof else None,
        proof,
        last,
        days,
        days is not None and days > allowed and not is_over,
        _planned(cooperation, as_of),
        _overdue(cooperation, as_of),
    )


def _happened(event: Event, as_of: date) -> bool:
    """Say whether it had surely happened by the day."""
    return event.by is not None and event.by <= as_of


def _highest(steps: Sequence[Event]) -> Event | None:
    """Return the step that gives the stage: the first to reach the highest, unless an end came after every step."""
    moves = [step for step in steps if not step.is_end]
    highest = min(moves, key=lambda s: (-s.rank, s.by or date.max, s.thing), default=None)
    ends = [s for s in steps if s.is_end and not any((m.by or date.min) > (s.by or date.min) for m in moves)]
    return max(ends, key=lambda s: (s.by or date.min, s.thing), default=None) or highest


def _last_heard(cooperation: Cooperation, as_of: date) -> date | None:
    """Return the last day, up to `as_of`, that something happened or was told."""
    events = (*cooperation.meetings, *cooperation.steps)
    days = [event.by for event in events if event.status == "held"] + [day for event in events for day in event.told]
    return max((day for day in days if day and day <= as_of), default=None)


def _planned(cooperation: Cooperation, as_of: date) -> Event | None:
    """Return the next meeting announced for a day still to come."""
    announced = [m for m in cooperation.meetings if m.status == "planned" and m.is_known(as_of)]
    coming = [m for m in announced if m.start and m.start.latest >= as_of]
    return min(coming, key=lambda m: (m.opens or date.max, m.thing), default=None)


def _overdue(cooperation: Cooperation, as_of: date) -> Event | None:
    """Return the last meeting announced for a day that passed, when nothing is known to have been held since.

    The meeting it was announced at is not held since, even when the day is only a year.
    """
    passed = [m for m in cooperation.meetings if m.status == "planned" and m.by and m.start and m.by < as_of]
    last = max(passed, key=lambda m: (m.by or date.min, m.thing), default=None)
    if last is None or last.opens is None:
        return None
    held = [m for m in cooperation.meetings if m.status == "held" and m.by and m.by <= as_of]
    since = any(m.by and m.by >= last.opens and m.thing not in last.follows for m in held)
    return None if since else last
