"""What chance would make of it: scores under a null model that keeps who was how often where.

The null model is the two-mode configuration model: every official keeps the number of meetings, every
meeting its size, and who sat with whom is drawn again. The projection is then made and measured as the real
one was. A score that such networks reach often is owed to attendance, not to position.

Sources: Newman, Strogatz and Watts (2001), Physical Review E 64, 026118, for the null model; Strona et al. (2014),
Nature Communications 5, 4114, and Carstens (2015), Physical Review E 91, 042812, for drawing from it evenly;
Davison and Hinkley (1997), section 4.2, for p.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import networkx as nx
import numpy as np

from kg.measures.catalogue import MEASURES
from kg.measures.nodes import Network
from kg.measures.table import score

SAMPLES = 200
_TRADES = 5  # per group and sample; Strona et al. find the draw even from there


@dataclass(frozen=True, slots=True)
class Chance:
    """A node's score, what chance gives: mean and middle 95 %, and how often chance does as well (`p`)."""

    observed: float
    expected: float
    low: float
    high: float
    p: float


def significance(
    two_mode: Network, mode: str, name: str = "betweenness", *, samples: int = SAMPLES, seed: int = 0
) -> dict[str, Chance]:
    """Compare a measure of the projection onto `mode` with `samples` networks of the same attendance.

    The network is two-mode, its nodes marked with `mode`. `p` is one-sided, towards the better rank, and counts
    the network itself: the least it can be is 1 / (samples + 1). Nodes without a value in the real projection
    are absent; a draw without a value counts as one that does not do as well. Same seed, same result.

    Raises:
        ValueError: no such measure, or no sample.
    """
    if name not in MEASURES or samples < 1:
        raise ValueError(f"expected a measure of nodes and at least one sample, found {name!r} and {samples}")
    nodes = [node for node, facts in two_mode.nodes.items() if facts.get("mode") == mode]
    place = {node: number for number, node in enumerate(nodes)}
    groups = [sorted(place[node] for node in two_mode[meeting]) for meeting in two_mode if meeting not in place]
    turn = -1 if MEASURES[name].lowest_first else 1
    real = _scores(groups, nodes, name)
    drawn = np.array([_scores(shuffled, nodes, name) for shuffled in _shuffles(groups, samples, seed)])
    found = {}
    for number, node in enumerate(nodes):
        if not np.isnan(real[number]):
            found[node] = _compare(float(real[number]), drawn[:, number], turn)
    return found


def _compare(observed: float, drawn: "np.ndarray[tuple[int], np.dtype[np.float64]]", turn: int) -> Chance:
    """Return where a score stands among those of chance."""
    valid = drawn[~np.isnan(drawn)]
    as_good = int((turn * valid >= turn * observed - 1e-12).sum())
    low, expected, high = (
        (np.quantile(valid, 0.025), valid.mean(), np.quantile(valid, 0.975)) if len(valid) else (0, 0, 0)
    )
    rounded = [
        score(float(value)) or 0.0 for value in (observed, expected, low, high, (1 + as_good) / (1 + len(drawn)))
    ]
    return Chance(*rounded)


def _scores(groups: list[list[int]], nodes: list[str], name: str) -> list[float]:
    """Measure the projection of some groups; NaN where there is no value."""
    network: Network = nx.Graph()
    network.add_nodes_from(nodes)
    for group in groups:
        for one, other in combinations(group, 2):
            pair = nodes[one], nodes[other]
            network.add_edge(*pair, weight=network.edges[pair]["weight"] + 1 if network.has_edge(*pair) else 1)
    return [float("nan") if value is None else value for value in MEASURES[name].scores(network).values()]


def _shuffles(groups: list[list[int]], samples: int, seed: int) -> Iterator[list[list[int]]]:
    """Yield groups of the same sizes in which everyone is as often as before: curveball trades from one to the next."""
    chance = random.Random(seed)  # noqa: S311 - no secret, a seeded draw
    now = [list(group) for group in groups]
    trades = _TRADES * len(now) if len(now) > 1 else 0
    for _ in range(samples):
        for _ in range(trades):
            _trade(now, chance)
        yield [sorted(group) for group in now]


def _trade(groups: list[list[int]], chance: random.Random) -> None:
    """Let two groups deal out again what only one of them has."""
    first, second = chance.sample(range(len(groups)), 2)
    one, other = set(groups[first]), set(groups[second])
    only_one = sorted(one - other)
    pool = only_one + sorted(other - one)
    chance.shuffle(pool)
    both = sorted(one & other)
    groups[first] = both + pool[: len(only_one)]
    groups[second] = both + pool[len(only_one) :]
