"""What chance would make of it: scores under a null model that keeps who was how often where.

The null model is the two-mode configuration model: every official keeps the number of meetings, every
meeting its size, and who sat with whom is drawn again. The projection is then made and measured as the real
one was. A score that such networks reach often is owed to attendance, not to position.

Sources: Newman, Strogatz and Watts (2001), Physical Review E 64, 026118, for the null model; `kg.measures.curveball`
for drawing from it evenly; Davison and Hinkley (1997), section 4.2, for p.
"""

from dataclasses import dataclass

import numpy as np

from kg.measures import steps
from kg.measures.catalogue import MEASURES
from kg.measures.curveball import shuffles
from kg.measures.sparse import adjacency
from kg.network.edges import AnyNetwork, EdgeList, Floats, Ints, edge_list
from kg.network.incidence import Incidence, within
from kg.tabular import score

SAMPLES = 200
SAMPLED_ABOVE, SOURCES = 1000, 500
"""In larger networks betweenness is compared by the paths that start at so many nodes, the same ones in every draw."""


@dataclass(frozen=True, slots=True)
class Chance:
    """A node's score, what chance gives: mean and middle 95 %, and how often chance does as well (`p`)."""

    observed: float
    expected: float
    low: float
    high: float
    p: float


def significance(
    two_mode: AnyNetwork, mode: str, name: str = "betweenness", *, samples: int = SAMPLES, seed: int = 0
) -> dict[str, Chance]:
    """Compare a measure of the projection onto `mode` with `samples` networks of the same attendance.

    The network is two-mode, its nodes marked with `mode`. `p` is one-sided, towards the better rank, and counts
    the network itself: the least it can be is 1 / (samples + 1). Nodes without a value in the real projection
    are absent; a draw without a value counts as one that does not do as well. Same seed, same result.

    Above `SAMPLED_ABOVE` nodes betweenness, that of the real network too, is an estimate. `p` holds as well: by
    chance, real and drawn networks are alike in any score, so long as all are scored alike.

    Raises:
        ValueError: no such measure, or no sample.
    """
    if name not in MEASURES or samples < 1:
        raise ValueError(f"expected a measure of nodes and at least one sample, found {name!r} and {samples}")
    nodes, rows, meetings = _attendance(edge_list(two_mode), mode)
    from_nodes = _sources(len(nodes), seed) if name == "betweenness" else None
    turn = -1 if MEASURES[name].lowest_first else 1
    real = _scores(rows, nodes, name, from_nodes)
    drawn = np.array([_scores(each, nodes, name, from_nodes) for each in shuffles(rows, meetings, samples, seed)])
    found = {}
    for number, node in enumerate(nodes):
        if not np.isnan(real[number]):
            found[node] = _compare(float(real[number]), drawn[:, number], turn)
    return found


def _attendance(edges: EdgeList, mode: str) -> tuple[list[str], Incidence, int]:
    """Return the nodes of a mode, which of them was at which meeting, and how many meetings there are."""
    is_actor = np.array([facts.get("mode") == mode for facts in edges.facts], dtype=bool)
    number = np.where(is_actor, np.cumsum(is_actor), np.cumsum(~is_actor)) - 1
    ends = np.where(is_actor[edges.one], [edges.other, edges.one], [edges.one, edges.other])
    meeting, actor = number[ends]
    order = np.lexsort((actor, meeting))
    nodes = [node for node, of_mode in zip(edges.nodes, is_actor.tolist(), strict=True) if of_mode]
    return nodes, Incidence(meeting[order], actor[order]), len(edges) - len(nodes)


def _sources(size: int, seed: int) -> Ints | None:
    """Return the nodes that paths start from; None for all."""
    if size <= SAMPLED_ABOVE:
        return None
    return np.sort(np.random.default_rng(seed).choice(size, min(SOURCES, size), replace=False))


def _compare(observed: float, drawn: Floats, turn: int) -> Chance:
    """Return where a score stands among those of chance."""
    valid = drawn[~np.isnan(drawn)]
    as_good = int((turn * valid >= turn * observed - 1e-12).sum())
    low, expected, high = (
        (np.quantile(valid, 0.025), valid.mean(), np.quantile(valid, 0.975)) if len(valid) else (0, 0, 0)
    )
    rounded = [
        score(float(value)) or 0.0 for value in (observed, expected, low, high, (1 + as_good) / (1 + len(drawn)))
    ]
    return Chance(*rounded)


def _scores(rows: Incidence, nodes: list[str], name: str, from_nodes: Ints | None) -> Floats:
    """Measure the projection of who was where; NaN where there is no value."""
    shared = within(rows, len(nodes))
    edges = EdgeList(nodes, shared.one, shared.other, shared.count.astype(np.float64))
    if from_nodes is not None:
        return steps.betweenness(adjacency(edges), from_nodes)
    values = MEASURES[name].scores(edges).values()
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
