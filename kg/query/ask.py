"""Ask whatever can be asked, an Oxigraph store or an rdflib dataset, in terms that are text."""

from collections.abc import Mapping

from kg.errors import QueryError
from kg.prefixes import BASE
from kg.query.engine import Answered
from kg.query.engine import evaluate as _evaluate
from kg.store import Source, engine_of
from kg.values import Iri, Term

_TOLD = "ASK { { ?thing ?p ?o } UNION { ?s ?p ?thing } UNION { GRAPH ?g { ?thing ?p ?o } } }"


def ask(source: Source, text: str, bindings: Mapping[str, Term] | None = None, *, base: str = BASE) -> Answered:
    """Answer a SPARQL 1.1 query; our prefixes are preset, and values are bound, never pasted.

    Raises:
        QueryError: the query does not parse, is refused, or fails.
    """
    engine = engine_of(source)
    if engine is not None:
        return _evaluate(engine, text, bindings or {}, base)
    from kg.query import second

    return second.evaluate(source, text, bindings or {}, base)  # type: ignore[arg-type] # an engine is its own


def ask_recipe(source: Source, name: str, /, *, base: str = BASE, **given: str) -> Answered:
    """Answer a shipped question by name (`cq03` or `cq03-...`), its parameters given as text.

    Raises:
        QueryError: there is no such recipe, or a parameter does not fit.
    """
    from kg.query.recipes import find_recipe

    recipe = find_recipe(name)
    bindings = recipe.bind(given, base=base)
    require_known(source, {key: bindings[key] for key in given}, base=base)
    return ask(source, recipe.text, bindings, base=base)


def require_known(source: Source, bindings: Mapping[str, Term], *, base: str = BASE) -> None:
    """Refuse a value that names a thing no graph tells of: the answer would be empty, and say nothing.

    Raises:
        QueryError: there is no such thing.
    """
    for name, term in bindings.items():
        if isinstance(term, Iri) and not ask(source, _TOLD, {"thing": term}, base=base).truth:
            from kg.iris import to_curie

            raise QueryError(f"parameter {name}: nothing is known of {to_curie(term, base=base)}")
