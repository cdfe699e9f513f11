"""An edge list -> sparse matrices, and what they say at once: degrees, parts, a random walk."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from kg.network.edges import EdgeList, Floats, Ints

_ROUNDS = 1000


def adjacency(edges: EdgeList, *, weighted: bool = False) -> csr_array:
    """Return the symmetric matrix of a network: weights, or ones where there is an edge."""
    values = edges.weight if weighted else np.ones(edges.size)
    rows, columns = np.concatenate([edges.one, edges.other]), np.concatenate([edges.other, edges.one])
    matrix = csr_array((np.concatenate([values, values]), (rows, columns)), shape=(len(edges), len(edges)))
    matrix.sort_indices()
    return matrix


def degrees(edges: EdgeList) -> Ints:
    """Return how many edges each node has."""
    return np.bincount(np.concatenate([edges.one, edges.other]), minlength=len(edges))


def strengths(edges: EdgeList) -> Floats:
    """Return the sum of the weights of each node's edges."""
    ends = np.concatenate([edges.one, edges.other])
    return np.asarray(np.bincount(ends, np.tile(edges.weight, 2), len(edges)), dtype=np.float64)


def parts(edges: EdgeList) -> Ints:
    """Return the number of the component each node is in."""
    return np.asarray(connected_components(adjacency(edges), directed=False)[1], dtype=np.int64)


def walk(matrix: csr_array, jump: float, tolerance: float) -> Floats:
    """Return the share of time at each node of a walk along weights that jumps anywhere with some probability.

    From a node without edges it always jumps. Power iteration, until all shares together change less than the
    tolerance.
    """
    size = matrix.shape[0]
    if not size:
        return np.zeros(0)
    out = np.asarray(matrix.sum(axis=1), dtype=np.float64)
    onward = np.divide(1 - jump, out, out=np.zeros(size), where=out > 0)
    share = np.full(size, 1 / size)
    for _ in range(_ROUNDS):
        moved = matrix @ (share * onward)  # symmetric: the walk in is the walk out
        after = moved + (1 - moved.sum()) / size
        if np.abs(after - share).sum() < tolerance:
            return np.asarray(after)
        share = after
    return share
