"""What was promised, and whether anything came of it: papers signed, hopes stated, meetings announced.

Nothing here knows today: the day is an argument. Only what is dated surely after a promise, and is not the record that
states it, keeps it. That nothing is told does not mean that nothing happened, and every table says so.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kg.iris import mint, parse
from kg.lifecycle import Cooperation, Event
from kg.names import Names
from kg.statements import tellers, told_by
from kg.tabular import Cell, Table, plural
from kg.values import Iri

Sort = Literal["paper", "hope", "plan"]
State = Literal["overdue", "unclear", "open", "kept", "ended"]
_ORDER: tuple[State, ...] = ("overdue", "unclear", "open", "kept", "ended")
_PAPERS = frozenset({"letter-of-intent", "mou-signed", "agreement-signed"})
_PAPER = 3
"""The rank of a letter of intent, the least of papers."""
RULES = (
    "Kept: a paper, by a step to a higher stage; a hope, by a paper or work that goes further than its meeting did;",
    "a plan, by a meeting held on its days or said to follow it; each on a later day and by another record.",
    "Overdue: nothing of the kind told of in the days its stage allows; a plan, once its days are over.",
    "Unclear: dates do not say whether it came after. meetings since: held after it, whatever they were about.",
    "That nobody told of it does not mean that nothing was done.",
)
"""What the table says of its states."""
_AIMS = "SELECT ?thing ?aim WHERE { ?thing kg:aim ?aim } ORDER BY ?thing ?aim"


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of a cooperation.

    `thing` is the step or meeting that made it, dated `written` (a plan: the days it was for), surely by `made`; `days`
    count from `made`, and are below 0 while it is to come; both are None without a date. `since` are the held meetings
    after it.
    `state` is `kept`, `ended` (the cooperation lapsed or was cancelled after), `overdue` (older than its stage
    allows), `open`, or `unclear`: dates do not say whether what would keep it came after. `kept_by` is the first
    step or meeting that keeps it or, when that is unclear, may.
    """

    sort: Sort
    text: str
    cooperation: Cooperation
    thing: Iri
    written: str
    made: date | None
    kept_by: Iri | None
    since: int
    days: int | None
    state: State


def find_promises(
    names: Names, cooperations: Sequence[Cooperation], as_of: date, stale_days: Mapping[str, int]
) -> list[Promise]:
    """Return every promise made by a day, the overdue first, then the oldest, those without a date last.

    A paper (letter of intent, MoU, agreement) is kept by a later step at a higher stage. A hope, the aim of a held
    meeting, is kept by a later paper or work that goes further than that meeting did; another proposal keeps none.
    A plan is kept by a held meeting on the days announced, or by one that says it follows the plan; never by the
    meeting it was announced at. Later is surely later: a day after, where the dates leave no doubt.

    Without one, papers and hopes are overdue once `stale_days` of their stage have passed, plans the day after.
    `cooperations` are those of the day: `read_cooperations(names, as_of)`.
    """
    aims = _aims(names)
    found = [
        _judged(made, as_of)
        for cooperation in cooperations
        for every in (
            _papers(cooperation, as_of, stale_days),
            _hopes(cooperation, as_of, stale_days, aims),
            _plans(cooperation, as_of),
        )
        for made in every
    ]
    return sorted(found, key=lambda each: (_ORDER.index(each.state), each.made or date.max, each.thing, each.text))


def _aims(names: Names) -> dict[str, str]:
    """Return meeting -> its aim, in the first language it has one in."""
    found: dict[str, dict[str, str]] = {}
    for thing, aim in names.select(_AIMS):
        found.setdefault(str(thing), {})[getattr(aim, "language", None) or ""] = str(aim)
    return {
        thing: next((texts[tag] for tag in names.languages if tag in texts), min(texts.values()))
        for thing, texts in found.items()
    }


@dataclass(frozen=True, slots=True)
class _Made:
    """A promise before it is judged: the days it may take, what surely keeps it, and what may."""

    sort: Sort
    text: str
    cooperation: Cooperation
    event: Event
    day: date | None
    allowed: int
    sure: Sequence[Event]
    doubtful: Sequence[Event]


def _papers(cooperation: Cooperation, as_of: date, stale_days: Mapping[str, int]) -> Iterator[_Made]:
    """Yield the papers signed."""
    for step in cooperation.steps:
        stage = _stage(step)
        if stage in _PAPERS and _has_happened(step, as_of):
            further = _further(cooperation, step.rank + 1)
            yield _Made("paper", stage, cooperation, step, step.by, stale_days[stage], *_after(step.by, further))


def _hopes(
    cooperation: Cooperation, as_of: date, stale_days: Mapping[str, int], aims: Mapping[str, str]
) -> Iterator[_Made]:
    """Yield the aims of meetings held."""
    for meeting in cooperation.meetings:
        text = aims.get(str(meeting.thing))
        if text and meeting.status == "held" and _has_happened(meeting, as_of):
            own = [step.rank for step in cooperation.steps if meeting.thing in step.follows and not step.is_end]
            further = _further(cooperation, max(_PAPER, 1 + max(own, default=0)), besides=meeting.thing)
            allowed = stale_days["discussed"]
            yield _Made("hope", text, cooperation, meeting, meeting.by, allowed, *_after(meeting.by, further))


def _plans(cooperation: Cooperation, as_of: date) -> Iterator[_Made]:
    """Yield the meetings announced for a day."""
    for plan in cooperation.meetings:
        if plan.status == "planned" and plan.start and plan.is_known(as_of):
            held = [m for m in cooperation.meetings if m.status == "held" and m.thing not in plan.follows]
            linked = [m for m in held if plan.thing in m.follows]
            since, until = plan.start.earliest, (plan.end or plan.start).latest
            then = [m for m in held if m not in linked and _may_be_within(m, since, until)]
            sure, doubtful = _after(_stated(plan, cooperation, until), then)
            within = [m for m in sure if m.opens and m.by and since <= m.opens and m.by <= until]
            doubtful += [m for m in sure if m not in within]
            yield _Made("plan", "", cooperation, plan, until, 0, [*linked, *within], doubtful)


def _has_happened(event: Event, as_of: date) -> bool:
    """Say whether it had surely happened by a day; what bears no day at all is taken in."""
    return event.by is None or event.by <= as_of


def _further(cooperation: Cooperation, least: int, *, besides: Iri | None = None) -> list[Event]:
    """Return the steps of a rank or above, ends left out, none of them taken at one meeting."""
    return [
        step for step in cooperation.steps if step.rank >= least and not step.is_end and besides not in step.follows
    ]


def _after(day: date | None, events: Iterable[Event]) -> tuple[list[Event], list[Event]]:
    """Return the events that surely came after a day, and those that may have."""
    every = list(events)
    sure = [event for event in every if event.is_after(day)]
    return sure, [event for event in every if event not in sure and event.may_be_after(day)]


def _may_be_within(meeting: Event, since: date, until: date) -> bool:
    """Say whether a meeting can have been on one of some days."""
    return not (meeting.by and meeting.by < since) and not (meeting.opens and meeting.opens > until)


def _stated(plan: Event, cooperation: Cooperation, until: date) -> date:
    """Return the day a plan was told of first, or of the meeting it was announced at; else the first of all days."""
    followed = [m.by for m in cooperation.meetings if m.thing in plan.follows]
    return min((day for day in (*plan.told, *followed) if day and day <= until), default=date.min)


def _judged(made: _Made, as_of: date) -> Promise:
    """Judge a promise by its day and by what had happened since."""
    whole, day = made.cooperation, made.day
    days = (as_of - day).days if day else None
    since = sum(1 for m in whole.meetings if m.status == "held" and m.is_after(day) and _has_happened(m, as_of))
    sure, doubtful = _first(made.sure, as_of), _first(made.doubtful, as_of)
    is_over = any(step.is_end and step.by and (day or step.by) <= step.by <= as_of for step in whole.steps)
    late: State = "unclear" if days is None or doubtful else "overdue" if days > made.allowed else "open"
    by = sure or doubtful
    return Promise(
        made.sort,
        made.text,
        whole,
        made.event.thing,
        made.event.written,
        day,
        by.thing if by else None,
        since,
        days,
        "kept" if sure else "ended" if is_over else late,
    )


def _first(events: Iterable[Event], as_of: date) -> Event | None:
    """Return the first of some events that had happened by a day; what bears no day comes last."""
    known = [event for event in events if _has_happened(event, as_of)]
    return min(known, key=lambda event: (event.by or date.max, event.rank, event.thing), default=None)


def _stage(step: Event) -> str:
    """Return the id of a step's stage."""
    name = parse(step.stage) if step.stage else None
    return name.key if name else ""


def promise_table(names: Names, promises: Sequence[Promise], as_of: date, *, kind: str = "promise") -> Table:
    """Return one row a promise: its sort and words, the parties, when, what kept it, days, and who says so.

    `kind` is what the notes call them: promises of one state only are no others.
    """
    said = tellers(names, [promise.thing for promise in promises])
    rows: list[tuple[Cell, ...]] = [
        (
            promise.sort,
            promise_words(names, promise),
            ", ".join(names.label(party) for party in promise.cooperation.parties),
            promise.written or None,
            promise.days,
            promise.state,
            str(promise.kept_by) if promise.kept_by else None,
            promise.since,
            str(promise.thing),
            told_by(said[str(promise.thing)]),
        )
        for promise in promises
    ]
    columns = ("sort", "promise", "parties", "day", "days", "state", "kept by", "meetings since", "id", "proof")
    told = f"{plural(len(promises), kind)} by {as_of}: {_of_what(promises, kind)}."
    notes = (told if promises else f"No {kind} by {as_of}.", *RULES)
    return Table("promises", columns, tuple(rows), notes)


def _of_what(promises: Sequence[Promise], kind: str) -> str:
    """Count promises by state, or by sort where what they are called says the state."""
    states = Counter(promise.state for promise in promises)
    if not any(kind.startswith(state) for state in states):
        return ", ".join(f"{states[state]} {state}" for state in _ORDER if states[state])
    return ", ".join(plural(number, sort) for sort, number in sorted(Counter(each.sort for each in promises).items()))


def promise_words(names: Names, promise: Promise) -> str:
    """Return what was promised."""
    if promise.sort == "paper":
        stage = names.label(mint("stage", promise.text))
        whole = promise.cooperation.thing
        return f"{stage}: {names.label(whole)}" if whole else stage
    return promise.text or names.label(promise.thing)
