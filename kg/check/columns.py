"""What records say of each other as columns of numbers, so that a million of them can be compared in little memory.

An id is a hash of 64 bits. A dangling reference passes when it has the hash of another id: with a million records,
at odds of one in some 10^13. Two records that seem to share an id are looked at again.
"""

import tempfile
from array import array
from collections.abc import Iterable, Iterator
from typing import IO, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.int64]
_HELD = 64 * 1024
_LONGEST = 1000


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


class Rows:
    """Rows of a few numbers each, added one after the other and read back in chunks; most of them lie on disk."""

    def __init__(self, width: int) -> None:
        """Start without rows."""
        self._width = width
        self._held = array("q")
        self._file: IO[bytes] | None = None

    def add(self, numbers: Iterable[int]) -> None:
        """Add one row, or several end to end."""
        self._held.extend(numbers)
        if len(self._held) >= _HELD:
            self._file = self._file or tempfile.TemporaryFile()  # noqa: SIM115 - closed with this
            self._file.write(self._held.tobytes())
            self._held = array("q")

    def chunks(self) -> Iterator[Numbers]:
        """Yield all rows, some thousands at a time, a column after the other."""
        if self._file:
            self._file.seek(0)
            while data := self._file.read(_HELD * 8 * self._width):
                yield np.frombuffer(data, dtype=np.int64).reshape(-1, self._width).T
        yield np.frombuffer(self._held, dtype=np.int64).reshape(-1, self._width).T

    def close(self) -> None:
        """Give up what lies on disk."""
        if self._file:
            self._file.close()


class Known:
    """Every id with a day of its record: looked up by number once all have been read."""

    def __init__(self, ids: "array[int]", days: "array[int]") -> None:
        """Sort what was noted of each record, in the order read."""
        numbers = np.frombuffer(ids, dtype=np.int64)
        self.places = np.argsort(numbers).astype(np.int32)  # half the memory; two thousand million will do
        self.numbers = numbers[self.places]
        self._days = np.frombuffer(days, dtype=np.int32)

    def are_apart(self) -> bool:
        """Say whether no two records share an id."""
        return not bool((self.numbers[1:] == self.numbers[:-1]).any())

    def _find(self, wanted: Numbers) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Return where each number stands among the sorted, and whether it does."""
        at = np.searchsorted(self.numbers, wanted)
        at[at == len(self.numbers)] = 0
        return at, self.numbers[at] == wanted if len(self.numbers) else np.zeros(len(wanted), dtype=np.bool_)

    def knows(self, wanted: Numbers) -> npt.NDArray[np.bool_]:
        """Say of each number whether it is an id's."""
        return self._find(wanted)[1]

    def places_of(self, wanted: Numbers) -> npt.NDArray[np.int64]:
        """Return the place of each record in the order read; of what is unknown, -1: nobody waits for it."""
        at, found = self._find(wanted)
        return np.where(found, self.places[at], np.int64(-1))

    def days_of(self, wanted: Numbers, *, absent: int) -> npt.NDArray[np.int64]:
        """Return the day noted of each record; `absent` for those without one."""
        at, found = self._find(wanted)
        days = np.where(found, self._days[self.places[at]].astype(np.int64), 0)
        return np.where(days == 0, absent, days)


def are_no_circle(links: Rows, known: Known) -> bool:
    """Say whether no chain of links (the number led to, the place led from) leads back; too long a chain is a no.

    Links that all lead to what was read before are no circle. Of others, those that lead to an end are taken
    away, again and again.
    """
    if all((known.places_of(rows[0]) < rows[1]).all() for rows in links.chunks()):
        return True
    steps = [(rows[1], known.places_of(rows[0])) for rows in links.chunks()]
    starts, ends = (np.concatenate(column) for column in zip(*steps, strict=True))
    for _ in range(_LONGEST):
        if not len(starts):
            return True
        going = np.isin(ends, starts)
        starts, ends = starts[going], ends[going]
    return False
