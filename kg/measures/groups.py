"""A network -> its parts: components, communities, and the ties and nodes that hold it together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from kg.measures.louvain import louvain, modularity
from kg.measures.nodes import numbered
from kg.measures.sparse import adjacency, parts
from kg.network.edges import AnyNetwork, EdgeList, Ints, edge_list
from kg.tabular import by_size, score


@dataclass(frozen=True)
class Communities:
    """Groups of names, the largest first, and their modularity; None for a network without ties."""

    groups: tuple[tuple[str, ...], ...]
    modularity: float | None

    @cached_property
    def of(self) -> dict[str, int]:
        """Node -> the number of its community, from 1."""
        return {node: number for number, group in enumerate(self.groups, 1) for node in group}


def _groups(edges: EdgeList, numbers: Ints) -> list[list[str]]:
    """Return the nodes with the same number, the largest group first, each sorted."""
    found: dict[int, list[str]] = {}
    for node, number in zip(edges.nodes, numbers.tolist(), strict=True):
        found.setdefault(number, []).append(node)
    return by_size(found.values())


def components(network: AnyNetwork) -> list[list[str]]:
    """Return the nodes that reach each other, the largest component first, each sorted."""
    edges = edge_list(network)
    return _groups(edges, parts(edges))


def communities(network: AnyNetwork, *, seed: int = 0) -> Communities:
    """Return groups with more weight inside than their nodes' strengths would make by chance, by Louvain.

    Weighted; the order in which nodes are tried is drawn with `seed`. A node without ties is a group of its own.

    Source: see `kg.measures.louvain`.
    """
    edges = edge_list(network)
    matrix = adjacency(edges, weighted=True)
    found = louvain(matrix, seed=seed)
    quality = score(modularity(matrix, found)) if edges.size else None
    return Communities(tuple(tuple(group) for group in _groups(edges, found)), quality)


def together(runs: Sequence[Communities], group: Sequence[str]) -> float | None:
    """Return how often two members of a group are in one community, over all pairs and runs; None for one member."""
    pairs = len(group) * (len(group) - 1) / 2
    if not pairs or not runs:
        return None
    same = [sum(count * (count - 1) / 2 for count in Counter(run.of[node] for node in group).values()) for run in runs]
    return score(sum(same) / (pairs * len(runs)))


def bridges(network: AnyNetwork) -> list[tuple[str, str]]:
    """Return the ties without which a component falls in two, sorted. Source: Tarjan (1974)."""
    edges = edge_list(network)
    # The stubs take the type of a node for that of a bridge.
    found: Iterable[tuple[int, int]] = nx.bridges(numbered(edges))  # type: ignore[arg-type]
    return sorted((edges.nodes[min(pair)], edges.nodes[max(pair)]) for pair in found)


def cut_points(network: AnyNetwork) -> dict[str, int]:
    """Return the nodes without which a component falls apart, sorted, with how many more components that makes.

    A node is in as many biconnected components as there are parts without it.

    Source: Hopcroft and Tarjan (1973), Communications of the ACM 16, 372.
    """
    edges = edge_list(network)
    # The stubs take a set of nodes for one node.
    blocks: Iterable[set[int]] = nx.biconnected_components(numbered(edges))  # type: ignore[assignment]
    count = Counter(number for block in blocks for number in block)
    return {edges.nodes[number]: many - 1 for number, many in sorted(count.items()) if many > 1}
