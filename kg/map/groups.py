"""A large network in, groups out: things that have most of their lines among themselves, none too many together.

Labels spread along edges (Raghavan et al. 2007, doi:10.1103/PhysRevE.76.036106), visited in the order of their numbers
and with ties to the smallest, so the same network gives the same groups; a group that is full takes nobody in.
"""

from collections import defaultdict
from collections.abc import Sequence

LARGE = 2000  # things up to which a map has no groups
MOST = 600  # groups a screen still tells apart
ROUNDS = 6
SMALL = 4  # a group of fewer is given to a neighbour


def group(size: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """Return the group of each thing, numbered from 0 by their first member; 0 groups up to `LARGE` things."""
    if size <= LARGE:
        return []
    near = _neighbours(size, pairs)
    most = int(size**0.5)
    labels = _spread(near, most)
    _give_away_small(labels, near, most * 2)
    _gather_alone(labels, near, most)
    labels = _numbered(labels)
    while max(labels) >= MOST:
        labels = _coarser(labels, pairs)
    return labels


def _coarser(labels: list[int], pairs: Sequence[tuple[int, int]]) -> list[int]:
    """Group the groups, by the lines between them; what finds no partner joins the next one."""
    count = max(labels) + 1
    between = [(labels[start], labels[end]) for start, end in pairs if labels[start] != labels[end]]
    wider = _numbered(_spread(_neighbours(count, between), max(4, 4 * count // MOST)))
    if max(wider) + 1 > count * 0.8:
        wider = [label // 2 for label in wider]
    return _numbered([wider[label] for label in labels])


def _neighbours(size: int, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    near: list[list[int]] = [[] for _ in range(size)]
    for start, end in pairs:
        if start != end:
            near[start].append(end)
            near[end].append(start)
    return near


def _numbered(labels: list[int]) -> list[int]:
    numbers: dict[int, int] = {}
    return [numbers.setdefault(label, len(numbers)) for label in labels]


def _spread(near: list[list[int]], most: int) -> list[int]:
    labels = list(range(len(near)))
    members = [1] * len(near)
    order = sorted(range(len(near)), key=lambda thing: (-len(near[thing]), thing))
    for _ in range(ROUNDS):
        moved = 0
        for thing in order:
            label = _strongest(labels, near[thing], members, most, labels[thing])
            if label != labels[thing]:
                members[labels[thing]] -= 1
                members[label] += 1
                labels[thing] = label
                moved += 1
        if moved * 200 < len(near):
            break
    return labels


def _strongest(labels: list[int], around: list[int], members: list[int], most: int, own: int) -> int:
    """The label most neighbours bear, among those with room; the own one wins a tie."""
    votes: dict[int, int] = defaultdict(int)
    for other in around:
        votes[labels[other]] += 1
    best, strength = own, votes.get(own, 0)
    for label, count in sorted(votes.items()):
        if count > strength and members[label] < most:
            best, strength = label, count
    return best


def _give_away_small(labels: list[int], near: list[list[int]], most: int) -> None:
    members: dict[int, list[int]] = defaultdict(list)
    for thing, label in enumerate(labels):
        members[label].append(thing)
    count = [0] * len(labels)
    for label, own in members.items():
        count[label] = len(own)
    for label in sorted(label for label, own in members.items() if len(own) < SMALL):
        around = [other for thing in members[label] for other in near[thing] if labels[other] != label]
        target = _strongest(labels, around, count, most, label)
        for thing in members[label] if target != label else ():
            labels[thing] = target
            count[target] += 1


def _gather_alone(labels: list[int], near: list[list[int]], most: int) -> None:
    """Things without a line stand together, `most` to a group."""
    alone = [thing for thing, around in enumerate(near) if not around]
    for place, thing in enumerate(alone):
        labels[thing] = alone[place - place % most]
