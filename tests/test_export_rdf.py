"""What is written reads back as the same facts, in the same bytes whoever writes it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdf_iris import mint
from rdflib import RDF, RDFS, XSD, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from small_world import small_dataset

from kg.convert.quads import Quad
from kg.dataset import Backend, add_quads, memory_dataset
from kg.errors import ExportError
from kg.export import FORMATS, export, export_build
from kg.prefixes import ONTOLOGY
from kg.terms import KG

# rdflib's own JSON-LD and TriG parsers still make one.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

PARSERS = {
    "turtle": "turtle",
    "trig": "trig",
    "nquads": "nquads",
    "ntriples": "nt",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}
SOURCE = mint("source", "daily")

# -- graphs that are awkward on purpose ---------------------------------------------------------------------------

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12) | st.sampled_from(
    ["", " ", '"', "\\", "\\u0041", "a\nb", "a\r\nb", "\t", "'''", "]]>", "&lt;", "\x7f", "\x85", "\u2028", "川崎", "é"]
)
xml_words = words.map(
    lambda text: "".join(c for c in text if c >= " " or c in "\t\n\r").replace("\uffff", "").replace("\ufffe", "")
)
things = st.sampled_from(
    [
        mint("party", "makassar"),
        mint("evidence", "meeting", "a-b", "1"),
        mint("official", "x-"),
        URIRef("https://example.org/a/b?c=d&e='f'#g"),
        URIRef("https://example.org/川崎"),
        URIRef("urn:example:1"),
        URIRef("https://w3id.org/cooperation-kg/id/party/"),
        URIRef("https://w3id.org/cooperation-kg/id/party/a.b."),
        URIRef("https://w3id.org/cooperation-kg/id/party/a%20b"),
    ]
)
properties = st.sampled_from(
    [
        RDF.type,
        RDFS.label,
        KG.name,
        KG.date,
        KG.earliest,
        KG.party,
        KG.followUp,
        URIRef(f"{ONTOLOGY}#1st"),
        URIRef("urn:p"),
    ]
)


def literals(text: st.SearchStrategy[str]) -> st.SearchStrategy[Literal]:
    """Return literals of every sort the model has, and of sorts it has not."""
    languages = st.sampled_from(["en", "id", "ja", "zh-hans"])
    typed = [("2025", XSD.gYear), ("2025-11", XSD.gYearMonth), ("2025-11-25", XSD.date), ("true", XSD.boolean)]
    typed += [("7", XSD.integer), ("-12345678901234567890", XSD.integer), ("-5.1", XSD.decimal)]
    return (
        text.map(Literal)
        | st.builds(lambda word, tag: Literal(word, lang=tag), text, languages)
        | st.sampled_from(typed).map(lambda pair: Literal(pair[0], datatype=pair[1]))
        | text.map(lambda word: Literal(word, datatype=URIRef("urn:example:type")))
    )


def quads(text: st.SearchStrategy[str], graphs: st.SearchStrategy[URIRef | None]) -> st.SearchStrategy[list[Quad]]:
    """Return lists of quads."""
    return st.lists(st.tuples(things, properties, things | literals(text), graphs), max_size=12)


def dataset_of(facts: Iterable[Quad], backend: Backend = "oxigraph") -> Dataset:
    """Return a dataset of some quads."""
    dataset = memory_dataset(backend=backend)
    add_quads(dataset, facts)
    return dataset


def written(facts: Iterable[Quad], name: str, graph: str | None = None, backend: Backend = "oxigraph") -> bytes:
    """Return the bytes of an export."""
    return b"".join(export(dataset_of(facts, backend), name, graph=graph))


def read_back(data: bytes, name: str) -> set[Quad]:
    """Parse with rdflib alone."""
    dataset = Dataset()
    dataset.parse(data=data, format=PARSERS[name])
    found = dataset.quads((None, None, None, None))
    return {(s, p, o, None if g in (None, DATASET_DEFAULT_GRAPH_ID) else g) for s, p, o, g in found}  # type: ignore[misc]


# -- laws ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["turtle", "ntriples", "jsonld"])
@given(facts=quads(words, st.none()))
@settings(max_examples=40, deadline=None)
def test_a_graph_reads_back_as_it_was(name: str, facts: list[Quad]) -> None:
    assert read_back(written(facts, name), name) == set(facts)


@given(facts=quads(xml_words, st.none()))
@settings(max_examples=40, deadline=None)
def test_rdfxml_reads_back_as_it_was(facts: list[Quad]) -> None:
    assert read_back(written(facts, "rdfxml"), "rdfxml") == set(facts)


@pytest.mark.parametrize("name", ["trig", "nquads", "jsonld"])
@given(facts=quads(words, st.sampled_from([None, SOURCE, URIRef("urn:example:graph")])))
@settings(max_examples=40, deadline=None)
def test_a_dataset_reads_back_as_it_was(name: str, facts: list[Quad]) -> None:
    assert read_back(written(facts, name, "all"), name) == set(facts)


@pytest.mark.parametrize("name", list(PARSERS))
@given(facts=quads(xml_words, st.sampled_from([None, SOURCE])), random=st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_order_and_backend_change_no_byte(name: str, facts: list[Quad], random: object) -> None:
    shuffled = sorted(facts, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert written(facts, name) == written(shuffled, name, backend="rdflib")


@pytest.mark.parametrize("name", ["turtle", "ntriples", "jsonld"])
@given(
    facts=quads(words | st.sampled_from(["a b", '" .', "> .", "<urn:g> ."]), st.sampled_from([None, SOURCE])),
    graph=st.sampled_from(["default", str(SOURCE)]),
)
@settings(max_examples=40, deadline=None)
def test_a_build_is_read_like_the_dataset_it_holds(name: str, facts: list[Quad], graph: str) -> None:
    always: Quad = (SOURCE, RDF.type, SOURCE, None)  # its line ends as those of the named graph do
    facts = [*facts, always, (*always[:3], SOURCE)]
    with TemporaryDirectory() as folder:
        quads = written(facts, "nquads")
        (Path(folder) / "data.nq").write_bytes(quads)
        manifest = {"sha256": {"data.nq": sha256(quads).hexdigest()}, "graphs": {}}
        (Path(folder) / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        assert b"".join(export_build(Path(folder), name, graph=graph)) == written(facts, name, graph)


@pytest.mark.parametrize("name", list(PARSERS))
def test_hash_seeds_change_no_byte(name: str) -> None:
    code = (
        "import sys; from small_world import small_dataset; from kg.export import export\n"
        f"sys.stdout.buffer.write(b''.join(export(small_dataset({{backend!r}}), {name!r})))"
    )
    seen = set()
    for seed, backend in (("1", "oxigraph"), ("2", "rdflib")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
        done = subprocess.run(
            [sys.executable, "-c", code.replace("{backend!r}", repr(backend))],
            capture_output=True,
            check=True,
            env=environment,
        )
        seen.add(done.stdout)
    assert len(seen) == 1
    assert b"makassar" in seen.pop()


@pytest.mark.parametrize("name", ["turtle", "ntriples", "jsonld", "rdfxml"])
def test_a_second_reader_agrees(name: str) -> None:
    data = b"".join(export(small_dataset(), name))
    formats = {
        "turtle": ox.RdfFormat.TURTLE,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }
    found = {str(quad.triple) for quad in ox.parse(data, format=formats[name])}
    assert found == set(b"".join(export(small_dataset(), "ntriples")).decode().replace(" .\n", "\n").splitlines())


# -- how it reads -------------------------------------------------------------------------------------------------


def test_turtle_is_prefixed_and_sorted() -> None:
    text = b"".join(export(small_dataset(), "turtle")).decode()
    assert (
        "\nmeeting:water-2 a kg:Meeting ;\n"
        "    kg:attendedBy official:amir, official:chie ;\n"
        '    kg:date "2025-03"^^xsd:gYearMonth ;\n'
        '    kg:earliest "2025-03-01"^^xsd:date ;\n'
    ) in text
    assert text.index("\nmeeting:water-1 ") < text.index("\nofficial:amir ") < text.index("\nparty:makassar ")


def test_turtle_writes_numbers_and_truth_bare() -> None:
    facts: list[Quad] = [
        (SOURCE, KG.rank, Literal(7), None),
        (SOURCE, KG.followUp, Literal(True), None),  # noqa: FBT003
        (SOURCE, KG.isEnd, Literal("yes", datatype=XSD.boolean, normalize=False), None),
    ]
    text = written(facts, "turtle").decode()
    assert "kg:rank 7" in text
    assert "kg:followUp true" in text
    assert 'kg:isEnd "yes"^^xsd:boolean' in text


def test_jsonld_is_compact_and_says_languages() -> None:
    document = json.loads(b"".join(export(small_dataset(), "jsonld")))
    nodes = {node["@id"]: node for node in document["@graph"]}
    chie = nodes["official:chie"]
    assert chie["@type"] == "kg:Official"
    assert chie["rdfs:label"] == {"en": "Chie", "ja": "千恵"}
    meeting = nodes["meeting:water-2"]
    assert meeting["kg:attendedBy"] == ["official:amir", "official:chie"]
    assert meeting["kg:earliest"] == "2025-03-01"
    assert meeting["kg:date"] == {"@type": "xsd:gYearMonth", "@value": "2025-03"}
    assert list(nodes) == sorted(nodes, key=lambda node: f"{node}>")


def test_jsonld_carries_its_context() -> None:
    document = json.loads(b"".join(export(small_dataset(), "jsonld")))
    assert document["@context"]["kg"] == f"{ONTOLOGY}#"


def test_a_collection_of_its_own_base_gets_its_own_prefixes() -> None:
    base = "https://example.org/talks/"
    facts: list[Quad] = [(mint("party", "x", base=base), KG.name, Literal("X"), None)]
    for name in ("turtle", "jsonld"):
        data = b"".join(export(dataset_of(facts), name, base=base))
        assert b"party:x" in data
        assert read_back(data, name) == set(facts)


@pytest.mark.parametrize("name", ["trig", "nquads"])
def test_formats_of_datasets_hold_every_graph(name: str) -> None:
    found = read_back(b"".join(export(small_dataset(), name)), name)
    assert {graph for *_, graph in found} == {None, SOURCE}


@pytest.mark.parametrize("name", list(PARSERS))
def test_one_named_graph_alone(name: str) -> None:
    found = read_back(b"".join(export(small_dataset(), name, graph=str(SOURCE))), name)
    assert {(s, p) for s, p, *_ in found} == {(mint("meeting", "water-2"), KG.date)}


@pytest.mark.parametrize("name", list(PARSERS))
def test_nothing_is_a_valid_file(name: str) -> None:
    assert read_back(written([], name), name) == set()


# -- what cannot be ------------------------------------------------------------------------------------------------


def test_a_graph_format_refuses_a_dataset() -> None:
    with pytest.raises(ExportError, match="turtle holds one graph"):
        export(small_dataset(), "turtle", graph="all")


def test_a_graph_that_is_not_there() -> None:
    with pytest.raises(ExportError, match=r"no graph is named .*dayly'; did you mean '.*daily'"):
        export(small_dataset(), "turtle", graph="https://w3id.org/cooperation-kg/id/source/dayly")


def test_xml_refuses_control_characters() -> None:
    with pytest.raises(ExportError, match=r"XML cannot hold the character U\+0007, found after 'ring the '"):
        written([(SOURCE, KG.note, Literal("ring the \x07"), None)], "rdfxml")


def test_xml_refuses_a_property_without_a_name() -> None:
    with pytest.raises(ExportError, match="does not end in an XML name"):
        written([(SOURCE, URIRef("https://example.org/1"), Literal(""), None)], "rdfxml")


def test_jsonld_refuses_an_iri_it_would_read_as_another() -> None:
    with pytest.raises(ExportError, match="'party' is a prefix"):
        written([(URIRef("party:x"), KG.name, Literal(""), None)], "jsonld")


def test_no_iri_holds_a_space() -> None:
    facts: list[Quad] = [(URIRef("https://example.org/a b"), KG.name, Literal(""), None)]
    with pytest.raises(ExportError, match="not an IRI"):
        written(facts, "turtle", backend="rdflib")


def test_half_a_surrogate_pair_is_no_text() -> None:
    with pytest.raises(ExportError, match=r"U\+D800"):
        written([(SOURCE, KG.name, Literal("\ud800"), None)], "turtle", backend="rdflib")


@pytest.mark.parametrize("name", ["graphml", "csv", "pdf"])
def test_only_rdf_formats_are_rdf(name: str) -> None:
    with pytest.raises(ValueError, match="no such RDF format"):
        export(small_dataset(), name)


def test_every_format_is_listed_once() -> None:
    assert set(PARSERS) | {"graphml", "gexf", "csv", "csv-network"} == set(FORMATS)


@pytest.mark.parametrize("backend", ["oxigraph", "rdflib"])
@pytest.mark.parametrize("name", ["turtle", "ntriples", "jsonld", "rdfxml"])
def test_blank_nodes_of_others_survive(name: str, backend: Backend) -> None:
    graph = Graph().parse(data="@prefix : <urn:x:> . :s :p [ :q [ :r 1 ] ], ( 2 3 ) .", format="turtle")
    dataset = memory_dataset(backend=backend)
    for triple in graph:
        dataset.default_graph.add(triple)
    data = b"".join(export(dataset, name))
    assert isomorphic(Graph().parse(data=data, format=PARSERS[name]), graph)
