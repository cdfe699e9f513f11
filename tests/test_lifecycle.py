"""How far a cooperation got by a day: tables of steps, meetings and what was told when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.collection import DEFAULT_STALE
from kg.dates import PartialDate
from kg.iris import mint
from kg.lifecycle import Cooperation, Event, State, state
from kg.values import Iri

RANKS = {"discussed": 1, "proposed": 2, "letter-of-intent": 3, "mou-signed": 4, "implementation": 6, "completed": 7}
ENDS = {"lapsed": 8, "cancelled": 9}
DAY = date(2020, 12, 31)


def step(stage: str, when: str | None = None, *told: str, key: str = "") -> Event:
    """Make a step."""
    return Event(
        mint("step", f"{stage}{key}"),
        PartialDate(when) if when else None,
        None,
        tuple(map(date.fromisoformat, told)),
        "held",
        mint("stage", stage),
        {**RANKS, **ENDS}[stage],
        stage in ENDS,
    )


def meeting(when: str | None = None, *told: str, status: str = "held", until: str | None = None) -> Event:
    """Make a meeting."""
    end = PartialDate(until) if until else None
    days = tuple(map(date.fromisoformat, told))
    return Event(mint("meeting", f"{status}-{when}"), PartialDate(when) if when else None, end, days, status)


def whole(*events: Event) -> Cooperation:
    """Put events into one cooperation."""
    meetings = tuple(event for event in events if event.stage is None)
    return Cooperation("key", None, (), (), meetings, tuple(event for event in events if event.stage))


def on(day: date, *events: Event, stale: int | None = None) -> State:
    """Judge events on a day, with the usual days."""
    return state(whole(*events), day, DEFAULT_STALE, stale)


def stage_of(found: State) -> str:
    return found.stage.rpartition("/")[2] if found.stage else ""


@pytest.mark.parametrize(
    ("steps", "stage"),
    [
        ([], ""),
        ([step("discussed", "2020-05-01")], "discussed"),
        ([step("discussed", "2020-05-01"), step("proposed", "2019-01-01")], "proposed"),
        ([step("mou-signed", "2021-01-01"), step("discussed", "2020-05-01")], "discussed"),
        ([step("mou-signed", "2021")], ""),
        ([step("mou-signed", "2020")], "mou-signed"),
        ([step("mou-signed", "2020-12-31")], "mou-signed"),
        ([step("mou-signed")], ""),
        ([step("mou-signed", None, "2020-06-01")], "mou-signed"),
        ([step("mou-signed", None, "2021-06-01")], ""),
        ([step("mou-signed", "2018"), step("lapsed", "2019")], "lapsed"),
        ([step("lapsed", "2019"), step("mou-signed", "2020")], "mou-signed"),
        ([step("cancelled", "2021"), step("mou-signed", "2020")], "mou-signed"),
        ([step("lapsed", "2018"), step("cancelled", "2019")], "cancelled"),
        ([step("discussed", "2019"), step("cancelled", "2019")], "cancelled"),
    ],
    ids=[
        "no step, no stage",
        "one step",
        "the highest, not the latest",
        "not what is still to come",
        "not a year to come",
        "a year that is over by the day",
        "the day itself counts",
        "a step without a date that nobody dated told",
        "a step without a date has happened once told",
        "but not before it was told",
        "an end after the highest step",
        "a start after an end",
        "not an end to come",
        "the latest end",
        "an end of the same span",
    ],
)
def test_the_stage_is_the_highest_that_had_happened(steps: list[Event], stage: str) -> None:
    found = on(DAY, *steps)
    assert stage_of(found) == stage
    assert (found.proof.stage if found.proof else None) == found.stage


@pytest.mark.parametrize(
    ("event", "day"),
    [
        (meeting("2020"), date(2020, 12, 31)),
        (meeting("2020", "2020-07-27"), date(2020, 7, 27)),
        (meeting("2020", "2019-07-27"), date(2020, 12, 31)),
        (meeting("2020-05", "2022-01-01"), date(2020, 5, 31)),
        (meeting("2020-05-01", until="2020-05-03"), date(2020, 5, 3)),
        (meeting(None, "2020-07-27", "2020-07-01"), date(2020, 7, 1)),
        (meeting(), None),
        (meeting("2020", "2020-02-01", status="planned"), date(2020, 12, 31)),
    ],
    ids=[
        "a year ends in December",
        "a report bounds a year",
        "a report from before bounds nothing",
        "a late report changes nothing",
        "several days end on the last",
        "no date: the first report",
        "no date, no report",
        "a plan is not held because it was told",
    ],
)
def test_the_day_by_which_it_had_surely_happened(event: Event, day: date | None) -> None:
    assert event.by == day


def test_last_heard_counts_what_was_told_by_the_day_not_after() -> None:
    looked_back = meeting("2020-07-27", "2020-07-28", "2023-01-01")
    assert on(date(2021, 1, 1), looked_back).last == date(2020, 7, 28)
    assert on(date(2023, 1, 1), looked_back).days == 0
    assert on(date(2020, 7, 1), looked_back).last is None
    assert on(date(2020, 7, 1), looked_back).days is None


@pytest.mark.parametrize(
    ("events", "stale", "expected"),
    [
        ([step("discussed", "2020-07-04")], None, False),
        ([step("discussed", "2020-07-03")], None, True),
        ([step("mou-signed", "2020-01-01")], None, False),
        ([step("mou-signed", "2019-12-31")], None, True),
        ([step("mou-signed", "2020-12-01")], 29, True),
        ([step("mou-signed", "2020-12-01")], 30, False),
        ([step("completed", "2015-01-01")], None, False),
        ([step("mou-signed", "2015"), step("lapsed", "2016")], None, False),
        ([meeting("2020-07-03")], None, True),
        ([meeting()], 1, False),
    ],
    ids=[
        "the 180th day of talk",
        "the 181st",
        "a year and a day less of an MoU",
        "an MoU of a year ago",
        "one day more than asked for",
        "as many days as asked for",
        "what is completed does not go stale",
        "what lapsed does not go stale",
        "no stage: as talk",
        "never heard of: cannot say",
    ],
)
def test_staleness_by_stage_or_as_asked(events: list[Event], stale: int | None, *, expected: bool) -> None:
    assert on(DAY, *events, stale=stale).is_stale is expected


def test_a_meeting_alone_has_no_stage() -> None:
    assert on(DAY, meeting("2020-07-27", "2020-07-28")).stage is None


@pytest.mark.parametrize(
    ("events", "planned", "overdue"),
    [
        ([meeting("2021-05", status="planned")], "2021-05", None),
        ([meeting("2022", status="planned"), meeting("2021-05", status="planned")], "2021-05", None),
        ([meeting("2021-05", "2021-01-01", status="planned")], None, None),
        ([meeting("2020-05", status="planned")], None, "2020-05"),
        ([meeting("2020-05", status="planned"), meeting("2020-06-01")], None, None),
        ([meeting("2020-05", status="planned"), meeting("2020-04-01")], None, "2020-05"),
        ([meeting("2020-05", status="cancelled")], None, None),
        ([meeting(status="planned")], None, None),
        ([meeting("2020", status="planned")], "2020", None),
    ],
    ids=[
        "a plan",
        "the next of two",
        "not announced yet",
        "a plan that passed without news",
        "a plan, then a meeting",
        "a meeting, then a plan",
        "called off",
        "planned for no day",
        "the last day it can be on",
    ],
)
def test_what_was_announced(events: list[Event], planned: str | None, overdue: str | None) -> None:
    found = on(DAY, *events)
    assert (str(found.planned.start) if found.planned else None) == planned
    assert (str(found.overdue.start) if found.overdue else None) == overdue


@pytest.mark.parametrize(
    ("event", "known"),
    [
        (meeting("2021-01-01"), True),
        (meeting("2021-01-01", "2020-12-31", status="planned"), True),
        (meeting("2020-01-01", "2021-01-01"), False),
        (replace(meeting("2021-01-01"), known=date(2021, 1, 1)), False),
        (replace(meeting("2021-01-01"), known=DAY), True),
    ],
    ids=["nothing says since when", "told that day", "told later", "heard of later", "heard of that day"],
)
def test_when_it_was_heard_of(event: Event, *, known: bool) -> None:
    assert event.is_known(DAY) is known


def test_a_plan_for_a_year_is_not_met_by_the_meeting_it_was_announced_at() -> None:
    announced = meeting("2020-01-26")
    plan = replace(meeting("2020", status="planned"), follows=(announced.thing,))
    found = on(date(2021, 1, 1), announced, plan)
    assert found.overdue == plan


@pytest.mark.parametrize(
    ("event", "after", "may_be"),
    [
        (meeting("2021-01-01"), True, True),
        (meeting("2020-12-31"), False, False),
        (meeting("2020"), False, False),
        (meeting("2020-12", until="2021-01-02"), False, True),
        (meeting(), False, True),
    ],
    ids=["the day after", "that day", "the year it ends", "days around it", "no date"],
)
def test_what_came_after_a_day(event: Event, *, after: bool, may_be: bool) -> None:
    assert (event.is_after(DAY), event.may_be_after(DAY)) == (after, may_be)


days = st.dates(date(2015, 1, 1), date(2025, 12, 31))
steps = st.builds(
    lambda stage, day, told, key: step(stage, day.isoformat(), told.isoformat(), key=str(key)),
    st.sampled_from([*RANKS, *ENDS]),
    days,
    days,
    st.integers(0, 99),
)


@given(st.lists(steps, max_size=6), days)
def test_no_stage_without_a_step_of_that_stage_by_the_day(every: list[Event], day: date) -> None:
    found = on(day, *every)
    happened = {event.stage for event in every if event.by and event.by <= day}
    assert (found.stage in happened) if happened else (found.stage is None)


@given(st.lists(steps, max_size=6), days)
def test_the_order_of_steps_does_not_matter(every: list[Event], day: date) -> None:
    one, other = on(day, *every), on(day, *reversed(every))
    assert (one.stage, one.last, one.is_stale) == (other.stage, other.last, other.is_stale)


@given(st.lists(steps.filter(lambda s: not s.is_end), max_size=6), days, st.integers(1, 900))
def test_a_stage_without_ends_never_falls(every: list[Event], day: date, later: int) -> None:
    ranks: dict[Iri | None, int] = {event.stage: event.rank for event in every}
    ranks[None] = 0
    assert ranks[on(day, *every).stage] <= ranks[on(day + timedelta(later), *every).stage]


def test_a_stage_is_reached_once_by_the_first_step_that_surely_did() -> None:
    first, year, later = step("discussed", "2019-02-27"), step("discussed", "2019"), step("discussed", "2019-11-01")
    found = on(DAY, later, year, first)
    assert found.proof == first
