"""Look at a query before an engine does: nothing may call out, change data, or nest past what a parser survives.

Oxigraph would answer `SERVICE` over the network, and its parser dies with the whole process on deep
nesting; so words and brackets are counted first, outside strings, IRIs and comments.
"""

from kg.errors import QueryError
from kg.query.tokens import decoded, iter_tokens

MAX_LENGTH = 200_000
MAX_DEPTH = 60
MAX_RUN = 60

_REFUSED = {
    "SERVICE": "a query may not call another server (SERVICE)",
    "LOAD": "a query may not load data (LOAD)",
    "INSERT": "a query may not change data (INSERT)",
    "DELETE": "a query may not change data (DELETE)",
    "CLEAR": "a query may not change data (CLEAR)",
    "DROP": "a query may not change data (DROP)",
    "CREATE": "a query may not change data (CREATE)",
    "COPY": "a query may not change data (COPY)",
    "MOVE": "a query may not change data (MOVE)",
    "ADD": "a query may not change data (ADD)",
}


def require_safe(text: str) -> None:
    """Refuse a query that reaches out, changes data, or is nested too deeply to be parsed safely.

    Raises:
        QueryError: it is, with the reason.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the query is longer than {MAX_LENGTH:,} characters")
    if "\x00" in text:
        raise QueryError("the query holds a NUL character; is this a query file?")
    depth = run = 0
    for match in iter_tokens(decoded(text)):
        kind, token = match.lastgroup, match[0]
        depth += (kind == "open") - (kind == "close")
        run = run + len(token) if kind == "sign" else 0
        if depth > MAX_DEPTH or run > MAX_RUN:
            raise QueryError(f"the query nests more than {MAX_DEPTH} levels deep; split it")
        if kind == "name" and token.upper() in _REFUSED:
            raise QueryError(_REFUSED[token.upper()])


def has_dataset_clause(text: str) -> bool:
    """Say whether a query chooses its graphs itself, with FROM."""
    matches = iter_tokens(decoded(text))
    return any(match.lastgroup == "name" and match[0].upper() == "FROM" for match in matches)
