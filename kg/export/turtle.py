"""Lines -> Turtle and TriG: prefixed, sorted, one property a line; the same bytes for the same facts.

Source: RDF 1.1 Turtle and RDF 1.1 TriG (W3C, 2014).
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.export.lines import DEFAULT
from kg.export.subjects import TYPE, Properties, Shortener, iter_subjects

_BARE = {
    "<http://www.w3.org/2001/XMLSchema#boolean>": re.compile(r'"(true|false)"'),
    "<http://www.w3.org/2001/XMLSchema#integer>": re.compile(r'"([+-]?[0-9]+)"', re.ASCII),
}


def turtle(lines: Iterable[str], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield one graph as Turtle."""
    yield _header(prefixes)
    short = Shortener(prefixes)
    for subject, properties in iter_subjects(lines):
        yield "\n" + _subject(subject, properties, short)


def trig(graphs: Mapping[str, Iterable[str]], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield every graph as TriG: the default graph first, then the named ones in IRI order."""
    yield _header(prefixes)
    short = Shortener(prefixes)
    for graph, lines in graphs.items():
        yield f"\n{short[graph]} {{\n" if graph != DEFAULT else ""
        for subject, properties in iter_subjects(lines):
            yield "\n" + _subject(subject, properties, short)
        yield "}\n" if graph != DEFAULT else ""


def _header(prefixes: Mapping[str, str]) -> str:
    """Declare every prefix, used or not: a change of the facts changes no line here."""
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(prefixes.items()))


def _subject(subject: str, properties: Properties, short: Shortener) -> str:
    """Write one subject."""
    said = []
    for name, values in properties.items():
        objects = [short[value] if value[0] == "<" else _other(value, short) for value in values]
        said.append(f"{'a' if name == TYPE else short[name]} {', '.join(objects)}")
    lines = " ;\n    ".join(said)
    return f"{short[subject] if subject[0] == '<' else subject} {lines} .\n"


def _other(text: str, short: Shortener) -> str:
    """Write a literal of N-Triples the shorter way Turtle has for it; a blank node is written as it is."""
    if text[-1] != ">":
        return text
    quoted, _, datatype = text.rpartition("^^")
    bare = _BARE.get(datatype)
    if bare and (match := bare.fullmatch(quoted)):
        return match[1]
    return f"{quoted}^^{short[datatype]}"
