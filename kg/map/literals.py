"""Literals in, what a map needs of them out: texts by language, numbers in range, spans of days."""

from collections.abc import Iterable
from typing import TypeAlias, TypedDict

from kg.map.facts import Text

Said: TypeAlias = tuple[str, str]
"""Language, empty for none, and text of a value; an IRI is its own text."""


class Span(TypedDict, total=False):
    """A date as written, and the days it covers."""

    date: str
    until: str
    earliest: str
    latest: str


def text_of(values: Iterable[Said]) -> Text:
    """Return one text per language, sorted; of two in one language the first."""
    first: dict[str, str] = {}
    for language, text in sorted(values):
        first.setdefault(language, text)
    return tuple(first.items())


def number(text: str, most: float) -> float | None:
    """Return a number between -`most` and `most`; anything else is none."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if -most <= found <= most else None


def observed(days: tuple[str, ...]) -> Span:
    """Return the span of a tenure of which only some days are known: from the first to the last."""
    full = [day for day in days if len(day) == len("2025-01-01")]
    span = Span(date=days[0], until=days[-1] if len(days) > 1 else "")
    return Span(**span, earliest=full[0], latest=full[-1]) if full else span
