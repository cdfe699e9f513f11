"""What an edge says of the meetings behind it: how many, which, and over which days."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from kg.network.edges import Floats, Ints
from kg.network.incidence import Shared
from kg.network.window import Counted

_NEVER = date.max.toordinal() + 1


def facts_of(
    shared: Shared, weight: Floats, counted: Counted, sharing: str, *, whole: bool
) -> Sequence[Mapping[str, Any]]:
    """Return the attributes of each edge: `weight`, `count`, what is shared and, where a date is known, the days."""
    day = cache(lambda number: date.fromordinal(number).isoformat())
    firsts, lasts = _days(shared, counted)
    found = []
    for edge, (start, end) in enumerate(pairwise(shared.start.tolist())):
        names = tuple(counted.names[meeting] for meeting in shared.meeting[start:end].tolist())
        facts: dict[str, Any] = {
            "weight": int(weight[edge]) if whole else float(weight[edge]),
            "count": end - start,
            sharing: names,
        }
        if firsts[edge] != _NEVER:
            facts |= {"first": day(int(firsts[edge])), "last": day(int(lasts[edge]))}
        found.append(facts)
    return found


def _days(shared: Shared, counted: Counted) -> tuple[Ints, Ints]:
    """Return the first and last day of each edge as ordinals, over the meetings of which both are known."""
    if not len(shared.meeting):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    known = [
        (each.earliest.toordinal(), each.latest.toordinal()) if each.earliest and each.latest else (_NEVER, 0)
        for each in counted.meetings
    ]
    first, last = np.array(known, dtype=np.int64).T
    starts = shared.start[:-1]
    return np.minimum.reduceat(first[shared.meeting], starts), np.maximum.reduceat(last[shared.meeting], starts)
