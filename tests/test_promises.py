"""Promises: papers, hopes and plans, kept or not by a day, in words that claim no more than was told."""

from datetime import date

import pytest
from rdflib import Dataset, Literal, URIRef
from small_world import small_dataset

from kg.dates import PartialDate
from kg.iris import mint
from kg.lifecycle import Cooperation, Event
from kg.names import Names
from kg.promises import Promise, find_promises, promise_table
from kg.terms import KG

AS_OF = date(2026, 1, 1)
ALLOWED = {"discussed": 180, "letter-of-intent": 365, "mou-signed": 365, "agreement-signed": 365}
WATER = mint("cooperation", "water")


def step(day: str, stage: str, rank: int, *, is_end: bool = False) -> Event:
    """Return a step at a stage on a day."""
    return Event(
        mint("step", f"{stage}-{day}"), PartialDate(day), None, stage=mint("stage", stage), rank=rank, is_end=is_end
    )


def meeting(key: str, day: str, status: str = "held") -> Event:
    """Return a meeting on a day."""
    return Event(mint("meeting", key), PartialDate(day) if day else None, None, status=status)


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
        (WATER, KG.name, Literal("Water")),
        (mint("stage", "mou-signed"), KG.name, Literal("MoU signed")),
        (mint("meeting", "water-1"), KG.aim, Literal("Clean water", lang="en")),
        (mint("meeting", "water-1"), KG.aim, Literal("きれいな水", lang="ja")),
    ):
        dataset.default_graph.add(triple)
    return dataset


def promises(world: Dataset, *events: Event, language: str = "en") -> list[Promise]:
    """Return the promises of one cooperation."""
    return find_promises(Names(world, (language,)), [cooperation(*events)], AS_OF, ALLOWED)


MOU, BUILT = step("2024-03-01", "mou-signed", 4), step("2025-06-01", "implementation", 6)


@pytest.mark.parametrize(
    ("events", "state", "kept_by"),
    [
        pytest.param([MOU], "overdue", None, id="an MoU nothing came of"),
        pytest.param([MOU, BUILT], "kept", BUILT.thing, id="an MoU that was carried out"),
        pytest.param(
            [MOU, step("2023-01-01", "implementation", 6)], "overdue", None, id="what came before keeps nothing"
        ),
        pytest.param([MOU, step("2027-01-01", "implementation", 6)], "overdue", None, id="nor does what is to come"),
        pytest.param([MOU, step("2024-05-01", "lapsed", 8, is_end=True)], "ended", None, id="an MoU that lapsed"),
        pytest.param([step("2025-09-01", "mou-signed", 4)], "open", None, id="an MoU within its time"),
        pytest.param([meeting("water-1", "2023-03-01")], "overdue", None, id="a hope nothing came of"),
        pytest.param([meeting("water-1", "2023-03-01"), MOU], "kept", MOU.thing, id="a hope that led to a paper"),
        pytest.param([meeting("water-1", "2025-12-01")], "open", None, id="a young hope"),
        pytest.param([meeting("planned", "2025-11", "planned")], "overdue", None, id="a plan nobody told of again"),
        pytest.param(
            [meeting("planned", "2025-11", "planned"), meeting("yokohama", "2025-11-05")],
            "kept",
            mint("meeting", "yokohama"),
            id="a plan that took place",
        ),
        pytest.param([meeting("planned", "2026-02", "planned")], "open", None, id="a plan to come"),
    ],
)
def test_what_became_of_it(world: Dataset, events: list[Event], state: str, kept_by: URIRef | None) -> None:
    found = next(each for each in promises(world, *events) if each.thing == events[0].thing)
    assert (found.state, found.kept_by) == (state, kept_by)


def test_talks_and_what_bears_no_day_promise_nothing(world: Dataset) -> None:
    assert (
        promises(world, step("2024-01-01", "discussed", 1), meeting("water-1", ""), meeting("water-2", "2025-03")) == []
    )


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
    assert table.notes[0] == "1 promise by 2026-01-01, 1 overdue."
    assert "does not mean that nothing was done" in table.notes[2]
    assert promise_table(Names(world), [], AS_OF).notes[0] == "No promise by 2026-01-01."
