"""Make a register of a size once: records, a build, its graphs as files, and tables for engines that map tables."""

import csv
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from harness import Place
from rdflib import Literal
from registers import write

import kg
from kg import convert
from kg.check import Screen
from kg.convert import Settings, record_quads
from kg.export import export_build, write_file
from kg.iris import mint_graph
from kg.prefixes import BASE, prefixes
from kg.query import find_recipe, recipes
from kg.query.bind import bind
from kg.read import Entry, iter_entries
from kg.resources import sector_ids

COLUMNS = ("thing", "said")  # morph-kgc has columns of its own called subject and object


def prepare(folder: Path, meetings: int) -> Place:
    """Return a register of so many meetings, each part of it made unless it is there already."""
    place = Place(folder / str(meetings), meetings)
    if not place.records.exists():
        write(place.folder, meetings)
    if not (place.build / "CURRENT").exists():
        kg.build_collection(kg.find_collection(place.folder))
    for path, graph in ((place.triples, "default"), (place.derived, str(mint_graph("derived")))):
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            write_file(path, export_build(place.version, "ntriples", graph=graph))
    if not place.tables.exists():
        _write_tables(place)
    place.questions.write_text(json.dumps(_questions(), indent=1), encoding="utf-8")
    return place


GIVEN: dict[str, dict[str, str]] = {
    "cq01": {"us": "city-7"},
    "cq02": {"us": "city-7", "party": "party-7"},
    "cq03": {"party": "city-7"},
    "cq04": {"us": "city-7"},
    "cq05": {"us": "city-7"},
    "cq06": {"meeting": "meeting-7"},
    "cq07": {"us": "city-7"},
    "cq08": {"us": "city-7"},
    "cq09": {"name": "Official 12"},
    "cq11": {"party": "city-7"},
    "cq12": {"party": "city-7"},
    "cq15": {"least": "20"},
    "cq16": {"party": "party-7"},
    "cq19": {"meeting": "meeting-7"},
    "cq20": {"meeting": "meeting-7"},
    "cq23": {"meeting": "meeting-7"},
    "cq25": {"party": "city-7"},
    "cq26": {"least": "20"},
    "cq32": {"us": "city-7"},
    "cq33": {"least": "100"},
    "cq35": {"party": "party-7"},
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


def _write_tables(place: Place) -> None:
    """Write a CSV file per predicate and type of object, named `NUMBER.csv`, and their index.

    The index names for each the predicate, whether objects are IRIs, and their datatype or language.
    """
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
