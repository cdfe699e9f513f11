"""A network in integer columns: nodes numbered in order, an edge two numbers and a weight.

Measures count with these; networkx objects are made of them, or they of networkx objects, where somebody asks.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias, overload

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Network: TypeAlias = "nx.Graph[str]"
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Facts = Mapping[str, Any]
"""Attributes of a node or an edge, as networkx holds them: of every type."""


class Later(Sequence[Facts]):
    """Attributes that are read when first looked into, so that a measure without labels does not pay for them."""

    def __init__(self, size: int, make: Callable[[], Sequence[Facts]]) -> None:
        """Keep how many there are, and how to get them."""
        self._size, self._make = size, make

    @cached_property
    def _made(self) -> Sequence[Facts]:
        return self._make()

    def __len__(self) -> int:
        """Return how many there are."""
        return self._size

    @overload
    def __getitem__(self, place: int) -> Facts: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Facts]: ...
    def __getitem__(self, place: int | slice) -> Facts | Sequence[Facts]:
        """Return the attributes of one, or of some."""
        return self._made[place]


@dataclass(frozen=True, eq=False)
class EdgeList:
    """An undirected network: edge k ties node `one[k]` to node `other[k]`, once, with `weight[k]`.

    `about` is what the network says of itself (`projection`, `counted` ...), `side` the mode of each node (0 or 1)
    where there are two, `facts` the attributes of each node and `ties` those of each edge.
    """

    nodes: Sequence[str]
    one: Ints
    other: Ints
    weight: Floats
    about: Facts = field(default_factory=dict)
    side: Ints | None = None
    facts: Sequence[Facts] = ()
    ties: Sequence[Facts] = ()

    def __len__(self) -> int:
        """Return how many nodes there are."""
        return len(self.nodes)

    @property
    def size(self) -> int:
        """How many edges there are."""
        return len(self.one)

    @cached_property
    def place(self) -> dict[str, int]:
        """Node -> its number."""
        return {node: number for number, node in enumerate(self.nodes)}

    def without(self, nodes: Collection[str], **about: object) -> "EdgeList":
        """Return the network less some nodes and their edges, with other words about itself."""
        stays = np.array([node not in nodes for node in self.nodes], dtype=bool)
        number, tied = np.cumsum(stays) - 1, stays[self.one] & stays[self.other]
        kept, edges = np.flatnonzero(stays).tolist(), np.flatnonzero(tied).tolist()
        return EdgeList(
            nodes=tuple(self.nodes[each] for each in kept),
            one=number[self.one[edges]],
            other=number[self.other[edges]],
            weight=self.weight[edges],
            about={**self.about, **about},
            side=None if self.side is None else self.side[kept],
            facts=Later(len(kept), lambda: [self.facts[each] for each in kept]),
            ties=Later(len(edges), lambda: [self.ties[each] for each in edges]),
        )


AnyNetwork: TypeAlias = "nx.Graph[str] | EdgeList"


def edge_list(network: AnyNetwork) -> EdgeList:
    """Return a network in columns: nodes, edges and their ends in the network's own order; no weight is 1."""
    if isinstance(network, EdgeList):
        return network
    nodes, facts = list(network), [facts for _, facts in network.nodes.items()]
    place = {node: number for number, node in enumerate(nodes)}
    ends = np.array([(place[one], place[other]) for one, other in network.edges], dtype=np.int64).reshape(-1, 2)
    ties = [tie for _, _, tie in network.edges(data=True)]
    sides = [each.get("bipartite") for each in facts]
    return EdgeList(
        nodes=nodes,
        one=ends[:, 0],
        other=ends[:, 1],
        weight=np.array([tie.get("weight", 1) for tie in ties], dtype=np.float64),
        about=network.graph,
        side=None if all(side is None for side in sides) else np.array(sides, dtype=np.int64),
        facts=facts,
        ties=ties,
    )


def to_networkx(edges: EdgeList) -> Network:
    """Return a network with the same nodes, edges and attributes, added in order."""
    network: Network = nx.Graph(**edges.about)
    for node, facts in zip(edges.nodes, edges.facts, strict=True):
        network.add_node(node, **facts)
    ends = zip(edges.one.tolist(), edges.other.tolist(), edges.weight.tolist(), edges.ties, strict=True)
    network.add_edges_from(
        (edges.nodes[one], edges.nodes[other], {"weight": weight, **tie}) for one, other, weight, tie in ends
    )
    return network
