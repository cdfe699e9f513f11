from collections import Counter

import numpy as np
import pytest

from kg.map.groups import LARGE, MOST, SMALL, group
from kg.map.layout import lay_out_groups, make_network

CLIQUES = [(home * 30 + a, home * 30 + b) for home in range(100) for a in range(30) for b in range(a)]


def test_a_small_network_has_no_groups() -> None:
    assert group(LARGE, [(0, 1)]) == []


def test_communities_are_found_and_numbered_by_their_first_member() -> None:
    found = group(3000, [*CLIQUES, *((30 * home, 30 * home + 30) for home in range(99))])
    assert found == [home for home in range(100) for _ in range(30)]


def test_no_group_is_tiny_and_singles_stand_together() -> None:
    found = Counter(group(4000, CLIQUES))
    assert len(found) <= 100 + 1000 // 40
    assert min(found.values()) >= SMALL


def test_a_huge_network_has_no_more_groups_than_a_screen_can_show() -> None:
    found = group(60_000, [(thing, thing + 1) for thing in range(59_999) if thing % 20])
    assert len(set(found)) <= MOST
    assert max(found) + 1 == len(set(found))


def test_groups_have_discs_that_do_not_overlap_and_hold_their_members() -> None:
    groups = group(3000, CLIQUES)
    points, centres, radii = lay_out_groups(make_network(3000, CLIQUES, [5.0] * 3000), groups)
    gaps = np.sqrt(((centres[:, None] - centres[None]) ** 2).sum(axis=2)) - radii[:, None] - radii[None]
    np.fill_diagonal(gaps, np.inf)
    assert gaps.min() > 0
    away = np.sqrt(((points - centres[groups]) ** 2).sum(axis=1)) - radii[groups]
    assert away.max() < 30


@pytest.mark.parametrize("size", [2001, 2500], ids=str)
def test_the_same_network_gives_the_same_groups(size: int) -> None:
    pairs = [(thing * 7919 % size, thing * 104729 % size) for thing in range(size * 2)]
    assert group(size, pairs) == group(size, pairs)
