"""The default graph to Turtle and JSON-LD: ours sorted and prefixed, rdflib's, pyoxigraph's dump.

Ways start where they can be compared: ours and pyoxigraph's from a build on disk, as rdflib's from a file, which it
parses; and ours from a store in memory, as rdflib's from a graph in memory, where only the serializing is measured.
"""

from typing import TYPE_CHECKING

from harness import Answer, Ask, Job, Place, Way

if TYPE_CHECKING:
    import pyoxigraph as ox
    from rdflib import Graph

CASES = ("turtle", "jsonld")


def ours(place: Place) -> Ask:
    """Write as `kg export` does."""
    from kg.export import export_build, write_file

    def ask(case: str) -> Answer:
        target = place.scratch(f"ours.{case}")
        write_file(target, export_build(place.version, case))
        return target

    return ask


def ours_in_memory(place: Place) -> Ask:
    """Serialize a store that is in memory already."""
    import pyoxigraph as ox
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    from kg.export import export, write_file

    store = ox.Store()
    store.bulk_load(path=str(place.triples), format=ox.RdfFormat.N_TRIPLES)
    dataset = Dataset(OxigraphStore(store=store))

    def ask(case: str) -> Answer:
        target = place.scratch(f"ours-in-memory.{case}")
        write_file(target, export(dataset, case, graph="default"))
        return target

    return ask


def pyoxigraph(place: Place) -> Ask:
    """Dump the default graph of the store."""
    import pyoxigraph as ox

    store = ox.Store.read_only(str(place.version / "store"))

    def ask(case: str) -> Answer:
        target = place.scratch(f"pyoxigraph.{case}")
        store.dump(str(target), format=_format(case), from_graph=ox.DefaultGraph())
        return target

    return ask


def rdflib(place: Place) -> Ask:
    """Parse N-Triples of the default graph alone, and serialize."""
    return lambda case: _serialize(_parse(place), place, case)


def rdflib_in_memory(place: Place) -> Ask:
    """Serialize a graph that is in memory already."""
    graph = _parse(place)
    return lambda case: _serialize(graph, place, case)


def _parse(place: Place) -> "Graph":
    """Return the default graph, with our prefixes."""
    from rdflib import Graph

    from kg.terms import bind_prefixes

    graph = Graph()
    graph.parse(place.triples, format="nt")
    bind_prefixes(graph)
    return graph


def _serialize(graph: "Graph", place: Place, case: str) -> Answer:
    """Write with our prefixes and, for JSON-LD, our context."""
    from kg.export.context import shipped_context

    target = place.scratch(f"rdflib.{case}")
    if case == "turtle":
        graph.serialize(target, format="turtle")
    else:
        graph.serialize(target, format="json-ld", context=shipped_context(), auto_compact=True)
    return target


def _format(case: str) -> "ox.RdfFormat":
    """Return pyoxigraph's name for a format."""
    import pyoxigraph as ox

    return {"turtle": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}[case]


JOB = Job(
    "Export",
    {
        "ours": Way(ours),
        "pyoxigraph, unsorted": Way(pyoxigraph, most=100_000),
        "rdflib, parsing first": Way(rdflib, "graphs", most=10_000, slow=62),
        "ours, in memory already": Way(ours_in_memory, "graphs", most=100_000),
        "rdflib, in memory already": Way(rdflib_in_memory, "graphs", most=100_000, slow=43),
    },
    cases=CASES,
    compared=10_000,
)
