"""What records say of each other as columns of numbers on disk, compared a part of them at a time.

So memory does not grow with their number. An id is a hash of 64 bits. A dangling reference passes when it has the hash
of another id: with a million records, at odds of one in some 10^13. Two records that seem to share an id are looked
at again.
"""

import tempfile
from array import array
from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.int64]
_HELD = 64 * 1024
_LONGEST = 1000
MOST = 256 * 1024
"""Rows that are held at once, about: more of them are looked at in parts."""


class _Salts(dict[str, int]):
    """A number for each namespace, so that one word is another id in each."""

    def __missing__(self, namespace: str) -> int:
        """Make the number of a namespace not met before."""
        salt = self[namespace] = hash(f"{namespace}:")
        return salt


_SALTS = _Salts()


def number_of(namespace: str, name: str) -> int:
    """Return the number of an id, the same all through this process."""
    return hash(name) ^ _SALTS[namespace]


class Part(NamedTuple):
    """The numbers whose last bits are the same: a hash is in each part as likely as in another."""

    number: int
    mask: int

    def holds(self, numbers: Numbers) -> npt.NDArray[np.bool_]:
        """Say of each number whether it is in this part."""
        found: npt.NDArray[np.bool_] = (numbers & self.mask) == self.number
        return found


class Rows:
    """Rows of a few numbers each, added one after the other and read back in chunks; most of them lie on disk."""

    def __init__(self, width: int) -> None:
        """Start without rows."""
        self._width = width
        self._held = array("q")
        self._written = 0
        self._file: IO[bytes] | None = None

    def __len__(self) -> int:
        """Return how many rows there are."""
        return (self._written + len(self._held)) // self._width

    def add(self, numbers: Iterable[int]) -> None:
        """Add one row, or several end to end."""
        self._held.extend(numbers)
        self._put_aside()

    def add_columns(self, *columns: npt.NDArray[np.generic]) -> None:
        """Add rows, given a column after the other."""
        self._held.frombytes(np.stack(columns, axis=1).astype(np.int64).tobytes())
        self._put_aside()

    def _put_aside(self) -> None:
        """Hold no more than a little."""
        if len(self._held) >= _HELD:
            self._file = self._file or tempfile.TemporaryFile()  # noqa: SIM115 - closed with this
            self._file.write(self._held)
            self._written += len(self._held)
            self._held = array("q")

    def chunks(self, part: Part | None = None) -> Iterator[Numbers]:
        """Yield all rows, or those whose first number is in a part: some thousands at a time, columns first."""
        for data in self._read():
            rows = np.frombuffer(data, dtype=np.int64).reshape(-1, self._width)
            yield (rows[part.holds(rows[:, 0])] if part and part.mask else rows).T

    def _read(self) -> Iterator["bytes | array[int]"]:
        """Yield what lies on disk, then what is held."""
        if self._file:
            self._file.seek(0)
            while data := self._file.read(_HELD * 8 * self._width):
                yield data
        yield self._held

    def of(self, part: Part) -> Numbers:
        """Return the rows whose first number is in a part, columns first."""
        return np.concatenate(list(self.chunks(part)), axis=1)

    def close(self) -> None:
        """Give up what lies on disk."""
        if self._file:
            self._file.close()


def parts(rows: Rows) -> Iterator[Part]:
    """Yield the parts in which these rows, and what is compared with them by its first number, are looked at."""
    count = 1 << ((len(rows) - 1) // MOST).bit_length() if len(rows) else 1
    return (Part(number, count - 1) for number in range(count))


class Known:
    """The ids of a part, each with a day of its record and its place in the order read."""

    def __init__(self, ids: Rows, part: Part) -> None:
        """Sort what was noted of each record: id, day, place."""
        numbers, days, places = ids.of(part)
        order = np.argsort(numbers)
        self._numbers, self._days, self._places = numbers[order], days[order], places[order]

    def are_apart(self) -> bool:
        """Say whether no two records share an id."""
        return not bool((self._numbers[1:] == self._numbers[:-1]).any())

    def _find(self, wanted: Numbers) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Return where each number stands among the sorted, and whether it does."""
        at = np.searchsorted(self._numbers, wanted)
        at[at == len(self._numbers)] = 0
        return at, self._numbers[at] == wanted if len(self._numbers) else np.zeros(len(wanted), dtype=np.bool_)

    def knows(self, wanted: Numbers) -> npt.NDArray[np.bool_]:
        """Say of each number whether it is an id's."""
        return self._find(wanted)[1]

    def places_of(self, wanted: Numbers) -> npt.NDArray[np.int64]:
        """Return the place of each record in the order read; of what is unknown, -1: nobody waits for it."""
        return self._noted(self._places, wanted, -1)

    def days_of(self, wanted: Numbers, *, absent: int) -> npt.NDArray[np.int64]:
        """Return the day noted of each record; `absent` for those without one."""
        days = self._noted(self._days, wanted, 0)
        return np.where(days == 0, absent, days)

    def _noted(self, column: Numbers, wanted: Numbers, absent: int) -> npt.NDArray[np.int64]:
        """Return what a column says of each number."""
        at, found = self._find(wanted)
        return np.where(found, column[at], np.int64(absent)) if len(column) else np.full(len(wanted), absent)


def are_no_circle(links: Rows) -> bool:
    """Say whether no chain of links (the place led to, the place led from) leads back; too long a chain is a no.

    Links that all lead to what was read before are no circle. Of others, those that lead to an end are taken
    away, again and again: these alone are held at once, 8 bytes each.
    """
    if all((ends < starts).all() for ends, starts in links.chunks()):
        return True
    ends, starts = np.concatenate([rows.astype(np.int32) for rows in links.chunks()], axis=1)
    for _ in range(_LONGEST):
        if not len(starts):
            return True
        going = np.isin(ends, starts)
        starts, ends = starts[going], ends[going]
    return False


def all_have_one(found: Rows) -> bool:
    """Say whether every number has a row, of (number, whether it is one), that is one."""
    for part in parts(found):
        numbers, is_one = found.of(part)
        if not np.isin(numbers[is_one == 0], numbers[is_one == 1]).all():
            return False
    return True
