"""Load to queryable: a file of N-Triples, the default graph of a build, until it has answered how much it holds."""

from harness import Ask, Job, Place, Way

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def ours(place: Place) -> Ask:
    """Load a new store on disk, compact it and swap it in, as a build does."""
    from kg.loading import load_native
    from kg.store import new_version, open_native

    def ask(_: str) -> str:
        builds = place.scratch("ours")
        with new_version(builds, "loaded") as folder:
            store = load_native(folder, [place.triples])
            store.optimize()
            store.flush()
            del store
        return _counted(open_native(builds / "loaded"))

    return ask


def pyoxigraph_disk(place: Place) -> Ask:
    """Bulk-load a store on disk."""
    import pyoxigraph as ox

    def ask(_: str) -> str:
        folder = place.scratch("pyoxigraph")
        store = ox.Store(str(folder))
        store.bulk_load(path=str(place.triples), format=ox.RdfFormat.N_TRIPLES)
        store.flush()
        return _counted(store)

    return ask


def pyoxigraph_memory(place: Place) -> Ask:
    """Bulk-load a store in memory."""
    import pyoxigraph as ox

    def ask(_: str) -> str:
        store = ox.Store()
        store.bulk_load(path=str(place.triples), format=ox.RdfFormat.N_TRIPLES)
        return _counted(store)

    return ask


def maplib(place: Place) -> Ask:
    """Read into a model in memory."""
    from maplib import Model

    def ask(_: str) -> str:
        model = Model()
        model.read(place.triples, format="ntriples")
        return str(model.query(COUNT)["n"][0])

    return ask


def rdflib(place: Place) -> Ask:
    """Parse into a graph in memory; its length, for its count would walk all of it in Python."""
    from rdflib import Graph

    def ask(_: str) -> str:
        graph = Graph()
        graph.parse(place.triples, format="nt")
        return str(len(graph))

    return ask


def _counted(store: object) -> str:
    """Return how many triples a store holds."""
    return str(next(iter(store.query(COUNT)))[0].value)  # type: ignore[attr-defined] # pyoxigraph, imported late


JOB = Job(
    "Load to queryable",
    {
        "ours": Way(ours, "graphs"),
        "pyoxigraph on disk": Way(pyoxigraph_disk, "graphs", most=100_000),
        "pyoxigraph in memory": Way(pyoxigraph_memory, "graphs", most=100_000),
        "maplib": Way(maplib, "graphs", is_peer=True, most=100_000),
        "rdflib": Way(rdflib, "graphs", most=100_000, slow=18),
    },
)
