"""Promises: papers, hopes and plans, kept or not by a day, in words that claim no more than was told."""

from dataclasses import replace
from datetime import date

import pytest
from rdf_iris import mint as uri
from rdflib import Dataset, Literal, URIRef
from small_world import small_dataset

from kg.dates import PartialDate
from kg.iris import mint
from kg.lifecycle import Cooperation, Event
from kg.names import Names
from kg.promises import RULES, Promise, find_promises, promise_table
from kg.terms import KG

AS_OF = date(2026, 1, 1)
ALLOWED = {"discussed": 180, "letter-of-intent": 365, "mou-signed": 365, "agreement-signed": 365}
WATER = mint("cooperation", "water")


def step(day: str, stage: str, rank: int, at: str = "", *, is_end: bool = False) -> Event:
    """Return a step to a stage on a day, taken at a meeting where one is named."""
    start = PartialDate(day) if day else None
    follows = (mint("meeting", at),) if at else ()
    return Event(
        mint("step", f"{stage}-{day}"),
        start,
        None,
        stage=mint("stage", stage),
        rank=rank,
        is_end=is_end,
        follows=follows,
    )


def meeting(key: str, day: str, status: str = "held", follows: str = "", *, until: str = "") -> Event:
    """Return a meeting on a day, or until another, that follows one where it is named."""
    start, end = PartialDate(day) if day else None, PartialDate(until) if until else None
    return Event(
        mint("meeting", key), start, end, status=status, follows=(mint("meeting", follows),) if follows else ()
    )


def cooperation(*events: Event) -> Cooperation:
    """Return a cooperation of some meetings and steps."""
    meetings = tuple(event for event in events if "/meeting/" in event.thing)
    steps = tuple(event for event in events if "/step/" in event.thing)
    parties = (mint("party", "kawasaki"), mint("party", "makassar"))
    return Cooperation(str(WATER), WATER, parties, (), meetings, steps)


@pytest.fixture(scope="module")
def world() -> Dataset:
    """Return the small world with a named cooperation, a stage and aims in two languages."""
    dataset = small_dataset()
    for triple in (
        (uri("cooperation", "water"), KG.name, Literal("Water")),
        (uri("stage", "mou-signed"), KG.name, Literal("MoU signed")),
        (uri("meeting", "water-1"), KG.aim, Literal("Clean water", lang="en")),
        (uri("meeting", "water-1"), KG.aim, Literal("きれいな水", lang="ja")),
    ):
        dataset.default_graph.add(triple)
    return dataset


def promises(world: Dataset, *events: Event, language: str = "en") -> list[Promise]:
    """Return the promises of one cooperation."""
    return find_promises(Names(world, (language,)), [cooperation(*events)], AS_OF, ALLOWED)


MOU, BUILT = step("2024-03-01", "mou-signed", 4), step("2025-06-01", "implementation", 6)
HOPE, PLAN = meeting("water-1", "2023-03-01"), meeting("planned", "2025-11", "planned", "water-2")
HELD = mint("meeting", "yokohama")


@pytest.mark.parametrize(
    ("events", "state", "kept_by"),
    [
        pytest.param([MOU], "overdue", None, id="an MoU nothing came of"),
        pytest.param([MOU, BUILT], "kept", BUILT.thing, id="an MoU that was carried out"),
        pytest.param(
            [MOU, step("2023-01-01", "implementation", 6)], "overdue", None, id="what came before keeps nothing"
        ),
        pytest.param([MOU, step("2027-01-01", "implementation", 6)], "overdue", None, id="nor does what is to come"),
        pytest.param([MOU, step("2024-03-01", "implementation", 6)], "overdue", None, id="nor what came that day"),
        pytest.param([MOU, step("2025-03-01", "proposed", 2)], "overdue", None, id="nor a step that goes no further"),
        pytest.param(
            [MOU, step("2024", "implementation", 6)],
            "unclear",
            mint("step", "implementation-2024"),
            id="a year says not whether work came after",
        ),
        pytest.param(
            [MOU, step("2024", "implementation", 6), BUILT], "kept", BUILT.thing, id="what is sure before what may be"
        ),
        pytest.param(
            [MOU, step("", "implementation", 6)],
            "unclear",
            mint("step", "implementation-"),
            id="work without a day may have come after",
        ),
        pytest.param([step("", "mou-signed", 4)], "unclear", None, id="an MoU without a day"),
        pytest.param([MOU, step("2024-05-01", "lapsed", 8, is_end=True)], "ended", None, id="an MoU that lapsed"),
        pytest.param([step("2025-09-01", "mou-signed", 4)], "open", None, id="an MoU within its time"),
        pytest.param([HOPE], "overdue", None, id="a hope nothing came of"),
        pytest.param([HOPE, MOU], "kept", MOU.thing, id="a hope that led to a paper"),
        pytest.param([HOPE, step("2023-06-01", "proposed", 2)], "overdue", None, id="a proposal keeps no hope"),
        pytest.param(
            [HOPE, step("2023-03-01", "proposed", 2, "water-1")], "overdue", None, id="nor does the meeting of the hope"
        ),
        pytest.param(
            [HOPE, step("2023-09-01", "implementation", 6, "water-1")],
            "overdue",
            None,
            id="nor a step taken there, dated later",
        ),
        pytest.param(
            [HOPE, step("2023-03-01", "mou-signed", 4, "water-1"), MOU],
            "overdue",
            None,
            id="nor a paper no higher than the one signed there",
        ),
        pytest.param([meeting("water-1", "2025-12-01")], "open", None, id="a young hope"),
        pytest.param([meeting("water-1", "")], "unclear", None, id="a hope without a day"),
        pytest.param([PLAN], "overdue", None, id="a plan nobody told of again"),
        pytest.param([PLAN, meeting("yokohama", "2025-11-05")], "kept", HELD, id="a plan that took place"),
        pytest.param(
            [PLAN, meeting("water-2", "2025-11-01")],
            "overdue",
            None,
            id="the meeting it was announced at keeps no plan",
        ),
        pytest.param(
            [PLAN, meeting("water-2", "2025-11-05"), meeting("yokohama", "2025-11-05")],
            "overdue",
            None,
            id="nor does one of the day it was announced",
        ),
        pytest.param([PLAN, meeting("yokohama", "2025-12-05")], "overdue", None, id="nor one after its days"),
        pytest.param(
            [PLAN, meeting("yokohama", "2025-12-05", "held", "planned")], "kept", HELD, id="unless it follows the plan"
        ),
        pytest.param([PLAN, meeting("yokohama", "2025")], "unclear", HELD, id="a year says not whether it was then"),
        pytest.param([PLAN, meeting("yokohama", "")], "unclear", HELD, id="nor does no date"),
        pytest.param(
            [meeting("planned", "2025-10-27", "planned", until="2025-10-31"), meeting("yokohama", "2025-10-30")],
            "kept",
            HELD,
            id="a plan of several days",
        ),
        pytest.param([meeting("planned", "2026-02", "planned")], "open", None, id="a plan to come"),
    ],
)
def test_what_became_of_it(world: Dataset, events: list[Event], state: str, kept_by: URIRef | None) -> None:
    found = next(each for each in promises(world, *events) if each.thing == events[0].thing)
    assert (found.state, found.kept_by) == (state, kept_by)


def test_talks_promise_nothing(world: Dataset) -> None:
    assert promises(world, step("2024-01-01", "discussed", 1), meeting("water-2", "2025-03")) == []


@pytest.mark.parametrize(
    ("event", "as_of", "count"),
    [
        pytest.param(MOU, date(2024, 2, 29), 0, id="a paper not yet signed"),
        pytest.param(HOPE, date(2023, 2, 28), 0, id="a hope not yet stated"),
        pytest.param(replace(PLAN, known=date(2025, 10, 1)), date(2025, 9, 30), 0, id="a plan not yet announced"),
        pytest.param(replace(PLAN, known=date(2025, 10, 1)), date(2025, 10, 1), 1, id="a plan announced that day"),
    ],
)
def test_nothing_is_promised_before_it_was_told(world: Dataset, event: Event, as_of: date, count: int) -> None:
    assert len(find_promises(Names(world), [cooperation(event)], as_of, ALLOWED)) == count


def test_the_overdue_come_first_then_the_oldest(world: Dataset) -> None:
    found = promises(
        world, step("2025-09-01", "mou-signed", 4), MOU, meeting("water-1", "2023-03-01"), meeting("water-2", "2025-03")
    )
    assert [(each.sort, each.state) for each in found] == [("paper", "overdue"), ("paper", "open"), ("hope", "kept")]
    assert [each.since for each in found] == [1, 0, 1]
    assert found[0].days == 671


def test_a_hope_speaks_the_language_asked_for(world: Dataset) -> None:
    event = meeting("water-1", "2023-03-01")
    assert [promises(world, event, language=tag)[0].text for tag in ("ja", "en", "id")] == [
        "きれいな水",
        "Clean water",
        "Clean water",
    ]


def test_the_table_says_what_it_does_not_know(world: Dataset) -> None:
    table = promise_table(Names(world), promises(world, MOU), AS_OF)
    assert table.rows == (
        (
            "paper",
            "MoU signed: Water",
            "Kawasaki, Makassar",
            "2024-03-01",
            671,
            "overdue",
            None,
            0,
            str(MOU.thing),
            "",
        ),
    )
    assert table.notes == ("1 promise by 2026-01-01: 1 overdue.", *RULES)
    late = promise_table(Names(world), promises(world, MOU), AS_OF, kind="overdue promise")
    assert late.notes[0] == "1 overdue promise by 2026-01-01: 1 paper."
    assert promise_table(Names(world), [], AS_OF).notes[0] == "No promise by 2026-01-01."
