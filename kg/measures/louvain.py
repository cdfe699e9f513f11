"""Communities by Louvain on a sparse matrix: the steps of the method, in the order and to the end that they pay.

Nodes wait in a queue and are looked at again only when a neighbour has moved (Ozaki, Tezuka and Inaba 2016). Groups
are united until nothing moves; then, from the coarsest level down, single nodes move once more (Rotta and Noack 2011,
Multilevel local search algorithms for modularity clustering, ACM J. Exp. Algorithmics 16), which gives a higher
modularity than the plain method. The result depends on matrix and seed only.

Source: Blondel et al. (2008), Fast unfolding of communities in large networks, J. Stat. Mech. P10008.
"""

from collections import deque
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from kg.network.edges import Floats, Ints

_VISITS = 2
"""How often a node of each level is looked at before groups are united: the way down makes up for the rest."""
_GAIN = 1e-12  # less is rounding


@dataclass(frozen=True, slots=True)
class _Level:
    """One level: the neighbours of each node, the weights of those ties, and its strength; loops are not neighbours."""

    neighbours: list[list[int]]
    weights: list[list[float]]
    strength: list[float]
    total: float


def louvain(matrix: csr_array, *, seed: int = 0) -> Ints:
    """Return the community of each node, from 0, of a symmetric matrix of weights."""
    draw = np.random.default_rng(seed)
    levels: list[tuple[_Level, Ints]] = []
    moved = True
    while moved:
        level, size = _level(matrix), matrix.shape[0]
        groups, moved = _move(level, np.arange(size), draw.permutation(size), visits=_VISITS * size)
        levels.append((level, groups))
        matrix = _united(matrix, groups)
    found = levels[-1][1]
    for level, groups in levels[-2::-1]:
        found, _ = _move(level, found[groups], draw.permutation(len(groups)))
    return found


def modularity(matrix: csr_array, groups: Ints) -> float:
    """Return how much more weight is inside groups than strengths would make by chance; 0 without weight.

    Source: Newman and Girvan (2004), Physical Review E 69, 026113.
    """
    strength: Floats = np.asarray(matrix.sum(axis=1), dtype=np.float64)
    total = float(strength.sum())
    if not total:
        return 0.0
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    inside = matrix.data[groups[rows] == groups[matrix.indices]].sum()
    return float(inside / total - ((np.bincount(groups, strength) / total) ** 2).sum())


def _level(matrix: csr_array) -> _Level:
    """Take a matrix apart into lists, which Python walks faster than arrays."""
    strength = np.asarray(matrix.sum(axis=1), dtype=np.float64)
    loops = matrix.diagonal()
    plain = matrix
    if loops.any():
        plain = matrix.copy()
        plain.setdiag(0)
        plain.eliminate_zeros()
    ends, near, weights = plain.indptr.tolist(), plain.indices.tolist(), plain.data.tolist()
    spans = list(pairwise(ends))
    return _Level(
        [near[start:end] for start, end in spans],
        [weights[start:end] for start, end in spans],
        strength.tolist(),
        float(strength.sum()) or 1.0,
    )


def _move(level: _Level, start: Ints, order: Ints, *, visits: int | None = None) -> tuple[Ints, bool]:
    """Move single nodes to the group where they add most, until none gains; return groups numbered from 0.

    A node stays where it is unless another group is better, and of equally good ones takes the first it is tied to.
    """
    groups, strength = start.tolist(), level.strength
    totals = np.bincount(start, strength, len(groups)).tolist()
    queue, waits, moved = deque(order.tolist()), [True] * len(groups), False
    left = len(queue) if visits is None else visits
    while queue and (visits is None or left):
        left -= 1
        node = queue.popleft()
        waits[node] = False
        own, share = groups[node], strength[node] / level.total
        ties = {own: 0.0}
        for other, weight in zip(level.neighbours[node], level.weights[node], strict=True):
            group = groups[other]
            ties[group] = ties.get(group, 0.0) + weight
        totals[own] -= strength[node]
        best, most = own, ties[own] - share * totals[own] + _GAIN
        for group, weight in ties.items():
            if (gain := weight - share * totals[group]) > most:
                best, most = group, gain
        totals[best] += strength[node]
        if best != own:
            groups[node], moved = best, True
            for other in level.neighbours[node]:
                if not waits[other] and groups[other] != best:
                    waits[other] = True
                    queue.append(other)
    return np.unique(groups, return_inverse=True)[1], moved


def _united(matrix: csr_array, groups: Ints) -> csr_array:
    """Return the matrix of groups: weights summed, those inside a group on the diagonal."""
    size = int(groups.max()) + 1 if len(groups) else 0
    member = csr_array((np.ones(len(groups)), (np.arange(len(groups)), groups)), shape=(len(groups), size))
    united = csr_array(member.T @ matrix @ member)
    united.sort_indices()
    return united
