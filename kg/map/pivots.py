"""Edges in, first positions out: PivotMDS by breadth-first distances from a few far-apart pivots.

Source: Brandes and Pich (2007), Eigensolver methods for progressive multidimensional scaling of large data.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

PIVOTS = 40
ROUNDS = 60
GOLDEN = 2.399963229728653  # the golden angle: nodes at one place leave it in different directions

Floats = NDArray[Any]


def pivot_mds(size: int, edges: NDArray[Any]) -> Floats:
    """Return (size, 2) positions of one connected component; one unit is one step along an edge."""
    distances = _distances(size, edges)
    squared = distances * distances
    centred = squared.mean(axis=0) + squared.mean(axis=1)[:, None] - squared - squared.mean()
    product = _gram(centred)
    first = _eigenvector(product, None)
    second = _eigenvector(product, first)
    points = np.column_stack(((centred * first).sum(axis=1), (centred * second).sum(axis=1)))
    return _spread(points, float(distances.mean()))


def _distances(size: int, edges: NDArray[Any]) -> Floats:
    """Hops from each pivot, farthest-first from node 0: an (size, pivots) array."""
    ones = np.ones(2 * len(edges))
    ends = np.concatenate((edges, edges[:, ::-1]))
    matrix = csr_array(coo_array((ones, (ends[:, 0], ends[:, 1])), shape=(size, size)))
    nearest = np.full(size, np.inf)
    columns: list[Floats] = []
    pivot = 0
    for _ in range(min(PIVOTS, size)):
        hops = np.asarray(dijkstra(matrix, indices=pivot, unweighted=True), dtype=np.float64)
        columns.append(hops)
        nearest = np.minimum(nearest, hops)
        pivot = int(np.argmax(nearest))
    return np.column_stack(columns)


def _gram(columns: Floats) -> Floats:
    """`columns.T @ columns` without BLAS, whose sums differ from machine to machine."""
    return np.array([(columns * columns[:, [at]]).sum(axis=0) for at in range(columns.shape[1])])


def _eigenvector(matrix: Floats, apart_from: Floats | None) -> Floats:
    """The leading eigenvector by power iteration, orthogonal to `apart_from`."""
    vector = 1.0 + np.arange(len(matrix), dtype=np.float64) / len(matrix)
    vector[::2] *= -1 if apart_from is not None else 1
    for _ in range(ROUNDS):
        if apart_from is not None:
            vector = vector - apart_from * (vector * apart_from).sum()
        vector = (matrix * vector).sum(axis=1)
        length = np.sqrt((vector * vector).sum())
        if length == 0:
            return np.zeros(len(matrix))
        vector = vector / length
    return vector


def _spread(points: Floats, reach: float) -> Floats:
    """Scale to the graph's own distances and part nodes that fell on one spot, along a sunflower's spiral."""
    centred = points - points.mean(axis=0)
    width = np.sqrt((centred * centred).sum(axis=1).mean())
    scaled = centred * (reach / width) if width > 0 else centred
    turn = np.arange(len(points)) * GOLDEN
    away = np.sqrt(np.arange(len(points)) + 0.5) / np.sqrt(len(points))
    spiral = np.column_stack((np.round(np.cos(turn), 9), np.round(np.sin(turn), 9)))
    return np.asarray(scaled + spiral * away[:, None])
