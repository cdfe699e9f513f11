"""Lines -> Turtle and TriG: prefixed, sorted, one property a line; the same bytes for the same facts.

Source: RDF 1.1 Turtle and RDF 1.1 TriG (W3C, 2014).
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.export.lines import DEFAULT
from kg.export.subjects import TYPE, Shortener

_BARE = {
    b"<http://www.w3.org/2001/XMLSchema#boolean>": re.compile(rb'"(true|false)"'),
    b"<http://www.w3.org/2001/XMLSchema#integer>": re.compile(rb'"([+-]?[0-9]+)"'),
}
_CLOSING = ord(">")


def turtle(lines: Iterable[bytes], prefixes: Mapping[str, str]) -> Iterator[bytes]:
    """Yield one graph as Turtle."""
    yield _header(prefixes)
    yield from _subjects(lines, _Terms(prefixes))


def trig(graphs: Mapping[bytes, Iterable[bytes]], prefixes: Mapping[str, str]) -> Iterator[bytes]:
    """Yield every graph as TriG: the default graph first, then the named ones in IRI order."""
    yield _header(prefixes)
    short = _Terms(prefixes)
    for graph, lines in graphs.items():
        yield b"\n%b {\n" % short[graph] if graph != DEFAULT else b""
        yield from _subjects(lines, short)
        yield b"}\n" if graph != DEFAULT else b""


class _Terms(Shortener):
    """A term of N-Triples -> the shorter way Turtle has for it; a blank node and plain text stay as they are."""

    def work_out(self, term: bytes) -> bytes:
        """Return the shorter form."""
        if term.startswith(b"<"):
            return super().work_out(term)
        if term[-1] != _CLOSING:
            return term
        quoted, _, datatype = term.rpartition(b"^^")
        bare = _BARE.get(datatype)
        if bare and (match := bare.fullmatch(quoted)):
            return match[1]
        return b"%b^^%b" % (quoted, super().work_out(datatype))


def _header(prefixes: Mapping[str, str]) -> bytes:
    """Declare every prefix, used or not: a change of the facts changes no line here."""
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(prefixes.items())).encode()


def _subjects(lines: Iterable[bytes], short: _Terms) -> Iterator[bytes]:
    """Yield the subjects of sorted lines, each with its types first: one loop, for it is the whole cost."""
    last = property_ = b""
    said: list[bytes] = []
    place = 0
    for line in lines:
        subject, predicate, value = line.split(b" ", 2)
        if subject != last:
            if said:
                yield b"\n%b %b .\n" % (short[last], b" ;\n    ".join(said))
            last, property_, said = subject, b"", []
        text = short[value] if value[-1] == _CLOSING else value
        if predicate == property_:
            said[place] += b", " + text
        elif predicate == TYPE:
            property_, place = predicate, 0
            said.insert(0, b"a " + text)
        else:
            property_, place = predicate, -1
            said.append(short[predicate] + b" " + text)
    if said:
        yield b"\n%b %b .\n" % (short[last], b" ;\n    ".join(said))
