"""Who says so: every statement about a thing, those that dispute it too, with its source."""

from pathlib import Path

import pytest
from tiny import names_of

from kg.iris import mint
from kg.query.run import run_query
from kg.statements import Statement, statements, tellers, told_by
from kg.statements import about as rows_about
from kg.values import Iri


def about(root: Path, thing: Iri, lang: str | None = None) -> list[Statement]:
    return statements(names_of(root, lang), [thing])[str(thing)]


def test_a_meeting_has_its_statements_oldest_first_and_undated_before(world: Path) -> None:
    found = about(world, mint("meeting", "first"))
    assert [(s.outlet, s.published, s.locator, s.text) for s in found] == [
        ("The Monthly", "", "", "“so they met”"),
        ("The Monthly", "", "", ""),
        ("The Daily", "2020-07-28", "paragraph 2", "They talked."),
        ("The Weekly", "2020-08", "", "They talked in March."),
    ]
    assert [dict(s.claims) for s in found] == [
        {},
        {"head_count": "15"},
        {},
        {"date": "2020-03", "head_count": "12"},
    ]
    assert found[2].url == "https://example.org/daily"
    assert {s.about for s in found} == {mint("meeting", "first")}


def test_a_participation_rests_on_the_statements_of_its_meeting(world: Path) -> None:
    found = about(world, mint("participation", "first.amir"))
    assert [s.source for s in found] == [mint("source", key) for key in ("monthly", "daily", "weekly")]
    assert "“so they met”" not in [s.text for s in found], "it supports the parties only"


@pytest.mark.parametrize("thing", [mint("sector", "water-supply"), mint("official", "nobody"), mint("source", "daily")])
def test_a_thing_nobody_speaks_of_has_none(world: Path, thing: Iri) -> None:
    assert about(world, thing) == []


def test_nothing_asked_nothing_said(world: Path) -> None:
    assert statements(names_of(world), []) == {}


def test_every_meeting_of_the_real_data_has_a_statement(built: Path) -> None:
    names = names_of(built)
    found = run_query(names.dataset, "SELECT ?meeting { ?meeting a kg:Meeting }").rows
    meetings = [Iri(str(row[0])) for row in found]
    said = statements(names, meetings)
    assert len(meetings) == len(said) == 121
    assert [iri for iri, every in said.items() if not every] == []
    assert all(statement.outlet for every in said.values() for statement in every)


def test_tellers_are_those_of_the_statements(built: Path) -> None:
    names = names_of(built)
    things = [
        Iri(str(thing))
        for (thing,) in names.select("SELECT DISTINCT ?thing WHERE { ?thing kg:evidence|^kg:about ?evidence }")
    ]
    said, who = statements(names, things), tellers(names, [*things, mint("meeting", "nowhere")])
    assert who.pop(mint("meeting", "nowhere")) == []
    assert who == {
        thing: [f"{each.outlet} {each.published}".strip() for each in found] for thing, found in said.items()
    }
    assert max(map(len, who.values())) > 2


@pytest.mark.parametrize(
    ("who", "cell"),
    [
        pytest.param([], "", id="nobody"),
        pytest.param(["Daily 2025"], "Daily 2025", id="one"),
        pytest.param(["Daily", "Daily 2025", "Post"], "Daily +2", id="the first, and how many more"),
    ],
)
def test_who_tells_in_one_cell(who: list[str], cell: str) -> None:
    assert told_by(who) == cell


def test_a_question_about_many_things_is_asked_in_parts(world: Path) -> None:
    names = names_of(world)
    dated = [Iri(str(row[0])) for row in names.select("SELECT ?m WHERE { ?m a kg:Meeting ; kg:date ?date }")]
    many = [*(mint("meeting", f"nobody-{n}") for n in range(1200)), *dated]
    found = [row[0] for row in rows_about(names, many, "SELECT ?thing WHERE { %s ?thing kg:date ?date }")]
    assert dated
    assert sorted(map(str, found)) == sorted(map(str, dated))
