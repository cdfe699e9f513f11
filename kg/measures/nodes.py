"""One score per node: how a node of a network stands among the others.

Every function takes an undirected network and returns node -> score for every node, in the network's order;
None where the measure has no value there. Nodes are numbered in the network's order first, so that no
score depends on how names hash.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.linalg import eigsh

from kg.measures import steps
from kg.measures.table import score

Network: TypeAlias = "nx.Graph[str]"
Numbered: TypeAlias = "nx.Graph[int]"
Scores = dict[str, float | None]

SAMPLED_ABOVE = 5000
"""Networks with more nodes than this get betweenness from a sample of this many sources."""


def numbered(network: Network) -> Numbered:
    """Return the network with nodes 0, 1, 2 ... in its own order, weights kept."""
    place = {node: number for number, node in enumerate(network)}
    numbers: Numbered = nx.Graph()
    numbers.add_nodes_from(place.values())
    numbers.add_edges_from(
        (place[a], place[b], {"weight": facts.get("weight", 1)}) for a, b, facts in network.edges(data=True)
    )
    return numbers


def _named(network: Network, scores: Mapping[int, float | None]) -> Scores:
    """Give numbered scores their names back."""
    return {node: score(scores.get(number)) for number, node in enumerate(network)}


def matrix(network: Network) -> csr_array:
    """Return the network without weights as a matrix."""
    place = {node: number for number, node in enumerate(network)}
    return steps.adjacency(len(network), [(place[a], place[b]) for a, b in network.edges])


def degree(network: Network) -> Scores:
    """Count the neighbours of each node. Source: Freeman (1979), Centrality in social networks."""
    return {node: float(count) for node, count in network.degree()}


def strength(network: Network) -> Scores:
    """Sum the weights of each node's ties. Source: Barrat et al. (2004), PNAS 101, 3747."""
    return {node: score(total) for node, total in network.degree(weight="weight")}


def betweenness(network: Network, *, seed: int = 0) -> Scores:
    """Return the share of shortest paths between other nodes that lead through each node, from 0 to 1.

    Paths are counted in steps; weights do not matter. Above `SAMPLED_ABOVE` nodes it is estimated from
    that many sources, drawn with `seed`.

    Source: Freeman (1977), Sociometry 40, 35; Brandes (2001), Journal of Mathematical Sociology 25, 163.
    """
    size = len(network)
    drawn = None
    if size > SAMPLED_ABOVE:
        drawn = np.sort(np.random.default_rng(seed).choice(size, SAMPLED_ABOVE, replace=False))
    return _named(network, dict(enumerate(steps.betweenness(matrix(network), drawn))))


def closeness(network: Network) -> Scores:
    """Return the inverse of the mean number of steps to the others of the node's component; None alone.

    Compare only nodes of one component: a pair by itself has 1.

    Source: Sabidussi (1966), Psychometrika 31, 581; Freeman (1979).
    """
    return _named(network, {node: value or None for node, value in enumerate(steps.closeness(matrix(network)))})


def eigenvector(network: Network) -> Scores:
    """Return how well connected a node's neighbours are, in the largest component; None outside of it.

    Weighted, of Euclidean length 1. A component of one node has no value, nor has any node when two
    largest components tie: neither is the main one.

    Source: Bonacich (1987), American Journal of Sociology 92, 1170.
    """
    numbers = numbered(network)
    groups = sorted(nx.connected_components(numbers), key=len, reverse=True)
    if not groups or len(groups[0]) == 1 or (len(groups) > 1 and len(groups[1]) == len(groups[0])):
        return dict.fromkeys(network)
    part = numbers.subgraph(sorted(groups[0])).copy()
    if len(part) == 2:  # noqa: PLR2004 - too small for the solver; both ends of one edge are equal
        return _named(network, dict.fromkeys(part, 2**-0.5))
    # networkx starts its own solver at random; a fixed start gives the same digits every time.
    matrix = nx.to_scipy_sparse_array(part, dtype=np.dtype(float), weight="weight")
    _, vectors = eigsh(matrix, k=1, which="LA", v0=np.ones(len(part)))
    return _named(network, dict(zip(part, np.abs(vectors[:, 0]), strict=True)))


def pagerank(network: Network) -> Scores:
    """Return the share of a random walker's time, who follows ties by weight and jumps with 0.15; the sum is 1.

    Source: Brin and Page (1998), Computer Networks 30, 107.
    """
    return _named(network, nx.pagerank(numbered(network), weight="weight", tol=1e-10, max_iter=1000)) if network else {}


def core(network: Network) -> Scores:
    """Return the largest k such that the node has k neighbours who have k such neighbours themselves.

    Source: Seidman (1983), Social Networks 5, 269; Batagelj and Zaversnik (2003).
    """
    return _named(network, nx.core_number(numbered(network)))


def constraint(network: Network) -> Scores:
    """Return Burt's constraint: how far a node's ties lead back to the same few others; None without ties.

    Low means a broker. Weighted.

    Source: Burt (1992), Structural Holes; Burt (2004), American Journal of Sociology 110, 349.
    """
    return _named(network, nx.constraint(numbered(network), weight="weight")) if network else {}


def effective_size(network: Network) -> Scores:
    """Return Burt's effective size: neighbours less their mean number of ties among each other; None without ties.

    Unweighted, in the simplified form of Borgatti. Source: Burt (1992); Borgatti (1997), Connections 20, 35.
    """
    return _named(network, nx.effective_size(numbered(network))) if network else {}


NodeMeasure = Callable[[Network], Scores]
