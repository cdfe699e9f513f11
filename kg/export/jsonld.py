"""Lines -> JSON-LD with the shipped context inside: compact, readable without a network, one property a line.

Nothing remote is ever named or fetched. Text in languages becomes a language map where the context
says so; a date as `2025-11` is spelled out with its type where the term is typed for full dates.
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from kg.export.context import Context
from kg.export.lines import DEFAULT
from kg.export.members import Member, Members
from kg.export.subjects import Triple, iter_subjects


def jsonld(graphs: Mapping[bytes, Iterable[bytes]], context: Context) -> Iterator[bytes]:
    """Yield a document: the default graph's nodes by IRI, then each named graph as a node with its own `@graph`."""
    yield f'{{\n"@context": {json.dumps(context.document, ensure_ascii=False, indent=2)},\n"@graph": [\n'.encode()
    members = Members(context)
    comma = b""
    for node in _nodes(graphs.get(DEFAULT, ()), members):
        yield node
        comma = b",\n"
    for graph, lines in graphs.items():
        if graph != DEFAULT:
            yield b'%b{\n%b,\n"@graph": [\n' % (comma, members.id_of(graph))
            yield from _nodes(lines, members)
            yield b"\n]\n}"
            comma = b",\n"
    yield b"\n]\n}\n"


def _nodes(lines: Iterable[bytes], members: Members) -> Iterator[bytes]:
    """Yield nodes, a comma between two."""
    comma = b""
    for subject, triples in iter_subjects(lines):
        yield comma + _node(subject, triples, members)
        comma = b",\n"


def _node(subject: bytes, triples: Iterable[Triple], members: Members) -> bytes:
    """Write one node: its id, its types, then its properties by key."""
    found: list[Member] = []
    several: dict[bytes, list[bytes]] = {}
    last = before = b""
    for _, predicate, value in triples:
        if predicate != last:
            found.append(members[predicate][value])
        elif predicate in several:
            several[predicate].append(value)
        else:
            found.pop()
            several[predicate] = [before, value]
        last, before = predicate, value
    for predicate, values in several.items():
        found += members[predicate].of(values)
    found.sort()
    return b"{\n%b,\n%b\n}" % (members.id_of(subject), b",\n".join([text for _, text in found]))
