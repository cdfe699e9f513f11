"""Edges in, positions out: a force layout that is vectorised, deterministic and never lets two nodes overlap.

Only sums, products, quotients and square roots are used on the way (no BLAS, no random source), so the same
network gives the same positions under any hash seed. One world unit is one pixel at zoom 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from kg.map.forces import relax
from kg.map.packing import free_wedged, pack, separate
from kg.map.pivots import pivot_mds

Floats = NDArray[Any]
Ints = NDArray[Any]

DISC = 16.0  # a group of n nodes has a disc of about this times the root of n
SPACING = 64.0  # what an edge between two small nodes wants to measure


@dataclass(frozen=True)
class Network:
    """A network to lay out: `edges` pairs node numbers (parallel ones allowed), `radii` are world units."""

    edges: Ints
    radii: Floats

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return len(self.radii)


def make_network(size: int, pairs: Sequence[tuple[int, int]], radii: Sequence[float]) -> Network:
    """Build a network from plain sequences; self-loops say nothing about position and are left out."""
    kept = [pair for pair in pairs if pair[0] != pair[1]]
    edges = np.array(kept, dtype=np.int64).reshape(-1, 2)
    if edges.size and (edges.min() < 0 or edges.max() >= size):
        raise ValueError("an edge names a node that does not exist")
    return Network(edges, np.array(radii, dtype=np.float64).reshape(-1))


def lay_out(network: Network, *, keep: Mapping[int, tuple[float, float]] | None = None) -> Floats:
    """Return an (n, 2) array of positions, centred on the origin, rounded to a tenth.

    Components are laid out one by one and packed; with `keep`, the given nodes stay where they are and only the
    others look for a place near their neighbours.
    """
    if network.size == 0:
        return np.zeros((0, 2))
    if keep:
        return np.round(_lay_out_around(network, keep), 1)
    labels = _components(network)
    parts = [np.flatnonzero(labels == label) for label in range(int(labels.max()) + 1)]
    parts.sort(key=lambda part: (-len(part), int(part[0])))
    placed = pack([_component(network, part) for part in parts], [network.radii[part] for part in parts])
    points = np.zeros((network.size, 2))
    for part, positions in zip(parts, placed, strict=True):
        points[part] = positions
    return np.round(points, 1) + 0.0


def lay_out_groups(network: Network, groups: Sequence[int]) -> tuple[Floats, Floats, Floats]:
    """Lay out a large network so that each group has a disc of its own.

    Returns the positions of the nodes, and the centres and the radii of the groups' discs.
    """
    code = np.array(groups, dtype=np.int64)
    points = lay_out(network)
    count = np.bincount(code)
    centres = np.column_stack([np.bincount(code, points[:, axis]) / count for axis in (0, 1)])
    radii = DISC * np.sqrt(count) + DISC
    width, height = np.ptp(centres, axis=0) + 1
    room = np.sqrt(3.5 * (radii * radii).sum() / (width * height))
    centres = separate(centres * room, radii)
    placed = centres[code] + _in_discs(points, code, radii)
    return np.round(separate(placed, network.radii), 1) + 0.0, np.round(centres, 1) + 0.0, np.round(radii, 1)


def _in_discs(points: Floats, code: Ints, radii: Floats) -> Floats:
    """Spread each group's nodes evenly over its disc: who was nearer the group's middle stays nearer."""
    centres = np.column_stack([np.bincount(code, points[:, axis]) / np.bincount(code) for axis in (0, 1)])
    away = points - centres[code]
    far = np.sqrt((away * away).sum(axis=1))
    order = np.lexsort((np.arange(len(code)), far, code))
    first = np.searchsorted(code[order], np.arange(len(radii)))
    rank = np.empty(len(code))
    rank[order] = np.arange(len(code)) - first[code[order]]
    share = np.sqrt((rank + 0.5) / np.bincount(code)[code]) * (radii[code] - DISC / 2)
    return np.asarray(away / np.maximum(far, 1e-9)[:, None] * share[:, None])


def _components(network: Network) -> Ints:
    ones = np.ones(len(network.edges))
    matrix = coo_array((ones, (network.edges[:, 0], network.edges[:, 1])), shape=(network.size, network.size))
    return np.asarray(connected_components(matrix, directed=False)[1], dtype=np.int64)


def _inner(network: Network, part: Ints) -> tuple[Ints, Floats]:
    """Number the nodes of a component from 0 and merge its parallel edges into weights."""
    number = np.full(network.size, -1, dtype=np.int64)
    number[part] = np.arange(len(part))
    edges = number[network.edges]
    edges = np.sort(edges[edges[:, 0] >= 0], axis=1)
    if not len(edges):
        return edges, np.zeros(0)
    unique, counts = np.unique(edges, axis=0, return_counts=True)
    return unique, 1 + np.sqrt(counts - 1) / 2


def _component(network: Network, part: Ints) -> Floats:
    if len(part) == 1:
        return np.zeros((1, 2))
    edges, weights = _inner(network, part)
    radii = network.radii[part]
    points = pivot_mds(len(part), edges) * SPACING
    points = relax(points, edges, weights, spacing=SPACING)
    return separate(_level(points), radii)


def _level(points: Floats) -> Floats:
    """Turn the longest axis of the cloud to the horizontal: screens are wider than high."""
    centred = points - points.mean(axis=0)
    across, along = centred[:, 0], centred[:, 1]
    a, b, c = (across * across).sum(), (across * along).sum(), (along * along).sum()
    half = (a - c) / 2
    reach = np.sqrt(half * half + b * b)
    x, y = (half + reach, b) if half > 0 else (b, reach - half)
    norm = np.sqrt(x * x + y * y)
    if norm == 0:
        return np.asarray(centred)
    x, y = (x / norm, y / norm) if x >= 0 else (-x / norm, -y / norm)
    return np.column_stack((across * x + along * y, along * x - across * y))


def _lay_out_around(network: Network, keep: Mapping[int, tuple[float, float]]) -> Floats:
    """Leave the kept nodes alone; start each new one between its neighbours, or at the rim if it has none."""
    fixed = np.zeros(network.size, dtype=bool)
    points = np.zeros((network.size, 2))
    for node, place in keep.items():
        fixed[node], points[node] = True, place
    known = fixed.copy()
    low, high = points[fixed].min(axis=0), points[fixed].max(axis=0)
    start, end = network.edges[:, 0], network.edges[:, 1]
    for number, node in enumerate(np.flatnonzero(~fixed).tolist()):
        near = np.concatenate((end[start == node], start[end == node]))
        near = near[known[near]]
        rim = np.array([low[0] + (number + 1) * SPACING, high[1] + SPACING])
        points[node] = points[near].mean(axis=0) + np.array([0.0, SPACING / 2]) if len(near) else rim
        known[node] = True
    return free_wedged(separate(points, network.radii, fixed=fixed), network.radii, fixed=fixed)
