"""The network of officials: project, PageRank, communities, betweenness from a hundred of them.

From the store on disk, and again from who was at which held meeting, read before. The answers agree where methods do:
nodes, edges, whole weight, the first by PageRank and by betweenness. Communities are drawn by lot, so of their
modularity a tenth has to agree; `tests/test_measures_louvain.py` compares it closely.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from harness import Answer, Ask, Job, Place, Way

KG = "https://w3id.org/cooperation-kg/ontology#"
FROM_STORE, FROM_MEMORY = "from the store", "once read"
SOURCES, FIRST = 100, 5
Groups = list[list[str]]
Measured = tuple[int, int, float, Mapping[str, float], float, Mapping[str, float]]
"""Nodes, edges, whole weight, PageRank, modularity, betweenness."""


def read(place: Place) -> Groups:
    """Return who was at each held meeting, by plain calls of pyoxigraph."""
    import pyoxigraph as ox

    store = ox.Store.read_only(str(place.version / "store"))
    default, held = ox.DefaultGraph(), ox.Literal("held")
    groups: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(f"{KG}status"), held, default):
        groups[quad.subject.value] = []  # type: ignore[union-attr]
    for quad in store.quads_for_pattern(None, ox.NamedNode(f"{KG}attendedBy"), None, default):
        if (meeting := quad.subject.value) in groups:  # type: ignore[union-attr]
            groups[meeting].append(quad.object.value)  # type: ignore[union-attr]
    return [sorted(group) for group in groups.values() if group]


def drawn(nodes: Sequence[str]) -> list[str]:
    """Return the nodes that paths start from, as networkx draws them."""
    return random.Random(0).sample(nodes, min(SOURCES, len(nodes)))  # noqa: S311 - no secret


def ours(place: Place) -> Ask:
    """Measure through the columns that `kg analyze` measures."""
    import numpy as np

    import kg
    from kg.measures import communities
    from kg.measures.nodes import pagerank
    from kg.measures.sparse import adjacency
    from kg.measures.steps import betweenness
    from kg.network import EdgeList, project_edges
    from kg.network.incidence import Incidence, within

    dataset, groups = kg.open_dataset(place.build), read(place)
    nodes = sorted({one for group in groups for one in group})
    number = {node: place for place, node in enumerate(nodes)}
    attended: dict[str, list[int]] = {node: [] for node in nodes}
    for meeting, group in enumerate(groups):
        for one in group:
            attended[one].append(meeting)
    rows = Incidence.of(attended, number)

    def ask(case: str) -> Answer:
        if case == FROM_STORE:
            edges = project_edges(dataset)
        else:
            shared = within(rows, len(nodes))
            edges = EdgeList(nodes, shared.one, shared.other, shared.count.astype(np.float64))
        rank, found = pagerank(edges), communities(edges)
        sources = np.array([edges.place[node] for node in drawn(list(edges.nodes))])
        between = dict(zip(edges.nodes, betweenness(adjacency(edges), sources).tolist(), strict=True))
        shares = {node: value or 0 for node, value in rank.items()}
        return told(
            (len(edges), edges.size, float(edges.weight.sum()), shares, found.modularity or 0, between), sources=nodes
        )

    return ask


def networkx(place: Place) -> Ask:
    """Measure with networkx alone."""
    import networkx as nx

    def measure(groups: Groups) -> Measured:
        network: nx.Graph[str] = nx.Graph()
        network.add_nodes_from(sorted({one for group in groups for one in group}))
        for group in groups:
            for pair in combinations(group, 2):
                weight = network.edges[pair]["weight"] + 1 if network.has_edge(*pair) else 1
                network.add_edge(*pair, weight=weight)
        found = nx.community.louvain_communities(network, seed=0)
        return (
            len(network),
            network.number_of_edges(),
            float(network.size("weight")),
            nx.pagerank(network, tol=1e-9),
            nx.community.modularity(network, found),
            nx.betweenness_centrality(network, k=min(SOURCES, len(network)), seed=0),
        )

    return asked(place, measure)


def igraph(place: Place) -> Ask:
    """Measure with igraph's own projection and measures, in C."""
    import igraph as ig

    def measure(groups: Groups) -> Measured:
        names = sorted({one for group in groups for one in group})
        number = {name: place for place, name in enumerate(names)}
        size = len(names)
        edges = [(number[one], size + place) for place, group in enumerate(groups) for one in group]
        both = ig.Graph.Bipartite([0] * size + [1] * len(groups), edges)
        network = both.bipartite_projection(which=0)
        found = network.community_multilevel(weights="weight")
        sources = [number[name] for name in drawn(names)]
        return (
            size,
            network.ecount(),
            float(sum(network.es["weight"])),
            dict(zip(names, network.pagerank(weights="weight"), strict=True)),
            found.modularity,
            dict(zip(names, network.betweenness(directed=False, sources=sources), strict=True)),
        )

    return asked(place, measure)


def asked(place: Place, measure: Callable[[Groups], Measured]) -> Ask:
    """Return how to ask a library that starts from groups of names."""
    groups = read(place)
    nodes = sorted({one for group in groups for one in group})
    return lambda case: told(measure(read(place) if case == FROM_STORE else groups), sources=nodes)


def told(found: Measured, *, sources: Sequence[str]) -> Callable[[], str]:
    """Return what has to agree, as text; the scale of betweenness from a sample differs for the nodes of the sample."""
    nodes, edges, weight, rank, modularity, between = found
    start = set(drawn(sources))
    others = {node: value for node, value in between.items() if node not in start}
    firsts = (sorted(scores, key=lambda node: (-scores[node], node))[:FIRST] for scores in (rank, others))
    return lambda: f"{nodes} {edges} {weight:.0f} {modularity:.1f} {[*map(str, firsts)]}"


JOB = Job(
    "The network of officials: project, PageRank, communities, betweenness of 100",
    {
        "ours": Way(ours),
        "networkx": Way(networkx, most=100_000, slow=4),
        "igraph": Way(igraph, most=100_000),
    },
    (FROM_STORE, FROM_MEMORY),
)
