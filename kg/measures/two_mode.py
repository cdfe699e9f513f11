"""Scores for two-mode networks, divided by what a node of its mode could have at most.

Source: Borgatti and Everett (1997), Network analysis of 2-mode data, Social Networks 19, 243; Borgatti and
Halgin (2011), Analyzing affiliation networks.
"""

from collections import Counter

from kg.measures import steps
from kg.measures.groups import components
from kg.measures.nodes import Network, Scores, matrix
from kg.measures.table import score


def is_two_mode(network: Network) -> bool:
    """Say whether nodes are marked with two modes; an empty network is not."""
    return any("bipartite" in facts for _, facts in network.nodes.items())


def _sizes(network: Network) -> tuple[int, int]:
    """Return how many nodes each mode has."""
    count = Counter(facts["bipartite"] for _, facts in network.nodes.items())
    return count[0], count[1]


def degree_share(network: Network) -> Scores:
    """Return the share of the other mode each node is tied to, from 0 to 1."""
    sizes = _sizes(network)
    others = {node: sizes[1 - facts["bipartite"]] for node, facts in network.nodes.items()}
    return {node: score(count / others[node]) if others[node] else None for node, count in network.degree()}


def betweenness(network: Network) -> Scores:
    """Return betweenness over the most a node of its mode could have, from 0 to 1."""
    sizes, size = _sizes(network), len(network)
    most = (_most_between(sizes[0], sizes[1]), _most_between(sizes[1], sizes[0]))
    share = steps.betweenness(matrix(network))
    found: Scores = {}
    for (node, facts), value in zip(network.nodes.items(), share, strict=True):
        ceiling = most[facts["bipartite"]]
        found[node] = score(value * (size - 1) * (size - 2) / 2 / ceiling) if ceiling > 0 else 0.0
    return found


def _most_between(own: int, other: int) -> float:
    """Return the most shortest paths a node can lie on, in a two-mode network of such sizes."""
    if not own or not other:
        return 0
    s, t = divmod(own - 1, other)
    return (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


def closeness(network: Network) -> Scores:
    """Return the least steps a node of its mode could need to the rest of its component, over those it needs.

    Compare only nodes of one component; None alone.
    """
    near = dict(zip(network, steps.closeness(matrix(network)), strict=True))
    found: Scores = dict.fromkeys(network)
    for group in components(network):
        sizes = Counter(network.nodes[node]["bipartite"] for node in group)
        for node in group:
            if near[node]:
                mode = network.nodes[node]["bipartite"]
                least = sizes[1 - mode] + 2 * (sizes[mode] - 1)
                found[node] = score(least * near[node] / (len(group) - 1))
    return found
