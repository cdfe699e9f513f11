"""Partial dates: what is one, what it can mean, and how they order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import dates

from kg.dates import PartialDate


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-11", date(2025, 11, 1), date(2025, 11, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-11-25", date(2025, 11, 25), date(2025, 11, 25)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999-12-31", date(9999, 12, 31), date(9999, 12, 31)),
    ],
)
def test_a_date_means_these_days(text: str, first: date, last: date) -> None:
    found = PartialDate(text)
    assert (found.text, found.earliest, found.latest) == (text, first, last)
    assert found.is_day == (first == last)
    assert found.holds(first)
    assert found.holds(last)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2025-13-40", "no month 13"),
        ("2025-00", "no month 00"),
        ("2025-02-29", "no day 29 in 2025-02; expected 01 to 28"),
        ("2025-11-00", "no day 00"),
        ("0000", "no year 0000"),
        ("25", "YYYY-MM-DD"),
        ("2025-1-5", "YYYY-MM-DD"),
        ("2025-11-25T00:00", "YYYY-MM-DD"),
        ("2025-11-25\n", "YYYY-MM-DD"),
        ("٢٠٢٥", "YYYY-MM-DD"),
        ("", "YYYY-MM-DD"),
    ],
)
def test_no_date_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        PartialDate(text)


@given(dates(), dates())
def test_dates_order_by_first_then_last_day(one: str, other: str) -> None:
    a, b = PartialDate(one), PartialDate(other)
    assert (a < b) == ((a.earliest, a.latest) < (b.earliest, b.latest))
    assert (a == b) == (one == other)
    assert hash(a) == hash(PartialDate(one))
    assert sorted([a, b]) == sorted([b, a])


@given(st.dates())
def test_a_day_is_within_its_month_and_year(day: date) -> None:
    text = day.isoformat()
    assert all(PartialDate(text[:size]).holds(day) for size in (4, 7, 10))
    assert str(PartialDate(text)) == text
    assert repr(PartialDate(text)) == f"PartialDate({text!r})"
