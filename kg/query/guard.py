"""Look at a query before an engine does: nothing may call out, change data, or nest past what a parser survives.

Oxigraph would answer `SERVICE` over the network, and its parser dies with the whole process on deep
nesting; so words and brackets are counted first, outside strings, IRIs and comments.
"""

import re

from kg.errors import QueryError

MAX_LENGTH = 200_000
MAX_DEPTH = 60
MAX_RUN = 60

# SPARQL 1.1, section 19.2: codepoint escapes may stand anywhere and are read before anything else.
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""
      (?P<string>'{3}(?:\\.|(?!'{3}).)*'{3}|"{3}(?:\\.|(?!"{3}).)*"{3}
        |'(?:\\.|[^'\\\n\r])*'|"(?:\\.|[^"\\\n\r])*")
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<comment>\#[^\n\r]*)
    | (?P<name>[?$@]\w+|(?:\w[\w.\-]*)?:(?:\\.|[^\s(){}\[\],;"'<>|^\\])*|\w+)
    | (?P<open>[({\[])
    | (?P<close>[)}\]])
    | (?P<sign>[!+\-^/|&=<>*]+)
    """,
    re.VERBOSE | re.DOTALL,
)
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
    for match in _TOKEN.finditer(_CODEPOINT.sub(_character, text)):
        kind, token = match.lastgroup, match[0]
        depth += (kind == "open") - (kind == "close")
        run = run + len(token) if kind == "sign" else 0
        if depth > MAX_DEPTH or run > MAX_RUN:
            raise QueryError(f"the query nests more than {MAX_DEPTH} levels deep; split it")
        if kind == "name" and token.upper() in _REFUSED:
            raise QueryError(_REFUSED[token.upper()])


def _character(match: re.Match[str]) -> str:
    """Return the character an escape stands for."""
    try:
        return chr(int(match[1] or match[2], 16))
    except (ValueError, OverflowError):
        return match[0]


def has_dataset_clause(text: str) -> bool:
    """Say whether a query chooses its graphs itself, with FROM."""
    matches = _TOKEN.finditer(_CODEPOINT.sub(_character, text))
    return any(match.lastgroup == "name" and match[0].upper() == "FROM" for match in matches)
