"""Derive facts: each rule is one CONSTRUCT file in `ontology/rules/`, run in the order of file names.

A rule sees the default graph together with what rules before it derived, and nothing it says is ever
mixed with what was asserted: its triples go to the derived graph.
"""

import re
from collections.abc import Collection
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.iris import mint_graph
from kg.loading import load_graph
from kg.prefixes import BASE, ONTOLOGY, prefixes
from kg.resources import ontology_files


def rule_files() -> list[Path]:
    """Return the rules' files in the order they run."""
    return ontology_files("rules")


def words(only: Collection[str] | None = None) -> set[str]:
    """Return the IRIs of the classes and properties of our ontology that all rules, or some, read or write."""
    files = (path for path in rule_files() if only is None or path.stem in only)
    texts = (re.sub(r"^#.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE) for path in files)
    return {f"{ONTOLOGY}#{name}" for text in texts for name in re.findall(r"\bkg:(\w+)", text)}


def derived_graph(base: str) -> ox.NamedNode:
    """Return the name of the graph that holds what rules derive."""
    return ox.NamedNode(mint_graph("derived", base=base))


def derive(
    store: ox.Store,
    folder: Path,
    *,
    base: str = BASE,
    only: Collection[str] | None = None,
    but: Collection[str] = (),
) -> list[Path]:
    """Run the rules, or some by name, on the store and keep what they say in the derived graph.

    Returns:
        A file of N-Triples in `folder` for each rule: what it derived, unsorted.

    Raises:
        OntologyError: a rule does not parse, or is no CONSTRUCT.
    """
    graph = derived_graph(base)
    made = []
    for path in rule_files():
        if path.stem in but or (only is not None and path.stem not in only):
            continue
        file = folder / f"{path.stem}.nt"
        _derived(store, path, graph, base).serialize(str(file), ox.RdfFormat.N_TRIPLES)
        load_graph(store, file, graph)
        made.append(file)
    return made


def _derived(store: ox.Store, path: Path, graph: ox.NamedNode, base: str) -> ox.QueryTriples:
    """Return what one rule derives; it reads the collection's base off the IRIs it finds."""
    try:
        result = store.query(
            path.read_text(encoding="utf-8"),
            prefixes=prefixes(base),
            default_graph=[ox.DefaultGraph(), graph],
        )
    except SyntaxError as error:
        raise OntologyError(f"the rule {path.name} does not parse: {error}") from error
    if not isinstance(result, ox.QueryTriples):
        raise OntologyError(f"the rule {path.name} is no CONSTRUCT")
    return result
