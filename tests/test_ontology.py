"""The ontology agrees with itself, with the code, with the vocabularies it reuses, and with its own examples."""

import csv
import json
import re
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from pyshacl import validate
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import (
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SDO,
    SH,
    SKOS,
    VANN,
    XSD,
    DefinedNamespace,
)
from rdflib.term import Node

from kg import allowed
from kg.prefixes import BASE, OA, ONTOLOGY, PREFIXES
from kg.terms import KG, KG_FROM

ROOT = Path(__file__).parent.parent / "ontology"
EXAMPLES = ROOT / "examples"
VALID = sorted((EXAMPLES / "valid").glob("*.ttl"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.ttl"))
TURTLE = ("ontology.ttl", "sectors.ttl", "stages.ttl", "shapes.ttl")
LANGUAGES = {"en", "id", "ja"}
NAMESPACE = f"{ONTOLOGY}#"
REUSED: tuple[type[DefinedNamespace], ...] = (DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VANN, XSD)
# Web Annotation is not among rdflib's namespaces. Source: W3C Web Annotation Vocabulary, 2017.
OA_TERMS = {"Annotation", "SpecificResource", "TextQuoteSelector", "exact", "hasSelector", "hasSource", "hasTarget"}


@cache
def parsed(*names: str) -> Graph:
    """Read files of the ontology folder into one graph, which nobody may change."""
    graph = Graph()
    for name in names:
        graph.parse(ROOT / name)
    return graph


def terms(*kinds: URIRef) -> list[URIRef]:
    """Return our terms of some OWL kinds, sorted."""
    ontology = parsed("ontology.ttl")
    found = {term for kind in kinds for term in ontology.subjects(RDF.type, kind)}
    return sorted(term for term in found if isinstance(term, URIRef) and term.startswith(NAMESPACE))


CLASSES = terms(OWL.Class)
PROPERTIES = terms(OWL.ObjectProperty, OWL.DatatypeProperty)


def curie(term: Node) -> str:
    return str(term).replace(NAMESPACE, "kg:")


def one_per_language(graph: Graph, subject: Node, predicate: URIRef) -> bool:
    values = list(graph.objects(subject, predicate))
    tags = {value.language for value in values if isinstance(value, Literal) and value.strip()}
    return len(values) == len(LANGUAGES) and tags == LANGUAGES


# -- terms ---------------------------------------------------------------------------------------------------------


def test_code_and_ontology_name_the_same_terms() -> None:
    named = {KG[name] for name in KG.__annotations__ if not name.startswith("_")}
    assert named | {KG_FROM} == {*CLASSES, *PROPERTIES}


@pytest.mark.parametrize("term", [*CLASSES, *PROPERTIES], ids=curie)
def test_term_is_labelled_defined_and_placed(term: URIRef) -> None:
    ontology = parsed("ontology.ttl")
    assert one_per_language(ontology, term, RDFS.label)
    assert one_per_language(ontology, term, SKOS.definition)
    assert list(ontology.objects(term, RDFS.isDefinedBy)) == [URIRef(ONTOLOGY)]


@pytest.mark.parametrize("term", PROPERTIES, ids=curie)
def test_property_has_domain_and_range_or_says_why_not(term: URIRef) -> None:
    ontology = parsed("ontology.ttl")
    has_reason = (term, SKOS.editorialNote, None) in ontology
    for plain, several in ((RDFS.domain, SDO.domainIncludes), (RDFS.range, SDO.rangeIncludes)):
        assert len(list(ontology.objects(term, plain))) <= 1, "several rdfs:domain or rdfs:range mean all at once"
        assert has_reason or (term, plain | several, None) in ontology


@pytest.mark.parametrize("term", [*CLASSES, *PROPERTIES], ids=curie)
def test_term_is_used(term: URIRef) -> None:
    queries = [path.read_text(encoding="utf-8") for path in (*ROOT.glob("rules/*.rq"), *ROOT.glob("queries/*.rq"))]
    is_queried = any(re.search(rf"{curie(term)}\b", query) for query in queries)
    assert is_queried or term in parsed("shapes.ttl").all_nodes()


@pytest.mark.parametrize("name", TURTLE)
def test_reused_and_own_terms_exist(name: str) -> None:
    own = {*CLASSES, *PROPERTIES, URIRef(ONTOLOGY)}
    for triple in parsed(name):
        for node in triple:
            if not isinstance(node, URIRef):
                continue
            assert not node.startswith(NAMESPACE) or node in own
            assert not node.startswith(OA) or node.removeprefix(OA) in OA_TERMS
            reused = next((each for each in REUSED if node.startswith(str(each))), None)
            assert reused is None or node in reused, node


def test_header_says_version_licence_and_makers() -> None:
    ontology, this = parsed("ontology.ttl"), URIRef(ONTOLOGY)
    version = str(ontology.value(this, OWL.versionInfo, any=False))
    assert ontology.value(this, OWL.versionIRI, any=False) == URIRef(f"{ONTOLOGY}/{version}")
    assert one_per_language(ontology, this, DCTERMS.title)
    assert one_per_language(ontology, this, DCTERMS.description)
    assert str(ontology.value(this, VANN.preferredNamespaceUri, any=False)) == NAMESPACE
    for predicate in (DCTERMS.license, DCTERMS.creator, DCTERMS.created, DCTERMS.modified):
        assert (this, predicate, None) in ontology


@pytest.mark.parametrize("name", ["ontology.ttl", "sectors.ttl", "stages.ttl"])
def test_nothing_that_is_shipped_as_data_has_a_blank_node(name: str) -> None:
    assert not [node for node in parsed(name).all_nodes() if isinstance(node, BNode)]


# -- context -------------------------------------------------------------------------------------------------------


@cache
def context() -> dict[str, str | dict[str, str]]:
    loaded: dict[str, str | dict[str, str]] = json.loads((ROOT / "context.jsonld").read_text("utf-8"))["@context"]
    return loaded


def test_context_has_an_entry_for_every_term_and_no_other() -> None:
    assert {key for key in context() if key.startswith("kg:")} == {curie(term) for term in (*CLASSES, *PROPERTIES)}


def test_context_prefixes_are_those_of_the_code() -> None:
    given = {key: value for key, value in context().items() if isinstance(value, str) and ":" not in key}
    assert all(PREFIXES[prefix] == namespace for prefix, namespace in given.items())
    assert {prefix for prefix, namespace in PREFIXES.items() if namespace.startswith(BASE)} <= set(given)


@pytest.mark.parametrize("term", PROPERTIES, ids=curie)
def test_context_types_links_days_and_languages(term: URIRef) -> None:
    ontology, entry = parsed("ontology.ttl"), context()[curie(term)]
    assert isinstance(entry, dict)
    ranges = set(ontology.objects(term, RDFS.range))
    assert (entry.get("@type") == "@id") == ((term, RDF.type, OWL.ObjectProperty) in ontology)
    assert (entry.get("@type") == "xsd:date") == (ranges == {XSD.date})
    assert (entry.get("@container") == "@language") == (ranges == {RDF.langString})


# rdflib's JSON-LD parser calls a class that rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_example_survives_json_ld(path: Path) -> None:
    graph = Graph().parse(path)
    text = graph.serialize(format="json-ld", context=context())
    assert isomorphic(Graph().parse(data=text, format="json-ld"), graph)


# -- schemes -------------------------------------------------------------------------------------------------------


def test_sectors_have_names_in_three_languages_and_groups() -> None:
    graph = parsed("sectors.ttl")
    sectors = set(graph.subjects(RDF.type, KG.Sector))
    groups = set(graph.objects(URIRef(f"{BASE}scheme/sectors"), SKOS.hasTopConcept))
    assert (len(sectors - groups), len(groups)) == (28, 8)
    for sector in sectors:
        assert one_per_language(graph, sector, SKOS.prefLabel)
        assert set(graph.objects(sector, SKOS.prefLabel)) == set(graph.objects(sector, RDFS.label))
        assert str(graph.value(sector, SKOS.notation, any=False)) == str(sector).removeprefix(f"{BASE}sector/")
        assert (sector, SKOS.definition, None) in graph
    for sector in sectors - groups:
        assert graph.value(sector, SKOS.broader, any=False) in groups
        aliases = set(graph.objects(sector, SKOS.altLabel))
        assert {alias.language for alias in aliases if isinstance(alias, Literal)} == LANGUAGES
        assert not aliases & set(graph.objects(sector, SKOS.prefLabel))


def test_every_sector_matches_an_oecd_code_that_exists() -> None:
    graph = parsed("sectors.ttl")
    with (Path(__file__).parent / "data" / "oecd-dac-crs.csv").open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row["name"] for row in csv.DictReader(file)}
    matched = set(graph.subjects(SKOS.exactMatch | SKOS.closeMatch | SKOS.broadMatch))
    assert len(matched) == 28
    codes = set(graph.subjects(SKOS.inScheme, URIRef(f"{BASE}scheme/oecd-dac-crs")))
    assert set(graph.objects(None, SKOS.exactMatch | SKOS.closeMatch | SKOS.broadMatch)) == codes
    for concept in codes:
        code = str(concept).removeprefix(f"{BASE}crs/")
        assert str(graph.value(concept, SKOS.notation)) == code
        assert str(graph.value(concept, SKOS.prefLabel)) == names[code]


def test_stages_and_instruments_are_those_of_the_records() -> None:
    graph = parsed("stages.ttl")
    by_rank = sorted(graph.subject_objects(KG.rank), key=lambda pair: int(str(pair[1])))
    assert tuple(str(stage).removeprefix(f"{BASE}stage/") for stage, _ in by_rank) == allowed.STAGES
    assert [str(rank) for _, rank in by_rank] == [str(number) for number in range(1, 10)]
    ends = {str(stage).rpartition("/")[2] for stage in graph.subjects(KG.isEnd, Literal(lexical_or_value=True))}
    assert ends == {"lapsed", "cancelled"}
    instruments = {str(each).rpartition("/")[2] for each in graph.subjects(RDF.type, KG.Instrument)}
    assert instruments == set(get_args(allowed.Instrument))
    for concept in {*graph.subjects(RDF.type, KG.Stage), *graph.subjects(RDF.type, KG.Instrument)}:
        assert one_per_language(graph, concept, RDFS.label)
        assert one_per_language(graph, concept, SKOS.definition)


# -- shapes --------------------------------------------------------------------------------------------------------


def test_every_class_has_its_node_shape() -> None:
    assert set(CLASSES) == set(parsed("shapes.ttl").objects(None, SH.targetClass))


def test_every_constraint_has_severity_and_message() -> None:
    shapes = parsed("shapes.ttl")
    operands = {part for joined in shapes.objects(None, SH["or"] | SH.xone) for part in Collection(shapes, joined)}
    operands |= set(shapes.objects(None, SH["not"]))
    within = {shape for part in operands for shape in shapes.transitive_objects(part, SH.property)}
    stating = {*shapes.subjects(SH.path | SH.select | SH.pattern), *shapes.subjects(SH["or"] | SH.xone | SH["not"])}
    for shape in stating - within:
        assert (shape, SH.severity, None) in shapes, shapes.value(shape, SH.path) or shape
        message = shapes.value(shape, SH.message, any=False)
        assert isinstance(message, Literal)
        assert message.language == "en"


@pytest.mark.parametrize(
    ("term", "words"),
    [(KG.status, get_args(allowed.Status)), (KG.role, get_args(allowed.Role))],
    ids=["status", "role"],
)
def test_closed_lists_are_those_of_the_records(term: URIRef, words: tuple[str, ...]) -> None:
    shapes = parsed("shapes.ttl")
    listed = [shapes.value(shape, SH["in"]) for shape in shapes.subjects(SH.path, term)]
    assert [[str(word) for word in Collection(shapes, each)] for each in listed if each] == [list(words)]


# -- examples ------------------------------------------------------------------------------------------------------


SPARQL_MESSAGES = {
    str(message)
    for rule in parsed("shapes.ttl").objects(None, SH.sparql)
    for message in parsed("shapes.ttl").objects(rule, SH.message)
}


@cache
def core_shapes() -> Graph:
    """Return the shapes without their SPARQL rules, whose parsing takes most of the time of a small check."""
    shapes = Graph() + parsed("shapes.ttl")
    return shapes.remove((None, SH.sparql, None))


def violations(graph: Graph, shapes: Graph) -> set[str]:
    """Return the messages that shapes have for a graph."""
    conforms, report, _ = validate(graph + parsed("ontology.ttl"), shacl_graph=shapes, inplace=True)
    messages = {str(message) for message in report.objects(None, SH.resultMessage)}
    assert conforms == (not messages)
    return messages


def in_setting(path: Path) -> Graph:
    """Read an example with what all share and, of the two schemes, only the concepts it names."""
    example, schemes = Graph().parse(path), parsed("sectors.ttl", "stages.ttl")
    graph = example + parsed("examples/setting.ttl")
    for named in set(example.objects()):
        for concept in schemes.transitive_objects(named, SKOS.broader):
            for triple in schemes.triples((concept, None, None)):
                graph.add(triple)
    return graph


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_example_conforms(path: Path) -> None:
    assert violations(in_setting(path), parsed("shapes.ttl")) == set()


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_example_breaks_its_own_rule_and_no_other(path: Path) -> None:
    expected = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# expect: ")
    is_sparql = any(expected in message for message in SPARQL_MESSAGES)
    messages = violations(in_setting(path), parsed("shapes.ttl") if is_sparql else core_shapes())
    assert messages
    assert all(expected in message for message in messages), messages


def test_every_rule_in_sparql_has_an_example_that_breaks_it() -> None:
    expected = [path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# expect: ") for path in INVALID]
    assert all(any(part in message for part in expected) for message in SPARQL_MESSAGES)


def test_shipped_schemes_conform() -> None:
    assert violations(parsed("sectors.ttl", "stages.ttl"), parsed("shapes.ttl")) == set()


# -- the page that explains it -------------------------------------------------------------------------------------


def test_readme_numbers_its_questions_and_names_what_is_reused() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for mark, least in (("CQ", 24), ("D-", 1)):
        numbers = [int(number) for number in re.findall(rf"^- \*\*{mark}(\d\d)", text, re.MULTILINE)]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
        assert len(numbers) >= least
    prefixes = {namespace: prefix for prefix, namespace in PREFIXES.items()} | {str(FOAF): "foaf"}
    ontology = parsed("ontology.ttl")
    for wider in {*ontology.objects(None, RDFS.subClassOf), *ontology.objects(None, RDFS.subPropertyOf)}:
        namespace = re.match(r".*[#/]", str(wider))
        assert namespace
        if namespace[0] != NAMESPACE:
            assert f"`{prefixes[namespace[0]]}:{str(wider).removeprefix(namespace[0])}`" in text
