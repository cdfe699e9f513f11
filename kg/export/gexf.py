"""A network -> GEXF 1.3 with typed attributes and dated edges: Gephi's own format, timeline included.

Written here and not by networkx, whose writer puts today's date in the file.
Source: GEXF 1.3 schema, gexf.net.
"""

from collections.abc import Iterator

from kg.export.attributes import AnyNetwork, Attributes, Edge, Value, columns, iter_edges, iter_nodes
from kg.export.xml import attribute, text

_TYPES = {str: "string", int: "long", float: "double"}
_OWN_NODE = frozenset({"label", "first", "last"})
_OWN_EDGE = frozenset({"relation", "weight", "first", "last"})


def gexf(network: AnyNetwork) -> Iterator[str]:
    """Yield the document; `first` and `last` of nodes and edges become `start` and `end` (days, both included).

    Raises:
        ExportError: text holds a character XML has no way to write.
    """
    nodes = columns(_rest(facts, _OWN_NODE) for _, facts in iter_nodes(network))
    edges = columns(_rest(edge.attributes, _OWN_EDGE) for edge in iter_edges(network))
    direction = "directed" if network.is_directed() else "undirected"
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield f"  <meta>\n    <creator>kg</creator>\n    <description>{_description(network)}</description>\n  </meta>\n"
    yield f'  <graph defaultedgetype="{direction}" idtype="string" mode="dynamic" timeformat="date">\n'
    yield _declared("node", nodes) + _declared("edge", edges) + "    <nodes>\n"
    for node, facts in iter_nodes(network):
        yield _node(node, facts)
    yield "    </nodes>\n    <edges>\n"
    for number, edge in enumerate(iter_edges(network)):
        yield _edge(number, edge)
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _description(network: AnyNetwork) -> str:
    """Say what was counted and what weights mean."""
    said = (network.graph.get("counted", ""), network.graph.get("weight_means", ""))
    return text(" Weight: ".join(part for part in said if part))


def _rest(facts: Attributes, own: frozenset[str]) -> dict[str, Value]:
    """Return the attributes GEXF has no place of its own for."""
    return {name: value for name, value in facts.items() if name not in own}


def _declared(owner: str, names: dict[str, type[Value]]) -> str:
    """Declare attributes."""
    declared = "".join(
        f'      <attribute id="{attribute(name)}" title="{attribute(name)}" type="{_TYPES[kind]}"/>\n'
        for name, kind in names.items()
    )
    return f'    <attributes class="{owner}">\n{declared}    </attributes>\n'


def _node(node: str, facts: Attributes) -> str:
    """Write a node."""
    about = f'id="{attribute(node)}" label="{attribute(str(facts.get("label", node)))}"{_days(facts)}'
    return f"      <node {about}>\n{_values(_rest(facts, _OWN_NODE))}      </node>\n"


def _edge(number: int, edge: Edge) -> str:
    """Write an edge; a relation is its label, and its kind, so that parallel edges stay apart."""
    source, target, facts = edge
    about = f'id="{number}" source="{attribute(source)}" target="{attribute(target)}"'
    if relation := facts.get("relation"):
        about += f' label="{attribute(str(relation))}" kind="{attribute(str(relation))}"'
    about += f' weight="{facts.get("weight", 1)}"{_days(facts)}'
    return f"      <edge {about}>\n{_values(_rest(facts, _OWN_EDGE))}      </edge>\n"


def _days(facts: Attributes) -> str:
    """Write the days something lasted, each end only where it is known."""
    ends = (("start", facts.get("first")), ("end", facts.get("last")))
    return "".join(f' {name}="{day}"' for name, day in ends if day)


def _values(facts: Attributes) -> str:
    """Write the values of declared attributes."""
    values = "".join(
        f'          <attvalue for="{attribute(name)}" value="{attribute(str(value))}"/>\n'
        for name, value in facts.items()
    )
    return f"        <attvalues>\n{values}        </attvalues>\n" if values else ""
