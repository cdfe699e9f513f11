"""Parties side by side, and the most alike first."""

from datetime import date

import pytest
from rdflib import Dataset, Literal
from small_world import small_dataset

from kg.compare import Profile, compare, profiles, similar
from kg.dates import PartialDate
from kg.iris import mint
from kg.lifecycle import Cooperation, Event
from kg.names import Names
from kg.network import Window
from kg.terms import KG

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
    dataset.default_graph.add((mint("stage", "mou-signed"), KG.name, Literal("MoU signed")))
    return dataset


@pytest.fixture(scope="module")
def found(world: Dataset) -> dict[str, Profile]:
    return profiles(Names(world), [WATER], AS_OF)


def test_a_profile_of_held_meetings(found: dict[str, Profile]) -> None:
    profile = found[str(MAKASSAR)]
    assert len(profile.meetings) == 3  # of 2023 and 2025; the day asked for leaves the undated one out
    assert {partner.rpartition("/")[2] for partner in profile.partners} == {
        "kawasaki",
        "kawasaki-waterworks",
        "yokohama",
        "iforcom",
    }
    assert (profile.papers, profile.highest) == (1, mint("stage", "mou-signed"))


def test_two_side_by_side(world: Dataset, found: dict[str, Profile]) -> None:
    table = compare(Names(world), found[str(KAWASAKI)], found[str(WATERWORKS)])
    assert table.columns == ("fact", "Kawasaki", "Kawasaki Waterworks", "in common")
    assert table.rows == (
        ("meetings held", 1, 1, None),
        ("first day", "2025-03-01", "2023-03-01", None),
        ("last day", "2025-03-31", "2023-03-01", None),
        ("partners", 1, 1, "1: Makassar"),
        ("officials there", 2, 3, "2: Amir, Chie"),
        ("sectors", 1, 2, "1: Water supply"),
        ("cooperations with a paper or more", 1, 0, None),
        ("highest stage", "MoU signed", None, None),
    )


def test_namesakes_have_columns_of_their_own(world: Dataset, found: dict[str, Profile]) -> None:
    same = compare(Names(world), found[str(KAWASAKI)], found[str(KAWASAKI)])
    assert same.columns[1:3] == ("Kawasaki (1)", "Kawasaki (2)")


def test_the_most_alike_comes_first(world: Dataset, found: dict[str, Profile]) -> None:
    table = similar(Names(world), KAWASAKI, found)
    assert [(row[0], *row[2:5]) for row in table.rows] == [
        (1, "Kawasaki Waterworks", "organization", 0.75),  # one of two sectors; the only partner of both
        (2, "iForcom", "company", 0.25),  # Makassar, of Makassar and Yokohama
        (2, "Yokohama", "city", 0.25),
        (4, "Makassar", "city", 0.166667),  # one of three sectors
    ]
    assert table.column("met")[-1] == "yes"
    assert "4 of 4 parties with a sector or partner in common with Kawasaki." in table.notes


def test_only_some_and_only_so_many(world: Dataset, found: dict[str, Profile]) -> None:
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
