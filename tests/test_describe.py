"""What the dataset says of itself is what queries count, in the tiny world and in the real data."""

from pathlib import Path

import pytest
from rdf_iris import mint_graph
from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF, SH, VOID
from tiny import SAYS, dataset_of, made, rows

from kg.prefixes import BASE, prefixes

THIS = URIRef(BASE)
CONFIG = """
title = {en = "A title", id = "Sebuah judul"}
description = "What it holds."
license = "https://creativecommons.org/licenses/by-sa/4.0/"
base = "https://example.org/id/"
version = "2.1"
creator = "The archive"
languages = ["id", "en"]
"""


@pytest.fixture(params=["world", "built"])
def dataset(request: pytest.FixtureRequest) -> Dataset:
    return dataset_of(request.getfixturevalue(request.param))


def said(dataset: Dataset, predicate: URIRef, subject: URIRef = THIS) -> int:
    graph = dataset.graph(mint_graph("dataset"))
    (value,) = graph.objects(subject, predicate)
    return int(str(value))


def counted(dataset: Dataset, text: str) -> int:
    ((number,),) = rows(dataset, text)
    return int(number)


@pytest.mark.parametrize(
    ("predicate", "text"),
    [
        (VOID.triples, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        (VOID.entities, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c }"),
        (VOID.classes, "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }"),
        (VOID.properties, "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
        (VOID.distinctSubjects, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        (VOID.distinctObjects, "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
    ],
)
def test_totals_are_what_a_query_counts(dataset: Dataset, predicate: URIRef, text: str) -> None:
    assert said(dataset, predicate) == counted(dataset, text)


@pytest.mark.parametrize(
    ("link", "key", "count", "text"),
    [
        (
            VOID.classPartition,
            VOID["class"],
            VOID.entities,
            "SELECT ?k (COUNT(DISTINCT ?s) AS ?n) { ?s a ?k } GROUP BY ?k",
        ),
        (VOID.propertyPartition, VOID.property, VOID.triples, "SELECT ?k (COUNT(*) AS ?n) { ?s ?k ?o } GROUP BY ?k"),
    ],
    ids=["class", "property"],
)
def test_partitions_are_what_a_query_counts(
    dataset: Dataset, link: URIRef, key: URIRef, count: URIRef, text: str
) -> None:
    graph = dataset.graph(mint_graph("dataset"))
    told = {str(graph.value(node, key)): int(str(graph.value(node, count))) for node in graph.objects(THIS, link)}
    assert told == {term: int(number) for term, number in rows(dataset, text)}


def test_things_that_rest_on_evidence_are_what_a_query_counts(dataset: Dataset) -> None:
    text = f"""SELECT ?class ?n {{ GRAPH <{mint_graph("dataset")}> {{
      <{THIS}> void:classPartition [ void:class ?class ; void:propertyPartition ?part ] .
      ?part void:property kg:evidence ; void:distinctSubjects ?n }} }}"""
    found = rows(dataset, "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c ; kg:evidence ?e } GROUP BY ?c")
    assert sorted(rows(dataset, text)) == sorted(found)
    assert found


def test_meetings_of_a_status_and_year_are_what_a_query_counts(dataset: Dataset) -> None:
    counted = """SELECT ?status ?year (COUNT(DISTINCT ?meeting) AS ?n) (COUNT(DISTINCT ?paper) AS ?signed) {
      ?meeting kg:status ?status
      OPTIONAL { ?meeting kg:earliest ?day BIND (SUBSTR(STR(?day), 1, 4) AS ?year) }
      OPTIONAL { ?meeting kg:instrument ?instrument BIND (?meeting AS ?paper) } } GROUP BY ?status ?year"""
    told = f"""SELECT ?status (STR(?date) AS ?year) ?n (COALESCE(?some, 0) AS ?signed) {{
      GRAPH <{mint_graph("dataset")}> {{
        ?all void:class kg:Meeting ; void:subset ?part .
        ?part kg:status ?status ; void:entities ?n
        OPTIONAL {{ ?part kg:date ?date }}
        OPTIONAL {{ ?part void:propertyPartition [ void:property kg:instrument ; void:distinctSubjects ?some ] }}
      }} }}"""
    found = sorted(map(str, rows(dataset, counted)))
    assert found == sorted(map(str, rows(dataset, told)))
    assert found


def test_meetings_with_a_party_from_a_country_are_what_a_query_counts(dataset: Dataset) -> None:
    counted = """SELECT ?status ?year ?country (COUNT(DISTINCT ?meeting) AS ?n) {
      ?meeting kg:status ?status ; kg:party ?party
      OPTIONAL { ?meeting kg:earliest ?day BIND (SUBSTR(STR(?day), 1, 4) AS ?year) }
      OPTIONAL { ?party kg:country ?country } } GROUP BY ?status ?year ?country"""
    told = f"""SELECT ?status (STR(?date) AS ?year) ?country ?n {{
      GRAPH <{mint_graph("dataset")}> {{
        ?all void:class kg:Meeting ; void:subset ?part .
        ?part kg:status ?status ; void:subset ?within . ?within void:entities ?n
        OPTIONAL {{ ?part kg:date ?date }}
        OPTIONAL {{ ?within kg:country ?country }} }} }}"""
    found = sorted(map(str, rows(dataset, counted)))
    assert found == sorted(map(str, rows(dataset, told)))
    assert found


def test_every_other_graph_is_a_subset_with_its_size(dataset: Dataset) -> None:
    own = mint_graph("dataset")
    graph = dataset.graph(own)
    told = {str(node): said(dataset, VOID.triples, URIRef(str(node))) for node in graph.objects(THIS, VOID.subset)}
    found = rows(dataset, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert told == {name: int(number) for name, number in found if name != str(own)}


def test_prefixes_are_those_of_queries(dataset: Dataset) -> None:
    graph = dataset.graph(mint_graph("dataset"))
    declared = {
        str(graph.value(node, SH.prefix)): str(graph.value(node, SH.namespace))
        for node in graph.objects(THIS, SH.declare)
    }
    assert declared == prefixes()


def test_what_kg_toml_says_is_told(tmp_path: Path) -> None:
    root = made(
        tmp_path / "c",
        f"cities: [{{id: a, name: A, country: ID, {SAYS}}}]\nsources: [{{id: daily, outlet: D}}]\n",
        config=CONFIG,
    )
    base = "https://example.org/id/"
    graph = dataset_of(root).graph(mint_graph("dataset", base=base))
    this = URIRef(base)
    assert {VOID.Dataset, DCAT.Dataset} == set(graph.objects(this, RDF.type))
    assert set(graph.objects(this, DCTERMS.title)) == {Literal("A title", "en"), Literal("Sebuah judul", "id")}
    assert list(graph.objects(this, DCTERMS.description)) == [Literal("What it holds.", "id")]
    assert [str(t) for t in graph.objects(this, DCTERMS.license)] == ["https://creativecommons.org/licenses/by-sa/4.0/"]
    assert {str(t) for t in graph.objects(this, DCTERMS.language)} == {"id", "en"}
    assert "2.1" in {str(t) for t in graph.objects(this)}
    assert "The archive" in {str(t) for t in graph.objects(this)}
