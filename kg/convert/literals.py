"""RDF terms as N-Quads text, written as the store itself writes them, so that sorted lines stay sorted through it.

Source: W3C RDF 1.2 N-Quads, section "A canonical form of N-Quads": only the escapes that are needed, no datatype
on plain strings. Tags of languages are in small letters and decimals without needless zeros, as in Oxigraph.
"""

from functools import lru_cache
from typing import NamedTuple

from rdflib.namespace import XSD

from kg.dates import PartialDate
from kg.values import quoted

_DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
_DAY = f"^^<{XSD.date}>"
TRUE, FALSE = (f'"{word}"^^<{XSD.boolean}>' for word in ("true", "false"))


def tagged(text: str, language: str) -> str:
    """Return a text in a language."""
    return f"{quoted(text)}@{language.lower()}"


class DateTerms(NamedTuple):
    """A date as written, and the first and last day it can mean."""

    written: str
    earliest: str
    latest: str


@lru_cache(maxsize=4096)
def date_terms(date: PartialDate) -> DateTerms:
    """Return the terms of a date; few dates stand in many records."""
    written = f'"{date.text}"^^<{_DATE_TYPES[len(date.text)]}>'
    return DateTerms(written, f'"{date.earliest}"{_DAY}', f'"{date.latest}"{_DAY}')


def decimal(value: float) -> str:
    """Return degrees as a decimal of seven places at most, without an exponent."""
    digits = f"{value:.7f}".rstrip("0").rstrip(".")
    return f'"{"0" if digits == "-0" else digits}"^^<{XSD.decimal}>'
