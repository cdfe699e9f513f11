"""Run a query on a dataset: rows out, or bytes in one of SPARQL's result formats."""

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Literal, cast

import pyoxigraph as ox
import rdflib
from rdflib import Literal as RdfLiteral
from rdflib import URIRef
from rdflib.namespace import XSD

from kg.errors import QueryError
from kg.iris import to_curie
from kg.prefixes import BASE, prefixes
from kg.query.bind import bind
from kg.query.faults import misread
from kg.query.guard import has_dataset_clause, require_safe
from kg.query.recipes import Term, find_recipe
from kg.store import native

RowFormat = Literal["csv", "tsv", "json", "xml"]
GraphFormat = Literal["turtle", "jsonld", "ntriples"]
ROW_FORMATS: Mapping[str, ox.QueryResultsFormat] = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}

_TOLD = "ASK { { ?thing ?p ?o } UNION { ?s ?p ?thing } UNION { GRAPH ?g { ?thing ?p ?o } } }"

Row = tuple[Term | None, ...]


@dataclass(frozen=True)
class Answer:
    """What a query answered: rows for SELECT, one truth for ASK, triples for CONSTRUCT and DESCRIBE.

    `rows` is walked once; a row holds a term per variable, None where it is unbound.
    """

    kind: Literal["rows", "truth", "graph"]
    variables: tuple[str, ...] = ()
    rows: Iterator[Row] = field(default_factory=lambda: iter(()), repr=False)
    truth: bool | None = None
    graph: rdflib.Graph | None = None


def run_query(
    dataset: rdflib.Dataset,
    text: str,
    bindings: Mapping[str, Term] | None = None,
    *,
    base: str = BASE,
) -> Answer:
    """Answer a SPARQL 1.1 query; our prefixes are preset, and values are bound, never pasted.

    Raises:
        QueryError: the query does not parse, is refused, or fails.
    """
    require_safe(text)
    store = native(dataset)
    if store is None:
        return _through_rdflib(dataset, text, bindings or {}, base)
    return _to_answer(_run(store, text, bindings or {}, base))


def run_recipe(dataset: rdflib.Dataset, name: str, /, *, base: str = BASE, **given: str) -> Answer:
    """Answer a shipped question by name (`cq03` or `cq03-...`), its parameters given as text.

    Raises:
        QueryError: there is no such recipe, or a parameter does not fit.
    """
    recipe = find_recipe(name)
    bindings = recipe.bind(given, base=base)
    require_known(dataset, {key: bindings[key] for key in given}, base=base)
    return run_query(dataset, recipe.text, bindings, base=base)


def require_known(dataset: rdflib.Dataset, bindings: Mapping[str, Term], *, base: str = BASE) -> None:
    """Refuse a value that names a thing no graph tells of: the answer would be empty, and say nothing.

    Raises:
        QueryError: there is no such thing.
    """
    for name, term in bindings.items():
        if isinstance(term, URIRef) and not run_query(dataset, _TOLD, {"thing": term}, base=base).truth:
            raise QueryError(f"parameter {name}: nothing is known of {to_curie(term, base=base)}")


def serialize(
    store: ox.Store, text: str, bindings: Mapping[str, Term], result_format: RowFormat, *, base: str = BASE
) -> bytes:
    """Return the answer of a SELECT or ASK in one of SPARQL's result formats.

    Raises:
        QueryError: the query fails, or makes a graph instead of rows.
    """
    require_safe(text)
    result = _run(store, text, bindings, base)
    if isinstance(result, ox.QueryTriples):
        raise QueryError("this query makes a graph: use --format turtle, jsonld or ntriples")
    if isinstance(result, ox.QueryBoolean) and result_format in ("csv", "tsv"):
        return b"true\n" if result else b"false\n"
    output = BytesIO()
    try:
        result.serialize(output, ROW_FORMATS[result_format])
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error
    return output.getvalue()


def _run(store: ox.Store, text: str, bindings: Mapping[str, Term], base: str) -> Any:  # noqa: ANN401 - three result types
    """Ask Oxigraph; FROM chooses among the graphs of the store, and reads nothing else."""
    try:
        bound = bind(text, bindings)
        return store.query(bound, prefixes=prefixes(base))
    except SyntaxError as error:
        raise QueryError(misread(bound, str(error), prefixes(base))) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error


def from_ox(term: object) -> Term | None:
    """Return rdflib's word for a term of Oxigraph; None stays None.

    Raises:
        QueryError: the term is a blank node or triple, which our graphs do not hold.
    """
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return RdfLiteral(term.value, lang=term.language)
        plain = term.datatype.value == str(XSD.string)
        return RdfLiteral(term.value, datatype=None if plain else URIRef(term.datatype.value), normalize=False)
    return cast("Term", rdflib.BNode(str(term).removeprefix("_:")))


def _to_answer(result: Any) -> Answer:  # noqa: ANN401 - three result types
    """Tell rows, truth and graph apart."""
    if isinstance(result, ox.QueryBoolean):
        return Answer("truth", truth=bool(result))
    if isinstance(result, ox.QueryTriples):
        graph = rdflib.Graph()
        for triple in result:
            graph.add((from_ox(triple.subject), from_ox(triple.predicate), from_ox(triple.object)))  # type: ignore[arg-type]
        return Answer("graph", graph=graph)
    variables = tuple(variable.value for variable in result.variables)
    return Answer("rows", variables, rows=_rows(result))


def _rows(solutions: ox.QuerySolutions) -> Iterator[Row]:
    """Yield rows, a failure on the way said as a failure of the query."""
    try:
        for solution in solutions:
            yield tuple(from_ox(value) for value in solution)
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error


def _through_rdflib(dataset: rdflib.Dataset, text: str, bindings: Mapping[str, Term], base: str) -> Answer:
    """Ask rdflib's own engine."""
    if has_dataset_clause(text):
        raise QueryError("FROM needs an Oxigraph dataset; name the graph with GRAPH instead")
    try:
        with warnings.catch_warnings():
            # rdflib 7.6 calls what it has deprecated itself.
            warnings.simplefilter("ignore", DeprecationWarning)
            result = dataset.query(bind(text, bindings), initNs=prefixes(base))
            if result.type == "ASK":
                return Answer("truth", truth=result.askAnswer)
            if result.type in ("CONSTRUCT", "DESCRIBE"):
                return Answer("graph", graph=result.graph)
            variables = tuple(str(variable) for variable in result.vars or ())
            rows = [tuple(row) for row in result]  # type: ignore[arg-type] # SELECT yields rows
    except QueryError:
        raise
    except Exception as error:  # rdflib's parser raises its own and Python's
        raise QueryError(f"the query failed: {error}") from error
    return Answer("rows", variables, rows=iter(cast("list[Row]", rows)))
