"""Parties side by side, and the most alike first."""

from datetime import date

import pytest
from rdf_iris import mint as uri
from rdflib import Dataset, Literal
from small_world import small_dataset

from kg.compare import Profiles, compare, profiles, similar
from kg.dates import PartialDate
from kg.iris import mint
from kg.lifecycle import Cooperation, Event
from kg.names import Names
from kg.network import Window
from kg.terms import KG
from kg.values import Iri

AS_OF = date(2026, 1, 1)
MAKASSAR, KAWASAKI, YOKOHAMA, WATERWORKS = (
    mint("party", key) for key in ("makassar", "kawasaki", "yokohama", "kawasaki-waterworks")
)
STEPS = tuple(
    Event(mint("step", stage), PartialDate(day), None, stage=mint("stage", stage), rank=rank)
    for stage, day, rank in (("discussed", "2023-01-01", 1), ("mou-signed", "2025-01-01", 4), ("completed", "2027", 7))
)
WATER = Cooperation("water", None, (KAWASAKI, MAKASSAR), (), (), STEPS)


@pytest.fixture(scope="module")
def world() -> Dataset:
    dataset = small_dataset()
    dataset.default_graph.add((uri("stage", "mou-signed"), KG.name, Literal("MoU signed")))
    return dataset


@pytest.fixture(scope="module")
def found(world: Dataset) -> Profiles:
    return profiles(Names(world), [WATER], AS_OF)


def test_a_profile_of_held_meetings(found: Profiles) -> None:
    profile = found[str(MAKASSAR)]
    assert len(profile.meetings) == 4  # of 2023 and 2025, and the undated one: none lies after the day
    assert {partner.rpartition("/")[2] for partner in profile.partners} == {
        "kawasaki",
        "kawasaki-waterworks",
        "yokohama",
        "iforcom",
    }
    signed = STEPS[1]
    assert (profile.papers, profile.highest) == ((signed.thing,), (signed.stage, signed.thing))


def test_two_side_by_side(world: Dataset, found: Profiles) -> None:
    table = compare(Names(world), found[str(KAWASAKI)], found[str(WATERWORKS)])
    assert table.columns == ("fact", "Kawasaki", "Kawasaki Waterworks", "in common", "record", "other record", "proof")
    second, first = (str(mint("meeting", key)) for key in ("water-2", "water-1"))
    signed = str(STEPS[1].thing)
    assert [row[:6] for row in table.rows] == [
        ("meetings held", 1, 1, None, second, first),
        ("first day", "2025-03-01", "2023-03-01", None, second, first),
        ("last day", "2025-03-31", "2023-03-01", None, second, first),
        ("partners", 1, 1, "1: Makassar", second, first),
        ("officials there", 2, 3, "2: Amir, Chie", second, first),
        ("sectors", 1, 2, "1: Water supply", second, first),
        ("cooperations with a paper or more", 1, 0, None, signed, None),
        ("highest stage", "MoU signed", None, None, signed, None),
    ]


def test_what_is_left_out_is_said(world: Dataset) -> None:
    early = profiles(Names(world), [], date(2024, 1, 1))
    notes = compare(Names(world), early[str(MAKASSAR)], early[str(YOKOHAMA)]).notes
    assert notes[:2] == (
        "1 held meeting counted to 2024-01-01 (left out: 2 outside the window, 1 without a date).",
        "Yokohama was at no held meeting that counts.",
    )


def test_a_party_at_no_meeting_is_like_nobody(world: Dataset) -> None:
    early = profiles(Names(world), [], date(2024, 1, 1))
    table = similar(Names(world), YOKOHAMA, early)
    assert table.rows == ()
    assert "Yokohama was at no held meeting that counts." in table.notes
    assert YOKOHAMA not in early


def test_a_collection_around_one_city_says_so(world: Dataset, found: Profiles) -> None:
    notes = similar(Names(world), KAWASAKI, found).notes
    assert "With 5 parties a rank says little: one meeting more could turn it round." in notes
    assert any(note.startswith("Makassar is tied to 4 of 4 others") for note in notes)


def test_each_line_names_the_meeting_that_shows_it(world: Dataset, found: Profiles) -> None:
    table = similar(Names(world), KAWASAKI, found)
    assert dict(zip(table.column("label"), table.column("last meeting"), strict=True)) == {
        "iForcom": str(mint("meeting", "yokohama")),
        "Yokohama": str(mint("meeting", "yokohama")),
        "Makassar": str(mint("meeting", "water-2")),
    }


def test_namesakes_have_columns_of_their_own(world: Dataset, found: Profiles) -> None:
    same = compare(Names(world), found[str(KAWASAKI)], found[str(KAWASAKI)])
    assert same.columns[1:3] == ("Kawasaki (1)", "Kawasaki (2)")


def test_the_most_alike_comes_first(world: Dataset, found: Profiles) -> None:
    table = similar(Names(world), KAWASAKI, found)
    assert [(row[0], *row[2:5]) for row in table.rows] == [
        (1, "iForcom", "company", 0.25),  # Makassar, of Makassar and Yokohama
        (1, "Yokohama", "city", 0.25),
        (3, "Makassar", "city", 0.166667),  # one of three sectors
    ]
    assert table.column("met")[-1] == "yes"
    assert "3 of 3 parties with a sector or partner in common with Kawasaki." in table.notes


@pytest.mark.parametrize(("party", "own"), [(KAWASAKI, "Kawasaki Waterworks"), (WATERWORKS, "Kawasaki")])
def test_a_party_is_not_held_against_its_own_units(world: Dataset, found: Profiles, party: Iri, own: str) -> None:
    table = similar(Names(world), party, found)
    assert own not in table.column("label")
    assert f"Left out, as parts of one another: {own}." in table.notes


def test_without_units_nobody_is_left_out(world: Dataset, found: Profiles) -> None:
    assert not any("Left out, as parts" in note for note in similar(Names(world), YOKOHAMA, found).notes)


def test_only_some_and_only_so_many(world: Dataset, found: Profiles) -> None:
    cities = similar(Names(world), KAWASAKI, found, only=lambda iri: iri == str(YOKOHAMA))
    assert cities.column("label") == ["Yokohama"]
    assert len(similar(Names(world), KAWASAKI, found, most=1).rows) == 1


def test_nothing_in_the_window(world: Dataset) -> None:
    assert profiles(
        Names(world), [WATER], AS_OF, window=Window(since=date(2025, 12, 31), until=date(2025, 12, 31))
    ).keys() == {
        str(MAKASSAR),
        str(YOKOHAMA),
        str(mint("party", "iforcom")),
    }
