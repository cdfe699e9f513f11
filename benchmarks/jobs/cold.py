"""A cold process until its first answer: our command line beside a bare script of pyoxigraph on the same store."""

import os
import subprocess
import sys
from collections.abc import Mapping

from harness import Answer, Ask, CannotAsk, Job, Place, Way

KG = "PREFIX kg: <https://w3id.org/cooperation-kg/ontology#> "
POINT = KG + "SELECT ?name WHERE { <https://w3id.org/cooperation-kg/id/meeting/meeting-7> kg:name ?name }"
TOP = KG + (
    "SELECT ?party (COUNT(?meeting) AS ?meetings) WHERE { ?meeting kg:party ?party } "
    "GROUP BY ?party ORDER BY DESC(?meetings) ?party LIMIT 20"
)
QUERIES = {"a point": POINT, "the top 20": TOP}
HELP = "--help, or nothing"

_OX = """\
import sys
import pyoxigraph as ox
result = ox.Store.read_only(sys.argv[1]).query(sys.argv[2])
result.serialize(sys.stdout.buffer, ox.QueryResultsFormat.CSV)
"""
_RDFLIB = """\
import csv, sys
from rdflib import Graph
graph = Graph()
graph.parse(sys.argv[1], format="nt")
result = graph.query(sys.argv[2])
csv.writer(sys.stdout).writerows([result.vars, *result])
"""


def ours(place: Place) -> Ask:
    """Run `kg`."""
    commands = {name: ["query", "-q", text, "--format", "csv"] for name, text in QUERIES.items()} | {HELP: ["--help"]}
    return _runs(
        {name: [sys.executable, "-m", "kg", "-C", str(place.folder), *more] for name, more in commands.items()}
    )


def python(_: Place) -> Ask:
    """Run Python, and nothing in it."""
    return _runs({HELP: [sys.executable, "-c", "pass"]})


def pyoxigraph(place: Place) -> Ask:
    """Run a script that opens our store."""
    store = str(place.version / "store")
    return _runs({name: [sys.executable, "-c", _OX, store, text] for name, text in QUERIES.items()})


def rdflib(place: Place) -> Ask:
    """Run a script that parses the default graph; one question tells, for parsing takes nearly all of it."""
    return _runs({"a point": [sys.executable, "-c", _RDFLIB, str(place.triples), POINT]})


def _runs(commands: Mapping[str, list[str]]) -> Ask:
    """Answer a case by running its command; what --help prints is nobody else's answer.

    Modules are read compiled, as they are of an installed package, even where Python is told to write none.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def ask(case: str) -> Answer:
        if case not in commands:
            raise CannotAsk("no such case")
        done = subprocess.run(commands[case], capture_output=True, check=True, env=environment)  # noqa: S603 - these
        return "" if case == HELP else done.stdout.decode().replace("\r\n", "\n")

    return ask


JOB = Job(
    "A cold process, first answer",
    {
        "ours": Way(ours),
        "bare python": Way(python, "records"),
        "pyoxigraph": Way(pyoxigraph),
        "rdflib": Way(rdflib, "graphs", most=10_000, slow=20),
    },
    cases=(HELP, *QUERIES),
    times=9,
)
