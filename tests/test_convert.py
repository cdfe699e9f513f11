"""Records to quads: the vocabulary, dates as written, evidence, claims, and laws that hold for every record."""

import re
from random import Random
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_rdflib import record_quads as plain_quads
from rdf_iris import mint
from rdflib import Dataset, Literal, URIRef
from rdflib.namespace import RDF, RDFS, XSD
from strategies import dates, ids, records, words

from kg.allowed import ID_PATTERN
from kg.check.statements import provable
from kg.convert import Quad, Settings, record_lines, record_quads, templates, to_nquad, to_quad, to_term
from kg.convert.templates import Templates
from kg.prefixes import ONTOLOGY
from kg.properties import PROPERTIES
from kg.records import BY_KIND, KINDS, Record, from_builtins, to_builtins
from kg.terms import KG, KG_FROM

SETTINGS = Settings(languages=("en", "id", "ja"), shared_sectors=frozenset({"water-supply"}))
OWN = Settings("https://example.org/id/", shared_sectors=SETTINGS.shared_sectors)
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
    assert set(values(found, mint("meeting", "talks-2025", base=own.base), KG.sector)) == {
        mint("sector", "water-supply"),
        mint("sector", "own-sector", base=own.base),
    }


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

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "aliases": st.lists(words, min_size=1, max_size=2),
    "date": dates(),
    "from": dates(),
    "until": dates(),
    "observed": st.lists(dates(), min_size=1, max_size=2),
    "longitude": st.sampled_from(["119.4", "-0.00000001"]),
    "latitude": st.sampled_from(["-5.1477", "0", "90.0"]),
    "at.online": st.sampled_from(["true", "no"]),
    "follow_up": st.sampled_from(["true", "false"]),
    "parties": st.lists(ids, min_size=2, max_size=3, unique=True),
    "sectors": st.lists(ids, min_size=1, max_size=2),
    "follows": st.lists(ids, min_size=1, max_size=2),
    "stage": st.sampled_from(["proposed", "mou-signed"]),
    "instrument": st.sampled_from(["mou", "loi"]),
    "status": st.sampled_from(["held", "planned"]),
}
"""What a source may claim instead of what a record says; an id or words where the field is not here."""


@st.composite
def disputed(draw: st.DrawFn, kind: type[Record]) -> Record:
    """Draw a record about which one more source disputes some fields and supports others."""
    plain = to_builtins(draw(records(kind)))
    fields = [field for field in provable(kind) if field not in {"at", "people", "steps", "same_as", "url", "matches"}]
    claims = {
        field: draw(VALUES.get(field, ids))
        for field in draw(st.sets(st.sampled_from(fields), min_size=1, max_size=3))
        if field != "country"
    }
    one = {"source": draw(ids), "says": draw(words), "claims": claims | {"head_count": draw(words)}}
    if draw(st.booleans()):
        one["supports"] = draw(st.lists(st.sampled_from(provable(kind)), max_size=3, unique=True))
    return from_builtins(kind, plain | {"evidence": [*plain["evidence"], one]})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.plural)
@settings(max_examples=30)
@given(data=st.data())
def test_text_says_the_same_as_plain_rdflib(kind: type[Record], data: st.DataObject) -> None:
    record = data.draw(records(kind) if kind.kind == "source" else records(kind) | disputed(kind))
    deciding = data.draw(st.sampled_from([SETTINGS, Settings("https://example.org/id/", ("ja", "zh-Hant"))]))
    found = list(record_quads(record, deciding))
    assert set(found) == set(plain_quads(record, deciding))
    assert len(found) == len(set(found))
    asserted = [
        to_quad(line) for block in record_lines(record, deciding, asserted_only=True) for line in block.split("\n")[:-1]
    ]
    assert set(asserted) == {quad for quad in found if quad[3] is None}


KEPT = {"claims", "country", "instrument", "language", "role", "sha256", "stage", "status", "supports"}
ALIKE = ("a", "a-1", "a1", "b", "water-supply")
HOSTILE = ("a", "%s %(a)d", 'a "b" \\', "two\nlines\t\r", "\ue000", "\ue001\uf8ff", "a@en", "> .", "{0}", "会談")


def reworded(value: Any, chance: Random) -> Any:  # noqa: ANN401 - JSON
    """Choose what is of the same form and says something else: few ids and dates, so that some are the same."""
    if isinstance(value, dict):
        return {key: one if key in KEPT else reworded(one, chance) for key, one in value.items()}
    if isinstance(value, list):
        return [reworded(one, chance) for one in value]
    if not isinstance(value, str) or ":" in value:
        return value
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return chance.choice(["2024-01-01", "2024-12-31", "2025-02-03"])[: len(value)]
    return chance.choice(ALIKE if re.fullmatch(ID_PATTERN, value) else HOSTILE)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.plural)
@settings(max_examples=15)
@given(data=st.data(), seed=st.integers(0, 999))
def test_records_of_one_shape_differ_in_their_texts_alone(kind: type[Record], data: st.DataObject, seed: int) -> None:
    first = data.draw(records(kind) if kind.kind == "source" else records(kind) | disputed(kind))
    chance = Random(seed)  # noqa: S311 - no secret
    others = [from_builtins(kind, reworded(to_builtins(first), chance)) for _ in range(3)]
    for record in (first, *others):
        plain = set(plain_quads(record, SETTINGS))
        for asserted_only in (False, True):
            told = [record_lines(record, SETTINGS, asserted_only=asserted_only) for _ in range(3)][-1]  # by template
            found = [to_quad(line) for block in told for line in block.split("\n")[:-1]]
            assert set(found) == {quad for quad in plain if quad[3] is None or not asserted_only}
            assert len(found) == len(set(found))


def test_a_source_that_supports_nothing_is_never_told_like_one_that_says_nothing_of_support() -> None:
    def official(key: str, **fields: object) -> Record:
        evidence = [{"source": "daily", "says": "She is the mayor."} | fields]
        return from_builtins(BY_KIND["official"], {"id": key, "name": "A", "evidence": evidence})

    for key in ("a", "b", "c"):
        record_lines(official(key), SETTINGS)  # remembered as a template
    record = official("d", supports=[])
    assert set(record_quads(record, SETTINGS)) == set(plain_quads(record, SETTINGS))


def test_a_year_and_its_first_day_begin_alike_in_a_template() -> None:
    evidence = [{"source": "daily", "says": "They met."}]
    steps = [{"id": "1", "date": date, "stage": "proposed", "evidence": evidence} for date in ("2024", "2024-01-01")]
    fields = {"id": "a", "name": "A", "parties": ["b", "c"], "steps": steps, "evidence": evidence}
    record = from_builtins(BY_KIND["cooperation"], fields)
    lines = [line for block in [record_lines(record, SETTINGS) for _ in range(3)][-1] for line in block.splitlines()]
    assert len(lines) == len(set(lines))


def test_a_shipped_sector_is_told_as_everybodys_by_a_template_too() -> None:
    def meeting(key: str, sector: str) -> Record:
        evidence = [{"source": "daily", "says": "They met."}]
        return from_builtins(
            BY_KIND["meeting"], {"id": key, "parties": ["b"], "sectors": [sector], "evidence": evidence}
        )

    for key, sector in (*((key, "own-sector") for key in "acd"), *((key, "water-supply") for key in "efg")):
        record = meeting(key, sector)
        assert set(record_quads(record, OWN)) == set(plain_quads(record, OWN))


def test_a_full_memory_of_templates_is_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "_MOST", 2)
    told: list[str] = []

    def tell(record: Record, _: Settings) -> list[str]:
        told.append(record.id)
        return [f"<{record.id}> <p> <o> .\n"]

    def lines(key: str, *aliases: str) -> list[str]:
        return memory.lines(from_builtins(BY_KIND["city"], {"id": key, "name": "A", "aliases": aliases}))

    memory = Templates(tell, SETTINGS)
    assert [lines(key) for key in ("a", "b", "c")] == [[f"<{key}> <p> <o> .\n"] for key in ("a", "b", "c")]
    assert "c" not in told
    for aliases in (("one",), ("one", "two")):
        lines("d", *aliases)
    lines("e")
    assert told[-1] == "e"


@given(records())
def test_texts_are_sorted_lines_of_one_subject_each(record: Record) -> None:
    blocks = [record_lines(record, SETTINGS) for _ in range(3)][-1]  # by template
    lines = "".join(sorted(blocks)).splitlines(keepends=True)
    assert lines == sorted(lines)
    assert len({block.partition(" ")[0] for block in blocks}) == len(blocks)
    assert {block.partition(" ")[0] + " " for block in blocks} == {line[: line.index(" ") + 1] for line in lines}
    assert [to_nquad(to_quad(line[:-1])) + "\n" for line in lines] == lines


@given(st.lists(records(), max_size=4))
def test_the_store_keeps_every_line_as_it_is_written(found: list[Record]) -> None:
    lines = {line for record in found for block in record_lines(record, SETTINGS) for line in block.split("\n")[:-1]}
    store = ox.Store()
    store.load("\n".join(lines), ox.RdfFormat.N_QUADS)
    dumped = ox.serialize(store, format=ox.RdfFormat.N_QUADS) or b""
    assert set(dumped.decode().split("\n")[:-1]) == lines


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
    ours = {iri for iri in PROPERTIES.values() if iri.startswith(ONTOLOGY)}
    assert ours <= {str(term) for term in (*map(KG.__getitem__, KG.__annotations__), KG_FROM)}
    assert all(iri.startswith("http") for iri in PROPERTIES.values())
