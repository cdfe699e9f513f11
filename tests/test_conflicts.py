"""What sources disagree about: the same field of the same thing, and nothing else."""

import csv
from pathlib import Path

import pytest
from tiny import made, names_of, rows

from kg.conflicts import Conflict, find_conflicts
from kg.iris import mint, to_curie

DISPUTES = Path(__file__).parent / "data" / "disputes.csv"
"""Every disagreement recorded in the demo collection, one pair of values a row."""

HEAD = """
cities:
  - {id: a, name: A, country: ID, evidence: [{source: one, says: It says so.}]}
  - {id: b, name: B, country: JP, evidence: [{source: one, says: It says so.}]}
  - {id: c, name: C, country: JP, evidence: [{source: one, says: It says so.}]}
sources:
  - {id: one, outlet: One, published: 2020-01-02}
  - {id: two, outlet: Two, published: 2020-01-01}
  - {id: three, outlet: Three}
"""


def conflicts_of(root: Path) -> list[Conflict]:
    return find_conflicts(names_of(root))


def meeting(*evidence: str, fields: str = "") -> str:
    listed = "\n".join(f"      - {{{line}}}" for line in evidence)
    return f"{HEAD}meetings:\n  - id: m\n    date: 2020-01-01\n    parties: [a, b]\n{fields}    evidence:\n{listed}\n"


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (["source: one, says: So."], []),
        (
            ["source: one, says: So.", "source: two, claims: {date: 2020-01-02}"],
            [("date", ("2020-01-01", "2020-01-02"))],
        ),
        (
            ["source: one, says: So.", "source: two, claims: {date: 2020}", "source: three, claims: {date: 2020-02}"],
            [("date", ("2020-01-01", "2020-02", "2020"))],
        ),
        (["source: one, says: So.", "source: two, claims: {guests: '5'}"], []),
        (
            ["source: one, says: So.", "source: two, claims: {guests: '5', firms: '6'}"],
            [],
        ),
        (
            ["source: one, says: So., claims: {guests: '7'}", "source: two, claims: {guests: '5'}"],
            [("guests", ("5", "7"))],
        ),
        (
            ["source: one, says: So., claims: {guests: '5'}", "source: two, claims: {guests: '5'}"],
            [],
        ),
        (
            ["source: one, says: So.", "source: two, claims: {parties: [a, c]}"],
            [("parties", ("a; b", "a; c"))],
        ),
        (
            ["source: one, says: So.", "source: two, claims: {status: cancelled}"],
            [("status", ("held", "cancelled"))],
        ),
    ],
    ids=[
        "all agree",
        "one other day",
        "three dates",
        "a measure one source gives",
        "two different measures",
        "the same measure, two values",
        "the same measure, one value",
        "a list",
        "a default",
    ],
)
def test_conflicts(tmp_path: Path, evidence: list[str], expected: list[tuple[str, tuple[str, ...]]]) -> None:
    found = conflicts_of(made(tmp_path / "c", meeting(*evidence)))
    assert [(conflict.field, conflict.values) for conflict in found] == expected


def test_both_sides_are_told_with_the_ruling(world: Path) -> None:
    (date, count) = conflicts_of(world)
    assert (date.thing, date.field, date.ruled) == (mint("meeting", "first"), "date", "2020-02")
    assert date.reason == "The weekly came later."
    assert {(said.value, said.statement.outlet) for said in date.said} == {
        ("2020-02", "The Daily"),
        ("2020-02", "The Monthly"),
        ("2020-03", "The Weekly"),
    }
    assert (count.field, count.ruled, count.reason, count.values) == ("head_count", "", "", ("15", "12"))


def test_a_statement_that_supports_other_fields_does_not_stand_for_the_value(tmp_path: Path) -> None:
    text = meeting(
        "source: one, says: So.",
        "source: three, says: Names them., supports: [parties]",
        "source: two, claims: {date: 2020-03-01}",
    )
    (found,) = conflicts_of(made(tmp_path / "c", text))
    assert [said.statement.outlet for said in found.said if said.value == found.ruled] == ["One"]


def test_nothing_is_overwritten(world: Path) -> None:
    dataset = names_of(world).dataset
    told = rows(dataset, "SELECT ?g ?date { GRAPH ?g { meeting:first kg:date ?date } }")
    by_source = {graph.rpartition("/")[2]: date for graph, date in told}
    assert by_source == {"daily": "2020-02", "monthly": "2020-02", "weekly": "2020-03"}
    assert rows(dataset, "SELECT ?d { meeting:first kg:date ?d }") == [("2020-02",)]


def test_of_one_thing_only(world: Path) -> None:
    names = names_of(world)
    assert len(find_conflicts(names, mint("meeting", "first"))) == 2
    assert find_conflicts(names, mint("meeting", "second")) == []


def test_every_recorded_dispute_of_the_demo_is_found_and_nothing_else(built: Path) -> None:
    with DISPUTES.open(encoding="utf-8", newline="") as stream:
        recorded = list(csv.DictReader(stream))
    found = {(to_curie(one.thing), one.field): one for one in conflicts_of(built)}
    assert len(recorded) == 103
    assert len({(row["thing"], row["field"]) for row in recorded}) == len(found) == 93
    missing = [
        row
        for row in recorded
        if not {row["one"], row["other"]} <= set(found[row["thing"], row["field"]].values) or row["one"] == row["other"]
    ]
    assert missing == []
    assert set(found) == {(row["thing"], row["field"]) for row in recorded}


def test_every_side_of_a_dispute_of_the_demo_has_a_source_or_is_the_ruling(built: Path) -> None:
    for conflict in conflicts_of(built):
        told = {said.value for said in conflict.said} | {conflict.ruled}
        assert set(conflict.values) <= told
        assert all(said.statement.outlet for said in conflict.said)


def test_different_measures_of_the_demo_are_no_conflict(built: Path) -> None:
    names, this = names_of(built), mint("meeting", "makassar-jasca-conference-2020-02-27")
    claimed = rows(names.dataset, f"SELECT DISTINCT ?field {{ ?c a kg:Claim ; kg:field ?field ; kg:about <{this}> }}")
    disputed = {one.field for one in find_conflicts(names, this)}
    assert {("companies_confirmed",), ("large_companies",), ("head_count",)} <= set(claimed)
    assert disputed == {"date", "end_date", "head_count"}
