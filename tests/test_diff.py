"""What changed, exactly and in words: quads compared as sets, and told by the thing they are about."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.diff import Change, Move, State, as_json, as_patch, as_text, as_trig, compare, read_state
from kg.diff.changes import owner, take_apart, value
from kg.errors import StoreError

Run = Callable[..., Any]

ID, KG = "https://w3id.org/cooperation-kg/id/", "https://w3id.org/cooperation-kg/ontology#"
DERIVED = f"<{ID}graph/derived>"


def quad(subject: str, predicate: str, value: str, graph: str = "") -> str:
    """Write a line: `meeting/m stage <stage/discussed>`, things and properties of ours in short."""
    names = {"type": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"}
    if value.startswith("<"):
        value = f"<{ID}{value[1:]}" if "/" in value else f"<{KG}{value[1:]}"
    line = f"<{ID}{subject}> <{names.get(predicate, KG + predicate)}> {value}"
    return f"{line} {graph} ." if graph else f"{line} ."


def state(*lines: str) -> State:
    return State(frozenset(lines))


MEETING = (quad("meeting/m", "type", "<Meeting>"), quad("meeting/m", "name", '"Talks"'))
SOURCE = (quad("source/s", "type", "<Source>"), quad("source/s", "name", '"A report"'))
WATER = (quad("cooperation/water", "type", "<Cooperation>"), quad("cooperation/water", "name", '"Kawasaki water"'))
CITY = (quad("party/makassar", "type", "<City>"), quad("party/makassar", "name", '"Makassar"'))


def discussed(thing: str) -> str:
    return quad(thing, "highestStage", "<stage/discussed>", DERIVED)


def intended(thing: str) -> str:
    return quad(thing, "highestStage", "<stage/letter-of-intent>", DERIVED)


def text(old: State, new: State) -> list[str]:
    return list(as_text(compare(old, new)))


def test_nothing_differs_from_itself() -> None:
    one = state(*MEETING, *WATER)
    assert not compare(one, one)
    assert (text(one, one), list(as_patch(compare(one, one))), list(as_trig(compare(one, one)))) == ([], [], [])


def test_the_first_line_sums_up() -> None:
    old = state(*WATER, discussed("cooperation/water"))
    new = state(*WATER, *MEETING, *SOURCE, intended("cooperation/water"))
    first = text(old, new)[0]
    assert first == "1 meeting added; 1 source added; Kawasaki water: discussed -> letter of intent"


def test_a_thing_that_is_gone_is_told_by_its_class() -> None:
    assert text(state(*CITY), state()) == ["1 city removed", "- party:makassar Makassar"]


def test_fields_are_told_with_what_they_were() -> None:
    dates = [quad("meeting/m", "date", f'"2025-11-2{day}"^^<http://www.w3.org/2001/XMLSchema#date>') for day in "45"]
    extra = quad("meeting/m", "earliest", '"2025-11-24"^^<http://www.w3.org/2001/XMLSchema#date>')
    (change,) = compare(state(*MEETING, dates[0], extra), state(*MEETING, dates[1])).changes
    assert change == Change("meeting:m", "meeting", "Talks", "changed", {"date": (("2025-11-24",), ("2025-11-25",))})
    assert text(state(*MEETING, dates[0]), state(*MEETING, dates[1]))[1:] == [
        "~ meeting:m Talks: date: 2025-11-24 -> 2025-11-25"
    ]


def test_what_belongs_to_a_thing_is_counted_with_it() -> None:
    role = quad("participation/m.someone", "role", '"host"')
    proof = quad("evidence/meeting.m.1", "says", '"They met."')
    lines = text(state(*MEETING), state(*MEETING, role, proof))
    assert lines[1] == "~ meeting:m Talks: evidence: 1 new, 0 old; people: 1 new, 0 old"


@pytest.mark.parametrize(
    ("key", "thing"),
    [
        ("participation/m.o", "meeting:m"),
        ("step/m", "meeting:m"),
        ("step/c.first", "cooperation:c"),
        ("evidence/party.makassar.2", "party:makassar"),
        ("evidence/step.c.first.1", "cooperation:c"),
        ("claim/meeting.m.1.date", "meeting:m"),
        ("evidence/meeting.m.1.selector", "meeting:m"),
        ("meeting/m", "meeting:m"),
        ("graph/derived", "<https://w3id.org/cooperation-kg/id/graph/derived>"),
    ],
)
def test_parts_lead_to_their_thing(key: str, thing: str) -> None:
    assert owner(f"<{ID}{key}>") == thing


def test_a_tie_that_moves_is_told_where_no_cooperation_does() -> None:
    ends = (
        *CITY,
        quad("party/kobe", "name", '"Kobe"'),
        *(quad("tie/party.kobe.makassar", "between", f"<party/{end}>", DERIVED) for end in ("kobe", "makassar")),
    )
    between_people = (discussed("tie/official.a.b"), intended("tie/official.a.b"))
    found = compare(
        state(*ends, discussed("tie/party.kobe.makassar"), between_people[0]),
        state(*ends, intended("tie/party.kobe.makassar"), between_people[1]),
    )
    assert [move[1:] for move in found.moves] == [("Kobe - Makassar", "discussed", "letter of intent")]
    assert isinstance(found.moves[0], Move)


def test_other_graphs_are_counted() -> None:
    claim = quad("meeting/m", "date", '"2025"', f"<{ID}source/s>")
    assert text(state(), state(claim, discussed("meeting/m"))) == [
        "2 quads added, 0 removed",
        f"  graph {DERIVED}: 1 quad added, 0 removed",
        "  graphs of sources: 1 quad added, 0 removed",
    ]


@pytest.mark.parametrize(
    "literal",
    ['"a"@en', '"a \\" . <b>"', '"tab\\there"', '"<x> <y> ."^^<http://example.org/t>', '"日本"@ja-Latn', '""'],
)
def test_lines_are_taken_apart_whatever_they_hold(literal: str) -> None:
    assert take_apart(quad("meeting/m", "note", literal, DERIVED))[2:] == (literal, DERIVED)


def test_values_read_as_people_write_them() -> None:
    assert value(f"<{ID}stage/letter-of-intent>") == "letter of intent"
    assert value('"a\\tb \\u00e9 \\"c\\""@en') == 'a\tb é "c"'


def test_a_patch_makes_the_old_quads_the_new_ones() -> None:
    old, new = state(*MEETING, *WATER), state(*MEETING, *SOURCE)
    lines = list(as_patch(compare(old, new)))
    taken = {line[2:] for line in lines if line.startswith("D ")}
    added = {line[2:] for line in lines if line.startswith("A ")}
    assert (old.lines - taken) | added == new.lines
    assert (lines[0], lines[-1]) == ("TX .", "TC .")


def test_trig_holds_the_facts_in_two_graphs() -> None:
    written = "\n".join(as_trig(compare(state(*WATER), state(*MEETING, discussed("meeting/m")))))
    graphs = [str(quad.graph_name)[1:-1] for quad in ox.parse(written, format=ox.RdfFormat.TRIG)]
    assert {graph: graphs.count(graph) for graph in graphs} == {f"{ID}graph/added": 2, f"{ID}graph/removed": 2}


def test_json_says_all_of_it() -> None:
    told = json.loads(as_json(compare(state(*WATER, discussed("cooperation/water")), state(*WATER, *MEETING))))
    assert told["summary"] == "1 meeting added"
    assert told["changes"][0]["thing"] == "meeting:m"
    assert (len(told["added"]), len(told["removed"])) == (2, 1)


def test_formats_that_hold_one_graph_compare_default_graphs(tmp_path: Path) -> None:
    lines = (*MEETING, discussed("meeting/m"))
    (tmp_path / "a.nq").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "b.ttl").write_text("\n".join(MEETING[::-1]), encoding="utf-8")
    assert not compare(read_state(tmp_path / "a.nq"), read_state(tmp_path / "b.ttl"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.nq", "not rdf", "cannot read"),
        ("a.ttl", "[] a <http://example.org/Thing> .", "blank nodes"),
        ("a.nquads", "", "did you mean '.nq'?"),
    ],
)
def test_what_cannot_be_compared_says_why(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match=said.replace("?", r"\?")):
        read_state(tmp_path / name)


CITIES = """
cities:
  - {id: makassar, name: Makassar, country: ID, evidence: [{source: s1, says: Named there.}]}
  - {id: kawasaki, name: Kawasaki, country: JP, evidence: [{source: s1, says: Named there.}]}
sources:
  - {id: s1, outlet: One}
"""
WATER_TALKS = """
cooperations:
  - id: water
    name: Makassar-Kawasaki water
    parties: [makassar, kawasaki]
    evidence: [{source: s1, says: They talked about it.}]
    steps:
      - {id: first, date: 2025-01-02, stage: discussed, evidence: [{source: s1, says: They talked about it.}]}
"""
LETTER = """      - id: letter
        date: 2025-03-04
        stage: letter-of-intent
        instrument: loi
        evidence: [{source: s2, says: They signed a letter.}]
sources:
  - {id: s2, outlet: Two}
"""


def collection(folder: Path, **files: str) -> Path:
    (folder / "records").mkdir(parents=True)
    (folder / "kg.toml").write_text('title = "T"\n', encoding="utf-8")
    for name, content in files.items():
        (folder / "records" / f"{name}.yaml").write_text(content, encoding="utf-8")
    return folder


def test_two_collections_are_compared_as_their_records_are(tmp_path: Path, run: Run) -> None:
    old = collection(tmp_path / "old", a=CITIES, b=WATER_TALKS)
    new = collection(tmp_path / "new", a=CITIES, b=WATER_TALKS + LETTER)
    told = run("diff", old, new)
    assert told.code == 0
    first, *lines = told.out.splitlines()
    wanted = "1 source added; Makassar-Kawasaki water: discussed -> letter of intent; 1 cooperation changed"
    assert first == wanted
    assert "+ source:s2 Two: Two" in lines


def test_shuffled_input_and_a_build_of_it_are_no_difference(tmp_path: Path, run: Run) -> None:
    head, first, second = (part.rstrip() for part in CITIES.partition("sources:")[0].split("  - "))
    shuffled = f"{head}\n  - {second}\n  - {first}\n"
    old = collection(tmp_path / "old", a=CITIES, b=WATER_TALKS)
    new = collection(tmp_path / "new", z=shuffled, y=WATER_TALKS, a="sources:\n  - {outlet: One, id: s1}\n")
    assert run("-C", new, "build").code == 0
    for other in (new, new / "build"):
        told = run("diff", old, other)
        assert (told.code, told.out, told.err) == (0, "", "no difference\n")


def test_a_collection_with_errors_is_not_compared(tmp_path: Path, run: Run) -> None:
    old = collection(tmp_path / "old", a=CITIES)
    new = collection(tmp_path / "new", b=WATER_TALKS)
    assert run("diff", old, new, "--format", "json").code == 1
    assert run("diff", old, tmp_path / "nowhere.nq").code == 3
