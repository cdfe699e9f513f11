"""Records as values: frozen, strict about their fields, and the same after a round trip through plain values."""

import json

import pytest
from hypothesis import given, settings
from pydantic import ValidationError
from strategies import records

from kg.records import BY_KIND, BY_PLURAL, KINDS, City, Meeting, Official, Record, Tenure, from_builtins, to_builtins


@given(records())
@settings(deadline=None)
def test_a_record_survives_plain_values(record: Record) -> None:
    plain = to_builtins(record)
    assert from_builtins(type(record), plain) == record
    assert from_builtins(type(record), json.loads(json.dumps(plain))) == record


def test_every_kind_has_its_words() -> None:
    assert list(BY_KIND) == [kind.kind for kind in KINDS]
    assert list(BY_PLURAL) == [kind.plural for kind in KINDS]
    assert {kind.namespace for kind in KINDS if kind.namespace != kind.kind} == {"party"}


def test_a_record_is_frozen() -> None:
    record = Official(id="a", name="A")
    with pytest.raises(ValidationError, match="frozen"):
        setattr(record, "name", "B")  # noqa: B010  (mypy would refuse the plain form, too)


def test_names_that_are_python_words_are_written_without_the_bar() -> None:
    tenure = from_builtins(Tenure, {"id": "t", "official": "a", "post": "p", "from": "2025"})
    assert to_builtins(tenure)["from"] == "2025"
    with pytest.raises(ValidationError):
        from_builtins(Tenure, {"id": "t", "official": "a", "post": "p", "from_": "2025"})


@pytest.mark.parametrize("value", [1, 0, "maybe", [], None, 2.5])
def test_a_flag_is_true_or_false(value: object) -> None:
    with pytest.raises(ValidationError):
        from_builtins(Meeting, {"id": "m", "parties": ["a"], "follow_up": value})


@pytest.mark.parametrize("value", [True, "north", [], "nan", "inf", 90.5, "-91"])
def test_a_latitude_is_a_number_of_degrees(value: object) -> None:
    with pytest.raises(ValidationError):
        from_builtins(City, {"id": "c", "name": "C", "latitude": value})


@pytest.mark.parametrize(
    "url", ["https://example.org", "http://example.org:8080/a?b=c#d", "mailto:a@example.org", "https://例え.jp/川崎"]
)
def test_a_web_address_is_taken(url: str) -> None:
    assert from_builtins(City, {"id": "c", "name": "C", "url": url}).url == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https://",
        "https://user:pass@example.org",
        "https://example.org/a b",
        'https://example.org/"onclick="',
        "file:///etc/passwd",
        "HTTPS://EXAMPLE.ORG",
        "",
    ],
)
def test_anything_else_is_no_address(url: str) -> None:
    with pytest.raises(ValidationError):
        from_builtins(City, {"id": "c", "name": "C", "url": url})
