"""What was promised, and whether anything came of it: papers signed, hopes stated, meetings announced.

Nothing here knows today: the day is an argument. A promise is kept by what the records tell; that nothing is told
does not mean that nothing happened, and every table says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rdflib import URIRef

from kg.iris import parse
from kg.lifecycle import Cooperation, Event
from kg.measures import Cell, Table
from kg.measures.table import plural
from kg.names import Names
from kg.query import run_query
from kg.statements import statements, told_by

Sort = Literal["paper", "hope", "plan"]
State = Literal["overdue", "open", "kept", "ended"]
_ORDER: tuple[State, ...] = ("overdue", "open", "kept", "ended")
_PAPERS = frozenset({"letter-of-intent", "mou-signed", "agreement-signed"})
_AIMS = "SELECT ?thing ?aim WHERE { ?thing kg:aim ?aim } ORDER BY ?thing ?aim"


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of a cooperation.

    `thing` is the step or meeting that made it, on `made` (a plan: the day it was for); `kept_by` is the first
    step or meeting after it that goes further; `days` count from `made`, `since` the held meetings after it.
    `state` is `kept`, `ended` (the cooperation lapsed or was cancelled after), `overdue` (older than its
    stage allows) or `open`.
    """

    sort: Sort
    text: str
    cooperation: Cooperation
    thing: URIRef
    made: date
    kept_by: URIRef | None
    since: int
    days: int
    state: State


def find_promises(
    names: Names, cooperations: Sequence[Cooperation], as_of: date, stale_days: Mapping[str, int]
) -> list[Promise]:
    """Return every promise made by a day, the overdue first, then the oldest.

    A paper (letter of intent, MoU, agreement) is kept by a later step at a higher stage; so is a hope, the aim of a
    held meeting, and by a step at that meeting higher than talks; a plan by a meeting held on its first day or after.
    Without one, papers and hopes are overdue once `stale_days` of their stage have passed, plans the day after.
    What bears no day is left out.
    """
    aims = _aims(names)
    found = [
        promise
        for cooperation in cooperations
        for make in (
            _papers(cooperation, as_of, stale_days),
            _hopes(cooperation, as_of, stale_days, aims),
            _plans(cooperation, as_of),
        )
        for promise in make
    ]
    return sorted(found, key=lambda each: (_ORDER.index(each.state), each.made, each.thing, each.text))


def _aims(names: Names) -> dict[str, str]:
    """Return meeting -> its aim, in the first language it has one in."""
    found: dict[str, dict[str, str]] = {}
    for thing, aim in run_query(names.dataset, _AIMS, base=names.base).rows:
        found.setdefault(str(thing), {})[getattr(aim, "language", None) or ""] = str(aim)
    return {
        thing: next((texts[tag] for tag in names.languages if tag in texts), min(texts.values()))
        for thing, texts in found.items()
    }


def _papers(cooperation: Cooperation, as_of: date, stale_days: Mapping[str, int]) -> Iterator[Promise]:
    """Yield the papers signed."""
    for step in cooperation.steps:
        stage = _stage(step)
        if stage in _PAPERS and step.by and step.by <= as_of:
            kept = _further(cooperation, step.by, step.rank, as_of)
            yield _promise("paper", stage, cooperation, step, (step.by, kept, as_of, stale_days[stage]))


def _hopes(
    cooperation: Cooperation, as_of: date, stale_days: Mapping[str, int], aims: Mapping[str, str]
) -> Iterator[Promise]:
    """Yield the aims of meetings held."""
    for meeting in cooperation.meetings:
        if meeting.status == "held" and str(meeting.thing) in aims and meeting.by and meeting.by <= as_of:
            kept = _further(cooperation, meeting.by, 1, as_of)
            limits = (meeting.by, kept, as_of, stale_days["discussed"])
            yield _promise("hope", aims[str(meeting.thing)], cooperation, meeting, limits)


def _plans(cooperation: Cooperation, as_of: date) -> Iterator[Promise]:
    """Yield the meetings announced."""
    for plan in cooperation.meetings:
        if plan.status == "planned" and plan.start:
            held = [
                m for m in cooperation.meetings if m.status == "held" and m.by and plan.start.earliest <= m.by <= as_of
            ]
            kept = min(held, key=lambda m: (m.by or date.max, m.thing), default=None)
            yield _promise("plan", "", cooperation, plan, ((plan.end or plan.start).latest, kept, as_of, 0))


def _further(cooperation: Cooperation, day: date, rank: int, as_of: date) -> Event | None:
    """Return the first step on or after a day at a higher stage."""
    after = [s for s in cooperation.steps if s.rank > rank and not s.is_end and s.by and day <= s.by <= as_of]
    return min(after, key=lambda s: (s.by or date.max, s.rank, s.thing), default=None)


def _promise(
    sort: Sort, text: str, cooperation: Cooperation, made_in: Event, limits: tuple[date, Event | None, date, int]
) -> Promise:
    """Judge one promise by its day, what kept it, the day of asking and how long it may take."""
    made, kept, as_of, allowed = limits
    since = sum(1 for m in cooperation.meetings if m.status == "held" and m.opens and made < m.opens <= as_of)
    days = (as_of - made).days
    ended = any(step.is_end and step.by and made <= step.by <= as_of for step in cooperation.steps)
    state: State = "kept" if kept else "ended" if ended else "overdue" if days > allowed else "open"
    return Promise(sort, text, cooperation, made_in.thing, made, kept.thing if kept else None, since, days, state)


def _stage(step: Event) -> str:
    """Return the id of a step's stage."""
    name = parse(step.stage) if step.stage else None
    return name.key if name else ""


def promise_table(names: Names, promises: Sequence[Promise], as_of: date) -> Table:
    """Return one row a promise: its sort and words, the parties, when, what kept it, days, and who says so."""
    said = statements(names, [promise.thing for promise in promises])
    rows: list[tuple[Cell, ...]] = [
        (
            promise.sort,
            _words(names, promise),
            ", ".join(names.label(party) for party in promise.cooperation.parties),
            promise.made.isoformat(),
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
    late = sum(1 for promise in promises if promise.state == "overdue")
    notes = (
        f"{plural(len(promises), 'promise')} by {as_of}, {late} overdue." if promises else f"No promise by {as_of}.",
        "Kept: by a later step at a higher stage; a plan, by a meeting held. Overdue: none told of in time.",
        "That nobody told of it does not mean that nothing was done.",
    )
    return Table("promises", columns, tuple(rows), notes)


def _words(names: Names, promise: Promise) -> str:
    """Return what was promised."""
    if promise.sort == "paper":
        stage = names.label(f"https://w3id.org/cooperation-kg/id/stage/{promise.text}")
        whole = promise.cooperation.thing
        return f"{stage}: {names.label(whole)}" if whole else stage
    return promise.text or names.label(promise.thing)
