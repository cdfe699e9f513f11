"""Which ties are heavier than a node's other ties let one expect: the backbone of a weighted network.

Source: Serrano, Boguna and Vespignani (2009), Extracting the multiscale backbone of complex weighted
networks, PNAS 106, 6483: the disparity filter.
"""

import networkx as nx

from kg.measures.nodes import Network
from kg.measures.table import score

LEVEL = 0.05


def disparity(network: Network) -> dict[tuple[str, str], float]:
    """Return edge -> how likely either end is to give one tie so much of its strength, if it gave at random.

    The smaller of the two ends' values; an end with one tie only has no say (its value is 1).
    """
    strength = dict(network.degree(weight="weight"))
    found = {}
    for one, other in network.edges:
        weight = network.edges[one, other].get("weight", 1)
        ends = [
            (1 - weight / strength[end]) ** (network.degree(end) - 1) if strength[end] else 1 for end in (one, other)
        ]
        found[one, other] = score(min(ends)) or 0.0
    return found


def backbone(network: Network, level: float = LEVEL) -> Network:
    """Return the network with only the ties below the level, each with its `alpha`; every node stays.

    Raises:
        ValueError: the level is not between 0 and 1.
    """
    if not 0 < level <= 1:
        raise ValueError(f"a level is above 0 and up to 1, found {level:g}")
    kept: Network = nx.Graph(**network.graph)
    kept.add_nodes_from(network.nodes.items())
    for (one, other), alpha in disparity(network).items():
        if alpha < level:
            kept.add_edge(one, other, **network.edges[one, other], alpha=alpha)
    return kept
