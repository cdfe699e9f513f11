"""Queries on both engines: kinds of answers, preset prefixes, graphs chosen by FROM, formats, and reasons of errors."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import XSD
from small_world import small_dataset

from kg.dataset import Backend, memory_dataset
from kg.errors import QueryError
from kg.prefixes import PREFIXES
from kg.query import serialize
from kg.query.engine import RowFormat
from kg.query.run import run_query, run_recipe
from kg.store import native

BACKENDS: tuple[Backend, ...] = ("oxigraph", "rdflib")
DAILY = f"{PREFIXES['source']}daily"


@pytest.fixture(params=BACKENDS)
def dataset(request: pytest.FixtureRequest) -> Dataset:
    """Give the small world behind each engine."""
    backend: Backend = request.param
    return small_dataset(backend)


def rows(dataset: Dataset, text: str) -> list[list[str]]:
    """Return an answer as text, the last part of each IRI."""
    return [[str(term).rpartition("/")[2] for term in row] for row in run_query(dataset, text).rows]


def test_rows_come_with_their_variables(dataset: Dataset) -> None:
    answer = run_query(
        dataset, "SELECT ?city ?label { ?city a kg:City OPTIONAL { ?city rdfs:label ?label } } ORDER BY ?city ?label"
    )
    assert answer.kind == "rows"
    assert answer.variables == ("city", "label")
    assert list(answer.rows) == [
        (URIRef(f"{PREFIXES['party']}kawasaki"), Literal("Kawasaki", lang="en")),
        (URIRef(f"{PREFIXES['party']}kawasaki"), Literal("川崎市", lang="ja")),
        (URIRef(f"{PREFIXES['party']}makassar"), Literal("Makassar", lang="en")),
        (URIRef(f"{PREFIXES['party']}makassar"), Literal("マカッサル市", lang="ja")),
        (URIRef(f"{PREFIXES['party']}yokohama"), None),
    ]


def test_a_partial_date_keeps_its_type(dataset: Dataset) -> None:
    (row,) = run_query(dataset, "SELECT ?date { meeting:water-2 kg:date ?date }").rows
    assert row == (Literal("2025-03", datatype=XSD.gYearMonth, normalize=False),)


def test_truth_and_graphs_are_answers_too(dataset: Dataset) -> None:
    assert run_query(dataset, "ASK { party:makassar a kg:City }").truth is True
    assert run_query(dataset, "ASK { party:makassar a kg:Company }").truth is False
    answer = run_query(dataset, "CONSTRUCT { ?s kg:party ?p } WHERE { ?s kg:party ?p ; kg:status 'planned' }")
    assert answer.kind == "graph"
    assert answer.graph is not None
    assert len(answer.graph) == 2


def test_literals_of_one_text_stay_apart(dataset: Dataset) -> None:
    written = ("'1'", "'1'@en", "'1'^^xsd:integer", "'1'^^xsd:decimal")
    asked = " ".join(f"({literal} AS ?v{number})" for number, literal in enumerate(written))
    for _ in range(2):
        [row] = run_query(dataset, f"SELECT {asked} {{}}").rows
        assert row == (
            Literal("1"),
            Literal("1", lang="en"),
            Literal("1", datatype=XSD.integer),
            Literal("1", datatype=XSD.decimal),
        )


def test_the_default_graph_is_the_ruled_one(dataset: Dataset) -> None:
    assert rows(dataset, "SELECT ?d { meeting:water-2 kg:date ?d }") == [["2025-03"]]
    assert rows(dataset, "SELECT ?g ?d { GRAPH ?g { meeting:water-2 kg:date ?d } }") == [["daily", "2025-04"]]


@pytest.mark.parametrize(
    "declared",
    [
        pytest.param("PREFIX kg: <{party}> ", id="plainly"),
        pytest.param("prefix kg:<{party}>", id="without a space"),
        pytest.param("PREFIX other: <http://x/> PREFIX kg: <{party}> ", id="after another"),
        pytest.param("BASE <http://x/> PREFIX kg: <{party}> ", id="after a base"),
        pytest.param("# mine\nPREFIX kg: # is>\n<{party}> ", id="among remarks"),
    ],
)
def test_own_prefixes_win_over_the_preset_ones(dataset: Dataset, declared: str) -> None:
    own = declared.format(party=PREFIXES["party"])
    assert rows(dataset, f"{own}SELECT ?p {{ kg:kawasaki <{PREFIXES['kg']}name> ?p }}") == [["Kawasaki"]]


@pytest.mark.parametrize(
    "remark",
    [
        pytest.param("# PREFIX kg: <http://x/>\n", id="alone"),
        pytest.param("PREFIX a: <http://x/> # PREFIX kg: <http://x/>\n", id="after a declaration"),
        pytest.param("PREFIX a: <http://x/>#> PREFIX kg: <http://x/>\n", id="touching an IRI"),
        pytest.param("PREFIX a: #> PREFIX kg: <http://x/>\n <http://x/> ", id="before an IRI"),
        pytest.param("PREFIX a:#: <http://x/> PREFIX kg: <http://x/>\n <http://x/> ", id="touching a name"),
        pytest.param("PREFIX #: <http://x/> PREFIX kg: <http://x/>\n a: <http://x/> ", id="before a name"),
    ],
)
def test_what_a_remark_declares_is_preset(dataset: Dataset, remark: str) -> None:
    assert rows(dataset, f"{remark}SELECT ?p {{ party:kawasaki kg:name ?p }}") == [["Kawasaki"]]


def test_a_base_moves_the_prefixes() -> None:
    answer = run_query(small_dataset(), "SELECT (STR(party:x) AS ?x) {}", base="https://example.org/")
    assert [str(row[0]) for row in answer.rows] == ["https://example.org/party/x"]


@pytest.mark.parametrize(
    ("clause", "pattern", "expected"),
    [
        (f"FROM <{DAILY}>", "meeting:water-2 kg:date ?d", ["2025-04"]),
        ("FROM source:daily", "meeting:water-2 kg:date ?d", ["2025-04"]),
        (f"FROM NAMED <{DAILY}>", "GRAPH ?g { meeting:water-2 kg:date ?d }", ["2025-04"]),
        (f"FROM NAMED <{DAILY}>", "meeting:water-2 kg:date ?d", []),
        (f"FROM <{DAILY}>", "GRAPH ?g { meeting:water-2 kg:date ?d }", []),
        ("FROM source:nobody", "meeting:water-2 kg:date ?d", []),
        ("FROM <file:///etc/passwd>", "?s ?p ?d", []),
        ("FROM <http://127.0.0.1:9/>", "?s ?p ?d", []),
    ],
)
def test_from_chooses_among_the_graphs_and_reads_nothing_else(clause: str, pattern: str, expected: list[str]) -> None:
    found = rows(small_dataset(), f"SELECT ?d {clause} {{ {pattern} }} ORDER BY ?d")
    assert found == [[value] for value in expected]


def test_from_is_refused_where_it_would_be_ignored() -> None:
    with pytest.raises(QueryError, match="FROM needs an Oxigraph dataset"):
        run_query(small_dataset("rdflib"), "SELECT * FROM source:daily { ?s ?p ?o }")


@pytest.mark.parametrize("text", ["SELECT ?x", "", "SELECT * { ?s ?p }", "SELECT * { nobody:a ?p ?o }", "{}"])
def test_what_does_not_parse_is_said(dataset: Dataset, text: str) -> None:
    with pytest.raises(QueryError):
        run_query(dataset, text)


def test_the_place_of_a_mistake_is_said() -> None:
    with pytest.raises(QueryError, match=r"line 2, column \d+"):
        run_query(small_dataset(), "SELECT * {\n ?s ?p }")


def test_what_is_unsafe_is_refused_on_both_engines(dataset: Dataset) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        run_query(dataset, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_an_unknown_recipe_or_parameter_is_said(dataset: Dataset) -> None:
    with pytest.raises(QueryError, match="no recipe"):
        run_recipe(dataset, "cq00")
    with pytest.raises(QueryError, match="takes no parameter 'partey'"):
        run_recipe(dataset, "cq01", partey="makassar")


def test_a_recipe_takes_values_as_they_are_typed() -> None:
    answer = run_recipe(small_dataset(), "cq09", name="千")
    assert [[str(term) for term in row][1:] for row in answer.rows] == [["Chie", "千恵", "ja"]]


NAMES = "SELECT ?name ?date { ?m a kg:Meeting ; kg:name ?name OPTIONAL { ?m kg:date ?date } } ORDER BY ?name LIMIT 2"


def answered(text: str, result_format: RowFormat) -> str:
    """Return the answer in a result format, as text."""
    store = native(small_dataset())
    assert store is not None
    output = BytesIO()
    serialize(store, text, {}, output, result_format=result_format)
    return output.getvalue().decode()


def test_rows_in_each_result_format() -> None:
    assert answered(NAMES, "csv") == "name,date\r\nSome day,\r\nTo come,2026-03-01\r\n"
    assert answered(NAMES, "tsv").splitlines()[0] == "?name\t?date"
    found = json.loads(answered(NAMES, "json"))
    assert found["head"]["vars"] == ["name", "date"]
    assert [row["name"]["value"] for row in found["results"]["bindings"]] == ["Some day", "To come"]
    assert "date" not in found["results"]["bindings"][0]
    root = ET.fromstring(answered(NAMES, "xml"))  # noqa: S314 - our own
    assert root.tag == "{http://www.w3.org/2005/sparql-results#}sparql"
    assert len(root.findall(".//{*}result")) == 2


def test_truth_in_each_result_format() -> None:
    ask = "ASK { ?m a kg:Meeting }"
    assert answered(ask, "csv") == answered(ask, "tsv") == "true\n"
    assert json.loads(answered(ask, "json"))["boolean"] is True
    assert "<boolean>true</boolean>" in answered(ask, "xml")


@pytest.mark.parametrize("result_format", ["csv", "tsv", "json", "xml"])
def test_a_graph_is_no_rows(result_format: RowFormat) -> None:
    with pytest.raises(QueryError, match="--format turtle"):
        answered("CONSTRUCT WHERE { ?s a kg:City }", result_format)


def test_no_cell_of_a_csv_runs_in_a_spreadsheet(world: Path, run: Callable[..., Any]) -> None:
    text = """SELECT ('=1+1' AS ?a) ('@x, "y"' AS ?b) (-5 AS ?c) ('川崎\\n市' AS ?d) (?none AS ?e) {}"""
    told = run("-C", world, "query", "-q", text, "--format", "csv")
    assert told.out == 'a,b,c,d,e\r\n\'=1+1,"\'@x, ""y""",-5,"川崎\n市",\r\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "SELEC ?x { ?x ?y ?z }",
            r"begins with ASK, .*; found 'SELEC'; did you mean 'SELECT'",
        ),
        ("", "found nothing"),
        ("SELECT * { ?x kgg:date ?d }", r"the prefix 'kgg:' is not known; did you mean 'kg'"),
        ("PREFIX my: <https://e.org/> SELECT * { ?x my:a }", r"near line 1, column \d+"),
    ],
)
def test_a_query_that_does_not_parse_says_what_to_change(text: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        run_query(memory_dataset(), text)


def test_a_recipe_asked_about_nothing_known_says_so() -> None:
    with pytest.raises(QueryError, match="nothing is known of party:nowhere"):
        run_recipe(memory_dataset(), "cq01", party="nowhere")
