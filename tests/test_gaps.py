"""Gaps: talks without a paper, and parties with a sector and a neighbour in common that never met."""

from dataclasses import replace
from datetime import date

import pytest
from rdf_iris import mint as uri
from rdflib import Dataset, Literal
from small_world import small_dataset

from kg.cooperations import read_cooperations
from kg.dates import PartialDate
from kg.gaps import unmet, unsigned
from kg.iris import mint
from kg.lifecycle import Cooperation, Event
from kg.names import Names
from kg.network import Window
from kg.tabular import Table
from kg.terms import KG
from kg.values import Iri

AS_OF = date(2026, 1, 1)


@pytest.fixture
def world() -> Dataset:
    """Return the small world as a dataset of its own."""
    return small_dataset()


def pairs(table: Table) -> list[tuple[object, object, object]]:
    """Return the labels of each pair and what they share."""
    return list(zip(table.column("label"), table.column("other label"), table.column("sectors"), strict=True))


def test_who_shares_a_sector_and_a_neighbour_but_never_met(world: Dataset) -> None:
    world.default_graph.remove((uri("party", "kawasaki-waterworks"), KG.unitOf, None))
    table = unmet(Names(world))
    assert pairs(table) == [("Kawasaki", "Kawasaki Waterworks", "Water supply")]
    assert table.column("neighbours") == ["Makassar"]
    assert "1 pair sharing a sector and a neighbour never met, as far as is told." in table.notes


def test_a_unit_and_its_body_are_no_pair(world: Dataset) -> None:
    assert unmet(Names(world)).rows == ()


def test_each_pair_has_the_meetings_that_show_it(world: Dataset) -> None:
    world.default_graph.remove((uri("party", "kawasaki-waterworks"), KG.unitOf, None))
    table = unmet(Names(world))
    meetings = [mint("meeting", "water-2"), mint("meeting", "water-1")]
    assert [(row[8], row[9]) for row in table.rows] == [tuple(map(str, meetings))]


def test_two_at_a_meeting_without_a_date_may_have_met_in_any_window(world: Dataset) -> None:
    world.default_graph.remove((uri("party", "kawasaki-waterworks"), KG.unitOf, None))
    window = Window(until=date(2025, 12, 31))
    assert len(unmet(Names(world), window=window).rows) == 1
    for each in ("kawasaki", "kawasaki-waterworks"):
        world.default_graph.add((uri("meeting", "undated"), KG.party, uri("party", each)))
    assert unmet(Names(world), window=window).rows == ()


def test_a_collection_around_one_city_says_so(world: Dataset) -> None:
    notes = unmet(Names(world)).notes
    assert "With 5 parties a rank says little: one meeting more could turn it round." in notes
    assert any(note.startswith("Makassar is tied to 4 of 4 others") for note in notes)


def test_who_is_left_out_is_named_and_no_longer_called_the_centre(world: Dataset) -> None:
    notes = unmet(Names(world), without=frozenset({str(mint("party", "makassar"))})).notes
    assert notes[0].endswith(" Left out: Makassar.")
    assert not any("Makassar is tied to" in note for note in notes)
    assert "With 4 parties a rank says little: one meeting more could turn it round." in notes


def test_only_one_sector(world: Dataset) -> None:
    world.default_graph.remove((uri("party", "kawasaki-waterworks"), KG.unitOf, None))
    assert unmet(Names(world), sector=mint("sector", "smart-city")).rows == ()
    assert len(unmet(Names(world), sector=mint("sector", "water-supply")).rows) == 1


def test_around_the_one_everybody_met(world: Dataset) -> None:
    world.default_graph.remove((uri("party", "kawasaki-waterworks"), KG.unitOf, None))
    assert unmet(Names(world), without=frozenset({str(mint("party", "makassar"))})).rows == ()
    assert unmet(Names(world), window=Window(since=date(2024, 1, 1))).rows == ()


def test_most_in_common_comes_first(world: Dataset) -> None:
    world.default_graph.remove((uri("party", "kawasaki-waterworks"), KG.unitOf, None))
    for each in ("water-1", "yokohama"):
        world.default_graph.add((uri("meeting", each), KG.sector, uri("sector", "smart-city")))
    table = unmet(Names(world), most=1)
    assert len(table.rows) == 1
    assert "the first 1 are shown" in table.notes[1]
    # 1 / log(4): Makassar has four neighbours, and none of the pairs has another in common.
    assert unmet(Names(world)).column("score")[0] == pytest.approx(0.721348)


def cooperation(key: str, *steps: Event, status: str = "held") -> Cooperation:
    """Return a cooperation about water with one meeting of the small world."""
    meeting = Event(mint("meeting", "water-1"), PartialDate("2023-03-01"), None, status=status)
    parties = (mint("party", "kawasaki"), mint("party", "makassar"))
    return Cooperation(key, None, parties, (mint("sector", "water-supply"),), (meeting,), steps)


def step(stage: str, rank: int) -> Event:
    return Event(Iri(f"urn:{stage}"), PartialDate("2023-03-01"), None, stage=mint("stage", stage), rank=rank)


def test_talks_that_led_to_no_paper(world: Dataset) -> None:
    world.default_graph.add((uri("stage", "discussed"), KG.name, Literal("discussed")))
    signed, talked = cooperation("signed", step("mou-signed", 4)), cooperation("talked", step("discussed", 1))
    table = unsigned(Names(world), [signed, talked, cooperation("planned", status="planned")], AS_OF)
    assert table.rows == (
        (
            None,
            None,
            "Kawasaki, Makassar",
            "Water supply",
            1,
            "2023-03-01",
            "2023-03-01",
            1037,
            "discussed",
            str(mint("meeting", "water-1")),
            "",
        ),
    )
    assert "1 cooperation with held meetings and no paper by 2026-01-01." in table.notes


@pytest.mark.parametrize(("start", "told", "written", "days"), [
    (PartialDate("2017-09"), (), "2017-09", 3015),
    (PartialDate("2020"), (date(2020, 7, 27),), "2020", 1984),
    (None, (date(2025, 5, 18),), "≤ 2025-05-18", 228),
], ids=["a month stays a month", "a year stays a year", "no day but that of the report"])  # fmt: skip
def test_the_day_of_a_report_is_not_the_day_of_the_talks(
    world: Dataset, start: PartialDate | None, told: tuple[date, ...], written: str, days: int
) -> None:
    talked = replace(cooperation("x"), meetings=(Event(mint("meeting", "water-1"), start, None, told),))
    assert unsigned(Names(world), [talked], AS_OF).rows[0][5:8] == (written, written, days)


def test_talks_without_a_day_are_counted(world: Dataset) -> None:
    undated = replace(cooperation("x"), meetings=(Event(mint("meeting", "undated"), None, None),))
    notes = unsigned(Names(world), [undated], AS_OF).notes
    assert notes[-1] == "1 cooperation left out, whose held meetings bear no date."


def test_talks_about_one_sector(world: Dataset) -> None:
    names, every = Names(world), read_cooperations(Names(world))
    assert len(unsigned(names, every, AS_OF).rows) == 3
    about = unsigned(names, every, AS_OF, sector=mint("sector", "smart-city"))
    assert about.column("parties") == ["iForcom, Makassar, Yokohama"]
    assert "about Smart city" in about.notes[0]


def test_nothing_is_a_sentence(world: Dataset) -> None:
    assert "0 cooperations" in unsigned(Names(world), [], AS_OF).notes[0]
