"""Triangles of a network, each once: who is tied to whom among somebody's neighbours.

Source: Schank and Wagner (2005), Finding, counting and listing all triangles in large graphs, WEA 2005: edges point
from the node of fewer ties to that of more, so that no node has many, and hubs cost nothing.
"""

from collections.abc import Iterator

import numpy as np

from kg.measures.sparse import degrees, strengths
from kg.network.edges import EdgeList, Floats, Ints

_AT_ONCE = 1_000_000  # pairs of edges looked at together, so that memory stays flat


def triangles(edges: EdgeList) -> Iterator[tuple[Ints, Ints]]:
    """Yield triangles, many at a time: three rows of corners, and three of the edges opposite to them."""
    size = len(edges)
    order = np.lexsort((np.arange(size), degrees(edges)))
    rank = np.empty(size, dtype=np.int64)
    rank[order] = np.arange(size)
    near, far = np.minimum(rank[edges.one], rank[edges.other]), np.maximum(rank[edges.one], rank[edges.other])
    sort = np.lexsort((far, near))
    near, far = near[sort], far[sort]
    keys = near * size + far
    later = np.searchsorted(near, near, side="right") - np.arange(len(near)) - 1
    pairs = np.cumsum(later)
    start = 0
    while start < len(near):
        before = pairs[start] - later[start]
        stop = max(int(np.searchsorted(pairs, before + _AT_ONCE, side="right")), start + 1)
        many = later[start:stop]
        first = np.repeat(np.arange(start, stop), many)
        second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(many) - many, many)
        wanted = far[first] * size + far[second]
        third = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        first, second, third = (each[keys[third] == wanted] for each in (first, second, third))
        yield order[np.array([near[first], far[first], far[second]])], sort[np.array([third, second, first])]
        start = stop


def tied_neighbours(edges: EdgeList) -> Floats:
    """Return how many pairs of each node's neighbours are tied."""
    found = np.zeros(len(edges))
    for corners, _ in triangles(edges):
        found += np.bincount(corners.ravel(), minlength=len(edges))
    return found


def constraints(edges: EdgeList) -> Floats:
    """Return Burt's constraint of each node; NaN without ties.

    The square of what a node invests in a neighbour, of its strength, straight and by way of another, summed.
    """
    total, size = strengths(edges), edges.size
    ends = np.concatenate([edges.one, edges.other])  # each edge from both of its ends
    part = np.divide(1, total, out=np.zeros(len(edges)), where=total > 0)
    invested = np.tile(edges.weight, 2) * part[ends]
    indirect = np.zeros(2 * size)
    for corners, sides in triangles(edges):
        for turn in range(3):
            one, other, between = np.roll(corners, turn, axis=0)
            to_between, back, side = np.roll(sides, turn, axis=0)[[1, 0, 2]]
            for start, leg, last in ((one, to_between, back), (other, back, to_between)):
                value = edges.weight[leg] * part[start] * edges.weight[last] * part[between]
                indirect += np.bincount(np.where(edges.one[side] == start, side, side + size), value, 2 * size)
    found = np.bincount(ends, (invested + indirect) ** 2, len(edges))
    return np.where(degrees(edges) > 0, found, np.nan)
