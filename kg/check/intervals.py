"""Intervals of days, each of somebody or something, as columns of numbers: which of them meet.

Days are ordinals. A day of no date is `FIRST`, or `LAST`: before and after all others.
"""

import numpy as np
import numpy.typing as npt

from kg.check.columns import Numbers

FIRST, LAST = 0, 2**22 - 1
_DAYS = LAST + 1
"""Above `date.max.toordinal()`: a key's rank and a day make one number."""


class Intervals:
    """Intervals looked up by key and days. Of those of a key that start by a day, one that ends last is known."""

    def __init__(self, keys: Numbers, first: Numbers, last: Numbers) -> None:
        """Sort intervals by key and first day; both of their days are included, the first is not after the last."""
        order = np.lexsort((first, keys))
        self._keys, ranks = np.unique(keys[order], return_inverse=True)
        base = ranks.astype(np.int64) * _DAYS
        self._starts = base + first[order]
        self._reach = np.maximum.accumulate(base + last[order])

    def meet(self, keys: Numbers, first: Numbers, last: Numbers) -> npt.NDArray[np.bool_]:
        """Say of each key and days whether one of the key's starts by the last, and ends on the first or later."""
        if not len(self._keys):
            return np.zeros(len(keys), dtype=np.bool_)
        ranks = np.searchsorted(self._keys, keys)
        ranks[ranks == len(self._keys)] = 0
        at = np.searchsorted(self._starts, ranks * _DAYS + last, side="right") - 1
        # What an earlier key reaches is less than any day of this one.
        reached: npt.NDArray[np.bool_] = (at >= 0) & (self._reach[at] >= ranks * _DAYS + first)
        reached &= self._keys[ranks] == keys
        return reached

    def overlap(self) -> bool:
        """Say whether two intervals of one key share a day."""
        return bool((self._reach[:-1] >= self._starts[1:]).any())


def surely_overlap(keys: Numbers, begun: Numbers, over: Numbers) -> bool:
    """Say whether two spells of one key share days whatever their dates mean; a day of handing over may be shared.

    A spell has begun on a day and is not over before another. Of a spell within one year, given as that year, no day
    is sure: it has begun by the last and may be over on the first. Such a one shares days with another that has
    begun before and is over after it.
    """
    is_sure = begun < over
    sure = Intervals(keys[is_sure], begun[is_sure], over[is_sure] - 1)
    return sure.overlap() or bool(sure.meet(keys[~is_sure], begun[~is_sure], over[~is_sure] - 1).any())
