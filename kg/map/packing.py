"""Laid-out components in, one plane out: nodes pushed apart until none overlap, components packed side by side."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Floats = NDArray[Any]

GAP = 14.0  # clear space between two nodes
MARGIN = 60.0  # clear space between two components
ASPECT = 1.6
ROUNDS = 200
WIDEST = 40  # steps of a gap that a wedged node looks each way
SMALL = 12  # cells; a component larger than this lends the corners of its box to others


def separate(points: Floats, radii: Floats, *, fixed: NDArray[Any] | None = None) -> Floats:
    """Push overlapping nodes apart, half each (a fixed one not at all), until none overlap."""
    moved = points + _nudge(len(points))
    if fixed is not None:
        moved[fixed] = points[fixed]
    weight = np.ones(len(points)) if fixed is None else np.where(fixed, 0.0, 1.0)
    reach = float(radii.max()) * 2 + GAP
    for _ in range(ROUNDS):
        pairs = cKDTree(moved).query_pairs(reach, output_type="ndarray")
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        if not _push_apart(moved, radii, weight, pairs):
            break
    return moved


def free_wedged(points: Floats, radii: Floats, *, fixed: NDArray[Any]) -> Floats:
    """Move each node that no push could free from between fixed ones to the nearest free place."""
    moved = points.copy()
    steps = np.arange(-WIDEST, WIDEST + 1) * GAP
    around = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    around = around[np.argsort((around * around).sum(axis=1), kind="stable")]
    for node in np.flatnonzero(~fixed).tolist():
        others = np.delete(moved, node, axis=0)
        need = np.delete(radii, node) + radii[node]
        for place in moved[node] + around:
            gap = others - place
            if ((gap * gap).sum(axis=1) >= need * need).all():
                moved[node] = place
                break
    return moved


def _nudge(size: int) -> Floats:
    """A thousandth of a pixel each way, so that two nodes on one spot know where to go."""
    turn = np.arange(size) % 7 - 3.0
    return np.column_stack((turn, np.arange(size) % 11 - 5.0)) / 1000


def _push_apart(points: Floats, radii: Floats, weight: Floats, pairs: NDArray[Any]) -> bool:
    left, right = pairs[:, 0], pairs[:, 1]
    gap = points[right] - points[left]
    length = np.sqrt((gap * gap).sum(axis=1))
    lack = radii[left] + radii[right] + GAP - length
    share = weight[left] + weight[right]
    close = (lack > 1e-6) & (share > 0)  # noqa: PLR2004
    if not close.any():
        return False
    left, right, share = left[close], right[close], share[close]
    push = gap[close] / np.maximum(length[close], 1e-9)[:, None] * ((lack[close] + 0.2) / share)[:, None]
    for axis in (0, 1):
        points[:, axis] += np.bincount(right, push[:, axis] * weight[right], len(points))
        points[:, axis] -= np.bincount(left, push[:, axis] * weight[left], len(points))
    return True


def pack(parts: Sequence[Floats], radii: Sequence[Floats]) -> list[Floats]:
    """Place components (largest first), each in the free spot nearest the middle of a screen-shaped plane.

    The plane is a grid of cells; a component covers the cells of its nodes, or of its box when it is small.
    The whole is centred on the origin.
    """
    boxes = [_box(points, around) for points, around in zip(parts, radii, strict=True)]
    cell = _cell_size([high - low for low, high in boxes])
    plane = _Plane(sum(2 + float((high - low).max() + MARGIN) / cell for low, high in boxes))
    placed: list[Floats] = []
    for points, (low, high) in zip(parts, boxes, strict=True):
        shape = np.ceil((high - low + MARGIN) / cell).astype(int)
        spot = plane.nearest_free(shape)
        plane.fill(spot, shape, ((points - low + MARGIN / 2) / cell).astype(int))
        placed.append(points - low + MARGIN / 2 + np.array(spot) * cell)
    every = np.concatenate(placed)
    middle = (every.min(axis=0) + every.max(axis=0)) / 2
    return [points - middle for points in placed]


def _box(points: Floats, radii: Floats) -> tuple[Floats, Floats]:
    return (points - radii[:, None]).min(axis=0), (points + radii[:, None]).max(axis=0)


def _hull(taken: NDArray[Any]) -> NDArray[Any]:
    """Fill what lies between two taken cells both in its row and in its column."""
    between = [
        np.maximum.accumulate(taken, axis=axis) & np.flip(np.maximum.accumulate(np.flip(taken, axis), axis=axis), axis)
        for axis in (0, 1)
    ]
    return np.asarray(between[0] & between[1])


def _cell_size(sizes: Sequence[Floats]) -> float:
    """Fine enough to use the corners, coarse enough that the plane stays small."""
    return max(MARGIN / 2, float(max(size.max() for size in sizes)) / 120)


class _Plane:
    """Which cells of the plane are taken; columns are `ASPECT` times cheaper than rows."""

    def __init__(self, reach: float) -> None:
        side = min(1200, int(reach) * 2 + 4)
        self.taken = np.zeros((side, side), dtype=bool)
        across = (np.arange(side) - side / 2) / ASPECT
        along = np.arange(side) - side / 2
        self.across, self.along = across, along

    def nearest_free(self, shape: Floats) -> tuple[int, int]:
        """The free spot for a box whose middle is nearest the plane's, by a table of sums."""
        width, height = int(shape[0]), int(shape[1])
        sums = np.zeros((self.taken.shape[0] + 1, self.taken.shape[1] + 1), dtype=np.int64)
        sums[1:, 1:] = self.taken.cumsum(axis=0).cumsum(axis=1)
        inside = sums[width:, height:] - sums[:-width, height:] - sums[width:, :-height] + sums[:-width, :-height]
        far = (self.across[: len(inside), None] + width / 2 / ASPECT) ** 2
        far = far + (self.along[None, : inside.shape[1]] + height / 2) ** 2
        spot = int(np.argmin(np.where(inside == 0, far, np.inf)))
        return spot // inside.shape[1], spot % inside.shape[1]

    def fill(self, spot: tuple[int, int], shape: Floats, cells: NDArray[Any]) -> None:
        """Take the whole box of a small component, and of a large one all but the corners it leaves free."""
        if max(shape) <= SMALL:
            self.taken[spot[0] : spot[0] + int(shape[0]), spot[1] : spot[1] + int(shape[1])] = True
            return
        own = np.zeros((int(shape[0]), int(shape[1])), dtype=bool)
        for across, along in np.ndindex(3, 3):
            columns = np.clip(cells[:, 0] + across - 1, 0, own.shape[0] - 1)
            own[columns, np.clip(cells[:, 1] + along - 1, 0, own.shape[1] - 1)] = True
        self.taken[spot[0] : spot[0] + own.shape[0], spot[1] : spot[1] + own.shape[1]] |= _hull(own)
