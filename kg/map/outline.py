"""A network too large to carry in one page in, its outline out: every name, the groups, and the lines between them.

What an outline leaves out is the records and statements; the page says how to draw the neighbourhood of a thing,
which has them all.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from kg.map.columns import THING_KINDS, Columns, Texts
from kg.map.facts import Facts
from kg.map.layout import DISC, lay_out, make_network
from kg.map.packing import separate

CARRIED = 20_000  # things up to which a page carries every record


def to_outline(facts: Facts, pairs: Sequence[tuple[int, int]], radii: Sequence[float], groups: list[int]) -> Columns:
    """Return the page's columns with names and groups only."""
    texts = Texts()
    rows = list(facts.things.values())
    bundles = _bundles(pairs, groups)
    things = {
        "id": [row.id for row in rows],
        "kind": [THING_KINDS.index(row.kind) for row in rows],
        "name": texts.column(row.name for row in rows),
        "country": [row.country for row in rows],
        "degree": _degrees(len(rows), pairs),
        "radius": list(radii),
    }
    return {
        "outline": {"lines": len(pairs), "records": len(facts.records), "sources": len(facts.sources)},
        "things": things,
        "bundles": {name: [bundle[place] for bundle in bundles] for place, name in enumerate(("from", "to", "number"))},
        "groups": {"of": groups} | _discs(groups, bundles),
        "languages": texts.languages,
    }


def _degrees(size: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    degree = Counter(end for pair in pairs for end in pair)
    return [degree[thing] for thing in range(size)]


def _bundles(pairs: Sequence[tuple[int, int]], groups: list[int]) -> list[tuple[int, int, int]]:
    """How many lines there are between each two groups."""
    between = Counter(tuple(sorted((groups[start], groups[end]))) for start, end in pairs)
    return [(first, second, number) for (first, second), number in sorted(between.items()) if first != second]


def _discs(groups: list[int], bundles: Sequence[tuple[int, int, int]]) -> dict[str, Any]:
    """Lay the groups out by the lines between them; each has a disc as large as its members need."""
    radii = DISC * np.sqrt(np.bincount(groups)) + DISC
    network = make_network(len(radii), [bundle[:2] for bundle in bundles], radii.tolist())
    points = lay_out(network)
    width, height = np.ptp(points, axis=0) + 1
    room = max(1.0, float(np.sqrt(3.5 * (radii * radii).sum() / (width * height))))
    centres = np.round(separate(points * room, radii), 1)
    return {"x": centres[:, 0].tolist(), "y": centres[:, 1].tolist(), "radius": np.round(radii, 1).tolist()}
