"""Positions in, better positions out: edges pull, all nodes push, the step shrinks until the network is at rest.

Near nodes push one by one (found on a KD-tree), far ones as the mass of their grid cell. Hubs push harder, so
their leaves find room (Jacomy et al. 2014, ForceAtlas2, doi:10.1371/journal.pone.0098679).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Floats = NDArray[Any]
Ints = NDArray[Any]

EXACT = 400  # up to here every pair pushes; above, near ones and cells
NEAR = 14
CELLS = 16
REFRESH = 4  # steps between two looks at who is near
LEAF = 2  # a node with one edge
SHORT = 0.35  # the share of the usual length that a leaf keeps from its hub
REACH = 5.0  # spacings after which a push fades, so that leaves stay near their hub


def relax(points: Floats, edges: Ints, weights: Floats, *, spacing: float) -> Floats:
    """Run the layout to rest; `spacing` is the length an edge between two leaves settles near."""
    size = len(points)
    points = points / spacing
    mass = 1 + np.bincount(edges.ravel(), minlength=size).astype(np.float64)
    steps = 300 if size <= EXACT else max(90, 220 - size // 80)
    near: Ints | None = None
    for step in range(steps):
        cool = 1 - step / steps
        if size > EXACT and step % REFRESH == 0:
            near = np.asarray(cKDTree(points).query(points, k=NEAR + 1)[1], dtype=np.int64)[:, 1:]
        push = _push_all(points, mass) if near is None else _push_near(points, mass, near) + _push_far(points, mass)
        force = push + _pull(points, edges, weights, mass)
        points = points + _limited(force, 1.5 * cool * cool + 0.005)
    return points * spacing


def _fade(square: Floats) -> Floats:
    """What a push of one spacing weighs at this squared distance, over the distance."""
    return 1 / ((square + 0.0001) * (1 + square / (REACH * REACH)))


def _limited(force: Floats, most: float) -> Floats:
    length = np.sqrt((force * force).sum(axis=1)) + 1e-9
    return np.asarray(force * (np.minimum(length, most) / length)[:, None])


def _pull(points: Floats, edges: Ints, weights: Floats, mass: Floats) -> Floats:
    """Edges pull with the square of their length; an edge of a hub pulls its leaf, hardly the hub."""
    start, end = edges[:, 0], edges[:, 1]
    gap = points[end] - points[start]
    length = np.sqrt((gap * gap).sum(axis=1))
    pull = gap * (weights * length)[:, None]
    least = np.minimum(mass[start], mass[end])
    share = np.sqrt(least)[:, None] * np.where(least <= LEAF, SHORT, 1.0)[:, None]
    pull = pull / share
    force = np.zeros_like(points)
    for axis in (0, 1):
        force[:, axis] = np.bincount(start, pull[:, axis], len(points)) - np.bincount(end, pull[:, axis], len(points))
    return force


def _push_all(points: Floats, mass: Floats) -> Floats:
    gap = points[:, None, :] - points[None, :, :]
    square = (gap * gap).sum(axis=2)
    return np.asarray((gap * (_both(mass) * _fade(square))[:, :, None]).sum(axis=1))


def _both(mass: Floats) -> Floats:
    return np.asarray(_root(mass)[:, None] * _root(mass)[None, :])


def _root(mass: Floats) -> Floats:
    return np.sqrt(mass)


def _push_near(points: Floats, mass: Floats, near: Ints) -> Floats:
    gap = points[:, None, :] - points[near]
    weight = _fade((gap * gap).sum(axis=2)) * _root(mass)[:, None] * _root(mass)[near]
    return np.asarray((gap * weight[:, :, None]).sum(axis=1))


def _push_far(points: Floats, mass: Floats) -> Floats:
    """Cells push as one body at their centre of mass, on every node outside them."""
    low = points.min(axis=0)
    width = (points.max(axis=0) - low) / CELLS + 1e-9
    cell = np.minimum((points - low) / width, CELLS - 1).astype(np.int64)
    code = cell[:, 0] * CELLS + cell[:, 1]
    root = _root(mass)
    weight = np.bincount(code, root, CELLS * CELLS)
    full = np.flatnonzero(weight)
    centre = np.column_stack([np.bincount(code, points[:, axis] * root, CELLS * CELLS)[full] for axis in (0, 1)])
    centre = np.asarray(centre / weight[full][:, None])
    force = np.zeros_like(points)
    for axis in (0, 1):
        force[:, axis] = _far_axis(points, centre, weight[full], axis, full[None, :] != code[:, None])
    return force * root[:, None]


def _far_axis(points: Floats, centre: Floats, weight: Floats, axis: int, outside: NDArray[Any]) -> Floats:
    across = points[:, [0]] - centre[None, :, 0]
    along = points[:, [1]] - centre[None, :, 1]
    fade = _fade(across * across + along * along)
    return np.asarray(((across, along)[axis] * weight * outside * fade).sum(axis=1))
