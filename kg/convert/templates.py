"""The lines of all records of one shape, worked out once for a stand-in and filled with the texts of each.

Texts that differ never make one line or one subject, and which texts are the same is part of a shape (`kg.outline`):
so a template has every line and subject of each record it is filled for, whatever the texts say.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from kg.convert.facts import Settings
from kg.outline import MOST, Shape, marks, outline, place_of, split_marks, stand_in
from kg.records import Record
from kg.values import is_special, quoted

_MOST = 4096
# A claimed value is read again, as one of the record; a ruling is told with its field in one text.
_UNLIKE = frozenset({"claims", "rulings"})


class Block(NamedTuple):
    """The lines of one subject in pieces, every other one a text: which ones, and whether they decide the order."""

    pieces: list[str]
    pick: Callable[[Sequence[str]], tuple[str, ...]]
    is_loose: bool

    def fill(self, texts: Sequence[str]) -> str:
        """Return the lines with these texts in place, sorted."""
        pieces = self.pieces.copy()
        pieces[1::2] = self.pick(texts)
        text = "".join(pieces)
        if not self.is_loose:
            return text
        lines = text.split("\n")
        lines.pop()
        lines.sort()
        return "\n".join([*lines, ""])


class Templates:
    """Tells the blocks of lines of records, from the third of a shape on by a template.

    The first is told as it is, because shapes that stand alone are many where records are few; the second is told
    once for itself and once for its stand-in. A full memory is emptied.
    """

    def __init__(self, tell: Callable[[Record, Settings], list[str]], settings: Settings) -> None:
        """Take what tells the lines of any record: a text per subject, its lines sorted, each once."""
        self._tell = tell
        self._settings = settings
        self._shared = settings.shared_sectors
        self._made: dict[Shape, list[Block] | None] = {}

    def lines(self, record: Record) -> list[str]:
        """Return the lines of a record, a text per subject."""
        shape, texts = outline(record)
        if not self._shared.isdisjoint(texts):
            shape += tuple(place for place, text in enumerate(texts) if text in self._shared)
        blocks = self._made.get(shape)
        if blocks is None:
            self._meet(shape, record, texts)
            return self._tell(record, self._settings)
        if is_special("".join(texts)):
            texts = [quoted(text)[1:-1] for text in texts]
        return [block.fill(texts) for block in blocks]

    def _meet(self, shape: Shape, record: Record, texts: Sequence[str]) -> None:
        """Remember a shape, and make its template when it was met before."""
        if len(self._made) >= _MOST:
            self._made.clear()
        if shape in self._made and len(texts) <= MOST and _UNLIKE.isdisjoint(shape):
            named = marks(texts)
            shared = frozenset(mark for mark, text in zip(named, texts, strict=True) if text in self._shared)
            blocks = self._tell(stand_in(record, named), replace(self._settings, shared_sectors=shared))
            self._made[shape] = [_block(lines) for lines in blocks]
        else:
            self._made[shape] = None


def _block(lines: str) -> Block:
    """Make the template of a subject's lines, in which marks stand for texts."""
    pieces = [sys.intern(piece) for piece in split_marks(lines)]  # the same stand in most templates
    apart = [split_marks(line) for line in lines.splitlines(keepends=True)]
    is_loose = not all(_is_settled(one, other) for one, other in pairwise(apart))
    return Block(pieces, itemgetter(*map(place_of, pieces[1::2])), is_loose)


def _is_settled(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether the order of two lines is settled before a text decides: what stands there is no mark."""
    turn = next((turn for turn, (piece, its) in enumerate(zip(one, other, strict=False)) if piece != its), 1)
    return turn % 2 == 0 and not one[turn].startswith(other[turn]) and not other[turn].startswith(one[turn])
