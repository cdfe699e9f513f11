"""What records assert, sorted, loaded, derived from and described: the store of a version and its sorted quads."""

import os
import shutil
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from kg import describe, rules, store
from kg.build.asserting import Asserted, stored_lines
from kg.build.change import Change
from kg.build.columns import ColumnBuilder
from kg.build.counting import count_again
from kg.build.deriving import MEETINGS, TIES, derive
from kg.build.local import derive_again
from kg.build.sorting import Sorter, merge, read_blocks
from kg.build.splicing import splice
from kg.build.version import DATA, PLACES, write_data, write_places
from kg.collection import Collection
from kg.columns import Columns
from kg.convert import Quad, to_nquad
from kg.iris import mint_graph, to_curie
from kg.loading import load_native
from kg.prefixes import ONTOLOGY
from kg.progress import meter
from kg.store import COLUMNS, copy_store

_CHUNK = 1024 * 1024
_DERIVED = "derived.nq"


Counted: TypeAlias = dict[str, dict[str, int]]
"""Things per class and triples per graph."""


def fill(version: Path, asserted: Asserted, collection: Collection) -> Counted:
    """Write store, quads, columns and places into the folder of a version; return how much there is of everything.

    Nothing is sorted twice: the asserted lines are sorted before they are loaded, what is derived and described is
    merged into them afterwards, and the store is not asked for its quads again.
    """
    base = collection.config.base
    work = version / "work"
    work.mkdir()
    loose = work / DATA
    write_data(loose, asserted.lines.merged(), between=b"\n")
    asserted.lines.close()  # as large as what was written; the store wants the disk
    _derive_in_parts(loose, work, base)
    loaded = load_native(version, [loose, work / _DERIVED])
    with closing(Sorter(work)) as late, loose.open("rb") as asserted_lines, (work / _DERIVED).open("rb") as derived:
        for file in rules.derive(loaded, work, base=base, but=MEETINGS | TIES):
            _take(late, file, base)
        counts = describe.count(loaded)
        described = _as_stored(describe.description(counts, collection.config))
        loaded.bulk_load("".join(described).encode(), ox.RdfFormat.N_QUADS)
        with meter("compacting"):
            loaded.optimize()
            loaded.flush()
        sorted_files = [read_blocks(file, 0, os.fstat(file.fileno()).st_size) for file in (asserted_lines, derived)]
        facts, every = ColumnBuilder(base), merge([*sorted_files, late.merged(), map(str.encode, described)])
        with meter("writing"):
            write_data(version / DATA, facts.passing(every))
            facts.write(version / COLUMNS)
    _write_beside(version, asserted)
    shutil.rmtree(work)
    return _in_short(counts, len(described), base)


def patch(version: Path, before: Path, change: Change, asserted: Asserted, collection: Collection) -> Counted:
    """Make a version of the one before it: only what has changed is stored, derived and written anew.

    Raises:
        LookupError: everything must be derived again.
    """
    base = collection.config.base
    work = version / "work"
    work.mkdir()
    copy_store(before, version)
    old, loaded = store.open_native(before), ox.Store(str(version / "store"))
    described = ox.NamedNode(mint_graph("dataset", base=base))
    gone, new = quads_of(change.gone), quads_of(change.new)
    _swap(loaded, gone, new)
    plain = [quad for quad in (*gone, *new) if quad.graph_name == ox.DefaultGraph()]
    swapped = derive_again(old, loaded, plain, work, base=base)
    _swap(loaded, *swapped)
    change.before |= stored_lines(swapped[0]) | stored_lines(old.quads_for_pattern(None, None, None, described))
    loaded.remove_graph(described)
    counts = count_again(old, loaded, [*gone, *new, *swapped[0], *swapped[1]], base=base)
    told = _as_stored(describe.description(counts, collection.config))
    loaded.load("".join(told), ox.RdfFormat.N_QUADS)
    loaded.flush()
    change.after |= stored_lines(swapped[1]) | set(told)
    splice(before / DATA, version / DATA, without=change.gone, plus=change.new)
    facts = ColumnBuilder(base, Columns(before / COLUMNS))
    facts.drop(line[:-1] for line in change.gone)
    facts.add(line[:-1] for line in change.new)
    facts.write(version / COLUMNS)
    _write_beside(version, asserted)
    shutil.rmtree(work)
    return _in_short(counts, len(told), base)


def _swap(loaded: ox.Store, gone: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> None:
    """Take quads out of a store and put others in."""
    for quad in gone:
        loaded.remove(quad)
    loaded.extend(new)


def _write_beside(version: Path, asserted: Asserted) -> None:
    """Write where records stand, and the records themselves where they are kept."""
    write_places(version / PLACES, asserted.places.merged())
    asserted.save_kept(version)


def _derive_in_parts(source: Path, work: Path, base: str) -> None:
    """Write what rules derive in parts from asserted lines as sorted lines."""
    with closing(Sorter(work)) as derived:
        for file in derive(source, work, base=base):
            _take(derived, file, base)
        write_data(work / _DERIVED, derived.merged(), between=b"\n")


def _take(derived: Sorter, file: Path, base: str) -> None:
    """Take the triples of a file as quads of the derived graph."""
    end = f"<{mint_graph('derived', base=base)}> .\n"
    with file.open(encoding="utf-8", newline="\n") as stream:
        while lines := stream.readlines(_CHUNK):
            derived.add([line[:-2] + end for line in lines])
    file.unlink()


def _as_stored(quads: Iterable[Quad]) -> list[str]:
    """Return a few quads as sorted lines, written as the store writes them."""
    small = ox.Store()
    small.load("\n".join(map(to_nquad, quads)), ox.RdfFormat.N_QUADS)
    return sorted(stored_lines(small))


def quads_of(lines: Iterable[str]) -> list[ox.Quad]:
    """Return lines as quads."""
    return list(ox.parse("".join(lines), ox.RdfFormat.N_QUADS))


def _in_short(counts: describe.Counts, described: int, base: str) -> Counted:
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
