"""Free SPARQL through us beside pyoxigraph itself, the same query on the same store."""

import subprocess
import sys

from harness import Answer, Ask, CannotAsk, Job, Place, Way

KG = "PREFIX kg: <https://w3id.org/cooperation-kg/ontology#> "
IN_PROCESS = {
    "rows of a join": KG
    + "SELECT ?meeting ?name ?date WHERE { ?meeting kg:status 'held' ; kg:name ?name ; kg:date ?date }",
    "a count": KG + "SELECT ?sector (COUNT(?m) AS ?n) WHERE { ?m kg:sector ?sector } GROUP BY ?sector ORDER BY ?sector",
    "one fact": KG + "SELECT ?name WHERE { <https://w3id.org/cooperation-kg/id/meeting/meeting-7> kg:name ?name }",
}
AS_PROCESS = {"all triples to CSV": "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"}

_OX = """\
import sys
import pyoxigraph as ox
result = ox.Store.read_only(sys.argv[1]).query(sys.argv[2])
result.serialize(sys.argv[3], ox.QueryResultsFormat.CSV)
"""


def ours(place: Place) -> Ask:
    """Ask with `kg.run_query`, or with `kg query`."""
    import kg

    dataset = kg.open_dataset(place.build)

    def ask(case: str) -> Answer:
        if case in IN_PROCESS:
            count = sum(1 for _ in kg.run_query(dataset, IN_PROCESS[case]).rows)
            return str(count)
        command = [sys.executable, "-m", "kg", "-C", str(place.folder), "query", "-q", AS_PROCESS[case]]
        target = place.scratch("ours.csv")
        with target.open("wb") as stream:
            subprocess.run([*command, "--format", "csv", "--timeout", "600"], stdout=stream, check=True)  # noqa: S603 - ours
        return target

    return ask


def as_text(place: Place) -> Ask:
    """Ask with `kg.query.ask`, whose terms are text."""
    from kg.query import ask as ask_query
    from kg.store import open_source

    source = open_source(place.build)

    def ask(case: str) -> Answer:
        if case not in IN_PROCESS:
            raise CannotAsk("the same command")
        return str(sum(1 for _ in ask_query(source, IN_PROCESS[case]).rows))

    return ask


def pyoxigraph(place: Place) -> Ask:
    """Ask the store itself, or run a script that does."""
    import pyoxigraph as ox

    folder = str(place.version / "store")
    store = ox.Store.read_only(folder)

    def ask(case: str) -> Answer:
        if case in IN_PROCESS:
            rows = store.query(IN_PROCESS[case])
            assert isinstance(rows, ox.QuerySolutions)
            return str(sum(1 for _ in rows))
        target = place.scratch("pyoxigraph.csv")
        subprocess.run([sys.executable, "-c", _OX, folder, AS_PROCESS[case], target], check=True)  # noqa: S603 - a script
        return target

    return ask


JOB = Job(
    "Free SPARQL",
    {"ours": Way(ours), "ours, terms as text": Way(as_text), "pyoxigraph": Way(pyoxigraph, most=100_000)},
    cases=(*IN_PROCESS, *AS_PROCESS),
    times=1,
)
