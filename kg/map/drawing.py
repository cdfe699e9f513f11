"""Facts and lines in, a drawing out: every thing has a place, a size and, in a large map, a group."""

from collections.abc import Mapping, Sequence
from typing import Any

from kg.map.columns import Columns, newest_day, to_columns
from kg.map.facts import Facts
from kg.map.groups import group
from kg.map.keeping import Places
from kg.map.layout import lay_out, lay_out_groups, make_network
from kg.map.lines import Line
from kg.map.outline import CARRIED, to_outline

MANY = 120  # lines after which a thing grows no more


def compose(facts: Facts, lines: Sequence[Line], keep: Places) -> Columns:
    """Lay out and return the page's columns; things of `keep` stay where they were."""
    number = {thing: place for place, thing in enumerate(facts.things)}
    pairs = [(number[line.start], number[line.end]) for line in lines]
    radii = _radii(len(number), pairs)
    groups = group(len(number), pairs)
    if len(number) > CARRIED:
        outline = to_outline(facts, pairs, radii, groups)
        return to_columns(Facts(), [], [], []) | outline | {"date": newest_day(facts)}
    network = make_network(len(number), pairs, radii)
    known = {number[thing]: place for thing, place in keep.items() if thing in number}
    discs: Mapping[str, Any] = {}
    if known:
        positions = lay_out(network, keep=known)
        discs = _discs_around(positions, groups)
    elif groups:
        positions, centres, sizes = lay_out_groups(network, groups)
        discs = {"of": groups, "x": centres[:, 0].tolist(), "y": centres[:, 1].tolist(), "radius": sizes.tolist()}
    else:
        positions = lay_out(network)
    return to_columns(facts, lines, positions.tolist(), radii) | {"groups": discs}


def _radii(size: int, pairs: Sequence[tuple[int, int]]) -> list[float]:
    """A thing's radius grows slowly with its lines: a hub is seen and hides nobody."""
    degree = [0] * size
    for pair in pairs:
        for end in pair:
            degree[end] += 1
    return [round(4.5 + 1.6 * float(min(each, MANY)) ** 0.5, 1) for each in degree]


def _discs_around(positions: Any, groups: list[int]) -> dict[str, Any]:  # noqa: ANN401 - a numpy array
    """Discs of kept places: around the middle of each group's members, as wide as half of them need."""
    members: dict[int, list[int]] = {}
    for thing, own in enumerate(groups):
        members.setdefault(own, []).append(thing)
    if not members:
        return {}
    middles = [positions[own].mean(axis=0) for own in members.values()]
    return {
        "of": groups,
        "x": [round(float(middle[0]), 1) for middle in middles],
        "y": [round(float(middle[1]), 1) for middle in middles],
        "radius": [round(16.0 * len(own) ** 0.5 + 16.0, 1) for own in members.values()],
    }
