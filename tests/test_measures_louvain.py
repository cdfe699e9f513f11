"""Communities as good as networkx finds, from matrix and seed alone."""

from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.measures import communities
from kg.measures.louvain import louvain, modularity
from kg.measures.sparse import adjacency
from kg.network import EdgeList, Network, edge_list

SEEDS = range(10)


def named(network: "nx.Graph[int]") -> Network:
    """Give numbers names."""
    found: Network = nx.Graph()
    found.add_nodes_from(str(node) for node in network)
    found.add_edges_from((str(one), str(other)) for one, other in network.edges)
    return found


def caves() -> Network:
    """Twelve circles of eight who know each other, a few of whom know somebody elsewhere."""
    return named(nx.relaxed_caveman_graph(12, 8, 0.2, seed=1))


def affiliations() -> Network:
    """Return the women of Davis tied by the events they shared."""
    davis = nx.davis_southern_women_graph()
    network: Network = nx.bipartite.weighted_projected_graph(davis, davis.graph["top"])
    return network


def heavy_tailed() -> Network:
    """Five hundred nodes of which a few have most ties, as in a register."""
    return named(nx.powerlaw_cluster_graph(500, 4, 0.3, seed=2))


@pytest.mark.parametrize("made", [nx.karate_club_graph, caves, affiliations, heavy_tailed])
def test_modularity_is_not_below_that_of_networkx(made: Callable[[], Network]) -> None:
    network = made()
    ours = [communities(network, seed=seed).modularity or 0 for seed in SEEDS]
    theirs = [
        nx.community.modularity(network, nx.community.louvain_communities(network, weight="weight", seed=seed))
        for seed in SEEDS
    ]
    assert np.mean(ours) >= np.mean(theirs) - 1e-6
    assert max(ours) >= max(theirs) - 1e-3


edges = st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]), min_size=1)


@given(pairs=edges, seed=st.integers(0, 20))
@settings(max_examples=40, deadline=None)
def test_networkx_agrees_on_modularity(pairs: set[tuple[int, int]], seed: int) -> None:
    network: nx.Graph[int] = nx.Graph()
    network.add_nodes_from(range(10))
    network.add_weighted_edges_from((one, other, 1 + (one + other) % 3) for one, other in sorted(pairs))
    matrix = adjacency(edge_list(network), weighted=True)  # type: ignore[arg-type]
    found = louvain(matrix, seed=seed)
    groups = [set(np.flatnonzero(found == group).tolist()) for group in sorted(set(found.tolist()))]
    assert modularity(matrix, found) == pytest.approx(nx.community.modularity(network, groups, weight="weight"))
    assert set().union(*groups) == set(range(10))


def test_no_node_gains_by_another_move() -> None:
    network = caves()
    matrix = adjacency(edge_list(network), weighted=True)
    found = louvain(matrix, seed=3)
    best = modularity(matrix, found)
    for node in range(len(network)):
        for group in sorted(set(found.tolist())):
            moved = found.copy()
            moved[node] = group
            assert modularity(matrix, moved) <= best + 1e-9


@pytest.mark.parametrize("size", [0, 1, 3])
def test_no_ties_no_groups(size: int) -> None:
    none = np.empty(0, dtype=np.int64)
    alone = EdgeList([str(node) for node in range(size)], none, none, np.empty(0))
    assert len(communities(alone).groups) == size
    assert communities(alone).modularity is None
