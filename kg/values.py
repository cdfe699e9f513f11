"""RDF terms as text: what an IRI, a literal or a blank node says, without a library that models them.

Questions are asked and answered in these, so that a cold command line loads no rdflib; `kg.dataset` is where
rdflib's own terms are made. All are text: `str(term)` is the IRI, or the literal's lexical form.
"""

import re
from typing import Self

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_NOT_IN_IRI = re.compile('[\x00-\x20<>"{}|^`\\\\]')
# An escaped backslash before a u, or any other escape.
_READ_FIRST = re.compile(r"\\(\\[uU]|.)")
_SPECIAL = re.compile('[\\\\"\x00-\x1f\x7f]')


class Iri(str):
    """The IRI of a thing, a class, a property or a datatype."""

    __slots__ = ()


class Blank(str):
    """A node without a name; the text tells it from others in one answer."""

    __slots__ = ()


class Literal(str):
    """A literal: its lexical form, and its language or datatype, empty for a plain string.

    Two are equal when all three are; a literal equals no other text.
    """

    __slots__ = ("datatype", "language")
    language: str
    datatype: str

    def __new__(cls, text: str, *, language: str = "", datatype: str = "") -> Self:
        """Make a literal."""
        self = str.__new__(cls, text)  # in half the time of super()
        self.language = language
        self.datatype = datatype
        return self

    def __eq__(self, other: object) -> bool:
        """Compare all three."""
        if not isinstance(other, Literal):
            return False
        return str.__eq__(self, other) and (self.language, self.datatype) == (other.language, other.datatype)

    def __ne__(self, other: object) -> bool:
        """Text has an answer of its own here, so `==` alone would not do."""
        return not self == other

    def __hash__(self) -> int:
        """Hash as the text does."""
        return str.__hash__(self)


Term = Iri | Literal | Blank


def quoted(text: str) -> str:
    """Return a lexical form in quotes, with only the escapes canonical N-Triples needs."""
    return f'"{_SPECIAL.sub(_escape, text)}"' if _SPECIAL.search(text) else f'"{text}"'


def is_special(text: str) -> bool:
    """Say whether a lexical form, or any of several end to end, needs an escape."""
    return _SPECIAL.search(text) is not None


def bracketed(iri: str) -> str:
    """Return an IRI in angle brackets.

    Raises:
        ValueError: it holds a character no IRI may hold.
    """
    if _NOT_IN_IRI.search(iri):
        raise ValueError(f"not an IRI: {str(iri)!r}")
    return f"<{iri}>"


def written(term: Term) -> str:
    """Return a term as N-Triples, and SPARQL, write it.

    Raises:
        ValueError: an IRI holds a character no IRI may hold.
    """
    if not isinstance(term, Literal):
        return f"_:{term}" if isinstance(term, Blank) else bracketed(term)
    if term.language:
        return f"{quoted(term)}@{term.language}"
    return f"{quoted(term)}^^<{term.datatype}>" if term.datatype else quoted(term)


def sparql_text(text: str) -> str:
    """Return terms, or triples, so that an engine that reads codepoint escapes first finds none in them.

    Source: SPARQL 1.1, section 19.2: such escapes may stand anywhere, and rdflib reads them before anything else.
    """
    return _READ_FIRST.sub(lambda match: f"\\\\\\U{ord(match[1][-1]):08X}" if len(match[1]) > 1 else match[0], text)


def split_nquad(line: str) -> tuple[str, str]:
    """Split a line of N-Quads, without its line end, into its triple and its graph as `<IRI>`; the default one is "".

    Blank nodes apart, of which ours hold none, any canonical line will do.
    """
    if line.endswith('" .'):
        return line[:-2], ""
    start = line.index(" ", line.index(" ") + 1) + 1
    if line[start] == '"':  # no IRI and no language tag holds a quotation mark
        start = line.rindex('"')
    end = line.index(" ", start)
    return line[:end], line[end + 1 : -2] if end + 2 < len(line) else ""


def _escape(match: re.Match[str]) -> str:
    """Write one character so that it stays on its line."""
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"
