"""Chains of meetings: the shortest, the freshest first, around whoever is left out, each link with its proof."""

from datetime import date

import pytest
from rdf_iris import mint as uri
from rdflib import Dataset, Graph, Literal
from small_world import small_dataset, small_graph

from kg.iris import mint
from kg.names import Names
from kg.network import Chain, Window, find_chains
from kg.paths import path_table
from kg.terms import KG
from kg.values import Iri


def iri(kind: str, key: str) -> str:
    return str(mint(kind, key))


AMIR, BUDI, CHIE, DAICHI, EKA = (iri("official", name) for name in ("amir", "budi", "chie", "daichi", "eka"))
MAKASSAR, YOKOHAMA, KAWASAKI = (iri("party", name) for name in ("makassar", "yokohama", "kawasaki"))


def through(chains: list[Chain]) -> list[list[str]]:
    """Return the keys of who is met, chain by chain."""
    return [[link.other.rpartition("/")[2] for link in chain] for chain in chains]


def test_the_freshest_chain_comes_first() -> None:
    found = find_chains(small_graph(), (BUDI, DAICHI))
    assert through(found) == [["amir", "daichi"], ["makassar", "daichi"]]
    assert [link.meeting.iri.rpartition("/")[2] for link in found[0]] == ["water-1", "yokohama"]


def test_a_link_names_the_last_meeting_shared() -> None:
    (chain,) = find_chains(small_graph(), (AMIR, CHIE))
    assert chain[0].meeting.iri.endswith("water-2")
    assert chain[0].shared == 2


def test_chains_go_around() -> None:
    assert through(find_chains(small_graph(), (KAWASAKI, YOKOHAMA), without=frozenset({MAKASSAR}))) == [
        ["amir", "yokohama"]
    ]
    assert find_chains(small_graph(), (KAWASAKI, YOKOHAMA), without=frozenset({MAKASSAR, AMIR})) == []
    assert through(find_chains(small_graph(), (KAWASAKI, MAKASSAR), without=frozenset({MAKASSAR}))) == [["makassar"]]


def test_as_many_as_asked_for() -> None:
    assert len(find_chains(small_graph(), (BUDI, DAICHI), most=1)) == 1


@pytest.mark.parametrize(
    ("graph", "ends", "window"),
    [
        pytest.param(small_graph(), (AMIR, iri("official", "nobody")), Window(), id="somebody unknown"),
        pytest.param(small_graph(), (BUDI, DAICHI), Window(since=date(2024, 1, 1)), id="outside the window"),
        pytest.param(Graph(), (AMIR, CHIE), Window(), id="an empty graph"),
    ],
)
def test_no_chain(graph: Graph, ends: tuple[str, str], window: Window) -> None:
    assert find_chains(graph, ends, window=window) == []


@pytest.fixture
def world() -> Dataset:
    """Return the small world with one statement about a meeting."""
    dataset = small_dataset()
    evidence, source, meeting = (
        uri("evidence", "meeting", "water-2", "1"),
        uri("source", "daily"),
        uri("meeting", "water-2"),
    )
    for triple in (
        (meeting, KG.evidence, evidence),
        (evidence, KG.about, meeting),
        (evidence, KG.source, source),
        (source, KG.outlet, Literal("daily.example")),
    ):
        dataset.default_graph.add(triple)
    return dataset


def test_every_link_has_its_proof(world: Dataset) -> None:
    found = find_chains(world, (AMIR, CHIE))
    table = path_table(Names(world), Iri(AMIR), Iri(CHIE), found)
    assert table.title == "Amir to Chie"
    assert table.rows == (
        (1, 1, "Amir", "Chie", "official", iri("meeting", "water-2"), "2025-03-01 to 2025-03-31", 2, "daily.example"),
    )
    assert "1 step by held meetings; 1 chain of that length" in table.notes[0]


def test_undated_links_have_no_day(world: Dataset) -> None:
    found = find_chains(world, (EKA, iri("party", "iforcom")))
    assert path_table(Names(world), Iri(EKA), mint("party", "iforcom"), found).column("day") == [None]


def test_nothing_joins_the_two(world: Dataset) -> None:
    table = path_table(Names(world), Iri(BUDI), Iri(EKA), [])
    assert table.rows == ()
    assert table.notes == ("No chain of held meetings joins Budi and Eka.",)
