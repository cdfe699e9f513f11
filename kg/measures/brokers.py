"""Who holds apart groups together: a table of brokers, each with what chance would give them."""

from kg.measures.catalogue import MEASURES
from kg.measures.cautions import cautions
from kg.measures.chance import SAMPLED_ABOVE, SAMPLES, SOURCES, significance
from kg.measures.groups import communities
from kg.measures.sparse import adjacency, degrees
from kg.network.edges import AnyNetwork, EdgeList, edge_list
from kg.tabular import Cell, Table, plural, ranks, score

LEVEL = 0.05
_COLUMNS = (
    *("rank", "id", "label", "country", "body", "meetings", "degree"),
    *("betweenness", "by chance", "p", "constraint", "groups", "last meeting"),
)


def brokers(
    two_mode: AnyNetwork, projection: AnyNetwork, *, top: int | None = None, samples: int = SAMPLES, seed: int = 0
) -> Table:
    """Rank the nodes of a projection by betweenness, each beside what attendance alone would give.

    `two_mode` is the affiliation network that `projection` was made from. Columns: `rank`, `id`, `label`,
    `country`, `body`, `meetings` attended, `degree`, `betweenness`, `by chance` (its mean under the null
    model of `kg.measures.chance`), `p` (how often chance does as well), `constraint` (Burt; low is free
    to broker), `groups`, the number of communities the node is tied to, and `last meeting`, the IRI of the last one
    attended. Nodes between nobody are left out.
    """
    attended, edges = edge_list(two_mode), edge_list(projection)
    mode = edges.about["projection"].partition("-")[0]
    scores = {name: MEASURES[name].scores(edges) for name in ("degree", "betweenness", "constraint")}
    between = {node: value for node, value in scores["betweenness"].items() if value}
    chance = significance(attended, mode, samples=samples, seed=seed) if between else {}
    place, groups, meetings, newest = ranks(between), _groups(edges, seed), degrees(attended), _newest(attended)
    rows: list[tuple[Cell, ...]] = []
    for node in sorted(between, key=lambda node: (place[node] or 0, node)):
        facts, luck = edges.facts[edges.place[node]], chance[node]
        rows.append(
            (
                place[node],
                node,
                facts["label"],
                facts.get("country"),
                facts.get("body_label"),
                int(meetings[attended.place[node]]),
                int(scores["degree"][node] or 0),
                between[node],
                score(luck.expected),
                luck.p,
                scores["constraint"][node],
                groups[edges.place[node]],
                newest[node],
            )
        )
    kept = [row for row in rows if top is None or (isinstance(row[0], int) and row[0] <= top)]
    notes = _notes(edges, [luck.p for node, luck in chance.items() if node in between], samples)
    return Table(f"brokers: {edges.about['projection']}", _COLUMNS, tuple(kept), notes)


def _groups(edges: EdgeList, seed: int) -> list[int]:
    """Return how many communities each node is tied to."""
    of, near = communities(edges, seed=seed).of, adjacency(edges)
    number = [of[node] for node in edges.nodes]
    ends = zip(near.indptr[:-1], near.indptr[1:], strict=True)
    return [len({number[other] for other in near.indices[start:end]}) for start, end in ends]


def _newest(attended: EdgeList) -> dict[str, str]:
    """Return node -> the last of the nodes it is tied to, by day, then by IRI."""
    found: dict[str, tuple[str, str]] = {}
    for one, other, tie in zip(attended.one.tolist(), attended.other.tolist(), attended.ties, strict=True):
        for node, meeting in ((one, other), (other, one)):
            name, sign = attended.nodes[node], (tie.get("last", ""), attended.nodes[meeting])
            found[name] = max(found.get(name, sign), sign)
    return {node: meeting for node, (_, meeting) in found.items()}


def _notes(edges: EdgeList, found: list[float], samples: int) -> tuple[str, ...]:
    """Say what the table rests on, how much of it is chance, and what the collection cannot show."""
    said = [edges.about["counted"]]
    if not found:
        return (*said, "Nobody stands between two others.")
    low = sum(1 for p in found if p <= LEVEL)
    by_luck = f"{LEVEL * len(found):.0f}"
    drawn = f"{plural(samples, 'network')} drawn with the same attendance"
    said += [
        f"betweenness: {MEASURES['betweenness'].meaning}.",
        f"by chance: its mean in {drawn} of people and meetings; p: how often one of them does as well.",
        f"p is drawn, too: at {LEVEL} its standard error is {(LEVEL * (1 - LEVEL) / samples) ** 0.5:.3f}.",
        f"Of {plural(len(found), 'broker')}, {low} with p of {LEVEL} or less; about {by_luck} would be by luck alone.",
        "Those with a larger p stand no more between than their attendance makes anyone.",
    ]
    if len(edges) > SAMPLED_ABOVE:
        said.append(f"by chance and p: estimated from the paths that start at {SOURCES} nodes, drawn once.")
    near = dict(zip(edges.nodes, degrees(edges).tolist(), strict=True))
    said += cautions(near, lambda node: str(edges.facts[edges.place[node]]["label"]))
    return tuple(said)
