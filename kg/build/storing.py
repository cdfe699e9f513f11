"""What records assert, sorted, loaded, derived from and described: the store of a version and its sorted quads."""

import shutil
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox

from kg import describe, rules, store
from kg.build.asserting import Asserted, stored_lines
from kg.build.sorting import Sorter, merge, read_blocks
from kg.build.version import DATA, PLACES, write_data, write_places
from kg.collection import Collection
from kg.convert import Quad, to_nquad
from kg.iris import mint_graph, to_curie
from kg.prefixes import ONTOLOGY

_CHUNK = 1024 * 1024


def fill(version: Path, asserted: Asserted, collection: Collection) -> dict[str, dict[str, int]]:
    """Write store, quads and places into the folder of a version; return how much there is of everything.

    Nothing is sorted twice: the asserted lines are sorted before they are loaded, what is derived and described is
    merged into them afterwards, and the store is not asked for its quads again.
    """
    base = collection.config.base
    work = version / "work"
    work.mkdir()
    loose = work / DATA
    write_data(loose, asserted.lines.merged(), between="\n")
    loaded = store.load_native(version, [loose])
    with closing(Sorter(work)) as derived, loose.open("rb") as stream:
        for file in rules.derive(loaded, work, base=base):
            _take(derived, file, str(mint_graph("derived", base=base)))
        counts = describe.count(loaded)
        described = _as_stored(describe.description(counts, collection.config))
        loaded.bulk_load("".join(described).encode(), ox.RdfFormat.N_QUADS)
        loaded.optimize()
        loaded.flush()
        write_data(version / DATA, merge([read_blocks(stream), derived.merged(), described]))
    write_places(version / PLACES, asserted.places.merged())
    shutil.rmtree(work)
    return _in_short(counts, len(described), base)


def _take(derived: Sorter, file: Path, graph: str) -> None:
    """Take the triples of a file as quads of a graph."""
    end = f"<{graph}> .\n"
    with file.open(encoding="utf-8", newline="\n") as stream:
        while lines := stream.readlines(_CHUNK):
            derived.add([line[:-2] + end for line in lines])
    file.unlink()


def _as_stored(quads: Iterable[Quad]) -> list[str]:
    """Return a few quads as sorted lines, written as the store writes them."""
    small = ox.Store()
    small.load("\n".join(map(to_nquad, quads)), ox.RdfFormat.N_QUADS)
    return sorted(stored_lines(small))


def _in_short(counts: describe.Counts, described: int, base: str) -> dict[str, dict[str, int]]:
    """Return things per class of our ontology, and triples per graph, under the names people use."""
    own = f"{ONTOLOGY}#"
    classes = {iri.removeprefix(own): number for iri, number in counts.classes.items() if iri.startswith(own)}
    graphs = {_graph_name(iri, base): number for iri, number in counts.graphs.items()}
    graphs |= {"default": counts.triples, _graph_name(mint_graph("dataset", base=base), base): described}
    return {"classes": dict(sorted(classes.items())), "graphs": dict(sorted(graphs.items()))}


def _graph_name(iri: str, base: str) -> str:
    """Return a graph's IRI in short."""
    if iri == ONTOLOGY:
        return "ontology"
    return to_curie(iri, base=base).replace(f"{base}graph/", "graph:")
