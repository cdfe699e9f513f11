import numpy as np
import pytest

from kg.map.layout import lay_out, make_network
from kg.map.packing import GAP

STAR = [(0, leaf) for leaf in range(1, 40)]
GRID = [(at, at + 1) for at in range(899) if at % 30 != 29] + [(at, at + 30) for at in range(870)]


def nearest(points: np.ndarray) -> float:
    gaps = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    np.fill_diagonal(gaps, np.inf)
    return float(gaps.min())


@pytest.mark.parametrize(
    ("size", "pairs"),
    [(0, []), (1, []), (1, [(0, 0)]), (2, [(0, 1)]), (50, []), (40, STAR), (40, STAR * 3), (900, GRID), (60, STAR)],
    ids=[
        "nothing",
        "one",
        "a self-loop",
        "two",
        "only singles",
        "a star",
        "parallel edges",
        "a grid",
        "star and singles",
    ],
)
def test_no_two_nodes_overlap(size: int, pairs: list[tuple[int, int]]) -> None:
    points = lay_out(make_network(size, pairs, [8.0] * size))
    assert points.shape == (size, 2)
    assert np.isfinite(points).all()
    if size > 1:
        assert nearest(points) >= 16 + GAP - 0.5


def test_the_same_network_gives_the_same_places() -> None:
    network = make_network(900, GRID, [8.0] * 900)
    assert np.array_equal(lay_out(network), lay_out(network))


def test_a_grid_keeps_its_neighbours_near() -> None:
    points = lay_out(make_network(900, GRID, [5.0] * 900))
    edges = np.array(GRID)
    along = np.sqrt(((points[edges[:, 0]] - points[edges[:, 1]]) ** 2).sum(axis=1)).mean()
    across = np.sqrt(((points[:450] - points[450:]) ** 2).sum(axis=1)).mean()
    assert along / across < 0.15


def test_kept_nodes_stay_and_new_ones_come_near_their_neighbours() -> None:
    before = lay_out(make_network(40, STAR, [8.0] * 40))
    keep = {node: (float(x), float(y)) for node, (x, y) in enumerate(before)}
    after = lay_out(make_network(42, [*STAR, (0, 40), (0, 41)], [8.0] * 42), keep=keep)
    assert np.array_equal(after[:40], before)
    assert nearest(after) >= 16 + GAP - 0.5


def test_an_edge_to_nowhere_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="does not exist"):
        make_network(2, [(0, 2)], [8.0, 8.0])


def test_a_new_node_that_kept_ones_wedge_in_finds_a_free_place() -> None:
    step = 24.0  # closer than the gap that pushing asks for
    keep = {at: (at % 15 * step, at // 15 * step) for at in range(225)}
    middle = [(225, at) for at in (96, 97, 111, 112)]
    points = lay_out(make_network(226, middle, [10.0] * 226), keep=keep)
    assert {at: tuple(points[at]) for at in keep} == keep
    assert nearest(points) >= 20
