"""A text and a quote in, the passage that says it out, in offsets of the text as it is.

Two texts say the same when they are equal once each is *folded*:

1. Unicode compatibility composition (NFKC): full-width and half-width forms, ligatures, no-break spaces.
2. Invisible characters are dropped: soft hyphens, zero-width spaces and joiners, byte order and direction marks.
3. Quotation marks and dashes of every kind become `"`, `'` and `-`: editors and sites change them at will.
4. A run of white space, newlines included, becomes one space; between two characters of a script that is written
   without spaces (Han, kana) it vanishes, for there it is only a line that was broken; at both ends it is dropped.

Case, letters, digits and every other sign must be the same. Folding keeps, for each of its characters, where it
came from, so that a passage is told by its place in the original text.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz


def _characters(*ranges: str) -> frozenset[str]:
    """Return the characters of ranges of code points, such as `2018-201B`."""
    bounds = (part.partition("-") for part in ranges)
    return frozenset(chr(code) for low, _, high in bounds for code in range(int(low, 16), int(high or low, 16) + 1))


_INVISIBLE = _characters("00AD", "180E", "200B-200F", "202A-202E", "2060-2064", "2066-2069", "FE00-FE0F", "FEFF")
_ALIKE = {
    **dict.fromkeys(_characters("00AB", "00BB", "201C-201F", "301D-301F"), '"'),
    **dict.fromkeys(_characters("2018-201B", "2032", "2035", "2039-203A", "0060"), "'"),
    **dict.fromkeys(_characters("2010-2015", "2043", "2212"), "-"),
}
_LONGEST = 30
"""Marks on one character that are read as one: more are noise (UAX 15, Stream-Safe Text Format)."""


@dataclass(frozen=True)
class Passage:
    """A stretch of the original text: `text[start:end]`, its first line (from 1), and how alike it is, 0 to 100."""

    start: int
    end: int
    line: int
    score: float = 100.0


@dataclass(frozen=True)
class Folded:
    """A text folded, and for each character the stretch of the original it stands for."""

    text: str
    spans: tuple[tuple[int, int], ...]


def fold(text: str) -> Folded:
    """Fold a text as the module says."""
    signs = [(sign, span) for sign, span in _signs(text) if sign not in _INVISIBLE]
    signs = list(_unspaced(list(_spaced(signs))))
    return Folded("".join(sign for sign, _ in signs), tuple(span for _, span in signs))


def find_quote(text: str, quote: str) -> Passage | None:
    r"""Return where a quote stands in a text, or None; the first place when there are several.

    >>> found = find_quote("They  “will\nmeet” again.", '"will meet"')
    >>> found.start, found.end
    (6, 17)
    """
    return find_folded(fold(text), fold(quote).text, text)


def find_folded(folded: Folded, quote: str, text: str) -> Passage | None:
    """Do what `find_quote` does for a text and quote that are folded already."""
    at = folded.text.find(quote) if quote else -1
    return _passage(folded, at, at + len(quote), text, 100.0) if at >= 0 else None


def closest(folded: Folded, quote: str, text: str) -> Passage | None:
    """Return the passage most like a folded quote, widened to whole words; None when nothing is alike.

    Source: rapidfuzz, partial ratio: the best alignment of the shorter text within the longer.
    """
    found = fuzz.partial_ratio_alignment(quote, folded.text, score_cutoff=40)
    if found is None or found.dest_start == found.dest_end:
        return None
    start, end = found.dest_start, found.dest_end
    while start > 0 and folded.text[start - 1 : start + 1].isalnum():
        start -= 1
    while end < len(folded.text) and folded.text[end - 1 : end + 1].isalnum() and end - found.dest_end < len(quote):
        end += 1
    return _passage(folded, start, end, text, found.score)


def _passage(folded: Folded, start: int, end: int, text: str, score: float) -> Passage:
    """Return the original stretch of a folded one."""
    first, last = folded.spans[start][0], folded.spans[end - 1][1]
    return Passage(first, last, text.count("\n", 0, first) + 1, score)


def _signs(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each character of the text's NFKC, marks alike made one, with the stretch it comes from."""
    for start, end in pairwise(_starts(text)):
        for sign in unicodedata.normalize("NFKC", text[start:end]):
            yield _ALIKE.get(sign, sign), (start, end)


def _starts(text: str) -> Iterator[int]:
    """Yield where a stretch begins that normalises by itself, and the end of the text."""
    begin = 0
    for at, sign in enumerate(text):
        if at and (sign.isascii() or at - begin > _LONGEST or _is_apart(text[begin:at], sign)):
            yield begin
            begin = at
    if text:
        yield begin
    yield len(text)


def _is_apart(before: str, sign: str) -> bool:
    """Say whether a character leaves what stands before it as it is."""
    form = unicodedata.normalize("NFKC", before)
    return unicodedata.normalize("NFKC", before + sign) == form + unicodedata.normalize("NFKC", sign)


def _spaced(signs: list[tuple[str, tuple[int, int]]]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield signs with each run of white space as one space, none at the ends."""
    gap: tuple[int, int] | None = None
    begun = False
    for sign, span in signs:
        if sign.isspace():
            gap = (gap[0], span[1]) if gap else span
            continue
        if gap and begun:
            yield " ", gap
        yield sign, span
        begun, gap = True, None


def _unspaced(signs: list[tuple[str, tuple[int, int]]]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield signs without the spaces between two characters of a script that has none."""
    for number, (sign, span) in enumerate(signs):
        inner = sign == " " and 0 < number < len(signs) - 1
        if not (inner and _is_dense(signs[number - 1][0]) and _is_dense(signs[number + 1][0])):
            yield sign, span


def _is_dense(sign: str) -> bool:
    """Say whether a character is of a script written without spaces, or of its punctuation."""
    return (
        "\u3000" <= sign <= "\u30ff"
        or "\u3400" <= sign <= "\u9fff"
        or "\uf900" <= sign <= "\ufaff"
        or sign >= "\U00020000"
    )
