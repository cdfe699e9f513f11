"""Places, issues and errors as people see them."""

import pytest

from kg.errors import (
    Issue,
    KgError,
    Location,
    OntologyError,
    QueryError,
    RecordError,
    article,
    count,
    did_you_mean,
    require,
    shown,
)

WARNING = Issue(Location("a.yaml", 3), "warning", "odd", "this is odd")
ERROR = Issue(Location("a.yaml", 12, 5, "people[1].as"), "error", "bad-date", "found 'x'")


def test_a_place_reads_as_compilers_write_it() -> None:
    assert str(Location("a.yaml", 12, 5, "people[1].as")) == "a.yaml:12:5 people[1].as"
    assert str(Location("a.yaml", 12)) == "a.yaml:12"
    assert str(Location("a.yaml")) == "a.yaml"


def test_an_issue_is_one_line() -> None:
    assert str(ERROR) == "a.yaml:12:5 people[1].as: error: found 'x' [bad-date]"


def test_issues_sort_by_place() -> None:
    assert sorted([ERROR, WARNING]) == [WARNING, ERROR]


def test_warnings_stop_nothing() -> None:
    require([WARNING])


def test_an_error_stops_and_brings_every_issue() -> None:
    with pytest.raises(RecordError, match=r"1 error in the records; the first: a\.yaml:12:5") as raised:
        require([ERROR, WARNING])
    assert raised.value.issues == (WARNING, ERROR)


def test_an_error_says_where() -> None:
    error = QueryError("broken", Location("q.rq", 2))
    assert str(error) == "q.rq:2: broken"
    assert isinstance(error, KgError)
    assert str(OntologyError("gone")) == "gone"


@pytest.mark.parametrize(
    ("found", "hint"),
    [
        ("partis", "; did you mean 'parties'?"),
        ("PEOPLE", "; did you mean 'people'?"),
        ("xyz", ""),
        ("", ""),
        ("p" * 10_000, ""),
    ],
)
def test_the_nearest_word_is_named(found: str, hint: str) -> None:
    assert did_you_mean(found, {"parties", "people", "date"}) == hint


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "'plain'"),
        ("川崎", "'川崎'"),
        ("bell\x07 \x1b[31m", r"'bell\x07 \x1b[31m'"),
        ("turned \u202e", r"'turned \u202e'"),
        ("x" * 100, "'" + "x" * 79 + "…'"),
        (12, "12"),
        (10**100, "a very long number"),
        (1.5, "1.5"),
        (True, "true"),
        ([1], "a list"),
        ({1: 2}, "a mapping"),
        (None, "nothing"),
    ],
)
def test_what_was_found_is_shown_in_one_safe_line(value: object, text: str) -> None:
    assert shown(value) == text
    assert shown(value).isprintable()


def test_numbers_and_articles_agree_with_their_nouns() -> None:
    assert [count(1, "record"), count(1200, "record"), count(0, "error")] == ["1 record", "1,200 records", "0 errors"]
    assert [article("meeting"), article("official")] == ["a meeting", "an official"]
