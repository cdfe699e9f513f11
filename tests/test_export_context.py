"""Any context, not only the shipped one: what is written under its terms expands to the same triples."""

import json
from pathlib import Path
from typing import Any

import pytest
from rdf_iris import mint
from rdflib import RDF, RDFS, XSD, Dataset, Graph, Literal, URIRef

from kg.convert.quads import Quad
from kg.dataset import add_quads, memory_dataset
from kg.errors import OntologyError
from kg.export.context import Context, shipped_context
from kg.export.graphs import read_lines
from kg.export.jsonld import jsonld
from kg.prefixes import PREFIXES
from kg.terms import KG

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

MEETING = mint("meeting", "m")
FACTS: list[Quad] = [
    (MEETING, RDF.type, KG.Meeting, None),
    (MEETING, RDFS.label, Literal("Talks", lang="en"), None),
    (MEETING, RDFS.label, Literal("More talks", lang="en"), None),
    (MEETING, RDFS.label, Literal("会談", lang="ja"), None),
    (MEETING, KG.name, Literal("Talks"), None),
    (MEETING, KG.date, Literal("2025-11-25", datatype=XSD.date), None),
    (MEETING, KG.earliest, Literal("2025", datatype=XSD.gYear), None),
    (MEETING, KG.followUp, Literal(True), None),  # noqa: FBT003
    (MEETING, KG.rank, Literal(3), None),
    (MEETING, KG.party, mint("party", "a"), None),
    (MEETING, KG.party, mint("party", "b"), None),
    (MEETING, KG.party, Literal("no link"), None),
    (MEETING, KG.city, URIRef("https://example.org/a"), None),
    (MEETING, RDF.type, Literal("no class"), None),
]
BASE: dict[str, Any] = {"kg": PREFIXES["kg"], "meeting": PREFIXES["meeting"], "party": PREFIXES["party"]}
XSD_DATE = str(XSD.date)

CONTEXTS: dict[str, dict[str, Any]] = {
    "nothing but prefixes": {},
    "no context at all": {"kg": "https://example.org/other#", "meeting": "https://example.org/m/"},
    "terms for everything": {
        "id": "@id",
        "type": "@type",
        "Meeting": "kg:Meeting",
        "label": {"@id": str(RDFS.label), "@container": "@language"},
        "name": "kg:name",
        "on": {"@id": "kg:date", "@type": XSD_DATE},
        "parties": {"@id": "kg:party", "@type": "@id", "@container": "@set"},
    },
    "a vocabulary": {"@vocab": PREFIXES["kg"], "name": {}, "rank": {"@type": str(XSD.integer)}},
    "terms that are compact IRIs": {
        "kg:date": {"@id": "kg:date", "@type": XSD_DATE},
        "kg:party": {"@id": "kg:party", "@type": "@id"},
        "kg:name": {"@id": "kg:name", "@container": "@language"},
        "kg:earliest": {"@id": "kg:earliest", "@container": "@set"},
    },
    "a language for plain text": {"@language": "en", "name": "kg:name", "title": {"@id": "kg:name", "@language": "ja"}},
    "terms this writer leaves alone": {
        "of": {"@reverse": "kg:party"},
        "steps": {"@id": "kg:rank", "@container": "@list"},
        "same": {"@id": "@type"},
        "nothing": None,
    },
}


def document(context: dict[str, Any]) -> str:
    """Write the facts under a context."""
    dataset = memory_dataset()
    add_quads(dataset, FACTS)
    return b"".join(jsonld(read_lines(dataset), Context(context, PREFIXES))).decode()


@pytest.mark.parametrize("name", CONTEXTS)
def test_what_is_written_reads_back(name: str) -> None:
    text = document(BASE | CONTEXTS[name])
    found = Dataset().parse(data=text, format="json-ld")
    expected = Graph()
    for subject, predicate, value, _ in FACTS:
        expected.add((subject, predicate, value))
    assert {(s, p, o) for s, p, o, _ in found.quads((None, None, None, None))} == set(expected)


def test_terms_are_used_where_they_fit() -> None:
    (node,) = json.loads(document(BASE | CONTEXTS["terms for everything"]))["@graph"]
    assert node == {
        "id": "meeting:m",
        "type": "Meeting",
        str(RDF.type): "no class",
        "label": {"en": ["More talks", "Talks"], "ja": "会談"},
        "name": "Talks",
        "on": "2025-11-25",
        "kg:earliest": {"@type": str(XSD.gYear), "@value": "2025"},
        "kg:followUp": True,
        "kg:rank": 3,
        "parties": ["party:a", "party:b"],
        "kg:party": "no link",
        "kg:city": {"@id": "https://example.org/a"},
    }


def test_prefixes_of_the_collection_replace_those_of_the_context() -> None:
    context = Context({"party": "https://example.org/old/"}, {"party": "https://example.org/new/"})
    assert context.document == {"party": "https://example.org/new/"}
    assert context.link("<https://example.org/new/a>") == "party:a"


def test_nothing_is_imported() -> None:
    with pytest.raises(OntologyError, match="imports nothing"):
        Context({"@import": "https://example.org/context.jsonld"}, PREFIXES)


def test_a_context_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "context.jsonld").write_text("[]", encoding="utf-8")
    monkeypatch.setattr("kg.export.context.ontology_file", lambda name: tmp_path / name)
    with pytest.raises(OntologyError, match="is no JSON-LD context"):
        shipped_context()
