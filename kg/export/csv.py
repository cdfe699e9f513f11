r"""A network -> two CSV tables, nodes and edges, under the column names Gephi knows, safe in a spreadsheet.

Source: CWE-1236, neutralization of formula elements in a CSV file: text that a spreadsheet would run
gets an apostrophe before it. Numbers are left alone. RFC 4180 for the rest, with `\n` ending lines.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.export.attributes import AnyNetwork, Value, columns, iter_edges, iter_nodes

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - spreadsheets take the wide forms too
_QUOTED = re.compile('[",\r\n]')
_EDGE_NAMES = {"relation": "Label", "weight": "Weight"}


def nodes_csv(network: AnyNetwork) -> Iterator[str]:
    """Yield the table of nodes: Id, Label, then every other attribute by name."""
    rest = [name for name in columns(facts for _, facts in iter_nodes(network)) if name != "label"]
    yield _line(["Id", "Label", *rest])
    for node, facts in iter_nodes(network):
        yield _line([node, facts.get("label", node), *_cells(facts, rest)])


def edges_csv(network: AnyNetwork) -> Iterator[str]:
    """Yield the table of edges: Source, Target, Type, then every attribute by name, Label and Weight as Gephi says."""
    names = list(columns(edge.attributes for edge in iter_edges(network)))
    yield _line(["Source", "Target", "Type", *(_EDGE_NAMES.get(name, name) for name in names)])
    direction = "Directed" if network.is_directed() else "Undirected"
    for source, target, facts in iter_edges(network):
        yield _line([source, target, direction, *_cells(facts, names)])


def _cells(facts: Mapping[str, Value], names: Iterable[str]) -> list[Value]:
    """Return the values of some columns, empty where there is none."""
    return [facts.get(name, "") for name in names]


def _line(cells: Iterable[Value]) -> str:
    """Write one row; not with `csv.writer`, which before Python 3.13 leaves a carriage return unquoted."""
    return ",".join([_cell(cell) for cell in cells]) + "\n"


def _cell(value: Value) -> str:
    """Return a cell that a spreadsheet reads as text, or a number as it is."""
    cell = f"'{value}" if isinstance(value, str) and value.startswith(_RUNS) else str(value)
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell
