"""Make a register of a size once: records, a build, its graphs as files, and tables for engines that map tables.

    python benchmarks/places.py FOLDER REGISTER [--as-is] PART...

It is a process of its own, whose memory ends with it. Exit 3 when there is no build and `--as-is` forbids one.
"""

import csv
import hashlib
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, cast

from harness import HERE, Part, Place, Register
from rdflib import Literal
from registers import write

import kg
from kg import convert
from kg.check import Screen
from kg.convert import Settings, record_quads
from kg.export import export_build, write_file
from kg.iris import mint_graph
from kg.prefixes import BASE, prefixes
from kg.query.bind import bind
from kg.query.recipes import find_recipe, recipes
from kg.read import Entry, iter_entries
from kg.resources import sector_ids

FILES = 10_000
COLUMNS = ("thing", "said")  # morph-kgc has columns of its own called subject and object


class NotMade(Exception):  # noqa: N818 - no error: a run goes on without it
    """A register has no build, with what makes it."""


def prepare(folder: Path, register: Register, needs: Iterable[Part] = (), *, may_build: bool = True) -> Place:
    """Return a register with its records and the parts needed: made, unless they are there.

    A build is of the code that is here; when it may not be made, that which is there is taken as it is.

    Raises:
        NotMade: there is no build, and it may not be made.
    """
    place = Place(folder / register.name, register)
    _make_records(place)
    for part in needs:
        if part in {"build", "graphs"}:
            _make_build(place, may_build=may_build)
        if part in _MAKE:
            _MAKE[part](place)
    return place


def _make_records(place: Place) -> None:
    """Write the records, anew when the code that makes them has changed."""
    made_by = hashlib.sha256((HERE / "registers.py").read_bytes()).hexdigest()
    note = place.folder / "made-by.txt"
    if note.exists() and note.read_text(encoding="utf-8") == made_by:
        return
    shutil.rmtree(place.folder, ignore_errors=True)
    write(place.folder, place.register.meetings, is_plain=place.register.is_plain)
    note.write_text(made_by, encoding="utf-8")


def _make_build(place: Place, *, may_build: bool) -> None:
    """Build the register, unless the build there is is of this code, and bind the questions it is asked.

    Raises:
        NotMade: there is none, and it may not be made.
    """
    if may_build:
        kg.build_collection(kg.find_collection(place.folder))
    elif not (place.build / "CURRENT").exists():
        raise NotMade(f"No build of {place.register}")
    place.questions.write_text(json.dumps(_questions(), indent=1), encoding="utf-8")


def _make_graphs(place: Place) -> None:
    """Write three graphs of the build as files; their folder is named after it in a note."""
    note = place.triples.with_name("version.txt")
    if note.exists() and note.read_text(encoding="utf-8") == place.version.name:
        return
    place.triples.parent.mkdir(exist_ok=True)
    named = ((path, str(mint_graph(path.stem))) for path in (place.derived, place.described))
    for path, graph in ((place.triples, "default"), *named):
        write_file(path, export_build(place.version, "ntriples", graph=graph))
    note.write_text(place.version.name, encoding="utf-8")


def _make_files(place: Place) -> None:
    """Write the same records as a collection of so many files, and build it."""
    if not place.files.exists():
        beside = place.folder / "files.new"
        shutil.rmtree(beside, ignore_errors=True)
        (beside / "records").mkdir(parents=True)
        shutil.copy(place.folder / "kg.toml", beside)
        lines = place.records.read_text(encoding="utf-8").splitlines(keepends=True)
        for number in range(FILES):
            path = beside / "records" / f"{number:05}.jsonl"
            path.write_text("".join(lines[number::FILES]), encoding="utf-8")
        beside.rename(place.files)
    # Even where builds are taken as they are: after a change of code there is nothing to patch.
    kg.build_collection(kg.find_collection(place.files))


GIVEN: dict[str, dict[str, str]] = {
    "cq01": {"us": "city-7"},
    "cq02": {"us": "city-1", "party": "party-2"},
    "cq03": {"party": "city-7"},
    "cq04": {"us": "city-7"},
    "cq05": {"us": "city-7"},
    "cq06": {"meeting": "meeting-7"},
    "cq07": {"us": "city-7"},
    "cq08": {"us": "city-7"},
    "cq09": {"name": "Official 12"},
    "cq10": {"since": "2024"},
    "cq11": {"party": "city-7"},
    "cq12": {"party": "city-7"},
    "cq13": {"party": "city-7"},
    "cq15": {"least": "20"},
    "cq16": {"party": "party-7"},
    "cq18": {"party": "city-7"},
    "cq19": {"meeting": "meeting-7"},
    "cq20": {"meeting": "meeting-7"},
    "cq23": {"meeting": "meeting-7"},
    "cq24": {"party": "city-7"},
    "cq25": {"party": "city-7"},
    "cq26": {"least": "20"},
    "cq29": {"forum": "forum-7"},
    "cq31": {"party": "city-7"},
    "cq32": {"us": "city-7"},
    "cq33": {"least": "200"},
    "cq34": {"party": "city-7"},
    "cq35": {"party": "party-7"},
    "cq41": {"post": "city-7-mayor"},
}
"""What recipes are asked about where their defaults are things of the shipped collection, or would list everything."""


def _questions() -> dict[str, str]:
    """Return every recipe bound to things of a register: a busy one of each kind, not the busiest."""
    declared = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in prefixes(BASE).items())
    found = {}
    for name in recipes():
        recipe = find_recipe(name)
        text = bind(recipe.text, recipe.bind(GIVEN.get(name[:4], {})))
        found[name] = declared + re.sub(r"^(#|PREFIX ).*\n", "", text, flags=re.MULTILINE)
    return found


def record_triples(place: Place) -> Iterator[tuple[Any, Any, Any]]:
    """Yield the default graph's triples of every record, in rdflib's terms."""
    settings = Settings(shared_sectors=sector_ids())
    for entry in iter_entries(place.records):
        if isinstance(entry, Entry):
            yield from ((s, p, o) for s, p, o, graph in record_quads(entry.record, settings) if graph is None)


def record_lines(place: Place) -> Iterator[str]:
    """Yield the same triples as lines of N-Triples, straight from records that are checked on the way.

    Raises:
        ValueError: something is wrong with the register.
    """
    settings = Settings(shared_sectors=sector_ids())
    with closing(Screen(kg.find_collection(place.folder))) as screen:
        for entry in screen.entries():
            yield from convert.record_lines(entry.record, settings, asserted_only=True)
        if not screen.is_clean():
            raise ValueError("the register is not clean")


def _make_tables(place: Place) -> None:
    """Write a CSV file per predicate and type of object, named `NUMBER.csv`, and their index.

    The index names for each the predicate, whether objects are IRIs, and their datatype or language.
    """
    if place.tables.exists():
        return
    beside = place.folder / "tables.new"
    beside.mkdir(exist_ok=True)
    tables: dict[tuple[str, str, str, str], Any] = {}
    with ExitStack() as files:
        for subject, predicate, value in record_triples(place):
            key = (str(predicate), *_type_of(value))
            if key not in tables:
                stream = files.enter_context((beside / f"{len(tables)}.csv").open("w", encoding="utf-8", newline=""))
                tables[key] = csv.writer(stream)
                tables[key].writerow(COLUMNS)
            tables[key].writerow((subject, value))
        with (beside / "index.tsv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter="\t").writerows([(n, *key) for n, key in enumerate(tables)])
    beside.rename(place.tables)


def _type_of(value: object) -> tuple[str, str, str]:
    """Return `iri` or `literal`, the datatype and the language; the last two may be empty."""
    if isinstance(value, Literal):
        return "literal", str(value.datatype or ""), str(value.language or "")
    return "iri", "", ""


_MAKE: Mapping[Part, Callable[[Place], None]] = {
    "graphs": _make_graphs,
    "tables": _make_tables,
    "files": _make_files,
}


def main() -> int:
    """Make what the command line names."""
    may_build = "--as-is" not in sys.argv
    folder, register, *parts = (each for each in sys.argv[1:] if each != "--as-is")
    try:
        prepare(Path(folder), Register.of(register), cast("list[Part]", parts), may_build=may_build)
    except NotMade as reason:
        print(reason, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
