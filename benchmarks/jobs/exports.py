"""A build to Turtle and JSON-LD: ours sorted and prefixed, rdflib's of a graph in memory, pyoxigraph's dump."""

from pathlib import Path
from typing import TYPE_CHECKING

from harness import Answer, Ask, Job, Place, Way

if TYPE_CHECKING:
    import pyoxigraph as ox

CASES = ("turtle", "jsonld")


def ours(place: Place) -> Ask:
    """Write as `kg export` does."""
    from kg.export import export_build, write_file

    def ask(case: str) -> Answer:
        target = place.scratch(f"ours.{case}")
        write_file(target, export_build(place.version, case))
        return lambda: _as_triples(target, case)

    return ask


def pyoxigraph(place: Place) -> Ask:
    """Dump the default graph of the store."""
    import pyoxigraph as ox

    store = ox.Store.read_only(str(place.version / "store"))

    def ask(case: str) -> Answer:
        target = place.scratch(f"pyoxigraph.{case}")
        store.dump(str(target), format=_format(case), from_graph=ox.DefaultGraph())
        return lambda: _as_triples(target, case)

    return ask


def rdflib(place: Place) -> Ask:
    """Serialize a graph that is in memory already, with our prefixes and, for JSON-LD, our context."""
    from rdflib import Graph

    from kg.export.context import shipped_context
    from kg.terms import bind_prefixes

    graph = Graph()
    graph.parse(place.triples, format="nt")
    bind_prefixes(graph)

    def ask(case: str) -> Answer:
        target = place.scratch(f"rdflib.{case}")
        if case == "turtle":
            graph.serialize(target, format="turtle")
        else:
            graph.serialize(target, format="json-ld", context=shipped_context(), auto_compact=True)
        return lambda: _as_triples(target, case)

    return ask


def _format(case: str) -> "ox.RdfFormat":
    """Return pyoxigraph's name for a format."""
    import pyoxigraph as ox

    return {"turtle": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}[case]


def _as_triples(written: Path, case: str) -> Path:
    """Read what was written back into N-Triples, so that it can be compared."""
    import pyoxigraph as ox

    target = written.with_suffix(".nt")
    quads = ox.parse(path=str(written), format=_format(case))
    ox.serialize((quad.triple for quad in quads), str(target), format=ox.RdfFormat.N_TRIPLES)
    written.unlink()
    return target


JOB = Job(
    "Export",
    {"ours": Way(ours), "pyoxigraph, unsorted": Way(pyoxigraph), "rdflib": Way(rdflib, most=100_000)},
    cases=CASES,
)
