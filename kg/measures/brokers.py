"""Who holds apart groups together: a table of brokers, each with what chance would give them."""

from kg.measures.catalogue import MEASURES
from kg.measures.cautions import cautions
from kg.measures.chance import SAMPLES, significance
from kg.measures.groups import communities
from kg.measures.nodes import Network
from kg.measures.table import Cell, Table, plural, ranks, score

LEVEL = 0.05
_COLUMNS = (
    *("rank", "id", "label", "country", "body", "meetings", "degree"),
    *("betweenness", "by chance", "p", "constraint", "groups", "last meeting"),
)


def brokers(
    two_mode: Network, projection: Network, *, top: int | None = None, samples: int = SAMPLES, seed: int = 0
) -> Table:
    """Rank the nodes of a projection by betweenness, each beside what attendance alone would give.

    `two_mode` is the affiliation network that `projection` was made from. Columns: `rank`, `id`, `label`,
    `country`, `body`, `meetings` attended, `degree`, `betweenness`, `by chance` (its mean under the null
    model of `kg.measures.chance`), `p` (how often chance does as well), `constraint` (Burt; low is free
    to broker), `groups`, the number of communities the node is tied to, and `last meeting`, the IRI of the last one
    attended. Nodes between nobody are left out.
    """
    mode = projection.graph["projection"].partition("-")[0]
    scores = {name: MEASURES[name].scores(projection) for name in ("degree", "betweenness", "constraint")}
    between = {node: value for node, value in scores["betweenness"].items() if value}
    chance = significance(two_mode, mode, samples=samples, seed=seed) if between else {}
    of, place = communities(projection, seed=seed).of, ranks(between)
    rows: list[tuple[Cell, ...]] = []
    for node in sorted(between, key=lambda node: (place[node] or 0, node)):
        facts, luck = projection.nodes[node], chance[node]
        rows.append(
            (
                place[node],
                node,
                facts["label"],
                facts.get("country"),
                facts.get("body_label"),
                two_mode.degree(node),
                int(scores["degree"][node] or 0),
                luck.observed,
                score(luck.expected),
                luck.p,
                scores["constraint"][node],
                len({of[other] for other in projection[node]}),
                max(two_mode[node], key=lambda meeting: (two_mode.edges[node, meeting].get("last", ""), meeting)),
            )
        )
    kept = [row for row in rows if top is None or (isinstance(row[0], int) and row[0] <= top)]
    notes = _notes(projection, [luck.p for node, luck in chance.items() if node in between], samples)
    return Table(f"brokers: {projection.graph['projection']}", _COLUMNS, tuple(kept), notes)


def _notes(projection: Network, found: list[float], samples: int) -> tuple[str, ...]:
    """Say what the table rests on, how much of it is chance, and what the collection cannot show."""
    said = [projection.graph["counted"]]
    if not found:
        return (*said, "Nobody stands between two others.")
    low = sum(1 for p in found if p <= LEVEL)
    by_luck = f"{LEVEL * len(found):.0f}"
    drawn = f"{plural(samples, 'network')} drawn with the same attendance"
    said += [
        f"betweenness: {MEASURES['betweenness'].meaning}.",
        f"by chance: its mean in {drawn} of people and meetings; p: how often one of them does as well.",
        f"Of {plural(len(found), 'broker')}, {low} with p of {LEVEL} or less; about {by_luck} would be by luck alone.",
        "Those with a larger p stand no more between than their attendance makes anyone.",
    ]
    said += cautions(dict(projection.degree()), lambda node: str(projection.nodes[node]["label"]))
    return tuple(said)
