"""Tables about a network as a whole: its size and shape, components, communities, bridges and cut points."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from kg.measures.backbone import LEVEL, disparity
from kg.measures.groups import Communities, bridges, communities, components, cut_points, together
from kg.measures.nodes import sources
from kg.measures.sparse import adjacency, degrees, strengths
from kg.measures.steps import distances
from kg.measures.triads import tied_neighbours
from kg.network.edges import AnyNetwork, EdgeList, Ints, edge_list
from kg.tabular import Cell, Table, listed, plural, score


def summary(edges: EdgeList, *, seed: int = 0) -> Table:
    """Return name and value of what describes the whole network; a value without sense here is None, with a note."""
    size, near = len(edges), degrees(edges)
    groups, found = components(edges), communities(edges, seed=seed)
    largest = [edges.place[node] for node in groups[0]] if groups else []
    drawn = sources(len(largest), seed)
    longest, mean = distances(adjacency(edges)[largest][:, largest], drawn)
    triads = float((near * (near - 1)).sum())
    rows: list[tuple[Cell, ...]] = [
        ("nodes", size),
        ("edges", edges.size),
        ("density", score(2 * edges.size / (size * (size - 1))) if size > 1 else None),
        ("components", len(groups)),
        ("nodes in the largest component", len(largest)),
        ("nodes without ties", int((near == 0).sum())),
        ("longest shortest path in the largest component", longest or None),
        ("mean shortest path in the largest component", score(mean) or None),
        ("closed triads of all connected triads", score(2 * tied_neighbours(edges).sum() / triads) if triads else None),
        ("communities (Louvain)", len(found.groups)),
        ("modularity", found.modularity),
        *((f"assortativity by {name}", _assortativity(edges, name)) for name in ("country", "kind")),
    ]
    absent = [str(name) for name, value in rows if value is None]
    notes = [f"No value for {', '.join(absent)}: the network is too small or too uniform."] if absent else []
    if drawn is not None:
        notes.append(f"Paths are those that start at {len(drawn)} nodes, drawn: the longest is at least so long.")
    return _titled(edges, "summary", ("measure", "value"), rows, notes)


def _assortativity(edges: EdgeList, name: str) -> float | None:
    """Return how far like is tied to like: 1 only like, 0 as by chance; over ties whose ends both have the attribute.

    Source: Newman (2003), Mixing patterns in networks, Physical Review E 67, 026126.
    """
    number: dict[str, int] = {}
    codes = [number.setdefault(facts[name], len(number)) if name in facts else -1 for facts in edges.facts]
    of = np.array(codes, dtype=np.int64)
    one, other = of[edges.one], of[edges.other]
    known = (one >= 0) & (other >= 0)
    mixing = np.zeros((len(number), len(number)))
    np.add.at(mixing, (np.append(one[known], other[known]), np.append(other[known], one[known])), 1)
    if (mixing.sum(axis=0) > 0).sum() < 2:  # noqa: PLR2004 - all of one sort
        return None
    share = mixing / mixing.sum()
    by_chance = float((share.sum(axis=0) ** 2).sum())
    return score((float(share.trace()) - by_chance) / (1 - by_chance))


def component_table(edges: EdgeList, *, seed: int = 0) -> Table:  # noqa: ARG001 - one signature for all reports
    """Return one row a component: number, nodes, edges, and names of the members."""
    groups = components(edges)
    part = _numbered(edges, groups)
    inside = np.bincount(part[edges.one], minlength=len(groups)).tolist()
    rows = [
        (number, len(group), inside[number - 1], listed(_labels(edges, group)))
        for number, group in enumerate(groups, 1)
    ]
    return _titled(edges, "components", ("component", "nodes", "edges", "members"), rows)


def _numbered(edges: EdgeList, groups: Sequence[Sequence[str]]) -> Ints:
    """Return the number of each node's group, from 0."""
    found = np.zeros(len(edges), dtype=np.int64)
    for number, group in enumerate(groups):
        found[[edges.place[node] for node in group]] = number
    return found


RUNS, FEW_RUNS, MANY_TIES = 20, 3, 20_000
"""How many seeds communities are compared over, and how many for a network of more ties than that."""


def community_table(edges: EdgeList, *, seed: int = 0) -> Table:
    """Return one row a community, with how well it holds when Louvain starts from another seed.

    Columns: `community`, `nodes`, `edges inside`, `edges out`, `together` (how often two members are in one
    community, over several seeds), `countries` with counts, and `members`, the best tied first.
    """
    found = communities(edges, seed=seed)
    seeds = range(seed, seed + (RUNS if edges.size <= MANY_TIES else FEW_RUNS)) if edges.size else ()
    runs = [communities(edges, seed=each) for each in seeds]
    of, many = _numbered(edges, found.groups), len(found.groups)
    one, other = of[edges.one], of[edges.other]
    inside = np.bincount(one[one == other], minlength=many).tolist()
    out = np.bincount(np.concatenate([one[one != other], other[one != other]]), minlength=many).tolist()
    strength = dict(zip(edges.nodes, strengths(edges).tolist(), strict=True))
    rows = []
    for number, group in enumerate(found.groups):
        best = sorted(group, key=lambda node: (-strength[node], node))
        held = together(runs, group)
        facts = (_countries(edges, group), listed(_labels(edges, best)))
        rows.append((number + 1, len(group), inside[number], out[number], held, *facts))
    columns = ("community", "nodes", "edges inside", "edges out", "together", "countries", "members")
    return _titled(edges, "communities", columns, rows, [_quality(found, runs, seed)])


def _quality(found: Communities, runs: list[Communities], seed: int) -> str:
    """Say how good the communities are and how far another seed would give others."""
    if found.modularity is None:
        return "No ties, so no modularity."
    known = [run.modularity for run in runs if run.modularity is not None]
    numbers = sorted({len(run.groups) for run in runs})
    many = f"{numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
    return (
        f"Louvain, seed {seed}: modularity {found.modularity:.3f}. Over {len(runs)} seeds: {many} communities, "
        f"modularity {min(known):.3f} to {max(known):.3f}; together: how often two members share a community."
    )


def backbone_table(edges: EdgeList, *, seed: int = 0) -> Table:  # noqa: ARG001
    """Return one row a tie of the backbone, the least likely first: both ends, weight, alpha and last day."""
    alphas = disparity(edges)
    rows: list[tuple[Cell, ...]] = []
    for edge in np.flatnonzero(alphas < LEVEL).tolist():
        weight, alpha = score(float(edges.weight[edge])), score(float(alphas[edge]))
        rows.append((*_ends(edges, edge), weight, alpha, edges.ties[edge].get("last")))
    rows.sort(key=lambda row: (row[5], row[0], row[2]))
    columns = ("id", "label", "other id", "other label", "weight", "alpha", "last day")
    notes = [
        f"Disparity filter, level {LEVEL:g}: how likely a node gives one tie so much if it gives at random.",
        f"{len(rows)} of {plural(edges.size, 'tie')} kept.",
    ]
    return _titled(edges, "backbone", columns, rows, notes)


def bridge_table(edges: EdgeList, *, seed: int = 0) -> Table:  # noqa: ARG001
    """Return one row a bridge: both ends, what is shared behind it, and its last day."""
    pairs = zip(edges.one.tolist(), edges.other.tolist(), strict=True)
    number = {frozenset(edges.nodes[end] for end in pair): edge for edge, pair in enumerate(pairs)}
    rows: list[tuple[Cell, ...]] = []
    for one, other in bridges(edges):
        tie, names = edges.ties[number[frozenset((one, other))]], _labels(edges, [one, other])
        rows.append((one, names[0], other, names[1], tie.get("count"), tie.get("last")))
    columns = ("id", "label", "other id", "other label", edges.about.get("sharing", "meetings"), "last day")
    notes = ["A bridge is the only way between its two sides: without it a component falls in two."]
    return _titled(edges, "bridges", columns, rows, notes)


def _ends(edges: EdgeList, edge: int) -> tuple[str, str, str, str]:
    """Return both ends of an edge and their labels."""
    one, other = edges.nodes[edges.one[edge]], edges.nodes[edges.other[edge]]
    names = _labels(edges, [one, other])
    return one, names[0], other, names[1]


def cut_point_table(edges: EdgeList, *, seed: int = 0) -> Table:  # noqa: ARG001
    """Return one row a cut point: how many more components there are without it."""
    found, near = cut_points(edges), degrees(edges)
    order = sorted(found, key=lambda node: (-found[node], node))
    rows = [(node, _labels(edges, [node])[0], int(near[edges.place[node]]), found[node]) for node in order]
    columns = ("id", "label", "degree", "more components without it")
    return _titled(edges, "cut points", columns, rows, ["Without a cut point a component falls apart."])


REPORTS: Mapping[str, Callable[..., Table]] = MappingProxyType(
    {
        "summary": summary,
        "components": component_table,
        "communities": community_table,
        "bridges": bridge_table,
        "cut-points": cut_point_table,
        "backbone": backbone_table,
    }
)


def report(network: AnyNetwork, name: str, *, seed: int = 0) -> Table:
    """Return one of the tables about a network as a whole, by name.

    Raises:
        ValueError: no such report.
    """
    if name not in REPORTS:
        raise ValueError(f"no such report: {name!r}; expected one of {', '.join(REPORTS)}")
    return REPORTS[name](edge_list(network), seed=seed)


def _titled(
    edges: EdgeList,
    name: str,
    columns: tuple[str, ...],
    rows: Sequence[tuple[Cell, ...]],
    notes: Sequence[str] = (),
) -> Table:
    """Put the network's own sentence first, and say so when there is nothing."""
    said = [edges.about.get("counted", "")]
    if not len(edges):
        said.append("The network is empty: there is nothing to measure.")
    elif not rows:
        kind = "ties in the backbone" if name == "backbone" else name
        said.append(f"There are no {kind} in a network of {plural(len(edges), 'node')}.")
    title = f"{edges.about.get('projection', 'network')}: {name}"
    return Table(title, columns, tuple(rows), tuple(note for note in [*said, *notes] if note))


def _labels(edges: EdgeList, group: Sequence[str]) -> list[str]:
    """Return labels of nodes."""
    return [str(edges.facts[edges.place[node]].get("label", node)) for node in group]


def _countries(edges: EdgeList, group: Sequence[str]) -> str:
    """Return the countries of a group with their counts, the most frequent first."""
    facts = (edges.facts[edges.place[node]] for node in group)
    count = Counter(each["country"] for each in facts if "country" in each)
    return ", ".join(
        f"{country} {number}" for country, number in sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
    )
