"""Tables about a network as a whole: its size and shape, components, communities, bridges and cut points."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import networkx as nx

from kg.measures.backbone import LEVEL, backbone
from kg.measures.groups import Communities, bridges, communities, components, cut_points, together
from kg.measures.nodes import Network, matrix
from kg.measures.steps import distances
from kg.measures.table import Cell, Table, listed, plural, score


def summary(network: Network, *, seed: int = 0) -> Table:
    """Return name and value of what describes the whole network; a value without sense here is None, with a note."""
    groups, found = components(network), communities(network, seed=seed)
    alone = sum(1 for _, count in network.degree() if not count)
    largest = network.subgraph(groups[0]) if groups else network
    longest, mean = distances(matrix(largest))
    rows: list[tuple[Cell, ...]] = [
        ("nodes", len(network)),
        ("edges", network.number_of_edges()),
        ("density", score(nx.density(network)) if len(network) > 1 else None),
        ("components", len(groups)),
        ("nodes in the largest component", len(groups[0]) if groups else 0),
        ("nodes without ties", alone),
        ("longest shortest path in the largest component", longest or None),
        ("mean shortest path in the largest component", score(mean) or None),
        ("closed triads of all connected triads", score(nx.transitivity(network)) if _has_triads(network) else None),
        ("communities (Louvain)", len(found.groups)),
        ("modularity", found.modularity),
        *((f"assortativity by {name}", _assortativity(network, name)) for name in ("country", "kind")),
    ]
    absent = [str(name) for name, value in rows if value is None]
    notes = [f"No value for {', '.join(absent)}: the network is too small or too uniform."] if absent else []
    return _titled(network, "summary", ("measure", "value"), rows, notes)


def _has_triads(network: Network) -> bool:
    """Say whether any node has two neighbours."""
    return any(count > 1 for _, count in network.degree())


def _assortativity(network: Network, name: str) -> float | None:
    """Return how far like is tied to like: 1 only like, 0 as by chance; over ties whose ends both have the attribute.

    Source: Newman (2003), Mixing patterns in networks, Physical Review E 67, 026126.
    """
    known = network.edge_subgraph(
        [(a, b) for a, b in network.edges if name in network.nodes[a] and name in network.nodes[b]]
    )
    values = {facts[name] for _, facts in known.nodes(data=True)}
    return score(nx.attribute_assortativity_coefficient(known, name)) if len(values) > 1 else None


def component_table(network: Network, *, seed: int = 0) -> Table:  # noqa: ARG001 - one signature for all reports
    """Return one row a component: number, nodes, edges, and names of the members."""
    rows = [
        (number, len(group), network.subgraph(group).number_of_edges(), listed(_labels(network, group)))
        for number, group in enumerate(components(network), 1)
    ]
    return _titled(network, "components", ("component", "nodes", "edges", "members"), rows)


RUNS, FEW_RUNS, MANY_TIES = 20, 3, 20_000
"""How many seeds communities are compared over, and how many for a network of more ties than that."""


def community_table(network: Network, *, seed: int = 0) -> Table:
    """Return one row a community, with how well it holds when Louvain starts from another seed.

    Columns: `community`, `nodes`, `edges inside`, `edges out`, `together` (how often two members are in one
    community, over several seeds), `countries` with counts, and `members`, the best tied first.
    """
    found = communities(network, seed=seed)
    seeds = range(seed, seed + (RUNS if network.size() <= MANY_TIES else FEW_RUNS)) if network.size() else ()
    runs = [communities(network, seed=each) for each in seeds]
    of, rows = found.of, []
    for number, group in enumerate(found.groups, 1):
        inside = network.subgraph(group).number_of_edges()
        out = sum(1 for node in group for other in network[node] if of[other] != number)
        best = sorted(group, key=lambda node: (-network.degree(node, weight="weight"), node))
        members = listed(_labels(network, best))
        rows.append((number, len(group), inside, out, together(runs, group), _countries(network, group), members))
    columns = ("community", "nodes", "edges inside", "edges out", "together", "countries", "members")
    return _titled(network, "communities", columns, rows, [_quality(found, runs, seed)])


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


def backbone_table(network: Network, *, seed: int = 0) -> Table:  # noqa: ARG001
    """Return one row a tie of the backbone, the least likely first: both ends, weight, alpha and last day."""
    kept = backbone(network)
    rows: list[tuple[Cell, ...]] = []
    for one, other in sorted(kept.edges, key=lambda pair: (kept.edges[pair]["alpha"], pair)):
        tie, names = kept.edges[one, other], _labels(network, [one, other])
        rows.append((one, names[0], other, names[1], score(tie.get("weight", 1)), tie["alpha"], tie.get("last")))
    columns = ("id", "label", "other id", "other label", "weight", "alpha", "last day")
    notes = [
        f"Disparity filter, level {LEVEL:g}: how likely a node gives one tie so much if it gives at random.",
        f"{kept.size()} of {plural(network.size(), 'tie')} kept.",
    ]
    return _titled(network, "backbone", columns, rows, notes)


def bridge_table(network: Network, *, seed: int = 0) -> Table:  # noqa: ARG001
    """Return one row a bridge: both ends, how many meetings (or cooperations) are behind it and its last day."""
    rows: list[tuple[Cell, ...]] = []
    for one, other in bridges(network):
        tie = network.edges[one, other]
        names = _labels(network, [one, other])
        rows.append((one, names[0], other, names[1], tie.get("count"), tie.get("last")))
    columns = ("id", "label", "other id", "other label", network.graph.get("sharing", "meetings"), "last day")
    notes = ["A bridge is the only way between its two sides: without it a component falls in two."]
    return _titled(network, "bridges", columns, rows, notes)


def cut_point_table(network: Network, *, seed: int = 0) -> Table:  # noqa: ARG001
    """Return one row a cut point: how many more components there are without it."""
    found = cut_points(network)
    order = sorted(found, key=lambda node: (-found[node], node))
    rows = [(node, _labels(network, [node])[0], network.degree(node), found[node]) for node in order]
    columns = ("id", "label", "degree", "more components without it")
    return _titled(network, "cut points", columns, rows, ["Without a cut point a component falls apart."])


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


def report(network: Network, name: str, *, seed: int = 0) -> Table:
    """Return one of the tables about a network as a whole, by name.

    Raises:
        ValueError: no such report.
    """
    if name not in REPORTS:
        raise ValueError(f"no such report: {name!r}; expected one of {', '.join(REPORTS)}")
    return REPORTS[name](network, seed=seed)


def _titled(
    network: Network,
    name: str,
    columns: tuple[str, ...],
    rows: Sequence[tuple[Cell, ...]],
    notes: list[str] | None = None,
) -> Table:
    """Put the network's own sentence first, and say so when there is nothing."""
    said = [network.graph.get("counted", "")]
    if not len(network):
        said.append("The network is empty: there is nothing to measure.")
    elif not rows:
        said.append(f"There are no {name} in a network of {plural(len(network), 'node')}.")
    title = f"{network.graph.get('projection', 'network')}: {name}"
    return Table(title, columns, tuple(rows), tuple(note for note in [*said, *(notes or [])] if note))


def _labels(network: Network, group: list[str] | tuple[str, ...]) -> list[str]:
    """Return labels of nodes."""
    return [str(network.nodes[node].get("label", node)) for node in group]


def _countries(network: Network, group: tuple[str, ...]) -> str:
    """Return the countries of a group with their counts, the most frequent first."""
    count = Counter(network.nodes[node]["country"] for node in group if "country" in network.nodes[node])
    return ", ".join(
        f"{country} {number}" for country, number in sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
    )
