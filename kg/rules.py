"""Derive facts: each rule is one CONSTRUCT file in `ontology/rules/`, run in the order of file names.

A rule sees the default graph together with what rules before it derived, and nothing it says is ever
mixed with what was asserted: its triples go to the derived graph.
"""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.iris import mint_graph
from kg.prefixes import BASE, prefixes
from kg.resources import ontology_files


def rule_files() -> list[Path]:
    """Return the rules' files in the order they run."""
    return ontology_files("rules")


def derive(store: ox.Store, *, base: str = BASE) -> int:
    """Run every rule on the store and keep what they say in the derived graph; return its size.

    Raises:
        OntologyError: a rule does not parse, or is no CONSTRUCT.
    """
    graph = ox.NamedNode(mint_graph("derived", base=base))
    for path in rule_files():
        store.extend(list(_derived(store, path, graph, base)))
    return sum(1 for _ in store.quads_for_pattern(None, None, None, graph))


def _derived(store: ox.Store, path: Path, graph: ox.NamedNode, base: str) -> Iterator[ox.Quad]:
    """Yield the quads of one rule; it reads the collection's base off the IRIs it finds."""
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
    for triple in result:
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
