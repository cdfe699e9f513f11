"""Quads as lines of canonical N-Quads.

Source: W3C RDF 1.2 N-Quads, section "A canonical form of N-Quads": one space between terms, only the
escapes that are needed, no datatype on plain strings.
"""

import re

from rdflib import Literal, URIRef

from kg.convert.quads import Quad

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_NOT_IN_IRI = re.compile('[\x00-\x20<>"{}|^`\\\\]')
_SPECIAL = re.compile('[\\\\"\x00-\x1f\x7f]')


def _escape(match: re.Match[str]) -> str:
    """Write one character so that it stays on its line."""
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"


def to_nquad(quad: Quad) -> str:
    """Return one quad as a line, without its line end."""
    subject, predicate, value, graph = quad
    end = f" <{graph}> ." if graph is not None else " ."
    return f"<{subject}> <{predicate}> {to_term(value)}{end}"


def to_term(value: URIRef | Literal) -> str:
    """Return an IRI or literal as N-Quads, and SPARQL, write it.

    Raises:
        ValueError: an IRI holds a character no IRI may hold.
    """
    if not isinstance(value, Literal):
        if _NOT_IN_IRI.search(value):
            raise ValueError(f"not an IRI: {str(value)!r}")
        return f"<{value}>"
    text = f'"{_SPECIAL.sub(_escape, value)}"'
    if value.language:
        return f"{text}@{value.language}"
    return f"{text}^^<{value.datatype}>" if value.datatype else text
