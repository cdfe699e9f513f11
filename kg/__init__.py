"""Reports of who met whom, about what, as a knowledge graph that proves itself.

    >>> import kg
    >>> collection = kg.find_collection("data")           # doctest: +SKIP
    >>> made = kg.build_collection(collection)                        # doctest: +SKIP
    >>> dataset = kg.open_dataset(collection.build)        # doctest: +SKIP

Every name is imported when it is first used, so `import kg` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.build import Build, build_collection
    from kg.check import check_collection
    from kg.collection import Collection, find_collection, open_collection
    from kg.conflicts import find_conflicts
    from kg.convert import record_quads
    from kg.cooperations import read_cooperations
    from kg.dataset import memory_dataset, open_dataset
    from kg.errors import (
        ExportError,
        Issue,
        KgError,
        Location,
        OntologyError,
        QueryError,
        RecordError,
        ShapeError,
        StoreError,
        TableError,
    )
    from kg.find import Filter, find_meetings, find_things
    from kg.gaps import unmet, unsigned
    from kg.lifecycle import state
    from kg.map import make_map
    from kg.measures.brokers import brokers
    from kg.names import Names
    from kg.network import Window, project
    from kg.new import new_collection
    from kg.promises import find_promises
    from kg.query.run import run_query, run_recipe
    from kg.reference import reference_page
    from kg.report import gather_report
    from kg.show import show_thing
    from kg.tables import import_table
    from kg.tabular import Table
    from kg.trends import growth, sector_trends
    from kg.trends.survival import spells, survival
    from kg.who import holders, tenures
    from kg.why import explain

_HOME = {
    "kg.build": ("Build", "build_collection"),
    "kg.check": ("check_collection",),
    "kg.collection": ("Collection", "find_collection", "open_collection"),
    "kg.conflicts": ("find_conflicts",),
    "kg.convert": ("record_quads",),
    "kg.cooperations": ("read_cooperations",),
    "kg.dataset": ("memory_dataset", "open_dataset"),
    "kg.errors": (
        "ExportError",
        "Issue",
        "KgError",
        "Location",
        "OntologyError",
        "QueryError",
        "RecordError",
        "ShapeError",
        "StoreError",
        "TableError",
    ),
    "kg.find": ("Filter", "find_meetings", "find_things"),
    "kg.gaps": ("unmet", "unsigned"),
    "kg.lifecycle": ("state",),
    "kg.map": ("make_map",),
    "kg.tabular": ("Table",),
    "kg.measures.brokers": ("brokers",),
    "kg.names": ("Names",),
    "kg.network": ("Window", "project"),
    "kg.new": ("new_collection",),
    "kg.promises": ("find_promises",),
    "kg.query.run": ("run_query", "run_recipe"),
    "kg.report": ("gather_report",),
    "kg.reference": ("reference_page",),
    "kg.show": ("show_thing",),
    "kg.trends": ("growth", "sector_trends"),
    "kg.trends.survival": ("spells", "survival"),
    "kg.tables": ("import_table",),
    "kg.who": ("holders", "tenures"),
    "kg.why": ("explain",),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Build",
    "Collection",
    "ExportError",
    "Filter",
    "Issue",
    "KgError",
    "Location",
    "Names",
    "OntologyError",
    "QueryError",
    "RecordError",
    "ShapeError",
    "StoreError",
    "Table",
    "TableError",
    "Window",
    "brokers",
    "build_collection",
    "check_collection",
    "explain",
    "find_collection",
    "find_conflicts",
    "find_meetings",
    "find_promises",
    "find_things",
    "gather_report",
    "growth",
    "holders",
    "import_table",
    "make_map",
    "memory_dataset",
    "new_collection",
    "open_collection",
    "open_dataset",
    "project",
    "read_cooperations",
    "record_quads",
    "reference_page",
    "run_query",
    "run_recipe",
    "sector_trends",
    "show_thing",
    "spells",
    "state",
    "survival",
    "tenures",
    "unmet",
    "unsigned",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Import a public name when it is first asked for."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_MODULE_OF[name]), name)


def __dir__() -> list[str]:
    """Name what is public."""
    return __all__
