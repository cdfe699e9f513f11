"""`kg query`: recipes, files and texts, every format, and one clear line for what cannot be answered."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from rdflib import Graph

from kg.cli.query import FORMATS
from kg.query.recipes import recipes

Run = Callable[..., Any]
DATES = "SELECT ?m ?date { ?m a kg:Meeting ; kg:date ?date } ORDER BY ?date ?m"
GRAPH = "CONSTRUCT { ?m kg:date ?date } WHERE { ?m a kg:Meeting ; kg:date ?date }"


def test_list_names_every_recipe_with_its_question(world: Path, run: Run) -> None:
    listed = json.loads(run("-C", world, "query", "--list", "--json").out)
    assert [row["name"] for row in listed] == list(recipes())
    assert len(listed) >= 24
    assert all(row["question"].strip() for row in listed)
    assert all(row["name"] in run("query", "--list").out for row in listed)


def test_a_table_with_curies(world: Path, run: Run) -> None:
    told = run("-C", world, "query", "-q", DATES)
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines()[:3] == [
        "m               date",
        "--------------  ----------",
        "meeting:first   2020-02",
    ]


def test_rows_in_every_format(world: Path, run: Run) -> None:
    found = {name: run("-C", world, "query", "-q", DATES, "--format", name) for name in ("csv", "tsv", "json", "xml")}
    assert [(told.code, told.err) for told in found.values()] == [(0, "")] * 4
    rows = list(csv.DictReader(io.StringIO(found["csv"].out)))
    assert len(rows) == 4
    assert rows[0] == {"m": "https://w3id.org/cooperation-kg/id/meeting/first", "date": "2020-02"}
    assert len(found["tsv"].out.splitlines()) == 5
    assert len(json.loads(found["json"].out)["results"]["bindings"]) == 4
    assert len(ET.fromstring(found["xml"].out)[1]) == 4  # noqa: S314 - our own output


@pytest.mark.parametrize(("name", "parser"), [("turtle", "turtle"), ("jsonld", "json-ld"), ("ntriples", "nt")])
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_a_graph_in_every_format(world: Path, run: Run, name: str, parser: str) -> None:
    told = run("-C", world, "query", "-q", GRAPH, "--format", name)
    assert (told.code, told.err) == (0, "")
    assert len(Graph().parse(data=told.out, format=parser)) == 4
    assert told.out == run("-C", world, "query", "-q", GRAPH, "--format", name).out


def test_turtle_is_what_a_graph_is_shown_in(world: Path, run: Run) -> None:
    for query in (GRAPH, "DESCRIBE meeting:first"):
        assert "@prefix kg:" in run("-C", world, "query", "-q", query).out


@pytest.mark.parametrize(("query", "answer"), [("ASK { ?m a kg:Meeting }", "yes\n"), ("ASK { ?m a kg:Tie }", "no\n")])
def test_yes_and_no(world: Path, run: Run, query: str, answer: str) -> None:
    assert run("-C", world, "query", "-q", query).out == answer
    assert run("-C", world, "query", "-q", query, "--format", "csv").out in ("true\n", "false\n")


def test_a_query_from_a_file_and_from_the_stream(
    world: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "q.rq").write_text(DATES, encoding="utf-8")
    by_text = run("-C", world, "query", "-q", DATES).out
    assert run("-C", world, "query", "-f", tmp_path / "q.rq").out == by_text
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(DATES.encode())))
    assert run("-C", world, "query", "-f", "-").out == by_text


@pytest.mark.parametrize(
    ("param", "rows"),
    [
        ("p=party:iforcom", 2),
        ("p=https://w3id.org/cooperation-kg/id/party/iforcom", 2),
        ("p=iforcom", 0),
        ("p=x> . ?a ?b ?c . <y", 0),
    ],
    ids=["a CURIE", "an IRI", "text is no thing", "text is never pasted"],
)
def test_values_are_bound(world: Path, run: Run, param: str, rows: int) -> None:
    told = run(
        "-C", world, "query", "-q", "SELECT ?m { ?m a kg:Meeting ; kg:party ?p }", "--param", param, "--format", "csv"
    )
    assert told.code == 0
    assert len(told.out.splitlines()) == 1 + rows


def test_a_recipe_by_number_or_name(built: Path, run: Run) -> None:
    by_number = run("-C", built, "query", "cq02", "--param", "party=kawasaki-waterworks")
    by_name = run("-C", built, "query", "cq02-who-met-us", "--param", "party=kawasaki-waterworks")
    assert by_number.code == 0
    assert by_number.out == by_name.out
    assert "Shiratori" in by_number.out


def test_rows_beyond_the_limit_are_announced(world: Path, run: Run) -> None:
    told = run("-C", world, "query", "-q", DATES, "--max-rows", "2")
    assert len(told.out.splitlines()) == 4


@pytest.fixture
def _beside_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder that holds a folder and a file that is no text."""
    (tmp_path / "records").mkdir()
    (tmp_path / "binary.rq").write_bytes(b"\xff\xfe\x00")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_beside_files")
@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        ((), 2, "give one of NAME, -f FILE or -q TEXT"),
        (("cq01", "-q", DATES), 2, "give one of NAME, -f FILE or -q TEXT"),
        (("cq99",), 3, "cq99"),
        (("who-met",), 3, "who-met"),
        (("-f", "nowhere.rq"), 3, "cannot read the query file nowhere.rq"),
        (("-f", "records"), 3, "cannot read the query file records"),
        (("-f", "binary.rq"), 3, "the query file binary.rq is not UTF-8"),
        (("-q", ""), 3, "the query does not parse"),
        (("-q", "SELECT ?m {"), 3, "does not parse: near line 1"),
        (("-q", "SELECT ?m { ?m a kg:Meeting } ORDER"), 3, "does not parse"),
        (("-q", "SELECT * { ?s nope:x ?o }"), 3, "does not parse"),
        (("-q", "DELETE WHERE { ?s ?p ?o }"), 3, ""),
        (("-q", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"), 3, "SERVICE"),
        (("-q", DATES, "--format", "turtle"), 3, "this query makes rows"),
        (("-q", GRAPH, "--format", "csv"), 3, "this query makes a graph"),
        (("-q", DATES, "--format", "yaml"), 2, "'yaml' is not one of"),
        (("-q", DATES, "--param", "novalue"), 2, "expected NAME=VALUE"),
        (("-q", DATES, "--timeout", "0"), 2, "--timeout"),
        (("-q", DATES, "--timeout", "1e7"), 2, "--timeout"),
        (("-q", DATES, "--memory", "9999999999999999"), 2, "--memory"),
        (("-q", DATES, "--max-rows", "0"), 2, "--max-rows"),
        (("cq02", "--param", "nobody=x"), 3, "nobody"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_what_cannot_be_answered(world: Path, run: Run, asked: tuple[str, ...], code: int, said: str) -> None:
    told = run("-C", world, "query", *asked)
    assert (told.code, told.out) == (code, "")
    assert said in told.err
    assert "Traceback" not in told.err
    assert code == 2 or (told.err.startswith("kg: ") and told.err.count("\n") == 1)


def test_the_formats_are_those_the_help_names(run: Run) -> None:
    told = run("query", "--help").out
    assert [name for name in FORMATS if name not in told] == []


def test_a_query_that_runs_too_long_is_stopped(built: Path, run: Run) -> None:
    long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    told = run("-C", built, "query", "-q", long, "--timeout", "0.3")
    assert (told.code, told.out) == (3, "")
    assert "took longer than 0.3 s" in told.err


@pytest.mark.parametrize(
    "asking", [("query", "cq14", "--timeout", "nan"), ("analyze", "--half-life", "nan")], ids=" ".join
)
def test_a_number_that_is_none_is_used_wrongly(run: Callable[..., Ran], asking: tuple[str, ...]) -> None:
    told = run(*asking)
    assert (told.code, told.out) == (2, "")
    assert "expected a finite number" in told.err
