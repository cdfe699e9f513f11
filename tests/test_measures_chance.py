"""Chance keeps attendance, a broker is told from a regular, and the same seed draws the same networks."""

import random
from collections import Counter
from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare
from small_world import small_graph

from kg.measures.brokers import brokers
from kg.measures.chance import significance
from kg.measures.curveball import shuffles
from kg.network import Network, affiliation, project
from kg.network.incidence import Incidence

Groups = list[list[int]]
groups = st.lists(st.sets(st.integers(0, 7), max_size=5).map(sorted), max_size=8)


def meetings(lists: list[str]) -> Network:
    """Return a two-mode network: one meeting a word, one official a letter."""
    network: Network = nx.Graph(projection="official-meeting", counted="made by hand")
    network.add_nodes_from(sorted(set("".join(lists))), mode="official")
    for number, group in enumerate(lists):
        network.add_node(f"meeting {number}", mode="meeting")
        network.add_edges_from((official, f"meeting {number}") for official in group)
    return network


# Two closed circles of people who meet often, and x, who was once in each.
CIRCLES = ["abc", "bcd", "acd", "abd", "abcd", "efg", "fgh", "egh", "efh", "efgh", "dx", "hx"]


def draws(drawn: Groups, many: int, seed: int) -> list[Groups]:
    """Return so many arrangements of groups of numbers."""
    rows = Incidence(
        np.array([number for number, group in enumerate(drawn) for _ in group], dtype=np.int64),
        np.array([one for group in drawn for one in group], dtype=np.int64),
    )
    return [
        [each.actor[each.meeting == number].tolist() for number in range(len(drawn))]
        for each in shuffles(rows, len(drawn), many, seed)
    ]


@given(drawn=groups, seed=st.integers(0, 50))
@settings(max_examples=50, deadline=None)
def test_draws_keep_attendance(drawn: Groups, seed: int) -> None:
    for shuffled in draws(drawn, 3, seed):
        assert [len(group) for group in shuffled] == [len(group) for group in drawn]
        assert Counter(one for group in shuffled for one in group) == Counter(one for group in drawn for one in group)
        assert all(len(set(group)) == len(group) for group in shuffled)
        assert all(group == sorted(group) for group in shuffled)


def test_draws_differ_but_not_from_one_time_to_the_next() -> None:
    words = [sorted(ord(letter) for letter in word) for word in CIRCLES]
    assert draws(words, 3, 1) == draws(words, 3, 1)
    assert len({str(shuffled) for shuffled in draws(words, 20, 1)}) > 10


def arrangements(sizes: list[int], often: list[int]) -> set[str]:
    """Return every way to fill meetings of such sizes so that actor k is at `often[k]` of them."""
    choices = [[list(group) for group in combinations(range(len(often)), size)] for size in sizes]
    return {
        str(list(groups))
        for groups in product(*choices)
        if Counter(one for group in groups for one in group) == Counter(dict(enumerate(often)))
    }


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param([[0, 1], [0, 2]], id="one of two meetings for each of two"),
        pytest.param([[0, 1], [0, 2], [0, 1, 3], [2]], id="meetings of one, two and three"),
        pytest.param([[0, 1, 2], [0, 1], [2, 3], [3], [0]], id="an odd number of meetings"),
    ],
)
def test_every_arrangement_is_drawn_as_often(drawn: Groups) -> None:
    often = Counter(one for group in drawn for one in group)
    every = arrangements([len(group) for group in drawn], [often[one] for one in sorted(often)])
    counts = Counter(str(shuffled) for shuffled in draws(drawn, 200 * len(every), 5))
    assert set(counts) == every
    # The seed is fixed: an even draw passes every time.
    assert chisquare(list(counts.values())).pvalue > 0.001


def test_a_broker_is_told_from_a_regular() -> None:
    chance = significance(meetings(CIRCLES), "official", samples=100)
    assert chance["x"].observed > chance["x"].high
    assert chance["x"].p < 0.05
    assert chance["a"].p > 0.5


def test_constraint_ranks_the_lowest_first() -> None:
    chance = significance(meetings(CIRCLES), "official", "constraint", samples=50)
    assert chance["x"].observed < chance["a"].observed
    assert all(0 < each.p <= 1 for each in chance.values())


def test_p_counts_the_network_itself() -> None:
    assert significance(meetings(["ab", "bc"]), "official", samples=1)["b"].p in {0.5, 1.0}


def test_who_has_no_value_is_absent() -> None:
    chance = significance(meetings(["ab", "bc", "z"]), "official", "constraint", samples=3)
    assert "z" not in chance


def test_a_sample_of_sources_tells_the_same_brokers(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = significance(meetings(CIRCLES), "official", samples=100)
    monkeypatch.setattr("kg.measures.chance.SAMPLED_ABOVE", 5)
    monkeypatch.setattr("kg.measures.chance.SOURCES", 6)
    sampled = significance(meetings(CIRCLES), "official", samples=100)
    assert sampled != exact
    assert sampled["x"].p < 0.05
    assert sampled["a"].p > 0.5


def test_nobody_between_nobody() -> None:
    nothing = meetings([])
    nothing.graph["projection"] = "official-official"
    assert significance(nothing, "official", samples=2) == {}
    table = brokers(nothing, nothing)
    assert table.rows == ()
    assert "Nobody stands between two others." in table.notes


def test_brokers_say_what_they_rest_on() -> None:
    table = brokers(affiliation(small_graph()), project(small_graph()), samples=20)
    assert table.column("label") == ["Amir"]
    assert table.column("meetings") == [3]
    assert table.column("groups") == [1]
    said = " ".join(table.notes)
    assert "20 networks drawn with the same attendance" in said
    assert "Amir is tied to 3 of 4 others" in said
    assert "With 5 nodes a rank says little" in said


@pytest.mark.parametrize(("name", "samples"), [("gold", 5), ("degree", 0)])
def test_a_slip_is_a_value_error(name: str, samples: int) -> None:
    with pytest.raises(ValueError, match="a measure of nodes and at least one sample"):
        significance(meetings(CIRCLES), "official", name, samples=samples)


def test_a_seeded_generator_is_not_the_global_one() -> None:
    before = random.getstate()
    significance(meetings(CIRCLES), "official", samples=2)
    assert random.getstate() == before
