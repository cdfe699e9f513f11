"""A build, or quads in memory, as rdflib's Dataset: the API of the library, Oxigraph the engine behind it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, cast

import pyoxigraph as ox
import rdflib
from oxrdflib.store import OxigraphStore
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import XSD
from rdflib.plugins import sparql
from rdflib.term import Node

from kg.convert import Quad
from kg.prefixes import BASE
from kg.remote import Remote, open_remote
from kg.remote.graphs import RemoteStore
from kg.store import Opened, is_address, open_version, require_version
from kg.terms import bind_prefixes

Backend = Literal["oxigraph", "rdflib"]

# rdflib would read local files and URLs named in a query's FROM; nothing of ours may.
sparql.SPARQL_LOAD_GRAPHS = False


def open_dataset(build: Path | str, *, base: str = BASE) -> rdflib.Dataset:
    """Open a build, read-only: the version in use of a folder, or what the SPARQL server at an `http` address holds.

    Raises:
        StoreError: there is no build yet, its files are damaged, or the server cannot be read.
    """
    if is_address(build):
        return remote_dataset(open_remote(str(build), base=base))
    build = Path(build)
    return _dataset(_ReadOnlyStore(open_version(require_version(build))), base)


def remote_dataset(remote: Remote) -> rdflib.Dataset:
    """Return the build on a server as a dataset, read-only; each pattern asked of it is one request."""
    dataset = rdflib.Dataset(store=RemoteStore(remote), default_union=False)
    bind_prefixes(dataset, remote.scope.base)
    return dataset


def memory_dataset(*, backend: Backend = "oxigraph", base: str = BASE) -> rdflib.Dataset:
    """Return an empty dataset in memory, its default graph kept apart from the named ones.

    rdflib's own engine is slow and lets `GRAPH ?g` match the default graph too; it is here as a second opinion.

    Raises:
        ValueError: the backend is unknown.
    """
    if backend == "oxigraph":
        return _dataset(OxigraphStore(store=ox.Store()), base)
    if backend == "rdflib":
        dataset = rdflib.Dataset(default_union=False)
        bind_prefixes(dataset, base)
        return dataset
    raise ValueError(f"no such backend: {backend!r}")


class _ReadOnlyStore(OxigraphStore):
    """The store of a build, only read: naming a graph of it must not try to make one."""

    def __init__(self, opened: Opened) -> None:
        """Keep the build: beside its store it may have columns."""
        super().__init__(store=opened.store)
        self.opened = opened

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Do nothing: a graph without quads need not be noted."""


def _dataset(store: OxigraphStore, base: str) -> rdflib.Dataset:
    """Wrap an Oxigraph store."""
    dataset = rdflib.Dataset(store=store, default_union=False)
    bind_prefixes(dataset, base)
    return dataset


def add_quads(dataset: rdflib.Dataset, quads: Iterable[Quad]) -> None:
    """Add quads; None as their graph is the default graph."""
    # A list, because oxrdflib walks what it is given twice.
    default = dataset.default_graph
    dataset.addN([(s, p, o, default if g is None else dataset.get_context(g)) for s, p, o, g in quads])


def iter_quads(dataset: rdflib.Dataset) -> Iterator[Quad]:
    """Yield every quad, in no particular order."""
    for subject, predicate, value, graph in dataset.quads((None, None, None, None)):
        default = graph is None or graph == DATASET_DEFAULT_GRAPH_ID
        # rdflib types its quads as any node; ours hold IRIs and literals only.
        yield cast("Quad", (subject, predicate, _plain(value), None if default else graph))


def _plain(value: Node) -> Node:
    """Return a string without the datatype that Oxigraph spells out: to rdflib, the two are not equal."""
    is_string = isinstance(value, rdflib.Literal) and value.datatype == XSD.string
    return rdflib.Literal(str(value)) if is_string else value
