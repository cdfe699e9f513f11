"""What joins two things, and who says so."""

from pathlib import Path

import pytest
from tiny import names_of

from kg.iris import mint, to_curie
from kg.names import Names
from kg.why import Reason, explain


def ask(names: Names, one: str, other: str | None = None) -> list[Reason]:
    return explain(names, names.resolve(one), names.resolve(other) if other else None)


def told(reasons: list[Reason]) -> list[tuple[str, str, str]]:
    return [(reason.relation, to_curie(reason.thing), reason.date) for reason in reasons]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("first", None, [("Meeting", "meeting:first", "2020-02")]),
        ("party:makassar", None, [("City", "party:makassar", "")]),
        (
            "makassar",
            "waterworks",
            [
                ("Cooperation", "cooperation:water", ""),
                ("Meeting", "meeting:first", "2020-02"),
                ("Meeting", "meeting:second", "2020-07-27"),
            ],
        ),
        (
            "amir",
            "makassar",
            [("Meeting", "meeting:first", "2020-02"), ("Tenure", "tenure:amir-mayor", "2019")],
        ),
        (
            "kawasaki",
            "waterworks",
            [("unit of", "party:waterworks", ""), ("Meeting", "meeting:first", "2020-02")],
        ),
        ("amir", "mayor", [("Tenure", "tenure:amir-mayor", "2019")]),
        ("first", "makassar", [("party", "meeting:first", "2020-02"), ("Meeting", "meeting:second", "2020-07-27")]),
        ("acting-mayor", "mayor", [("acting for", "post:acting-mayor", "")]),
        ("amir", "budi", []),
        ("second", "first", [("follows", "meeting:second", "2020-07-27")]),
        ("fair", "kawasaki", [("city", "forum:fair", "2020-02"), ("Meeting", "meeting:first", "2020-02")]),
    ],
    ids=[
        "one meeting",
        "one party",
        "two parties, oldest first",
        "a person and the body of the post",
        "a part and its whole",
        "a person and a post",
        "a meeting and its party, and what follows it with that party",
        "two posts",
        "nothing joins them",
        "two meetings",
        "a forum and its city",
    ],
)
def test_reasons(world: Path, one: str, other: str | None, expected: list[tuple[str, str, str]]) -> None:
    names = names_of(world)
    reasons = ask(names, one, other)
    assert sorted(told(reasons)) == sorted(expected)
    if other:
        assert sorted(told(ask(names, other, one))) == sorted(expected), "whichever is named first"
    assert all(reason.statements for reason in reasons)


def test_a_reason_is_named_in_the_language_asked_for(world: Path) -> None:
    assert [reason.relation for reason in ask(names_of(world, "ja"), "kawasaki", "waterworks")] == ["所属先", "会談"]


def test_a_concept_has_no_statement_of_its_own(world: Path) -> None:
    (reason,) = ask(names_of(world), "sector:water-supply")
    assert (reason.relation, reason.statements) == ("Sector", ())


def test_what_joins_the_two_seed_parties_of_the_real_data(built: Path) -> None:
    reasons = ask(names_of(built), "makassar", "kawasaki-waterworks")
    things = {reason.thing for reason in reasons}
    assert mint("meeting", "makassar-kawasaki-waterworks-2025-11-25") in things
    outlets = {said.outlet for reason in reasons for said in reason.statements}
    assert "rastranews.id" in outlets
    assert [reason for reason in reasons if not reason.statements] == []
