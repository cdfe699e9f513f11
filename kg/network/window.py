"""Which meetings count: a window of days and a status, read from a graph once, in IRI order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import chain

from rdflib import URIRef

from kg.facts import links, pairs
from kg.store import Source
from kg.terms import KG


@dataclass(frozen=True, slots=True)
class Window:
    """The days that count, both included; a side left open has no end.

    A window that ends before it starts holds no meeting.
    """

    since: date | None = None
    until: date | None = None

    def __str__(self) -> str:
        """Say the days in words; nothing for a window without ends."""
        return " ".join(f"{word} {day}" for word, day in (("from", self.since), ("to", self.until)) if day)

    def capped(self, day: date | None) -> "Window":
        """Return the window up to `day` at most."""
        ends = [end for end in (self.until, day) if end]
        return Window(self.since, min(ends) if ends else None)

    def holds(self, meeting: "Held") -> bool:
        """Say whether a meeting may have been on a day of the window: one without a date, only when it has no ends."""
        if self.since and self.until and self.since > self.until:
            return False
        starts = self.until is None or (meeting.earliest is not None and meeting.earliest <= self.until)
        return starts and (self.since is None or (meeting.latest is not None and meeting.latest >= self.since))


ALWAYS = Window()


@dataclass(frozen=True, slots=True)
class Held:
    """A counted meeting, or cooperation, and the first and last day it can have been on; undated when both are None."""

    iri: str
    earliest: date | None
    latest: date | None

    @property
    def is_dated(self) -> bool:
        """Say whether both bounds are known."""
        return self.earliest is not None and self.latest is not None


@dataclass(frozen=True)
class Counted:
    """The meetings (or cooperations, where those are counted) inside a window, and how many were left out and why.

    `names` are their IRIs, sorted. Their days, in `meetings`, are read when first asked for. `outside` lie wholly
    before or after the window, `undated` have no date to compare with it, and `not_held` were planned or cancelled for
    a day of the window, or for no day.
    """

    names: tuple[str, ...]
    read: Callable[[], Sequence[Held]]
    outside: int = 0
    undated: int = 0
    not_held: int = 0

    @cached_property
    def meetings(self) -> tuple[Held, ...]:
        """The meetings with their days, in the order of `names`."""
        return tuple(self.read())

    def left_out(self) -> str:
        """Say in words what was left out, or nothing when every meeting counts."""
        reasons = {"outside the window": self.outside, "without a date": self.undated, "not held": self.not_held}
        said = ", ".join(f"{count} {reason}" for reason, count in reasons.items() if count)
        return f" (left out: {said})" if said else ""


def bounds(graph: Source, predicate: URIRef) -> dict[str, date]:
    """Return subject -> day for one of the two bounds, `kg:earliest` or `kg:latest`."""
    day = cache(date.fromisoformat)  # a register of many years has few days
    return {subject: day(text) for subject, text in pairs(graph, predicate)}


def count_meetings(graph: Source, window: Window = ALWAYS, *, dated: bool = False) -> Counted:
    """Return the held meetings that may have been on a day of the window, sorted by IRI.

    A partial date counts when one of its days is inside. A meeting without a date counts only where no
    day is asked for: neither an end of the window nor `dated`.
    """
    status = dict(links(graph, KG.status))
    held = sorted(status.pop("held", ()))
    others = sorted(chain.from_iterable(status.values()))
    if window == ALWAYS and not dated:
        return Counted(tuple(held), lambda: _with_days(graph, held), not_held=len(others))
    not_held = sum(window.holds(each) or not each.is_dated for each in _with_days(graph, others))
    return sift(_with_days(graph, held), window, dated=dated, not_held=not_held)


def _with_days(graph: Source, names: Iterable[str]) -> list[Held]:
    """Read the days of meetings."""
    earliest, latest = bounds(graph, KG.earliest), bounds(graph, KG.latest)
    return [Held(name, earliest.get(name), latest.get(name)) for name in names]


def sift(every: Sequence[Held], window: Window, *, dated: bool, not_held: int = 0) -> Counted:
    """Keep what may have been on a day of the window; without a date, only where no day is asked for."""
    need_day = dated or window != ALWAYS
    known = [meeting for meeting in every if meeting.is_dated or not need_day]
    inside = [meeting for meeting in known if window.holds(meeting)]
    names = tuple(meeting.iri for meeting in inside)
    return Counted(names, lambda: inside, len(known) - len(inside), len(every) - len(known), not_held)


def seen_until(graph: Source, day: date, window: Window = ALWAYS) -> Window:
    """Return a window up to a day; itself where no held meeting lies after it, so that those without a date count."""
    status = dict(pairs(graph, KG.status))
    last = max(
        (first for meeting, first in bounds(graph, KG.earliest).items() if status.get(meeting) == "held"), default=day
    )
    return window.capped(day) if last > day else window


def span(meetings: Iterable[Held]) -> tuple[str, str]:
    """Return the first and last day of some meetings as ISO 8601 text; empty where no date is known."""
    dated = [(meeting.earliest, meeting.latest) for meeting in meetings if meeting.earliest and meeting.latest]
    if not dated:
        return "", ""
    return min(first for first, _ in dated).isoformat(), max(last for _, last in dated).isoformat()
