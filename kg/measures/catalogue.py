"""The node measures by name, what each means in a sentence, and tables of several of them side by side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from kg.measures import nodes
from kg.measures.groups import communities, components
from kg.measures.nodes import Network, Scores
from kg.measures.table import Table, plural, ranks

FEW = 10
"""Below this many nodes a table warns that ranks mean little."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A score of each node: what it means, and whether the first rank goes to the lowest."""

    meaning: str
    scores: Callable[[Network], Scores]
    lowest_first: bool = False


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "degree": Measure("how many others the node is tied to", nodes.degree),
        "strength": Measure("the sum of the weights of its ties", nodes.strength),
        "betweenness": Measure(
            "the share of shortest paths between two others that lead through it, 0 to 1, in steps", nodes.betweenness
        ),
        "closeness": Measure(
            "the inverse of its mean number of steps to the others of its component; compare within one component only",
            nodes.closeness,
        ),
        "eigenvector": Measure(
            "how well tied its neighbours are, by weight; in the largest component only", nodes.eigenvector
        ),
        "pagerank": Measure("the share of a random walk along weighted ties that is spent there", nodes.pagerank),
        "core": Measure("the largest k so that k neighbours have k such neighbours themselves", nodes.core),
        "constraint": Measure(
            "Burt's constraint: how far its ties lead back to the same few; the lowest is the best broker",
            nodes.constraint,
            lowest_first=True,
        ),
        "effective-size": Measure("Burt's effective size: neighbours, less the ties among them", nodes.effective_size),
    }
)


def measure(
    network: Network,
    names: Sequence[str] = ("degree", "strength", "betweenness"),
    *,
    top: int | None = None,
    seed: int = 0,
) -> Table:
    """Score every node and rank by the first measure named.

    Columns: `rank`, `id` (IRI), `label`, `kind`, `country`, one a measure, `component` and `community`
    (numbered from the largest). Equal scores share a rank; rows are in order of rank, then label, then IRI.
    `top` keeps the first ranks, and all that tie with the last of them.

    Raises:
        ValueError: no such measure, the same one twice, or none.
    """
    _require_names(names)
    scored = {name: _seeded(MEASURES[name], seed)(network) for name in names}
    first = scored[names[0]]
    turned = {node: -value if value is not None else None for node, value in first.items()}
    place = ranks(turned if MEASURES[names[0]].lowest_first else first)
    groups = {node: number for number, group in enumerate(components(network), 1) for node in group}
    found = communities(network, seed=seed)
    rows = []
    for node in _in_order(network, place):
        facts = network.nodes[node]
        who = (node, facts.get("label", node), facts.get("kind"), facts.get("country"))
        rows.append((place[node], *who, *(scored[name][node] for name in names), groups[node], found.of[node]))
    kept = [row for row in rows if top is None or (row[0] is not None and row[0] <= top)]
    columns = ("rank", "id", "label", "kind", "country", *names, "component", "community")
    notes = _notes(network, names, len(set(groups.values())), len(found.groups), found.modularity)
    return Table(f"{network.graph.get('projection', 'network')} by {names[0]}", columns, tuple(kept), notes)


def _require_names(names: Sequence[str]) -> None:
    """Refuse names that are not measures."""
    if not names or len(set(names)) < len(names):
        raise ValueError(f"name one or more different measures, found {', '.join(names) or 'none'}")
    for name in names:
        if name not in MEASURES:
            raise ValueError(f"no such measure: {name!r}; expected one of {', '.join(MEASURES)}")


def _seeded(measure: Measure, seed: int) -> Callable[[Network], Scores]:
    """Give a measure its seed when it takes one."""
    return partial(nodes.betweenness, seed=seed) if measure.scores is nodes.betweenness else measure.scores


def _in_order(network: Network, place: Mapping[str, int | None]) -> list[str]:
    """Return nodes by rank, then label, then IRI; those without a rank last."""
    last = len(network) + 1
    return sorted(network, key=lambda node: (place[node] or last, str(network.nodes[node].get("label", node)), node))


def _notes(
    network: Network, names: Sequence[str], parts: int, groups: int, modularity: float | None
) -> tuple[str, ...]:
    """Say what the table rests on."""
    if not len(network):
        return (network.graph.get("counted", ""), "The network is empty: there is nothing to measure.")
    quality = f", modularity {modularity:.3f}" if modularity is not None else ""
    size = f"{plural(len(network), 'node')}, {plural(network.number_of_edges(), 'edge')}"
    notes = [
        network.graph.get("counted", ""),
        f"Weight: {network.graph.get('weight_means', 'the weight of an edge')}.",
        f"{size}, {plural(parts, 'component')}, {plural(groups, 'community', 'communities')} (Louvain{quality}).",
        *(f"{name}: {MEASURES[name].meaning}." for name in names),
    ]
    if len(network) < FEW:
        notes.append(f"With {plural(len(network), 'node')} a rank says little: one meeting more could turn it round.")
    return tuple(note for note in notes if note)
