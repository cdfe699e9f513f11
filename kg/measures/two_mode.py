"""Scores for two-mode networks, divided by what a node of its mode could have at most.

Source: Borgatti and Everett (1997), Network analysis of 2-mode data, Social Networks 19, 243; Borgatti and
Halgin (2011), Analyzing affiliation networks.
"""

import numpy as np

from kg.measures import steps
from kg.measures.nodes import Scores
from kg.measures.sparse import adjacency, degrees, parts
from kg.network.edges import AnyNetwork, EdgeList, Ints, edge_list
from kg.tabular import score


def is_two_mode(network: AnyNetwork) -> bool:
    """Say whether nodes are marked with two modes; an empty network is not."""
    edges = edge_list(network)
    return edges.side is not None and len(edges) > 0


def _sides(edges: EdgeList) -> tuple[Ints, Ints]:
    """Return the mode of each node, 0 or 1, and how many nodes each mode has."""
    side = np.zeros(len(edges), dtype=np.int64) if edges.side is None else edges.side
    return side, np.bincount(side, minlength=2)


def degree_share(network: AnyNetwork) -> Scores:
    """Return the share of the other mode each node is tied to, from 0 to 1."""
    edges = edge_list(network)
    side, sizes = _sides(edges)
    others = sizes[1 - side].tolist()
    return {
        node: score(count / most) if most else None
        for node, count, most in zip(edges.nodes, degrees(edges).tolist(), others, strict=True)
    }


def betweenness(network: AnyNetwork) -> Scores:
    """Return betweenness over the most a node of its mode could have, from 0 to 1."""
    edges = edge_list(network)
    side, (left, right) = _sides(edges)
    size, most = len(edges), (_most_between(int(left), int(right)), _most_between(int(right), int(left)))
    share = steps.betweenness(adjacency(edges))
    found: Scores = {}
    for node, mode, value in zip(edges.nodes, side.tolist(), share.tolist(), strict=True):
        found[node] = score(value * (size - 1) * (size - 2) / 2 / most[mode]) if most[mode] > 0 else 0.0
    return found


def _most_between(own: int, other: int) -> float:
    """Return the most shortest paths a node can lie on, in a two-mode network of such sizes."""
    if not own or not other:
        return 0
    s, t = divmod(own - 1, other)
    return (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


def closeness(network: AnyNetwork) -> Scores:
    """Return the least steps a node of its mode could need to the rest of its component, over those it needs.

    Compare only nodes of one component; None alone.
    """
    edges = edge_list(network)
    near, part, (side, _) = steps.closeness(adjacency(edges)), parts(edges), _sides(edges)
    sizes = [np.bincount(part[side == mode], minlength=len(edges)) for mode in (0, 1)]
    own, others = (np.where(side == 0, sizes[first][part], sizes[1 - first][part]) for first in (0, 1))
    least, most = others + 2 * (own - 1), own + others - 1
    return {
        node: score(low * value / high) if value else None
        for node, value, low, high in zip(edges.nodes, near.tolist(), least.tolist(), most.tolist(), strict=True)
    }
