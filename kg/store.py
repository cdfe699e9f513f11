"""Keep quads: rdflib's Dataset is the API everywhere, Oxigraph the engine behind it.

A build is a folder of versions and a file `CURRENT` that names one:

    build/CURRENT            the name of the version in use, replaced by rename
    build/<version>/store/   Oxigraph's own files, opened read-only
    build/<version>/data.nq  the same quads as sorted N-Quads, and whatever else the build adds

A version is written under another name and renamed when complete, so a reader never sees half of
one, and a process killed at any moment leaves the version in use as it was.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal, cast

import pyoxigraph as ox
import rdflib
from oxrdflib.store import OxigraphStore
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import XSD
from rdflib.plugins import sparql
from rdflib.term import Node

from kg.convert import Quad
from kg.errors import StoreError
from kg.prefixes import BASE
from kg.terms import bind_prefixes

Backend = Literal["oxigraph", "rdflib"]

# rdflib would read local files and URLs named in a query's FROM; nothing of ours may.
sparql.SPARQL_LOAD_GRAPHS = False


def memory_dataset(*, backend: Backend = "oxigraph", base: str = BASE) -> rdflib.Dataset:
    """Return an empty dataset in memory, its default graph kept apart from the named ones.

    rdflib's own engine is slow and lets `GRAPH ?g` match the default graph too; it is here as a second opinion.

    Raises:
        ValueError: the backend is unknown.
    """
    if backend == "oxigraph":
        return _dataset(ox.Store(), base)
    if backend == "rdflib":
        dataset = rdflib.Dataset(default_union=False)
        bind_prefixes(dataset, base)
        return dataset
    raise ValueError(f"no such backend: {backend!r}")


class _ReadOnlyStore(OxigraphStore):
    """A store that is only read: naming a graph of it must not try to make one."""

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Do nothing: a graph without quads need not be noted."""


def _dataset(store: ox.Store, base: str, kind: type[OxigraphStore] = OxigraphStore) -> rdflib.Dataset:
    """Wrap an Oxigraph store."""
    dataset = rdflib.Dataset(store=kind(store=store), default_union=False)
    bind_prefixes(dataset, base)
    return dataset


def native(dataset: rdflib.Dataset) -> ox.Store | None:
    """Return the Oxigraph store behind a dataset, or None when there is none."""
    return dataset.store._inner if isinstance(dataset.store, OxigraphStore) else None  # noqa: SLF001 - the one border


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


def pairs(graph: rdflib.Graph, predicate: rdflib.URIRef) -> Iterator[tuple[str, str]]:
    """Yield subject and object of every fact with one predicate, as text, in no particular order.

    Of a dataset, the facts of its default graph. Straight from Oxigraph where it is the store: some ten times
    faster than making rdflib's terms.
    """
    store = native(graph) if isinstance(graph, rdflib.Dataset) else None
    if store is None:
        yield from ((str(subject), str(value)) for subject, _, value in graph.triples((None, predicate, None)))
        return
    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, ox.DefaultGraph()):
        yield quad.subject.value, quad.object.value  # type: ignore[union-attr]


# -- versions on disk ---------------------------------------------------------------------------------------------

CURRENT = "CURRENT"
_NEW = ".new-"


def current_version(build: Path) -> Path | None:
    """Return the folder of the version in use, or None before the first build."""
    try:
        name = (build / CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"cannot read {build / CURRENT}: {error}") from error
    if not name.isalnum() or not (build / name).is_dir():
        raise StoreError(f"{build / CURRENT} names a version that is not there; run `kg build` again")
    return build / name


def open_dataset(build: Path, *, base: str = BASE) -> rdflib.Dataset:
    """Open the version of `build` in use, read-only.

    Raises:
        StoreError: there is no build yet, or its files are damaged.
    """
    return _dataset(open_native(require_version(build)), base, kind=_ReadOnlyStore)


def require_version(build: Path) -> Path:
    """Return the folder of the version in use.

    Raises:
        StoreError: there is no build yet, or it is damaged.
    """
    version = current_version(build)
    if version is None:
        raise StoreError(f"nothing is built in {build}; run `kg build` first")
    return version


def open_native(version: Path) -> ox.Store:
    """Open the Oxigraph store of one version, read-only.

    Raises:
        StoreError: its files are missing or damaged.
    """
    folder = version / "store"
    if not (folder / "CURRENT").is_file():  # RocksDB's own; without it, it would start an empty store
        raise StoreError(f"the store in {version} is incomplete; run `kg build` again")
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, ValueError, RuntimeError) as error:  # RocksDB calls corruption a runtime error
        raise StoreError(f"the store in {version} cannot be opened: {error}; run `kg build` again") from error


@contextmanager
def new_version(build: Path, name: str) -> Iterator[Path]:
    """Give an empty folder to fill; on success it becomes version `name` and the one in use.

    Raises:
        StoreError: another build of the same collection is running, or the disk refuses.
    """
    try:
        build.mkdir(parents=True, exist_ok=True)
        with _lock(build):
            _sweep(build, keep={name, _name_in_use(build)})
            folder = build / f"{_NEW}{name}"
            folder.mkdir()
            yield folder
            _put_in_place(build, folder, name)
    except OSError as error:
        raise StoreError(f"cannot write the build in {build}: {error}") from error


def _name_in_use(build: Path) -> str:
    """Return the name in CURRENT, or nothing when it cannot be told."""
    try:
        return (build / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


@contextmanager
def _lock(build: Path) -> Iterator[None]:
    """Let one builder in at a time; the lock goes when its process does."""
    import fcntl

    with (build / ".lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError(f"another build is writing to {build}; wait for it to end") from error
        yield


def _sweep(build: Path, *, keep: set[str]) -> None:
    """Remove versions that are neither in use nor about to be, and what a killed build left."""
    for folder in sorted(build.iterdir()):
        if folder.is_dir() and folder.name not in keep:
            shutil.rmtree(folder)


def _put_in_place(build: Path, folder: Path, name: str) -> None:
    """Rename the finished folder to its name, then point CURRENT at it."""
    _sync(folder)
    target = build / name
    if target.exists():  # same content, but not in use or damaged
        shutil.rmtree(target)
    folder.rename(target)
    write_atomically(build / CURRENT, f"{name}\n".encode())


def _sync(folder: Path) -> None:
    """Ask the system to put a folder's files on disk before they are pointed at."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as stream:
                os.fsync(stream.fileno())


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def load_native(folder: Path, files: Iterable[Path]) -> ox.Store:
    """Bulk-load N-Quads files into a new Oxigraph store in `folder`."""
    store = ox.Store(str(folder / "store"))
    for path in files:
        store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    return store


def dump_native(store: ox.Store, output: IO[bytes], *, graph: str | None = None) -> None:
    """Write every quad as N-Quads, or the triples of one graph as N-Triples, in the store's order.

    `graph` is an IRI, or empty for the default graph.
    """
    if graph is None:
        store.dump(output, format=ox.RdfFormat.N_QUADS)
    else:
        name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
        store.dump(output, format=ox.RdfFormat.N_TRIPLES, from_graph=name)
