"""Who was at which meeting, as two columns of numbers, and the pairs of those who shared one.

The projection of an affiliation network without its matrix product, which would lose which meetings were shared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from kg.network.edges import Floats, Ints


@dataclass(frozen=True, eq=False)
class Incidence:
    """Row k: actor `actor[k]` was at meeting `meeting[k]`; sorted by meeting, then actor; each row once."""

    meeting: Ints
    actor: Ints

    @classmethod
    def of(cls, attended: Mapping[str, Sequence[int]], place: Mapping[str, int]) -> "Incidence":
        """Sort the meetings each actor attended into rows; `place` numbers the actors."""
        many = np.fromiter((len(meetings) for meetings in attended.values()), np.int64, len(attended))
        actor = np.repeat(np.fromiter((place[name] for name in attended), np.int64, len(attended)), many)
        meeting = np.fromiter(chain.from_iterable(attended.values()), np.int64, int(many.sum()))
        keys = np.sort(meeting * max(len(place), 1) + actor)
        return cls(*divmod(keys[np.diff(keys, prepend=-1) > 0], max(len(place), 1)))

    def sizes(self, meetings: int) -> Ints:
        """Return how many actors each of so many meetings has."""
        return np.bincount(self.meeting, minlength=meetings)


@dataclass(frozen=True, eq=False)
class Shared:
    """Edge k ties `one[k]` to `other[k]`; what they share is `meeting[start[k]:start[k + 1]]`, in order."""

    one: Ints
    other: Ints
    start: Ints
    meeting: Ints

    @property
    def count(self) -> Ints:
        """How many meetings each pair shares."""
        return np.diff(self.start)

    def sum(self, values: Floats) -> Floats:
        """Sum a value of each meeting over those that a pair shares, in their order."""
        edge = np.repeat(np.arange(len(self.one)), self.count)
        return np.asarray(np.bincount(edge, values[self.meeting], len(self.one)), dtype=np.float64)


def within(rows: Incidence, actors: int) -> Shared:
    """Pair every two actors of a meeting, the lower number first; in order of pair."""
    ends = np.searchsorted(rows.meeting, rows.meeting, side="right")
    later = ends - np.arange(len(ends)) - 1  # how many of the same meeting come after each row
    one = np.repeat(np.arange(len(ends)), later)
    return _gather(rows.actor[one], rows.actor[one + 1 + _steps(later)], rows.meeting[one], actors)


def between(rows: Incidence, columns: Incidence, actors: int, own: Ints | None = None) -> Shared:
    """Pair every actor of one mode with all of the other mode at the same meeting, the lower number first.

    Row k is not paired with actor `own[k]`.
    """
    first = np.searchsorted(columns.meeting, rows.meeting, side="left")
    there = np.searchsorted(columns.meeting, rows.meeting, side="right") - first
    one = np.repeat(np.arange(len(there)), there)
    right = columns.actor[first[one] + _steps(there)]
    if own is not None:
        apart = right != own[one]
        one, right = one[apart], right[apart]
    left = rows.actor[one]
    return _gather(np.minimum(left, right), np.maximum(left, right), rows.meeting[one], actors)


def _steps(counts: Ints) -> Ints:
    """Return 0, 1, 2 ... up to each count, one run after the other."""
    return np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)


def _gather(one: Ints, other: Ints, meeting: Ints, actors: int) -> Shared:
    """Bring the meetings of each pair together."""
    keys = one * actors + other
    order = np.argsort(keys, kind="stable")  # stable: meetings stay in order
    keys = keys[order]
    fresh = np.flatnonzero(np.diff(keys, prepend=-1))
    pairs = divmod(keys[fresh], max(actors, 1))
    return Shared(*pairs, np.append(fresh, len(keys)), meeting[order])
