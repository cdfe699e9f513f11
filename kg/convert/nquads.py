"""rdflib's quads and terms as canonical N-Quads, written as `literals` writes text."""

from rdflib import Literal, URIRef

from kg.convert.literals import tagged
from kg.convert.quads import Quad
from kg.values import bracketed, quoted


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
        return bracketed(value)
    if value.language:
        return tagged(value, value.language)
    return f"{quoted(value)}^^<{value.datatype}>" if value.datatype else quoted(value)
