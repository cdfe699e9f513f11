"""Read one state of the facts: a collection, a build, or a file of RDF -> its quads as canonical lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.collection import CONFIG, open_collection
from kg.errors import StoreError, did_you_mean
from kg.store import CURRENT, current_version

DATA = "data.nq"  # what a build calls it
_FORMATS = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".rdf": ox.RdfFormat.RDF_XML,
}
_OF_ONE_GRAPH = {".nt", ".ttl", ".rdf"}


@dataclass(frozen=True)
class State:
    """Quads as lines of canonical N-Quads; `has_graphs` is False when only the default graph could be said."""

    lines: frozenset[str]
    has_graphs: bool = True


def read_state(path: Path) -> State:
    """Read a collection (as its records are now), the folder of a build, or a file of RDF.

    Raises:
        RecordError: the collection has errors.
        StoreError: there is nothing to read, or it is not what its name says.
    """
    if (path / CONFIG).is_file():
        from tempfile import TemporaryDirectory

        from kg.build import build_collection  # what is built already, or written by others, is read without it

        with TemporaryDirectory(prefix="kg-diff-") as folder:
            return _state(build_collection(open_collection(path), into=Path(folder)).version / DATA)
    if (path / CURRENT).is_file() and not (path / DATA).is_file():
        version = current_version(path)
        return _state((version or path) / DATA)
    return _state(path / DATA if path.is_dir() else path)


def _state(path: Path) -> State:
    """Parse a file into lines that are equal when the quads are."""
    if not path.exists():
        raise StoreError(f"nothing to compare at {path}: expected a collection, a build or a file of RDF")
    if path.suffix not in _FORMATS:
        hint = did_you_mean(path.suffix, _FORMATS) or f"; expected one of {', '.join(_FORMATS)}"
        raise StoreError(f"cannot compare {path}: no format is called {path.suffix!r}{hint}")
    try:
        with path.open("rb") as file:
            quads = list(ox.parse(file, format=_FORMATS[path.suffix], without_named_graphs=False))
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(f"cannot read {path}: {error}") from error
    return State(_lines(quads, path), path.suffix not in _OF_ONE_GRAPH)


def _lines(quads: Iterable[ox.Quad], path: Path) -> frozenset[str]:
    """Write each quad as one canonical line."""
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    lines = frozenset(text.decode().splitlines())
    blank = min((line for line in lines if line.startswith("_:") or " _:" in line.partition('"')[0]), default=None)
    if blank:
        raise StoreError(f"{path} has blank nodes, which have no identity to compare: {blank}")
    return lines
