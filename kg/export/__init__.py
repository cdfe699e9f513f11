"""A dataset, a network or the records -> a file format, as bytes that depend on nothing but the facts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from kg.errors import ExportError, did_you_mean
from kg.export.context import Context, shipped_context
from kg.export.csv import edges_csv, nodes_csv
from kg.export.files import write_file, write_folder
from kg.export.gexf import gexf
from kg.export.graphml import graphml
from kg.export.jsonld import jsonld
from kg.export.lines import DEFAULT, Lines, iter_build, iter_graph, read_build
from kg.export.nquads import nquads, ntriples
from kg.export.rdfxml import rdfxml
from kg.export.turtle import trig, turtle
from kg.prefixes import BASE, prefixes

if TYPE_CHECKING:
    from rdflib import Dataset

    from kg.export.attributes import AnyNetwork

__all__ = [
    "FORMATS",
    "Format",
    "export",
    "export_build",
    "export_network",
    "export_tables",
    "write_file",
    "write_folder",
]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its usual suffix, its media type, and what one file of it holds."""

    suffix: str
    media_type: str
    holds: Literal["graph", "dataset", "network", "tables", "records"]


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "turtle": Format(".ttl", "text/turtle", "graph"),
        "trig": Format(".trig", "application/trig", "dataset"),
        "nquads": Format(".nq", "application/n-quads", "dataset"),
        "ntriples": Format(".nt", "application/n-triples", "graph"),
        "jsonld": Format(".jsonld", "application/ld+json", "graph"),
        "rdfxml": Format(".rdf", "application/rdf+xml", "graph"),
        "graphml": Format(".graphml", "application/graphml+xml", "network"),
        "gexf": Format(".gexf", "application/gexf+xml", "network"),
        "csv": Format("", "text/csv", "records"),
        "csv-network": Format("", "text/csv", "tables"),
    }
)

_DATASETS = frozenset({"trig", "nquads", "jsonld"})
_NETWORKS: Mapping[str, Callable[["AnyNetwork"], Iterator[str]]] = {"graphml": graphml, "gexf": gexf}


def export(dataset: "Dataset", name: str, *, graph: str | None = None, base: str = BASE) -> Iterator[bytes]:
    """Yield a dataset in one of the RDF formats, sorted: the same facts give the same bytes.

    `graph` is `default`, `all` or a graph's IRI; unless said, `all` for TriG and N-Quads and `default`
    for the others. Only TriG, N-Quads and JSON-LD hold more than one graph.

    Raises:
        ExportError: the format cannot hold what was asked, or no graph has that IRI.
        ValueError: the format is none of the RDF formats.
    """
    from kg.export.graphs import read_lines  # who has a dataset has loaded rdflib

    wanted = _wanted(name, graph)
    lines = _chosen(read_lines(dataset, only_default=wanted == "default"), wanted)
    return nquads(lines) if name == "nquads" else _serialize(lines, name, prefixes(base))


def export_build(version: Path, name: str, *, graph: str | None = None, base: str = BASE) -> Iterator[bytes]:
    """Yield what `export` does, from the sorted quads of a build: faster, and one graph in flat memory.

    Raises:
        ExportError: the format cannot hold what was asked, or no graph has that IRI.
        StoreError: the build's quads are missing, or not as they were written.
        ValueError: the format is none of the RDF formats.
    """
    wanted = _wanted(name, graph)
    if wanted == "all" and name == "nquads":
        return iter_build(version)
    if wanted == "default":
        lines: Mapping[bytes, Iterable[bytes]] = {DEFAULT: iter_graph(version, DEFAULT)}
    else:
        lines = _chosen(read_build(version), wanted)
    if name == "nquads":
        return nquads({graph: list(group) for graph, group in lines.items()})
    return _serialize(lines, name, prefixes(base))


def _wanted(name: str, graph: str | None) -> str:
    """Return the graphs asked for, once it is clear that the format can hold them."""
    if name not in FORMATS or FORMATS[name].holds not in {"graph", "dataset"}:
        raise ValueError(f"no such RDF format: {name!r}")
    wanted = graph or ("all" if FORMATS[name].holds == "dataset" else "default")
    if wanted == "all" and name not in _DATASETS:
        raise ExportError(f"{name} holds one graph; ask for trig, nquads or jsonld, or name one graph")
    return wanted


def _chosen(graphs: Lines, wanted: str) -> Lines:
    """Return the graphs asked for; one that is named alone stays named where the format can say so."""
    if wanted == "all":
        return graphs
    if wanted == "default":
        return {DEFAULT: graphs.get(DEFAULT, [])}
    named = f"<{wanted}>".encode(errors="replace")
    if named not in graphs:
        known = [graph[1:-1].decode() for graph in graphs if graph]
        raise ExportError(f"no graph is named {wanted!r}{did_you_mean(wanted, known)}")
    return {named: graphs[named]}


def _serialize(graphs: Mapping[bytes, Iterable[bytes]], name: str, named: Mapping[str, str]) -> Iterator[bytes]:
    """Pick the writer; a format of one graph gets the only one there is."""
    if name == "trig":
        return trig(graphs, named)
    if name == "jsonld":
        return jsonld(graphs, Context(shipped_context(), named))
    lines = next(iter(graphs.values()), ())
    if name == "ntriples":
        return ntriples(lines)
    return turtle(lines, named) if name == "turtle" else rdfxml(lines, named)


def export_network(network: "AnyNetwork", name: str) -> Iterator[bytes]:
    """Yield a network as `graphml` or `gexf`, nodes and edges in the network's order.

    Raises:
        ExportError: text holds a character XML has no way to write.
        ValueError: the format is neither of the two.
    """
    if name not in _NETWORKS:
        raise ValueError(f"no such network format: {name!r}")
    return _encoded(_NETWORKS[name](network))


def export_tables(network: "AnyNetwork") -> dict[str, Iterator[bytes]]:
    """Return file name -> CSV: `nodes.csv` and `edges.csv`, as Gephi imports them."""
    return {"nodes.csv": _encoded(nodes_csv(network)), "edges.csv": _encoded(edges_csv(network))}


def _encoded(chunks: Iterable[str]) -> Iterator[bytes]:
    """Yield text as UTF-8.

    Raises:
        ExportError: half a surrogate pair, which is no character.
    """
    for chunk in chunks:
        try:
            yield chunk.encode()
        except UnicodeEncodeError as error:
            raise ExportError(f"half a surrogate pair, U+{ord(chunk[error.start]):04X}, cannot be written") from error
