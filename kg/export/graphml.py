"""A network -> GraphML, typed and in the network's own order.

Written here and not by networkx, whose writer takes no lists and lets control characters through.
Source: GraphML Primer, graphml.graphdrawing.org.
"""

from collections.abc import Iterator, Mapping

from kg.export.attributes import AnyNetwork, Attributes, Value, columns, iter_edges, iter_nodes
from kg.export.xml import attribute, text

_TYPES = {str: "string", int: "long", float: "double"}
_SPACE = "http://graphml.graphdrawing.org/xmlns"


def graphml(network: AnyNetwork) -> Iterator[str]:
    """Yield the document; nodes are named by IRI.

    Raises:
        ExportError: text holds a character XML has no way to write.
    """
    keys = {
        "node": columns(facts for _, facts in iter_nodes(network)),
        "edge": columns(edge.attributes for edge in iter_edges(network)),
        "graph": columns([network.graph]),
    }
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{_SPACE}">\n'
    for owner, names in keys.items():
        yield from (_key(owner, name, kind) for name, kind in names.items())
    yield f'  <graph edgedefault="{"directed" if network.is_directed() else "undirected"}">\n'
    yield _data("graph", network.graph)
    for node, facts in iter_nodes(network):
        yield f'    <node id="{attribute(node)}">\n{_data("node", facts)}    </node>\n'
    for source, target, facts in iter_edges(network):
        ends = f'source="{attribute(source)}" target="{attribute(target)}"'
        yield f"    <edge {ends}>\n{_data('edge', facts)}    </edge>\n"
    yield "  </graph>\n</graphml>\n"


def _key(owner: str, name: str, kind: type[Value]) -> str:
    """Declare an attribute."""
    about = f'for="{owner}" attr.name="{attribute(name)}" attr.type="{_TYPES[kind]}"'
    return f'  <key id="{owner}-{attribute(name)}" {about}/>\n'


def _data(owner: str, facts: Attributes | Mapping[str, Value]) -> str:
    """Write the attributes of a node, an edge or the graph."""
    return "".join(
        f'      <data key="{owner}-{attribute(name)}">{text(str(value))}</data>\n' for name, value in facts.items()
    )
