"""Shortest paths by matrices agree with networkx, sampled or not, in blocks or not."""

from collections.abc import Iterable

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from kg.measures import steps
from kg.measures.nodes import betweenness
from kg.measures.sparse import adjacency
from kg.network import EdgeList

edges = st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]))


def matrix_of(size: int, pairs: Iterable[tuple[int, int]]) -> csr_array:
    """Return the matrix of so many nodes and some edges."""
    one, other = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2).T
    return adjacency(EdgeList([str(node) for node in range(size)], one, other, np.ones(len(one))))


def network_of(pairs: set[tuple[int, int]]) -> "nx.Graph[int]":
    """Return ten nodes and some edges."""
    network: nx.Graph[int] = nx.Graph()
    network.add_nodes_from(range(10))
    network.add_edges_from(sorted(pairs))
    return network


@given(pairs=edges)
@settings(max_examples=60, deadline=None)
def test_networkx_agrees(pairs: set[tuple[int, int]]) -> None:
    network, matrix = network_of(pairs), matrix_of(10, pairs)
    assert steps.betweenness(matrix) == pytest.approx(list(nx.betweenness_centrality(network).values()))
    assert steps.closeness(matrix) == pytest.approx(list(nx.closeness_centrality(network, wf_improved=False).values()))


@pytest.mark.parametrize("seed", range(4))
def test_picking_rows_changes_no_bit(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # A ring with shortcuts, and another beside it: levels of every size, and nodes that are never reached.
    rings = nx.disjoint_union(nx.watts_strogatz_graph(60, 4, 0.1, seed=seed), nx.cycle_graph(9))
    matrix = matrix_of(69, [(min(pair), max(pair)) for pair in rings.edges])
    found = []
    for small in (-1, 10**9):
        monkeypatch.setattr(steps, "SMALL", small)
        found.append((steps.betweenness(matrix).tolist(), steps.closeness(matrix).tolist(), steps.distances(matrix)))
    assert found[0] == found[1]
    assert found[0][0] == pytest.approx(list(nx.betweenness_centrality(rings).values()))


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = matrix_of(34, nx.karate_club_graph().edges)
    whole, near = steps.betweenness(matrix), steps.closeness(matrix)
    monkeypatch.setattr(steps, "BLOCK", 5)
    assert steps.betweenness(matrix) == pytest.approx(whole)
    assert steps.closeness(matrix) == pytest.approx(near)


def test_all_sources_are_no_sample() -> None:
    matrix = matrix_of(34, nx.karate_club_graph().edges)
    assert steps.betweenness(matrix, np.arange(34)) == pytest.approx(steps.betweenness(matrix))


def test_a_sample_is_near_and_the_same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    club: nx.Graph[str] = nx.relabel_nodes(nx.karate_club_graph(), str)
    exact = betweenness(club)
    monkeypatch.setattr("kg.measures.nodes.SAMPLED_ABOVE", 25)
    monkeypatch.setattr("kg.measures.nodes.SOURCES", 25)
    sampled = betweenness(club, seed=3)
    assert sampled == betweenness(club, seed=3)
    assert sampled != exact
    assert [value for value in sampled.values() if value is not None] == pytest.approx(
        [value for value in exact.values() if value is not None], abs=0.12
    )


@pytest.mark.parametrize("size", [0, 1, 2])
def test_too_few_nodes_for_a_path_between(size: int) -> None:
    assert list(steps.betweenness(matrix_of(size, []))) == [0] * size


@given(pairs=edges)
@settings(max_examples=30, deadline=None)
def test_networkx_agrees_on_distances(pairs: set[tuple[int, int]]) -> None:
    found = [
        count
        for near in dict(nx.all_pairs_shortest_path_length(network_of(pairs))).values()
        for count in near.values()
        if count
    ]
    longest, mean = steps.distances(matrix_of(10, pairs))
    assert longest == max(found, default=0)
    assert mean == pytest.approx(sum(found) / len(found) if found else 0)
