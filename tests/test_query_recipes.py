"""What a recipe's header says, and what is said when it does not; typed values read as a person types them."""

from pathlib import Path

import pytest

from kg.errors import OntologyError, QueryError
from kg.prefixes import PREFIXES, XSD
from kg.query.recipes import Param, find_recipe, read_recipe, recipes, to_term
from kg.values import Iri, Literal, written

HEADER = """\
# Which meetings did a party take part in?
# param party party makassar      the city, company or organization
# param since date -              only on or after this day
# param name text !               must be given
# columns meeting, date
#
# A remark.

SELECT ?meeting ?date
WHERE {
  # param hidden text x     a comment of the query, no header
  ?meeting kg:party ?party
}
"""


def recipe(folder: Path, text: str) -> Path:
    path = folder / "cq99-test.rq"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_header_tells_question_parameters_and_columns(tmp_path: Path) -> None:
    read = read_recipe(recipe(tmp_path, HEADER))
    assert read.name == "cq99-test"
    assert read.question == "Which meetings did a party take part in?"
    assert read.columns == ("meeting", "date")
    assert read.params == (
        Param("party", "party", "makassar", required=False, description="the city, company or organization"),
        Param("since", "date", None, required=False, description="only on or after this day"),
        Param("name", "text", None, required=True, description="must be given"),
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT * {}", "opens with its question"),
        ("# Only a question?\nSELECT * {}", "columns"),
        ("# Q?\n# param party\n# columns a\nSELECT ?a {}", "expected `param NAME TYPE DEFAULT DESCRIPTION`"),
        ("# Q?\n# param a partys x y\n# columns a\nSELECT ?a {}", "unknown type 'partys'; did you mean 'party'"),
    ],
)
def test_a_header_that_says_too_little_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(OntologyError, match=reason):
        read_recipe(recipe(tmp_path, text))


def test_defaults_are_bound_and_open_ones_are_not(tmp_path: Path) -> None:
    read = read_recipe(recipe(tmp_path, HEADER))
    assert read.bind({"name": "x"}) == {"party": Iri(f"{PREFIXES['party']}makassar"), "name": Literal("x")}
    other = read.bind({"name": "x"}, base="https://example.org/")
    assert other["party"] == Iri("https://example.org/party/makassar")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, "needs --param name=...: must be given"),
        ({"name": "x", "partei": "y"}, r"takes no parameter 'partei'; did you mean 'party'\? \(it takes: party, since"),
        ({"name": "x", "since": "2025-13"}, "since=2025-13: there is no month 13"),
        ({"name": "x", "party": "a b"}, "party=a b: expected the id of a party"),
    ],
)
def test_what_does_not_fit_a_parameter_is_said(tmp_path: Path, given: dict[str, str], reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        read_recipe(recipe(tmp_path, HEADER)).bind(given)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("party", "makassar", Iri(f"{PREFIXES['party']}makassar")),
        ("party", "party:makassar", Iri(f"{PREFIXES['party']}makassar")),
        ("party", "https://example.org/x", Iri("https://example.org/x")),
        ("meeting", "official:rudy-djamaluddin", Iri(f"{PREFIXES['official']}rudy-djamaluddin")),
        ("evidence", "meeting.a.1", Iri(f"{PREFIXES['evidence']}meeting.a.1")),
        ("sector", "water-supply", Iri(f"{PREFIXES['sector']}water-supply")),
        ("date", "2025", Literal("2025-01-01", datatype=f"{XSD}date")),
        ("date", "2025-02", Literal("2025-02-01", datatype=f"{XSD}date")),
        ("end", "2025", Literal("2025-12-31", datatype=f"{XSD}date")),
        ("end", "2024-02", Literal("2024-02-29", datatype=f"{XSD}date")),
        ("end", "2025-11-25", Literal("2025-11-25", datatype=f"{XSD}date")),
        ("integer", "-3", Literal("-3", datatype=f"{XSD}integer")),
        ("text", "川崎 'x'", Literal("川崎 'x'")),
        ("language", "ja", Literal("ja")),
    ],
)
def test_a_value_is_read_by_its_type(kind: str, value: str, expected: Iri | Literal) -> None:
    assert written(to_term(kind, value, name="x")) == written(expected)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "3.5"),
        ("integer", "9" * 19),
        ("date", "yesterday"),
        ("end", "2025-02-30"),
        ("party", "Makassar"),
        ("party", "nobody:makassar"),
        ("party", "https://example.org/<x>"),
        ("party", ""),
    ],
)
def test_a_value_of_another_type_is_refused(kind: str, value: str) -> None:
    with pytest.raises(QueryError, match="parameter x="):
        to_term(kind, value, name="x")


def test_a_recipe_is_found_by_name_or_number() -> None:
    for name, read in recipes().items():
        assert find_recipe(name) == find_recipe(name.partition("-")[0]) == read


@pytest.mark.parametrize("name", ["cq", "cq00", "nothing", "", "../cq01"])
def test_an_unknown_recipe_is_said(name: str) -> None:
    with pytest.raises(QueryError, match="no recipe"):
        find_recipe(name)
