"""Questions and answers in rdflib's terms: what a program that uses the library asks with.

Making rdflib's terms takes longer than finding a row's. Where text will do, `kg.query.ask` and `ask_recipe` give the
same rows in the terms of `kg.values`, nearly as fast as Oxigraph hands them out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

import rdflib

from kg.prefixes import BASE
from kg.query.ask import ask, ask_recipe
from kg.query.engine import Answered
from kg.query.second import plain
from kg.store import Source
from kg.values import Blank, Iri, Term

RdfTerm = rdflib.URIRef | rdflib.Literal | rdflib.BNode
RdfRow = tuple[RdfTerm | None, ...]


@dataclass(frozen=True)
class Answer:
    """What a query answered: rows for SELECT, one truth for ASK, a graph for CONSTRUCT and DESCRIBE.

    `rows` is walked once; a row holds a term per variable, None where it is unbound.
    """

    kind: Literal["rows", "truth", "graph"]
    variables: tuple[str, ...] = ()
    rows: Iterator[RdfRow] = field(default_factory=lambda: iter(()), repr=False)
    truth: bool | None = None
    graph: rdflib.Graph | None = None


def run_query(
    dataset: Source, text: str, bindings: Mapping[str, RdfTerm | Term] | None = None, *, base: str = BASE
) -> Answer:
    """Answer a SPARQL 1.1 query; our prefixes are preset, and values are bound, never pasted.

    Raises:
        QueryError: the query does not parse, is refused, or fails.
    """
    return _in_rdf(ask(dataset, text, {name: plain(term) for name, term in (bindings or {}).items()}, base=base))


def run_recipe(dataset: Source, name: str, /, *, base: str = BASE, **given: str) -> Answer:
    """Answer a shipped question by name (`cq03` or `cq03-...`), its parameters given as text.

    Raises:
        QueryError: there is no such recipe, or a parameter does not fit.
    """
    return _in_rdf(ask_recipe(dataset, name, base=base, **given))


def _in_rdf(answered: Answered) -> Answer:
    """Say an answer in rdflib's terms."""
    if answered.kind == "graph":
        return Answer("graph", graph=to_graph(answered))
    rows = (tuple([None if term is None else to_rdf(term) for term in row]) for row in answered.rows)
    return Answer(answered.kind, answered.variables, rows, answered.truth)


def to_graph(answered: Answered) -> rdflib.Graph:
    """Return the triples of an answer as a graph."""
    graph = rdflib.Graph()
    for subject, predicate, value in answered.triples:
        graph.add((to_rdf(subject), to_rdf(predicate), to_rdf(value)))
    return graph


def to_rdf(term: Term) -> RdfTerm:
    """Return rdflib's word for a term; its lexical form stays as it is."""
    if isinstance(term, Iri):
        return rdflib.URIRef(term)
    if isinstance(term, Blank):
        return rdflib.BNode(term)
    if term.datatype:
        return _typed(str(term), term.datatype)
    return rdflib.Literal(str(term), lang=term.language or None, normalize=False)


@lru_cache(maxsize=8192)
def _typed(text: str, datatype: str) -> rdflib.Literal:
    """Return a literal of a datatype, whose text rdflib parses; the same days and numbers come again and again."""
    return rdflib.Literal(text, datatype=rdflib.URIRef(datatype), normalize=False)
