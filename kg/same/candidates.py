"""Find the few pairs of records worth comparing among very many, without comparing all with all.

Records meet in blocks: those that share a sound, the first letters of their words, an acronym. A block that is
too large is divided by the next word; what is still too large is sorted, and neighbours are compared. Inside
a block rapidfuzz compares everything at once and keeps what is roughly alike.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from kg.same.names import Name

LARGEST = 150
"""Names in a block that are still compared all with all."""
WINDOW = 20
"""Neighbours each name is compared with in a block larger than that."""
_ROUGH = 55
_FEW = 6

_UNLIKE = frozenset({"acronym", "number"})
"""What names have in common that need not look alike."""

Key = tuple[str, Hashable]
Named = tuple[int, Name]
"""The index of a record, and one of its names."""


def candidate_pairs(names: Sequence[Named]) -> list[tuple[int, int]]:
    """Return pairs of record indexes, smaller first, sorted."""
    blocks: dict[Key, list[Named]] = defaultdict(list)
    for named in names:
        for key in dict.fromkeys(_keys(named[1])):
            blocks[key].append(named)
    pairs: set[tuple[int, int]] = set()
    for key, block in blocks.items():
        if len(block) > 1:
            pairs.update(_within(key, block))
    return sorted(pairs)


def _keys(name: Name) -> Iterator[Key]:
    """Yield the blocks that a name belongs to."""
    strong = [heard for weight, heard in zip(name.weights, name.sounds, strict=True) if weight == 1]
    yield "whole", "".join(sorted("".join(name.sounds)))
    for heard in strong:
        yield "word", heard
    if len(strong) > 1:
        yield "starts", tuple(sorted(heard[:2] for heard in strong))
        yield "bones", tuple(sorted(name.skeletons))
    for number in sorted(name.numbers):
        yield "number", number
    if len(name.initials) > 2:  # noqa: PLR2004 - shorter ones make no acronym
        yield "acronym", name.initials
    if len(name.words) == 1:
        yield "acronym", name.words[0]


def _within(key: Key, block: list[Named]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of one block that are roughly alike."""
    if len(block) <= LARGEST:
        yield from _all(block) if key[0] in _UNLIKE else _alike(block)
        return
    parts: dict[str, list[Named]] = defaultdict(list)
    for named in block:
        rest = [heard for heard in named[1].sounds if ("word", heard) != key]
        for heard in {heard[:3] for heard in rest}:
            parts[heard].append(named)
    for part in parts.values():
        if len(part) <= LARGEST:
            yield from _alike(part)
        else:
            yield from _neighbours(part)
    yield from _neighbours(block)


def _all(block: list[Named]) -> Iterator[tuple[int, int]]:
    """Yield every pair."""
    for place, (i, _) in enumerate(block):
        yield from (_ordered(i, j) for j, _ in block[place + 1 :] if i != j)


def _alike(block: list[Named]) -> Iterator[tuple[int, int]]:
    """Yield the pairs whose telling words sound roughly the same; a small block goes through whole."""
    if len(block) <= _FEW:
        yield from _all(block)
        return
    texts = [name.core for _, name in block]
    table = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=_ROUGH, dtype=np.uint8)
    for a, b in np.argwhere(np.triu(table, 1)).tolist():
        if block[a][0] != block[b][0]:
            yield _ordered(block[a][0], block[b][0])


def _neighbours(block: list[Named]) -> Iterator[tuple[int, int]]:
    """Yield each name with those that follow it in order."""
    ordered = sorted(block, key=lambda named: (named[1].sorted_text, named[0]))
    for place, (i, name) in enumerate(ordered):
        for j, other in ordered[place + 1 : place + 1 + WINDOW]:
            if i != j and fuzz.ratio(name.sorted_text, other.sorted_text, score_cutoff=_ROUGH):
                yield _ordered(i, j)


def _ordered(i: int, j: int) -> tuple[int, int]:
    """Put the smaller index first."""
    return (i, j) if i < j else (j, i)
