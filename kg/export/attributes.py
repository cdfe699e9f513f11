"""A network -> rows of nodes and edges with typed columns, as GraphML, GEXF and CSV hold them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

AnyNetwork: TypeAlias = "nx.Graph[str] | nx.MultiDiGraph[str]"
Value = str | int | float
Attributes = Mapping[str, Value]


class Edge(NamedTuple):
    """One edge: its ends and its attributes."""

    source: str
    target: str
    attributes: Attributes


def iter_nodes(network: AnyNetwork) -> Iterator[tuple[str, Attributes]]:
    """Yield nodes with their attributes, in the network's order."""
    return ((node, _flat(facts)) for node, facts in network.nodes.items())


def iter_edges(network: AnyNetwork) -> Iterator[Edge]:
    """Yield edges with their attributes, in the network's order."""
    return (Edge(ends[0], ends[1], _flat(facts)) for ends, facts in network.edges.items())


def columns(rows: Iterable[Attributes]) -> dict[str, type[Value]]:
    """Return the names of all attributes, sorted, with the type that holds every value."""
    found: dict[str, type[Value]] = {}
    for row in rows:
        for name, value in row.items():
            found[name] = _wider(found.get(name, type(value)), type(value))
    return {name: found[name] for name in sorted(found)}


def _wider(one: type[Value], other: type[Value]) -> type[Value]:
    """Return the type that holds values of both."""
    if one is other:
        return one
    return float if {one, other} == {int, float} else str


def _flat(facts: Mapping[str, Any]) -> dict[str, Value]:
    """Return attributes as text and numbers: several values as text with spaces between, none left out."""
    return {name: value if isinstance(value, str | int | float) else " ".join(value) for name, value in facts.items()}
