"""RDF values in, what a map needs of them out: texts by language, numbers in range, spans of days."""

from collections.abc import Iterable
from typing import TypedDict

from rdflib import Literal
from rdflib.term import Node

from kg.map.facts import Text


class Span(TypedDict, total=False):
    """A date as written, and the days it covers."""

    date: str
    until: str
    earliest: str
    latest: str


def text_of(values: Iterable[Node]) -> Text:
    """Return one text per language, sorted; of two in one language the first."""
    words = {(str(value.language or ""), str(value)) for value in values if isinstance(value, Literal)}
    first: dict[str, str] = {}
    for language, text in sorted(words):
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
