"""The lines of a record as rdflib's terms, for those who want a graph: text in, quads out."""

import re
from collections.abc import Iterator
from typing import TypeAlias

from rdflib import Literal, URIRef

from kg.convert.facts import Settings
from kg.convert.lines import record_lines
from kg.records import Record

Object: TypeAlias = URIRef | Literal
Quad: TypeAlias = tuple[URIRef, URIRef, Object, URIRef | None]
"""Subject, predicate, object, graph; None is the default graph."""

_LINE = re.compile(
    r"<(?P<subject>[^>]*)> <(?P<predicate>[^>]*)> "
    r'(?:<(?P<iri>[^>]*)>|"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<language>[a-z0-9-]+)|\^\^<(?P<datatype>[^>]*)>)?)'
    r"(?: <(?P<graph>[^>]*)>)? \."
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-F]{4})|(.))")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def record_quads(record: Record, settings: Settings) -> Iterator[Quad]:
    """Yield every quad of one record, in an order that depends on the record alone; what they are is in `lines`."""
    for block in record_lines(record, settings):
        yield from map(to_quad, block.split("\n")[:-1])


def to_quad(line: str) -> Quad:
    """Read one line as `record_lines` writes it.

    Raises:
        ValueError: the line is no quad in canonical form, or holds a blank node.
    """
    found = _LINE.fullmatch(line)
    if not found:
        raise ValueError(f"not a quad in canonical form: {line!r}")
    value: Object
    if found["iri"] is not None:
        value = URIRef(found["iri"])
    else:
        text = _ESCAPE.sub(_unescape, found["text"])
        value = Literal(text, lang=found["language"], datatype=found["datatype"], normalize=False)
    graph = found["graph"]
    return URIRef(found["subject"]), URIRef(found["predicate"]), value, None if graph is None else URIRef(graph)


def _unescape(match: re.Match[str]) -> str:
    """Return the character an escape stands for."""
    return chr(int(match[1], 16)) if match[1] else _ESCAPED.get(match[2], match[2])
