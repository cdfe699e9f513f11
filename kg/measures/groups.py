"""A network -> its parts: components, communities, and the ties and nodes that hold it together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.measures.nodes import Network, numbered
from kg.measures.table import by_size, score


@dataclass(frozen=True, slots=True)
class Communities:
    """Groups of names, the largest first, and their modularity; None for a network without ties."""

    groups: tuple[tuple[str, ...], ...]
    modularity: float | None

    @property
    def of(self) -> dict[str, int]:
        """Node -> the number of its community, from 1."""
        return {node: number for number, group in enumerate(self.groups, 1) for node in group}


def components(network: Network) -> list[list[str]]:
    """Return the nodes that reach each other, the largest component first, each sorted."""
    names, numbers = list(network), numbered(network)
    return by_size([names[number] for number in group] for group in nx.connected_components(numbers))


def communities(network: Network, *, seed: int = 0) -> Communities:
    """Return groups with more weight inside than their nodes' strengths would make by chance, by Louvain.

    Weighted; the order in which nodes are tried is drawn with `seed`. A node without ties is a group of its own.

    Source: Blondel et al. (2008), J. Stat. Mech. P10008; modularity: Newman and Girvan (2004), Physical Review E 69.
    """
    names, numbers = list(network), numbered(network)
    found = nx.community.louvain_communities(numbers, weight="weight", seed=seed)
    groups = by_size([names[number] for number in group] for group in found)
    quality = score(nx.community.modularity(numbers, found, weight="weight")) if network.size() else None
    return Communities(tuple(tuple(group) for group in groups), quality)


def together(runs: Sequence[Communities], group: Sequence[str]) -> float | None:
    """Return how often two members of a group are in one community, over all pairs and runs; None for one member."""
    pairs = len(group) * (len(group) - 1) / 2
    if not pairs or not runs:
        return None
    same = [sum(count * (count - 1) / 2 for count in Counter(run.of[node] for node in group).values()) for run in runs]
    return score(sum(same) / (pairs * len(runs)))


def bridges(network: Network) -> list[tuple[str, str]]:
    """Return the ties without which a component falls in two, sorted. Source: Tarjan (1974)."""
    names = list(network)
    # The stubs take the type of a node for that of a bridge.
    found: Iterable[tuple[int, int]] = nx.bridges(numbered(network))  # type: ignore[arg-type]
    return sorted((names[min(pair)], names[max(pair)]) for pair in found)


def cut_points(network: Network) -> dict[str, int]:
    """Return the nodes without which a component falls apart, sorted, with how many more components that makes.

    Source: Hopcroft and Tarjan (1973), Communications of the ACM 16, 372.
    """
    names, numbers = list(network), numbered(network)
    found = {}
    for point in sorted(nx.articulation_points(numbers)):
        part = numbers.subgraph(nx.node_connected_component(numbers, point) - {point})
        found[names[point]] = nx.number_connected_components(part) - 1
    return found
