"""A query as tokens: enough of SPARQL's words to tell names from strings, IRIs and comments."""

import re
from collections.abc import Iterator
from functools import cache

# SPARQL 1.1, section 19.2: codepoint escapes may stand anywhere and are read before anything else.
_CODEPOINT = r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})"
_LOCAL = r"(?:\\.|[\w.:%\-\u00b7\u0300-\u036f\u203f\u2040])*+"
_IRI = r"""[^<>"{}|^`\\\x00-\x20]*"""
# Possessive and bounded, so that no text takes longer than its length to read.
_TOKEN = rf"""
      (?P<string>'{{3}}(?:\\.|(?!'{{3}}).)*+'{{3}}|"{{3}}(?:\\.|(?!"{{3}}).)*+"{{3}}
        |'(?:\\.|[^'\\\n\r])*+'|"(?:\\.|[^"\\\n\r])*+")
    | (?P<unclosed>['"])
    | (?P<iri><{_IRI}>)
    | (?P<comment>\#[^\n\r]*)
    | (?P<name>[?$@]\w+|(?:[^\W\d][\w.\-]{{0,200}}+)?:{_LOCAL}|(?!\d)\w+)
    | (?P<number>\d+(?:\.\d*)?(?:[eE][+\-]?\d+)?)
    | (?P<open>[({{\[])
    | (?P<close>[)}}\]])
    | (?P<sign>(?:[!+\-^/|&=>*]|<(?!{_IRI}>))+)
    """


@cache
def _token() -> re.Pattern[str]:
    """Compile the pattern when a text is first read by it, for that takes longer than to answer a short question."""
    return re.compile(_TOKEN, re.VERBOSE | re.DOTALL)


def iter_tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield the tokens of a query; `lastgroup` says of which sort each is, the text between them is blank."""
    return _token().finditer(text)


def decoded(text: str) -> str:
    """Return a query with its codepoint escapes read, as an engine reads them before anything else."""
    return re.sub(_CODEPOINT, _character, text) if "\\" in text else text


def has_structural_escape(text: str) -> bool:
    """Say whether a codepoint escape stands for an ASCII character, or for no character at all.

    Engines differ in when they read the escape of a quote: what ends a string for one is text to
    another, and each sees another query. Letters of other scripts end no string and begin no keyword.
    """
    return any(_character(match) == match[0] or _character(match).isascii() for match in re.finditer(_CODEPOINT, text))


def _character(match: re.Match[str]) -> str:
    """Return the character an escape stands for; the escape itself when it is for half of one, or none."""
    try:
        character = chr(int(match[1] or match[2], 16))
        character.encode()
    except (ValueError, OverflowError):
        return match[0]
    return character
