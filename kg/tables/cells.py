"""The text of a cell in, the text that was meant out, with the names of what was mended on the way.

Handled: padding, NBSP and other blanks, zero-width and control characters, marks that turn the direction, decomposed
accents (NFD to NFC), double-encoded text. A character that was lost before (U+FFFD) is told and kept.
"""

import re
import unicodedata
from collections.abc import Callable

from kg.errors import TableError

_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_ZERO_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
_LINES = re.compile(r"[ \t]*(?:\r\n|[\n\r\x85\u2028\u2029])\s*")
_RUNS = re.compile(r"[ \t]{2,}|\t")
# UTF-8 read as Latin: a capital with tilde, circumflex or ring, then what a continuation byte looks like in cp1252.
_DOUBLED = re.compile(
    "[\u00c2\u00c3\u00c4\u00c5][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152"
    "\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]|\u00e2\u20ac"
)

Told = Callable[[str], None]


def tidy(cell: str, tell: Told) -> str:
    """Return what a cell says; `tell` hears the name of each thing mended. Line breaks stay, as single newlines."""
    text = cell if cell.isascii() and cell.isprintable() else _mend(cell, tell)
    stripped = text.strip()
    if len(stripped) != len(text):
        tell("padded")
    if "  " in stripped or "\t" in stripped:
        stripped = _RUNS.sub(" ", stripped)
    return stripped


def one_line(text: str) -> str:
    """Return a value without line breaks."""
    return " ".join(text.split("\n")) if "\n" in text else text


def _mend(cell: str, tell: Told) -> str:
    """Mend what is rare, one thing after the other."""
    text = cell
    if _DOUBLED.search(text):
        mended = _encode_once(text)
        if mended != text:
            tell("double-encoded")
            text = mended
    for name, pattern, instead in (
        ("zero-width character", _ZERO_WIDTH, ""),
        ("unusual blank", _BLANKS, " "),
        ("control character", _CONTROL, ""),
    ):
        text, count = pattern.subn(instead, text)
        if count:
            tell(name)
    if "\ufffd" in text:
        tell("lost character")
    composed = unicodedata.normalize("NFC", text)
    if composed != text:
        tell("decomposed accents")
    return _LINES.sub("\n", composed)


def _encode_once(text: str) -> str:
    """Undo a double encoding.

    Raises:
        TableError: the library that can is not installed; guessing without it would change what is right.
    """
    try:
        import ftfy
    except ImportError as error:
        raise TableError(
            "found double-encoded text, such as 'FÃ©dÃ©ration'; to mend it: pip install 'cooperation-kg[import]'"
        ) from error
    return ftfy.fix_encoding(text)
