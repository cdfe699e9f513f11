"""Who sat with whom, drawn again: everyone as often as before, every meeting as large.

In a trade two meetings put together whoever is at only one of them, and deal them out again by lot, each as many as
before. In a global trade every meeting trades once, with a partner drawn by lot: a few sorts for thousands of steps.
Repeated, every arrangement comes up as often as any other.

Sources: Strona et al. (2014), Nature Communications 5, 4114, and Carstens (2015), Physical Review E 91, 042812, for
trades; Carstens, Hamann, Meyer, Penschuck, Tran and Wagner (2018), Parallel and I/O-efficient randomisation of
massive networks using global curveball trades, ESA 2018, for global ones.
"""

from collections.abc import Iterator

import numpy as np

from kg.network.edges import Ints
from kg.network.incidence import Incidence

_TRADES = 5  # per meeting and draw; Strona et al. find the draw even from there


def shuffles(rows: Incidence, meetings: int, draws: int, seed: int) -> Iterator[Incidence]:
    """Yield so many arrangements with the same attendance, each traded on from the one before."""
    chance = np.random.default_rng(seed)
    pairs = meetings // 2
    rounds = -(-_TRADES * meetings // pairs) if pairs and len(rows.actor) else 0
    for _ in range(draws):
        for _ in range(rounds):
            rows = _trade(rows, chance.permutation(meetings), chance)
        order = np.argsort(rows.meeting * (rows.actor.max(initial=0) + 1) + rows.actor)
        rows = Incidence(rows.meeting[order], rows.actor[order])
        yield rows


def _trade(rows: Incidence, order: Ints, chance: np.random.Generator) -> Incidence:
    """Let the first meeting in order trade with the second, the third with the fourth, and so on; rows in any order."""
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    actors = int(rows.actor.max(initial=0)) + 1
    # A row is an actor at a place; places 2k and 2k + 1 are the two sides of trade k.
    at = place[rows.meeting]
    by_actor = np.argsort(at // 2 * actors + rows.actor)
    at, actor = at[by_actor], rows.actor[by_actor]
    twin = (at[1:] // 2 == at[:-1] // 2) & (actor[1:] == actor[:-1])  # at both meetings: stays at both
    free = np.flatnonzero(~(np.append(twin, False) | np.insert(twin, 0, False)))
    trade = at[free] // 2
    dealt = free[np.argsort(trade + chance.random(len(free)), kind="stable")]
    # Trades stay in order, so the sorted sides of each say how many cards go to which.
    actor[free], at[free] = actor[dealt], np.sort(at[free])
    return Incidence(order[at], actor)
