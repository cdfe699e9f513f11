"""Lines -> RDF/XML: sorted, one description a subject, for readers that know no other RDF.

Source: RDF 1.1 XML Syntax (W3C, 2014); characters allowed, XML 1.0 (W3C, 2008), section 2.2.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.errors import ExportError
from kg.export.lines import literal
from kg.export.subjects import TYPE, Triple, iter_subjects
from kg.export.xml import attribute, text

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*$", re.ASCII)


def rdfxml(lines: Iterable[bytes], prefixes: Mapping[str, str]) -> Iterator[bytes]:
    """Yield one graph as RDF/XML.

    Raises:
        ExportError: a property's IRI does not end in an XML name, or text holds a character XML has no way to write.
    """
    declared = "".join(f'\n  xmlns:{prefix}="{attribute(name)}"' for prefix, name in sorted(prefixes.items()))
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{declared}>\n'.encode()
    names = _Names(prefixes)
    for subject, triples in iter_subjects(lines):
        about = _named(subject.decode(), "about")
        yield f"  <rdf:Description {about}>\n{_properties(triples, names)}  </rdf:Description>\n".encode()
    yield b"</rdf:RDF>\n"


class _Names(dict[str, tuple[str, str]]):
    """`<IRI>` of a property -> its element's name, and the declaration it needs where no prefix fits."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        """Take prefix -> namespace."""
        super().__init__()
        self._prefix = {namespace: prefix for prefix, namespace in sorted(prefixes.items(), reverse=True)}

    def __missing__(self, iri: str) -> tuple[str, str]:
        """Split a property's IRI where its longest XML name begins."""
        cut = max(iri.rfind("/"), iri.rfind("#"), iri.rfind(":")) + 1
        match = _LOCAL.search(iri, cut, len(iri) - 1)
        if not match:
            raise ExportError(f"RDF/XML cannot name the property {iri}: it does not end in an XML name")
        namespace, local = iri[1 : match.start()], match[0]
        prefix = self._prefix.get(namespace)
        self[iri] = (f"{prefix}:{local}", "") if prefix else (f"p:{local}", f' xmlns:p="{attribute(namespace)}"')
        return self[iri]


def _named(term: str, as_what: str) -> str:
    """Write a node as an attribute: `rdf:about` or `rdf:resource`, or `rdf:nodeID` when it is blank."""
    if term[0] == "_":
        return f'rdf:nodeID="{term[2:]}"'
    return f'rdf:{as_what}="{attribute(term[1:-1])}"'


def _properties(triples: Iterable[Triple], names: _Names) -> str:
    """Write the properties of one subject, its types first, a value a line."""
    types: list[str] = []
    rest: list[str] = []
    for _, predicate, value in triples:
        name, declared = names[predicate.decode()]
        (types if predicate == TYPE else rest).append(f"    <{name}{declared}{_value(value.decode(), name)}\n")
    return "".join(types + rest)


def _value(term: str, name: str) -> str:
    """Write the rest of a property's element after its name."""
    if term[0] != '"':
        return f" {_named(term, 'resource')}/>"
    characters, language, datatype = literal(term)
    about = f' xml:lang="{language}"' if language else ""
    about += f' rdf:datatype="{attribute(datatype[1:-1])}"' if datatype else ""
    return f"{about}>{text(characters)}</{name}>"
