"""Which ties are heavier than a node's other ties let one expect: the backbone of a weighted network.

Source: Serrano, Boguna and Vespignani (2009), Extracting the multiscale backbone of complex weighted
networks, PNAS 106, 6483: the disparity filter.
"""

import networkx as nx
import numpy as np

from kg.measures.sparse import degrees, strengths
from kg.network.edges import EdgeList, Floats, Network, edge_list
from kg.tabular import score

LEVEL = 0.05


def disparity(edges: EdgeList) -> Floats:
    """Return for each edge how likely either end is to give one tie so much of its strength, if it gave at random.

    The smaller of the two ends' values; an end with one tie only has no say (its value is 1).
    """
    total, near = strengths(edges), degrees(edges)
    ends = []
    for end in (edges.one, edges.other):
        share = np.divide(edges.weight, total[end], out=np.zeros(edges.size), where=total[end] > 0)
        ends.append((1 - share) ** (near[end] - 1))
    return np.minimum(*ends)


def backbone(network: Network, level: float = LEVEL) -> Network:
    """Return the network with only the ties below the level, each with its `alpha`; every node stays.

    Raises:
        ValueError: the level is not between 0 and 1.
    """
    if not 0 < level <= 1:
        raise ValueError(f"a level is above 0 and up to 1, found {level:g}")
    kept: Network = nx.Graph(**network.graph)
    kept.add_nodes_from(network.nodes.items())
    for (one, other, facts), alpha in zip(
        network.edges(data=True), disparity(edge_list(network)).tolist(), strict=True
    ):
        if alpha < level:
            kept.add_edge(one, other, **facts, alpha=score(alpha))
    return kept
