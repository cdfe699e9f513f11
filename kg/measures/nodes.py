"""One score per node: how a node of a network stands among the others.

Every function takes an undirected network, of networkx or in columns, and returns node -> score for every node, in
the network's order; None where the measure has no value there. Nodes are numbered in the network's order first, so
that no score depends on how names hash.
"""

from collections.abc import Callable, Iterable
from typing import TypeAlias

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.linalg import eigsh

from kg.measures import steps
from kg.measures.sparse import adjacency, degrees, parts, strengths, walk
from kg.measures.triads import constraints, tied_neighbours
from kg.network.edges import AnyNetwork, EdgeList, Floats, Ints, edge_list
from kg.tabular import score

Numbered: TypeAlias = "nx.Graph[int]"
Scores = dict[str, float | None]

SAMPLED_ABOVE, SOURCES = 5000, 1000
"""Networks with more nodes than this get betweenness from a sample of so many sources."""
_JUMP, _TOLERANCE = 0.15, 1e-10


def numbered(edges: EdgeList) -> Numbered:
    """Return the network for what networkx does best, with numbers for nodes and without weights."""
    numbers: Numbered = nx.Graph()
    numbers.add_nodes_from(range(len(edges)))
    numbers.add_edges_from(zip(edges.one.tolist(), edges.other.tolist(), strict=True))
    return numbers


def _named(edges: EdgeList, scores: Iterable[float | None]) -> Scores:
    """Give numbered scores their names back."""
    return {node: score(value) for node, value in zip(edges.nodes, scores, strict=True)}


def degree(network: AnyNetwork) -> Scores:
    """Count the neighbours of each node. Source: Freeman (1979), Centrality in social networks."""
    edges = edge_list(network)
    return _named(edges, degrees(edges).tolist())


def strength(network: AnyNetwork) -> Scores:
    """Sum the weights of each node's ties. Source: Barrat et al. (2004), PNAS 101, 3747."""
    edges = edge_list(network)
    return _named(edges, strengths(edges).tolist())


def sources(size: int, seed: int) -> Ints | None:
    """Return the nodes to look for shortest paths from in a network of such a size; None for all."""
    if size <= SAMPLED_ABOVE:
        return None
    return np.sort(np.random.default_rng(seed).choice(size, min(SOURCES, size), replace=False))


def betweenness(network: AnyNetwork, *, seed: int = 0) -> Scores:
    """Return the share of shortest paths between other nodes that lead through each node, from 0 to 1.

    Paths are counted in steps; weights do not matter. Above `SAMPLED_ABOVE` nodes it is estimated from
    `SOURCES` of them, drawn with `seed`.

    Source: Freeman (1977), Sociometry 40, 35; Brandes (2001), Journal of Mathematical Sociology 25, 163;
    Brandes and Pich (2007), International Journal of Bifurcation and Chaos 17, 2303, for the estimate.
    """
    edges = edge_list(network)
    return _named(edges, steps.betweenness(adjacency(edges), sources(len(edges), seed)).tolist())


def closeness(network: AnyNetwork) -> Scores:
    """Return the inverse of the mean number of steps to the others of the node's component; None alone.

    Compare only nodes of one component: a pair by itself has 1.

    Source: Sabidussi (1966), Psychometrika 31, 581; Freeman (1979).
    """
    edges = edge_list(network)
    return _named(edges, (value or None for value in steps.closeness(adjacency(edges)).tolist()))


def eigenvector(network: AnyNetwork) -> Scores:
    """Return how well connected a node's neighbours are, in the largest component; None outside of it.

    Weighted, of Euclidean length 1. A component of one node has no value, nor has any node when two
    largest components tie: neither is the main one.

    Source: Bonacich (1987), American Journal of Sociology 92, 1170.
    """
    edges = edge_list(network)
    part = parts(edges)
    sizes = np.bincount(part) if len(edges) else np.zeros(1)
    found = np.full(len(edges), np.nan)
    if sizes.max() > 1 and (sizes == sizes.max()).sum() == 1:
        inside = np.flatnonzero(part == sizes.argmax())
        found[inside] = _leading(adjacency(edges, weighted=True)[inside][:, inside])
    return _named(edges, found.tolist())


def _leading(matrix: csr_array) -> Floats:
    """Return the eigenvector of the largest eigenvalue of a connected network, all its entries positive."""
    if matrix.shape[0] == 2:  # noqa: PLR2004 - too small for the solver; both ends of one edge are equal
        return np.full(2, 2**-0.5)
    # Left alone, the solver starts at random; a fixed start gives the same digits every time.
    _, vectors = eigsh(matrix, k=1, which="LA", v0=np.ones(matrix.shape[0]))
    return np.asarray(np.abs(vectors[:, 0]))


def pagerank(network: AnyNetwork) -> Scores:
    """Return the share of a random walker's time, who follows ties by weight and jumps with 0.15; the sum is 1.

    Source: Brin and Page (1998), Computer Networks 30, 107.
    """
    edges = edge_list(network)
    return _named(edges, walk(adjacency(edges, weighted=True), _JUMP, _TOLERANCE).tolist())


def core(network: AnyNetwork) -> Scores:
    """Return the largest k such that the node has k neighbours who have k such neighbours themselves.

    Source: Seidman (1983), Social Networks 5, 269; Batagelj and Zaversnik (2003).
    """
    edges = edge_list(network)
    cores = nx.core_number(numbered(edges))
    return _named(edges, (cores[number] for number in range(len(edges))))


def constraint(network: AnyNetwork) -> Scores:
    """Return Burt's constraint: how far a node's ties lead back to the same few others; None without ties.

    Low means a broker. Weighted.

    Source: Burt (1992), Structural Holes; Burt (2004), American Journal of Sociology 110, 349.
    """
    edges = edge_list(network)
    return _named(edges, constraints(edges).tolist())


def effective_size(network: AnyNetwork) -> Scores:
    """Return Burt's effective size: neighbours less their mean number of ties among each other; None without ties.

    Unweighted, in the simplified form of Borgatti. Source: Burt (1992); Borgatti (1997), Connections 20, 35.
    """
    edges = edge_list(network)
    near = degrees(edges).astype(np.float64)
    near[near == 0] = np.nan
    return _named(edges, (near - 2 * tied_neighbours(edges) / near).tolist())


NodeMeasure = Callable[[AnyNetwork], Scores]
