"""Our IRIs as rdflib's terms, for tests that make or read graphs."""

from rdflib import URIRef

from kg import iris
from kg.prefixes import BASE


def mint(kind: str, *key: str, base: str = BASE) -> URIRef:
    return URIRef(iris.mint(kind, *key, base=base))


def mint_graph(name: str, *, base: str = BASE) -> URIRef:
    return URIRef(iris.mint_graph(name, base=base))
