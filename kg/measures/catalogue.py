"""The node measures by name, what each means in a sentence, and tables of several of them side by side."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from kg.measures import nodes, two_mode
from kg.measures.cautions import cautions, few
from kg.measures.groups import Communities, communities, components
from kg.measures.nodes import Scores
from kg.network.edges import AnyNetwork, EdgeList, edge_list
from kg.tabular import Table, plural, ranks


@dataclass(frozen=True, slots=True)
class Measure:
    """A score of each node: what it means, and whether the first rank goes to the lowest."""

    meaning: str
    scores: Callable[[AnyNetwork], Scores]
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


TWO_MODE: Mapping[str, Measure] = MappingProxyType(
    {
        "degree": MEASURES["degree"],
        "strength": MEASURES["strength"],
        "degree-share": Measure("the share of the other mode it is tied to", two_mode.degree_share),
        "betweenness": Measure(
            "the shortest paths that lead through it, over the most its mode allows, 0 to 1", two_mode.betweenness
        ),
        "closeness": Measure(
            "the least steps its mode allows to the rest of its component, over those it needs", two_mode.closeness
        ),
        "eigenvector": MEASURES["eigenvector"],
        "pagerank": MEASURES["pagerank"],
        "core": MEASURES["core"],
    }
)
"""What makes sense between two modes: nobody's neighbours are tied to each other, so no holes are structural."""


def measures_of(network: AnyNetwork) -> Mapping[str, Measure]:
    """Return the measures that make sense for a network: of one mode or of two."""
    return TWO_MODE if two_mode.is_two_mode(network) else MEASURES


def measure(
    network: AnyNetwork,
    names: Sequence[str] = ("degree", "strength", "betweenness"),
    *,
    top: int | None = None,
    seed: int = 0,
) -> Table:
    """Score every node and rank by the first measure named, in a two-mode network each mode by itself.

    Columns: `rank`, `id` (IRI), `label`, `kind`, `country`, one a measure, `component` and `community`
    (numbered from the largest). Equal scores share a rank; rows are in order of mode, rank, label, IRI.
    `top` keeps the first ranks, and all that tie with the last of them.

    Raises:
        ValueError: no such measure for this network, the same one twice, or none.
    """
    edges = edge_list(network)
    known = measures_of(edges)
    _require_names(names, known)
    scored = {name: _seeded(known[name], seed)(edges) for name in names}
    place = _places(edges, scored[names[0]], lowest_first=known[names[0]].lowest_first)
    groups = {node: number for number, group in enumerate(components(edges), 1) for node in group}
    found = communities(edges, seed=seed)
    rows = []
    for node in _in_order(edges, place):
        facts = edges.facts[edges.place[node]]
        who = (node, facts.get("label", node), facts.get("kind"), facts.get("country"))
        rows.append((place[node], *who, *(scored[name][node] for name in names), groups[node], found.of[node]))
    kept = [row for row in rows if top is None or (row[0] is not None and row[0] <= top)]
    columns = ("rank", "id", "label", "kind", "country", *names, "component", "community")
    absent = {name: sum(value is None for value in values.values()) for name, values in scored.items()}
    notes = (*_notes(edges, names, len(set(groups.values())), found), *_absent(absent))
    return Table(f"{edges.about.get('projection', 'network')} by {names[0]}", columns, tuple(kept), notes)


def _places(edges: EdgeList, scores: Scores, *, lowest_first: bool) -> dict[str, int | None]:
    """Rank the nodes of each mode."""
    turn = -1 if lowest_first else 1
    sides = [0] * len(edges) if edges.side is None else edges.side.tolist()
    found: dict[str, int | None] = {}
    for mode in sorted(set(sides)):
        of_mode = [node for node, side in zip(edges.nodes, sides, strict=True) if side == mode]
        found |= ranks({node: None if (value := scores[node]) is None else turn * value for node in of_mode})
    return found


def _require_names(names: Sequence[str], known: Mapping[str, Measure]) -> None:
    """Refuse names that are not measures."""
    if not names or len(set(names)) < len(names):
        raise ValueError(f"name one or more different measures, found {', '.join(names) or 'none'}")
    for name in names:
        if name not in known:
            raise ValueError(f"no such measure here: {name!r}; expected one of {', '.join(known)}")


def _seeded(measure: Measure, seed: int) -> Callable[[AnyNetwork], Scores]:
    """Give a measure its seed when it takes one."""
    return partial(nodes.betweenness, seed=seed) if measure.scores is nodes.betweenness else measure.scores


def _in_order(edges: EdgeList, place: Mapping[str, int | None]) -> list[str]:
    """Return nodes by mode, rank, label and IRI; those without a rank last."""
    last = len(edges) + 1
    sides = [0] * len(edges) if edges.side is None else edges.side.tolist()
    order = [
        (side, place[node] or last, str(facts.get("label", node)), node)
        for side, node, facts in zip(sides, edges.nodes, edges.facts, strict=True)
    ]
    return [node for *_, node in sorted(order)]


def _notes(edges: EdgeList, names: Sequence[str], parts: int, found: Communities) -> tuple[str, ...]:
    """Say what the table rests on."""
    if not len(edges):
        return (edges.about.get("counted", ""), "The network is empty: there is nothing to measure.")
    known = measures_of(edges)
    quality = f", modularity {found.modularity:.3f}" if found.modularity is not None else ""
    size = f"{plural(len(edges), 'node')}, {plural(edges.size, 'edge')}"
    groups = plural(len(found.groups), "community", "communities")
    notes = [
        edges.about.get("counted", ""),
        f"Weight: {edges.about.get('weight_means', 'the weight of an edge')}.",
        f"{size}, {plural(parts, 'component')}, {groups} (Louvain{quality}).",
        *(f"{name}: {known[name].meaning}." for name in names),
    ]
    if "betweenness" in names and (drawn := nodes.sources(len(edges), 0)) is not None and edges.side is None:
        notes.append(f"betweenness is estimated from the paths that start at {len(drawn)} nodes, drawn.")
    ties = {node: int(value or 0) for node, value in nodes.degree(edges).items()}
    notes += few(len(edges)) if edges.side is not None else cautions(ties, lambda node: _label(edges, node))
    return tuple(note for note in notes if note)


def _label(edges: EdgeList, node: str) -> str:
    """Return what a node is called."""
    return str(edges.facts[edges.place[node]].get("label", node))


def _absent(count: Mapping[str, int]) -> Iterator[str]:
    """Say of which measures some nodes have no value, and why."""
    for name, number in count.items():
        if number:
            why = "without a tie to others of its kind, or outside the largest component, there is none"
            yield f"{name}: no value for {plural(number, 'node')}; {why}."
