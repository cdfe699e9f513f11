"""Look at a query before an engine does: nothing may call out, change data, or nest past what a parser survives.

Oxigraph would answer `SERVICE` over the network, and its parser dies with the whole process on deep
nesting. It reads characters, not tokens: in `?a<?b)SERVICE#>` it finds an operator where another
reader finds an IRI. What could be read in two ways is therefore taken in the worse one.
"""

import re

from kg.errors import QueryError
from kg.query.tokens import decoded, has_structural_escape, iter_tokens

MAX_LENGTH = 200_000
MAX_DEPTH = 60
MAX_RUN = 60
MAX_PARTS = 1000
"""Groups, operators, FILTERs and BINDs together: each makes the engine's own recursion one level deeper."""

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
_PARTS = ("{", "FILTER", "BIND")
_DEEPENING = (*"([{", *"!+-^/|&=>*<", *_PARTS[1:])
"""What every level, run of signs and part of a query begins with or consists of."""
# A second look without tokens: a call wherever it stands, even in a string. Bounded, so that it stays quick.
_GAP = r"(?:\s{1,200}+|\#[^\n\r]{0,200}+[\n\r]){0,20}+"
_CALL = rf"(?i)SERVICE{_GAP}(?:SILENT{_GAP})?+(?:<[^<>\s]*+>|[?$]\w++|[\w.\-]{{0,200}}+:[^\s{{}}<>]{{0,200}}+){_GAP}\{{"


def require_safe(text: str) -> None:
    """Refuse a query that reaches out, changes data, or is nested too deeply to be parsed safely.

    Raises:
        QueryError: it is, with the reason.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the query is longer than {MAX_LENGTH:,} characters")
    if _is_plain(text):
        return
    if "\x00" in text:
        raise QueryError("the query holds a NUL character; is this a query file?")
    if has_structural_escape(text):
        raise QueryError("the query escapes an ASCII character, or half of one: write the character itself")
    source = decoded(text)
    _require_tokens(source)
    if re.search(_CALL, source):
        raise QueryError(_REFUSED["SERVICE"])


def _is_plain(text: str) -> bool:
    """Say whether a query is harmless in whatever way it is read, and so need not be read token by token.

    It is ASCII without an escape, closes its strings, has too few signs to nest too deeply, and holds no word that is
    refused, not even in a string.
    """
    if not text.isascii() or "\\" in text or "\x00" in text or text.count('"') % 2 or text.count("'") % 2:
        return False
    upper = text.upper()
    return sum(map(upper.count, _DEEPENING)) <= MAX_DEPTH and not any(map(upper.__contains__, _REFUSED))


def _require_tokens(source: str) -> None:
    """Refuse words, depth and number of parts, token by token."""
    depth = run = parts = 0
    for match in iter_tokens(source):
        kind, token = match.lastgroup, match[0]
        word = token.upper()
        depth += _deeper(kind, token)
        run = run + len(token) if kind == "sign" else 0
        parts += kind == "sign" or word in _PARTS
        if depth > MAX_DEPTH or run > MAX_RUN:
            raise QueryError(f"the query nests more than {MAX_DEPTH} levels deep; split it")
        if parts > MAX_PARTS:
            raise QueryError(f"the query has more than {MAX_PARTS:,} groups and operators; split it, or use IN")
        if kind == "unclosed":
            raise QueryError(f"the query does not parse: the string that opens with {token} is never closed")
        if reason := _refused(kind, word):
            raise QueryError(reason)


def _deeper(kind: str | None, token: str) -> int:
    """Return by how many levels a token goes down; an IRI may be operators and brackets to the engine."""
    if kind == "iri":
        before_comment = token.partition("#")[0]
        return sum(map(token.count, "([")) - sum(map(before_comment.count, ")]"))
    return (kind == "open") - (kind == "close")


def _refused(kind: str | None, word: str) -> str:
    """Return why a token is refused, or nothing; `trueSERVICE` is two words to the engine, `<?b)SERVICE#>` four."""
    before, found, _ = word.partition("SERVICE")
    if kind == "iri":
        return _REFUSED["SERVICE"] if found and ")" in before else ""
    if kind != "name" or word[0] in "?$@" or ":" in word:
        return ""
    return _REFUSED.get(found or word, "")


def has_dataset_clause(text: str) -> bool:
    """Say whether a query chooses its graphs itself, with FROM."""
    matches = iter_tokens(decoded(text))
    return any(match.lastgroup == "name" and match[0].upper() == "FROM" for match in matches)
