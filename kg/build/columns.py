"""Lines of quads as they pass -> the columns of a version: the facts of the default graph that measures read."""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeAlias

import numpy as np

from kg.columns import CLASSES, PROPERTIES, TYPE, Columns, Rows, write_columns

_NAMES = {f"<{predicate}>": name for predicate, name in PROPERTIES.items()}
_CLASSES = frozenset(f"<{each}> ." for each in CLASSES)
_ESCAPED = re.compile(r"\\(?:u([0-9A-F]{4})|U([0-9A-F]{8})|(.))")
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_END = " ."
_NEVER = ("claim", "evidence", "tie")  # of which no property is kept, and which are most of a build


_Numbers: TypeAlias = "defaultdict[str, array[int]]"
"""Column -> subject, object, subject, object ..."""


class ColumnBuilder:
    """Numbers terms as they come; memory grows with their number, some 200 bytes each."""

    def __init__(self, base: str, before: Columns | None = None) -> None:
        """Start from nothing, or from the columns of another version; `base` is where the collection's things live."""
        self._passed_over = tuple(f"<{base}{kind}/".encode() for kind in _NEVER)
        self._numbers: dict[str, int] = {}
        self._rows: _Numbers = defaultdict(partial(array, "i"))
        self._gone: _Numbers = defaultdict(partial(array, "i"))
        if before:
            self._numbers = {term: number for number, term in enumerate(before.terms)}
            for name in before.names:
                self._rows[name].frombytes(before.rows(name).T.tobytes())

    def passing(self, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield blocks of lines as they are, once their facts are taken."""
        for block in blocks:
            if not block.startswith(self._passed_over):
                self.add(block.decode().split("\n")[:-1])
            yield block

    def add(self, lines: Iterable[str]) -> None:
        """Take the facts of lines."""
        _take(lines, self._numbers, self._rows)

    def drop(self, lines: Iterable[str]) -> None:
        """Take out the facts of lines."""
        _take(lines, self._numbers, self._gone)

    def write(self, path: Path) -> None:
        """Write what was taken and not taken out."""
        rows = {name: self._left(name, _pairs(found)) for name, found in self._rows.items()}
        write_columns(path, list(self._numbers), rows)

    def _left(self, name: str, rows: Rows) -> Rows:
        """Return the rows of a column that were not taken out."""
        if name not in self._gone:
            return rows
        keys, gone = (
            each[0].astype(np.int64) * len(self._numbers) + each[1] for each in (rows, _pairs(self._gone[name]))
        )
        return rows[:, ~np.isin(keys, gone)]


def _pairs(numbers: "array[int]") -> Rows:
    """Return subjects above objects."""
    return np.array(numbers, np.int32).reshape(-1, 2).T


def _take(lines: Iterable[str], numbers: dict[str, int], rows: _Numbers) -> None:
    """Number the subject and object of each fact that is kept, and note them under its column."""
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        name = _NAMES.get(predicate)
        if name is None or (name == TYPE and rest not in _CLASSES):
            continue
        if rest[0] == "<":
            value, tail = rest[1:-3], rest[rest.index(">") + 1 :]
        else:
            close = rest.rindex('"')
            value, tail = rest[1:close], rest[close + 1 :]
            if tail[0] == "@":
                tag, _, tail = tail.partition(" ")
                name, tail = name + tag, f" {tail}"
            elif tail[0] == "^":
                tail = tail[tail.index(">") + 1 :]
            value = _ESCAPED.sub(_plain, value) if "\\" in value else value
        if tail != _END:  # of a named graph
            continue
        found = rows[name]
        found.append(numbers.setdefault(subject[1:-1], len(numbers)))
        found.append(numbers.setdefault(value, len(numbers)))


def _plain(escaped: "re.Match[str]") -> str:
    """Return the character that an escape of N-Quads stands for."""
    code = escaped[1] or escaped[2]
    return chr(int(code, 16)) if code else _PLAIN.get(escaped[3], escaped[3])
