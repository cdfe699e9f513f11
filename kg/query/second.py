"""Ask rdflib's own engine: slow, and here as a second opinion on what Oxigraph answers."""

import warnings
from collections.abc import Mapping
from typing import cast

import rdflib

from kg.errors import QueryError
from kg.prefixes import prefixes
from kg.query.bind import bind
from kg.query.engine import Answered, Row, Triple
from kg.query.guard import has_dataset_clause, require_safe
from kg.values import Blank, Iri, Literal, Term


def evaluate(dataset: rdflib.Graph, text: str, bindings: Mapping[str, Term], base: str) -> Answered:
    """Answer a query on an rdflib graph or dataset.

    Raises:
        QueryError: the query does not parse, is refused, or fails.
    """
    require_safe(text)
    if has_dataset_clause(text):
        raise QueryError("FROM needs an Oxigraph dataset; name the graph with GRAPH instead")
    try:
        with warnings.catch_warnings():
            # rdflib 7.6 calls what it has deprecated itself.
            warnings.simplefilter("ignore", DeprecationWarning)
            result = dataset.query(bind(text, bindings), initNs=prefixes(base))
            if result.type == "ASK":
                return Answered("truth", truth=result.askAnswer)
            if result.type in ("CONSTRUCT", "DESCRIBE"):
                triples = [tuple(map(plain, triple)) for triple in result.graph or ()]
                return Answered("graph", triples=iter(cast("list[Triple]", triples)))
            variables = tuple(str(variable) for variable in result.vars or ())
            rows: list[Row] = [tuple(None if term is None else plain(term) for term in row) for row in result]  # type: ignore[union-attr] # SELECT yields rows
    except QueryError:
        raise
    except Exception as error:  # rdflib's parser raises its own and Python's
        raise QueryError(f"the query failed: {error}") from error
    return Answered("rows", variables, rows=iter(rows))


def plain(term: object) -> Term:
    """Return rdflib's word for a term as text; what is text already stays."""
    if isinstance(term, rdflib.Literal):
        return Literal(str(term), language=term.language or "", datatype=str(term.datatype or ""))
    if isinstance(term, rdflib.BNode):
        return Blank(term)
    return term if isinstance(term, Literal | Blank) else Iri(term)
