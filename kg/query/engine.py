"""Ask an engine: values bound, prefixes preset; terms as text come out, or bytes in one of SPARQL's formats."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, BinaryIO, Literal, NamedTuple, TypeAlias

import pyoxigraph as ox

from kg.errors import QueryError
from kg.prefixes import BASE, XSD, prefixes
from kg.query.guard import require_safe
from kg.remote import Remote
from kg.store import Engine, Opened
from kg.values import Blank, Iri, Term
from kg.values import Literal as Text

RowFormat = Literal["csv", "tsv", "json", "xml"]
ROW_FORMATS: Mapping[str, ox.QueryResultsFormat] = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
Result: TypeAlias = "ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples"
Row = tuple[Term | None, ...]
Triple = tuple[Term, Term, Term]


class Answered(NamedTuple):
    """What a query answered: rows for SELECT, one truth for ASK, triples for CONSTRUCT and DESCRIBE.

    Rows and triples are walked once; a row holds a term per variable, None where it is unbound.
    """

    kind: Literal["rows", "truth", "graph"]
    variables: tuple[str, ...] = ()
    rows: Iterator[Row] = iter(())
    truth: bool | None = None
    triples: Iterator[Triple] = iter(())


def evaluate(engine: Engine, text: str, bindings: Mapping[str, Term], base: str) -> Answered:
    """Answer a query on an Oxigraph store, or on a server.

    Raises:
        QueryError: the query does not parse, is refused, or fails.
    """
    result = _run(engine, text, bindings, base)
    if isinstance(result, ox.QueryBoolean):
        return Answered("truth", truth=bool(result))
    if isinstance(result, ox.QueryTriples):
        return Answered("graph", triples=_iter_triples(result))
    return Answered("rows", tuple([variable.value for variable in result.variables]), rows=_iter_rows(result))


def _run(engine: Engine, text: str, bindings: Mapping[str, Term], base: str) -> Result:
    """Ask; FROM chooses among the graphs of the store, and reads nothing else."""
    missing = _missing_prefixes(text, base)
    try:
        bound = _bind(text, bindings)
        if isinstance(engine, Remote):
            from kg.query.server import ask_server

            return ask_server(engine, bound)
        store = engine.store if isinstance(engine, Opened) else engine
        return store.query(bound, prefixes=missing)
    except SyntaxError as error:
        from kg.query.faults import misread

        raise QueryError(misread(bound, str(error), prefixes(base))) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error


@lru_cache(maxsize=32)
def _missing_prefixes(text: str, base: str) -> dict[str, str]:
    """Look at a query before it is asked; return the preset prefixes that it may use and does not declare itself.

    A program asks the same text many times, of other values. The engine reads each IRI it is given, and those of values
    come without a prefix.

    Raises:
        QueryError: the query is refused.
    """
    require_safe(text)
    declared = _declared(text)
    return {
        prefix: start for prefix, start in prefixes(base).items() if prefix not in declared and f"{prefix}:" in text
    }


def _declared(text: str) -> set[str]:
    """Return the prefixes a query plainly declares before it says or remarks anything else, read word by word."""
    found = set()
    words = text.split(maxsplit=3)
    while len(words) > 3:  # noqa: PLR2004 - PREFIX, a name, an IRI, and the rest
        keyword, name, iri, rest = words
        is_plain = name.endswith(":") and name[:-1].isalnum() and iri[0] == "<" and iri.find(">") == len(iri) - 1
        if keyword.upper() != "PREFIX" or not is_plain:
            break
        found.add(name[:-1])
        words = rest.split(maxsplit=3)
    return found


def _bind(text: str, bindings: Mapping[str, Term]) -> str:
    """Bind values where there are any; most questions at a terminal have none, and need not load what does it."""
    if not bindings:
        return text
    from kg.query.bind import bind

    return bind(text, bindings)


def _iter_rows(solutions: ox.QuerySolutions) -> Iterator[Row]:
    """Yield rows, a failure on the way said as a failure of the query."""
    try:
        for solution in solutions:
            yield tuple([_TERMS[type(value)](value) for value in solution])
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error


def _iter_triples(triples: ox.QueryTriples) -> Iterator[Triple]:
    """Yield triples, a failure on the way said as a failure of the query."""
    try:
        for triple in triples:
            yield _term(triple.subject), _term(triple.predicate), _term(triple.object)
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error


def _term(term: object) -> Term:
    """Return a term of Oxigraph as text."""
    said = _TERMS[type(term)](term)
    assert said is not None  # noqa: S101 - of None alone
    return said


def _literal(literal: ox.Literal) -> Text:
    """Return a literal as text, made here in half the time that a call of its class takes; answers are full of them."""
    said = str.__new__(Text, literal.value)
    said.language = literal.language or ""
    datatype = "" if said.language else literal.datatype.value
    said.datatype = "" if datatype == _STRING else datatype
    return said


_STRING = f"{XSD}string"
_TERMS: Mapping[type, Callable[[Any], Term | None]] = {
    ox.NamedNode: lambda node: Iri(node.value),
    ox.Literal: _literal,
    ox.BlankNode: lambda node: Blank(node.value),
    ox.Triple: lambda triple: Blank(str(triple)),
    type(None): lambda _: None,
}
"""Type of Oxigraph -> what says it as text; found by type, which takes a third of the time of asking for each."""


def serialize(  # noqa: PLR0913 - what is asked, and how it is written
    engine: Engine,
    text: str,
    bindings: Mapping[str, Term],
    output: BinaryIO,
    *,
    result_format: RowFormat,
    base: str = BASE,
) -> None:
    """Write the answer of a SELECT or ASK in one of SPARQL's result formats, row by row as the engine finds them.

    Raises:
        QueryError: the query fails, or makes a graph instead of rows.
    """
    result = _run(engine, text, bindings, base)
    if isinstance(result, ox.QueryTriples):
        raise QueryError("this query makes a graph: use --format turtle, jsonld or ntriples")
    if isinstance(result, ox.QueryBoolean) and result_format in ("csv", "tsv"):
        output.write(b"true\n" if result else b"false\n")
        return
    try:
        result.serialize(output, ROW_FORMATS[result_format])
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error
