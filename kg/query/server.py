"""Ask a server what a query asks, and hand the answer on as Oxigraph's own types: the rest need not know."""

from io import BytesIO

import pyoxigraph as ox

from kg.errors import StoreError
from kg.prefixes import prefixes
from kg.query.guard import has_dataset_clause
from kg.query.scope import aim
from kg.remote import Remote

AnyResult = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def ask_server(remote: Remote, text: str) -> AnyResult:
    """Return a server's answer to a query whose values are bound.

    Raises:
        SyntaxError: the query does not parse; nothing has been sent.
        StoreError: the server fails, or answers what is none.
    """
    known = prefixes(remote.scope.base)
    form = ox.Store().query(text, prefixes=known)  # of nothing: parsed, and known for what it is
    from kg.remote.server import ROWS, TRIPLES

    server = remote.server
    declared = "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in known.items())
    aimed = text if has_dataset_clause(text) else aim(text, remote.scope)
    is_graph = isinstance(form, ox.QueryTriples)
    default = remote.scope.ruled if is_graph and aimed == text else ""
    answer = server.ask(f"{declared}\n{aimed}", accept=TRIPLES if is_graph else ROWS, default_graph=default)
    try:
        return _triples(answer) if is_graph else ox.parse_query_results(answer, format=ox.QueryResultsFormat.JSON)
    except (ValueError, SyntaxError) as error:
        raise StoreError(f"{server.asked_at} does not answer as SPARQL 1.1 says: {error}") from error


def _triples(answer: bytes) -> ox.QueryTriples:
    """Return the triples of an answer the way an engine would."""
    store = ox.Store()
    store.load(BytesIO(answer), ox.RdfFormat.N_TRIPLES)
    triples = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(triples, ox.QueryTriples)  # noqa: S101 - our own CONSTRUCT
    return triples
