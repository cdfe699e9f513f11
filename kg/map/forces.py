"""Positions in, better positions out: edges pull, all nodes push, the step shrinks until the network is at rest.

Small networks push pair by pair. In large ones near nodes (found on a KD-tree) push one by one and the rest as the
mass of their grid cell, felt alike by all nodes of a cell; the grid shifts with every step so that its edges leave
no trace. Hubs push harder, so their leaves find room (Jacomy et al. 2014, ForceAtlas2,
doi:10.1371/journal.pone.0098679).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from kg.progress import track

Floats = NDArray[Any]
Ints = NDArray[Any]

EXACT = 300  # up to here every pair pushes; above, near ones and cells
NEAR = 12
REFRESH = 4  # steps between two looks at who is near
LEAF = 2  # the mass of a node with one edge
SHORT = 0.35  # the share of the usual length that a leaf keeps from its hub
REACH = 5.0  # spacings after which a push fades, so that leaves stay near their hub


def relax(points: Floats, edges: Ints, weights: Floats, *, spacing: float) -> Floats:
    """Run the layout to rest; `spacing` is the length an edge between two leaves settles near."""
    size = len(points)
    points = points / spacing
    root = np.sqrt(1.0 + np.bincount(edges.ravel(), minlength=size))
    pull = _Pull(edges, weights, root * root)
    push = _push_pairs(root) if size <= EXACT else _push_near_and_far(root)
    steps = 240 if size <= EXACT else max(80, 200 - size // 60)
    for step in track(range(steps), "laying out", unit="rounds"):
        cool = 1 - step / steps
        points = points + _limited(push(points, step) + pull(points), 1.5 * cool * cool + 0.005)
    return points * spacing


def _limited(force: Floats, most: float) -> Floats:
    length = np.sqrt(force[:, 0] * force[:, 0] + force[:, 1] * force[:, 1]) + 1e-9
    return np.asarray(force * (np.minimum(length, most) / length)[:, None])


def _fade(square: Floats) -> Floats:
    """What a push weighs at this squared distance, over the distance; far away it fades twice."""
    return np.asarray(1 / ((square + 0.0001) * (1 + square / (REACH * REACH))))


class _Pull:
    """Edges pull with the square of their length; an edge of a hub pulls its leaf, and closer than other edges."""

    def __init__(self, edges: Ints, weights: Floats, mass: Floats) -> None:
        self.start, self.end = edges[:, 0], edges[:, 1]
        least = np.minimum(mass[self.start], mass[self.end])
        self.strength = weights / (np.sqrt(least) * np.where(least <= LEAF, SHORT, 1.0))

    def __call__(self, points: Floats) -> Floats:
        gap = points[self.end] - points[self.start]
        pull = self.strength * np.sqrt(gap[:, 0] * gap[:, 0] + gap[:, 1] * gap[:, 1])
        size = len(points)
        sides = []
        for axis in (0, 1):
            force = gap[:, axis] * pull
            sides.append(np.bincount(self.start, force, size) - np.bincount(self.end, force, size))
        return np.column_stack(sides)


def _push_pairs(root: Floats) -> Any:  # noqa: ANN401 - a function of points and step
    both = root[:, None] * root[None, :]

    def push(points: Floats, _: int) -> Floats:
        across = points[:, None, 0] - points[None, :, 0]
        along = points[:, None, 1] - points[None, :, 1]
        weight = both * _fade(across * across + along * along)
        return np.column_stack(((across * weight).sum(axis=1), (along * weight).sum(axis=1)))

    return push


def _push_near_and_far(root: Floats) -> Any:  # noqa: ANN401 - a function of points and step
    cells = 16 if len(root) <= 3000 else 28  # noqa: PLR2004
    near = np.zeros((0, 0), dtype=np.int64)

    def push(points: Floats, step: int) -> Floats:
        nonlocal near
        if step % REFRESH == 0:
            near = np.asarray(cKDTree(points).query(points, k=NEAR + 1)[1])[:, 1:]
        return _near(points, root, near) + _far(points, root, cells, 0.5 * (step % 2))

    return push


def _near(points: Floats, root: Floats, near: Ints) -> Floats:
    across = points[:, 0][:, None] - points[:, 0][near]
    along = points[:, 1][:, None] - points[:, 1][near]
    weight = _fade(across * across + along * along) * root[near] * root[:, None]
    return np.column_stack(((across * weight).sum(axis=1), (along * weight).sum(axis=1)))


def _far(points: Floats, root: Floats, cells: int, shift: float) -> Floats:
    """Cells push one another as bodies at their centres of mass; a node feels what its cell feels."""
    low = points.min(axis=0)
    width = (points.max(axis=0) - low) / (cells - 1) + 1e-9
    cell = ((points - low) / width + shift).astype(np.int64)
    code = cell[:, 0] * (cells + 1) + cell[:, 1]
    full, code = np.unique(code, return_inverse=True)
    weight = np.bincount(code, root)
    x, y = (np.bincount(code, points[:, axis] * root) / weight for axis in (0, 1))
    across, along = x[:, None] - x[None, :], y[:, None] - y[None, :]
    push = _fade(across * across + along * along) * weight[None, :]
    np.fill_diagonal(push, 0.0)
    force = np.column_stack(((across * push).sum(axis=1), (along * push).sum(axis=1)))
    assert len(full) == len(force)  # noqa: S101 - our own arithmetic
    return np.asarray(force[code] * root[:, None])
