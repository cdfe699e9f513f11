"""Records to quads: the vocabulary, dates as written, evidence, claims, and laws that hold for every record."""

from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from rdf_iris import mint
from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import RDF, RDFS, XSD
from strategies import records

from kg.convert import PROPERTIES, Quad, Settings, record_quads, to_nquad, to_term
from kg.records import BY_KIND, Record, from_builtins
from kg.terms import KG, KG_FROM

SETTINGS = Settings(languages=("en", "id", "ja"), shared_sectors=frozenset({"water-supply"}))
MEETING: dict[str, Any] = {
    "id": "talks-2025",
    "name": {"en": "Talks", "ja": "会談"},
    "date": "2025-11",
    "at": {"city": "yokohama", "place": "Hall A"},
    "parties": ["makassar", {"party": "kawasaki", "role": "host"}],
    "people": [{"official": "amir", "as": "mayor", "for": "makassar", "role": "guest"}],
    "sectors": ["water-supply", "own-sector"],
    "stage": "discussed",
    "cooperation": "water",
    "evidence": [
        {"source": "daily", "at": "paragraph 2", "says": "They talked."},
        {"source": "other", "claims": {"date": "2025-12-01", "head_count": "51 delegates"}, "says": "In December."},
    ],
}


def quads(kind: str, fields: dict[str, Any], settings: Settings = SETTINGS) -> list[Quad]:
    return list(record_quads(from_builtins(BY_KIND[kind], fields), settings))


def values(found: list[Quad], subject: URIRef, predicate: URIRef, graph: URIRef | None = None) -> list[object]:
    return [o for s, p, o, g in found if (s, p, g) == (subject, predicate, graph)]


this, daily, other = mint("meeting", "talks-2025"), mint("source", "daily"), mint("source", "other")


def test_names_carry_language_tags_and_one_plain_name_is_in_the_first_language() -> None:
    found = quads("meeting", MEETING)
    assert values(found, this, RDFS.label) == [Literal("Talks", lang="en"), Literal("会談", lang="ja")]
    assert values(found, this, KG.name) == [Literal("Talks")]
    plain = quads("official", {"id": "amir", "name": "Amir"}, Settings(languages=("id",)))
    assert values(plain, mint("official", "amir"), RDFS.label) == [Literal("Amir", lang="id")]


@pytest.mark.parametrize(
    ("text", "datatype", "first", "last"),
    [
        ("2025", XSD.gYear, "2025-01-01", "2025-12-31"),
        ("2024-02", XSD.gYearMonth, "2024-02-01", "2024-02-29"),
        ("2025-11-25", XSD.date, "2025-11-25", "2025-11-25"),
    ],
)
def test_a_date_is_kept_as_written_beside_its_bounds(text: str, datatype: URIRef, first: str, last: str) -> None:
    found = quads("meeting", MEETING | {"date": text})
    (date,) = values(found, this, KG.date)
    assert isinstance(date, Literal)
    assert (str(date), date.datatype) == (text, datatype)
    assert [str(day) for day in values(found, this, KG.earliest)] == [first]
    assert [str(day) for day in values(found, this, KG.latest)] == [last]


def test_a_range_ends_with_its_end_and_an_open_tenure_has_no_latest_day() -> None:
    found = quads("meeting", MEETING | {"date": "2025-11-25", "until": "2025-11-27"})
    assert [str(day) for day in values(found, this, KG.latest)] == ["2025-11-27"]
    tenure = mint("tenure", "t")
    held = quads("tenure", {"id": "t", "official": "amir", "post": "mayor", "from": "2025"})
    assert [str(day) for day in values(held, tenure, KG_FROM)] == ["2025"]
    assert values(held, tenure, KG.latest) == []


def test_a_participation_says_who_acted_as_what_for_whom() -> None:
    found, node = quads("meeting", MEETING), mint("participation", "talks-2025", "amir")
    assert values(found, this, KG.attendedBy) == [mint("official", "amir")]
    assert values(found, node, KG.actedAs) == [mint("post", "mayor")]
    assert values(found, node, KG.actedFor) == [mint("party", "makassar")]
    assert values(found, node, KG.role) == [Literal("guest")]


def test_a_party_with_a_role_takes_part_as_an_official_does() -> None:
    node = mint("participation", "talks-2025", "kawasaki")
    assert values(quads("meeting", MEETING), node, KG.role) == [Literal("host")]


def test_a_stage_is_a_step_of_the_cooperation() -> None:
    found, step = quads("meeting", MEETING), mint("step", "talks-2025")
    assert values(found, mint("cooperation", "water"), KG.step) == [step]
    assert values(found, step, KG.stage) == [mint("stage", "discussed")]
    assert quads("meeting", {**MEETING, "stage": None})
    assert values(quads("meeting", {**MEETING, "stage": None}), step, RDF.type) == []


def test_shipped_sectors_are_everybodys_and_others_are_the_collections_own() -> None:
    own = Settings("https://example.org/id/", shared_sectors=frozenset({"water-supply"}))
    found = quads("meeting", MEETING, own)
    assert values(found, mint("meeting", "talks-2025", base=own.base), KG.sector) == [
        mint("sector", "water-supply"),
        mint("sector", "own-sector", base=own.base),
    ]


def test_each_source_has_a_graph_of_what_it_supports_with_its_claims_in_place() -> None:
    found = quads("meeting", MEETING)
    assert [str(date) for date in values(found, this, KG.date)] == ["2025-11"]
    assert [str(date) for date in values(found, this, KG.date, daily)] == ["2025-11"]
    assert [str(date) for date in values(found, this, KG.date, other)] == ["2025-12-01"]
    assert [str(day) for day in values(found, this, KG.earliest, other)] == ["2025-12-01"]
    assert values(found, this, KG.party, other) == values(found, this, KG.party)


def test_a_claim_is_a_node_even_where_the_record_has_no_field_for_it() -> None:
    found, claim = quads("meeting", MEETING), mint("claim", "meeting", "talks-2025", "2", "head-count")
    assert values(found, claim, KG.field) == [Literal("head_count")]
    assert values(found, claim, KG.value) == [Literal("51 delegates")]
    assert values(found, mint("evidence", "meeting", "talks-2025", "2"), KG.claim)


def test_evidence_that_names_fields_supports_those_alone() -> None:
    narrow = MEETING | {"evidence": [{"source": "daily", "says": "The day.", "supports": ["date"]}]}
    found = quads("meeting", narrow)
    assert values(found, this, KG.date, daily)
    assert values(found, this, RDF.type, daily) == [KG.Meeting]
    assert values(found, this, KG.party, daily) == []
    assert values(found, mint("participation", "talks-2025", "amir"), KG.evidence) == []
    assert values(found, mint("evidence", "meeting", "talks-2025", "1"), KG.supports) == [KG.date]


def test_supporting_the_venue_supports_each_part_of_it() -> None:
    found = quads("meeting", MEETING | {"evidence": [{"source": "daily", "says": "There.", "supports": ["at"]}]})
    node = mint("evidence", "meeting", "talks-2025", "1")
    assert set(values(found, node, KG.supports)) == {KG.city, KG.place, KG.forum, KG.online}
    assert values(found, this, KG.place, daily) == [Literal("Hall A")]


def test_only_what_a_report_calls_a_follow_up_is_one() -> None:
    assert values(quads("meeting", MEETING | {"follows": ["talks-2024"]}), this, KG.followUp) == []
    assert values(quads("meeting", MEETING | {"follow_up": True}), this, KG.followUp) == [Literal(True)]  # noqa: FBT003


def test_a_quote_is_a_web_annotation_selector() -> None:
    found = quads("meeting", MEETING | {"evidence": [{"source": "daily", "quote": "They talked."}]})
    node = mint("evidence", "meeting", "talks-2025", "1")
    oa = "http://www.w3.org/ns/oa#"
    (target,) = values(found, node, URIRef(f"{oa}hasTarget"))
    assert values(found, URIRef(str(target)), URIRef(f"{oa}hasSource")) == [daily]
    (selector,) = values(found, URIRef(str(target)), URIRef(f"{oa}hasSelector"))
    assert values(found, URIRef(str(selector)), URIRef(f"{oa}exact")) == [Literal("They talked.")]


def test_steps_of_a_cooperation_have_evidence_of_their_own() -> None:
    step = {"id": "signed", "stage": "mou-signed", "instrument": "mou", "date": "2025-05",
            "evidence": [{"source": "daily", "says": "Signed."}]}  # fmt: skip
    found = quads("cooperation", {"id": "water", "name": "Water", "parties": ["a", "b"], "steps": [step]})
    node = mint("step", "water", "signed")
    assert values(found, node, KG.evidence) == [mint("evidence", "step", "water", "signed", "1")]
    assert [str(date) for date in values(found, node, KG.date, daily)] == ["2025-05"]


# -- laws ---------------------------------------------------------------------------------------------------------


@given(records())
def test_conversion_gives_the_same_quads_in_the_same_order_and_no_blank_node(record: Record) -> None:
    once = list(record_quads(record, SETTINGS))
    assert once == list(record_quads(record, SETTINGS))
    assert all(isinstance(o, URIRef | Literal) for _, _, o, _ in once)
    assert {type(s) for s, _, _, _ in once} == {URIRef}


@given(records())
def test_a_line_of_nquads_reads_back_as_the_quad(record: Record) -> None:
    dataset = Dataset()
    for quad in record_quads(record, SETTINGS):
        (read,) = ox.parse(to_nquad(quad), format=ox.RdfFormat.N_QUADS)
        graph = None if isinstance(read.graph_name, ox.DefaultGraph) else read.graph_name.value
        assert (read.subject.value, read.predicate.value, graph) == (
            str(quad[0]), str(quad[1]), None if quad[3] is None else str(quad[3]))  # fmt: skip
        assert read.object.value == str(quad[2])
        dataset.parse(data=to_nquad(quad) + "\n", format="nquads")  # rdflib agrees that it is N-Quads


@given(records())
def test_every_record_says_what_it_is_and_has_one_name(record: Record) -> None:
    found = list(record_quads(record, SETTINGS))
    this = SETTINGS.mint(record.namespace, record.id)
    if record.kind == "sector":
        this = SETTINGS.sector(record.id)
    assert len(values(found, this, KG.name)) == 1
    assert values(found, this, RDF.type)


def test_an_iri_with_a_forbidden_character_is_refused() -> None:
    with pytest.raises(ValueError, match="not an IRI"):
        to_term(URIRef("https://example.org/> <x"))


def test_every_property_of_a_field_is_a_term_we_use() -> None:
    assert all(str(iri).startswith("http") for iri in PROPERTIES.values())
