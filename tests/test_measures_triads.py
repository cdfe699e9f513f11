"""Triangles are found each once, in parts or at once, and what is counted with them is what networkx counts."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.measures import triads
from kg.measures.nodes import constraint, effective_size
from kg.network import EdgeList, Network, edge_list

edges = st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]))


def network_of(pairs: set[tuple[int, int]]) -> Network:
    """Return ten nodes and some edges of several weights."""
    network: Network = nx.Graph()
    network.add_nodes_from(map(str, range(10)))
    network.add_weighted_edges_from((str(one), str(other), 1 + (one * other) % 4) for one, other in sorted(pairs))
    return network


@pytest.mark.parametrize("at_once", [1, 4, 1_000_000])
@given(pairs=edges)
@settings(max_examples=40, deadline=None)
def test_networkx_agrees(at_once: int, pairs: set[tuple[int, int]]) -> None:
    network = network_of(pairs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(triads, "_AT_ONCE", at_once)
        assert dict(zip(network, triads.tied_neighbours(edge_list(network)), strict=True)) == nx.triangles(network)
        ours, plain = constraint(network), effective_size(network)
    theirs, sizes = nx.constraint(network, weight="weight"), nx.effective_size(network)
    near = dict(network.degree())
    for node in network:
        assert ours[node] == (pytest.approx(theirs[node], abs=2e-6) if near[node] else None)
        assert plain[node] == (pytest.approx(sizes[node], abs=2e-6) if near[node] else None)


def test_corners_are_opposite_to_their_sides() -> None:
    found = edge_list(nx.karate_club_graph())
    for corners, sides in triads.triangles(found):
        for corner, side in zip(corners, sides, strict=True):
            assert not ((found.one[side] == corner) | (found.other[side] == corner)).any()
        assert (np.sort(corners, axis=0)[1:] > np.sort(corners, axis=0)[:-1]).all()


def test_ties_that_weigh_nothing_give_no_constraint() -> None:
    none = np.zeros(3)  # what a short half-life leaves of old meetings
    old = EdgeList(["a", "b", "c"], np.array([0, 0, 1]), np.array([1, 2, 2]), none)
    assert triads.constraints(old).tolist() == [0, 0, 0]
