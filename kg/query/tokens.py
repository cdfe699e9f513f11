"""A query as tokens: enough of SPARQL's words to tell names from strings, IRIs and comments."""

import re
from collections.abc import Iterator

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


def iter_tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield the tokens of a query; `lastgroup` says of which sort each is, the text between them is blank."""
    return _TOKEN.finditer(text)


def decoded(text: str) -> str:
    """Return a query with its codepoint escapes read, as an engine reads them before anything else."""
    return _CODEPOINT.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    """Return the character an escape stands for."""
    try:
        return chr(int(match[1] or match[2], 16))
    except (ValueError, OverflowError):
        return match[0]
