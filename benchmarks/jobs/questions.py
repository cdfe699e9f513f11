"""The shipped recipes, each bound to things of the register: rows as a person reads them.

Ours and pyoxigraph ask the same store on disk; the others hold in memory the default graph, the derived one and
the one in which the dataset describes itself.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from harness import Answer, Ask, CannotAsk, Job, Place, Way

if TYPE_CHECKING:
    import pyoxigraph as ox

NAMED = "https://w3id.org/cooperation-kg/id/graph/"


def ours(place: Place) -> Ask:
    """Ask through `kg.run_query`."""
    import kg

    dataset, queries = kg.open_dataset(place.build), _queries(place)

    def ask(case: str) -> Answer:
        rows = list(kg.run_query(dataset, queries[case]).rows)
        return lambda: _told(rows)

    return ask


def pyoxigraph(place: Place) -> Ask:
    """Ask the same store without us."""
    import pyoxigraph as ox

    return _through(ox.Store.read_only(str(place.version / "store")), _queries(place), has_sources=True)


def pyoxigraph_memory(place: Place) -> Ask:
    """Ask a store in memory."""
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(path=str(place.triples), format=ox.RdfFormat.N_TRIPLES)
    for file in (place.derived, place.described):
        store.bulk_load(path=str(file), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(NAMED + file.stem))
    return _through(store, _queries(place), has_sources=False)


def _through(store: "ox.Store", queries: Mapping[str, str], *, has_sources: bool) -> Ask:
    """Ask a store of pyoxigraph."""

    def ask(case: str) -> Answer:
        if "GRAPH ?" in queries[case] and not has_sources:
            raise CannotAsk("holds no graphs of sources")
        rows = [tuple(getattr(term, "value", None) for term in row) for row in store.query(queries[case])]  # type: ignore[union-attr] # rows of a SELECT
        return lambda: _told(rows)

    return ask


def maplib(place: Place) -> Ask:
    """Ask a model in memory; some queries end its thread, and after one nothing but a new model answers."""
    from maplib import Model

    queries, models = _queries(place), []

    def read() -> Model:
        model = Model()
        model.read(place.triples, format="ntriples")
        for file in (place.derived, place.described):
            model.read(file, format="ntriples", graph=NAMED + file.stem)
        return model

    models.append(read())

    def ask(case: str) -> Answer:
        if "GRAPH ?" in queries[case]:
            raise CannotAsk("GRAPH ?variable ends its process")
        try:
            rows = models[0].query(queries[case]).rows()
        except CannotAsk:
            raise
        except BaseException as error:  # a panic of its engine is no Exception
            if not isinstance(error, Exception):
                models[0] = read()
            raise CannotAsk(str(error)) from error
        return lambda: _told(rows)

    return ask


def rdflib(place: Place) -> Ask:
    """Ask a dataset in memory."""
    from rdflib import Dataset, URIRef

    dataset, queries = Dataset(default_union=False), _queries(place)
    dataset.default_graph.parse(place.triples, format="nt")
    for file in (place.derived, place.described):
        dataset.graph(URIRef(NAMED + file.stem)).parse(file, format="nt")

    def ask(case: str) -> Answer:
        rows = list(dataset.query(queries[case]))
        return lambda: _told(rows)  # type: ignore[arg-type] # rows are tuples

    return ask


def _queries(place: Place) -> dict[str, str]:
    """Return name -> query."""
    found: dict[str, str] = json.loads(place.questions.read_text(encoding="utf-8"))
    return found


def _told(rows: Iterable[Iterable[object]]) -> str:
    """Return rows as text, whatever an engine's terms are."""
    return "\n".join(sorted("\t".join(map(_cell, row)) for row in rows))


def _cell(value: object) -> str:
    """Return a term's text."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return text[1:-1] if text.startswith("<") and text.endswith(">") else text


def _names() -> list[str]:
    """Return the recipes' names; the peers' interpreter does not have kg."""
    from harness import HERE

    return sorted(path.stem for path in (HERE.parent / "ontology" / "queries").glob("*.rq"))


JOB = Job(
    "Shipped questions",
    {
        "ours, on disk": Way(ours),
        "pyoxigraph, the same store": Way(pyoxigraph, most=100_000),
        "pyoxigraph, in memory": Way(pyoxigraph_memory, "graphs", most=100_000),
        "maplib, in memory": Way(maplib, "graphs", is_peer=True, most=100_000),
        "rdflib, in memory": Way(rdflib, "graphs", most=1_000, slow=3_000),
    },
    cases=_names(),
    times=3,
)
