"""Sorted lines -> one subject at a time, its type first, and IRIs shortened by the prefixes in use."""

import re
from collections.abc import Iterable, Iterator, Mapping

from rdflib import RDF

TYPE = f"<{RDF.type}>"
Properties = dict[str, list[str]]

# Every local name this takes is one in Turtle as it stands; what it leaves is written as a full IRI.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?", re.ASCII)


def iter_subjects(lines: Iterable[str]) -> Iterator[tuple[str, Properties]]:
    """Yield each subject with its predicates and their objects: sorted, but for `rdf:type`, which comes first."""
    last, properties = "", Properties()
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        if subject != last:
            if properties:
                yield last, _type_first(properties)
            last, properties = subject, {}
        if predicate in properties:
            properties[predicate].append(value)
        else:
            properties[predicate] = [value]
    if properties:
        yield last, _type_first(properties)


def _type_first(properties: Properties) -> Properties:
    """Move the type to the front."""
    if TYPE in properties and next(iter(properties)) != TYPE:
        return {TYPE: properties[TYPE]} | properties
    return properties


class Shortener(dict[str, str]):
    """`<IRI>` -> `prefix:local`, or the IRI as it was where no prefix fits; what is asked by `[]` is kept."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        """Take prefix -> namespace; a namespace ends in `/` or `#`."""
        super().__init__()
        self._prefix = {namespace: prefix for prefix, namespace in sorted(prefixes.items(), reverse=True)}

    def __missing__(self, iri: str) -> str:
        """Work out the short form once."""
        self[iri] = short = self.shorten(iri)
        return short

    def shorten(self, iri: str) -> str:
        """Work out the short form."""
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        namespace, local = iri[1:cut], iri[cut:-1]
        prefix = self._prefix.get(namespace)
        return f"{prefix}:{local}" if prefix is not None and _LOCAL.fullmatch(local) else iri
