"""Load files of lines, N-Triples or N-Quads, into Oxigraph without its memory growing with them.

Oxigraph's bulk loader holds up to a million quads in each of two batches, at some 1 kB a quad. Given slices of
`SLICE` bytes it takes the same processor time and holds a tenth; the store is compacted once all is loaded.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.progress import meter

SLICE = 32 * 1024 * 1024
"""Bytes of lines given to the bulk loader at once: some 120,000 quads."""


def load_native(folder: Path, files: Iterable[Path]) -> ox.Store:
    """Bulk-load N-Quads files into a new Oxigraph store in `folder`."""
    store = ox.Store(str(folder / "store"))
    for path in files:
        with meter("loading", path.stat().st_size, unit="B") as advance:
            for lines in slices(path, SLICE):
                store.bulk_load(lines, ox.RdfFormat.N_QUADS)
                advance(len(lines))
    return store


def load_graph(store: ox.Store, path: Path, graph: ox.NamedNode) -> None:
    """Bulk-load a file of N-Triples into a graph."""
    for lines in slices(path, SLICE):
        store.bulk_load(lines, ox.RdfFormat.N_TRIPLES, to_graph=graph)


def slices(path: Path, size: int) -> Iterator[bytes]:
    """Yield the whole lines of a file, some `size` bytes at a time."""
    with path.open("rb") as stream:
        while lines := stream.read(size):
            yield lines + stream.readline()
