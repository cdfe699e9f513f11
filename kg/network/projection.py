"""Meetings -> a network of those who share them: the affiliation network and its projections.

Sources: Breiger (1974), The duality of persons and groups, Social Forces 53; Borgatti and Everett (1997),
Network analysis of 2-mode data, Social Networks 19.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal, TypeAlias, get_args

import networkx as nx
from rdflib import Graph

from kg.network.actors import Members, Mode, describe, members
from kg.network.weights import PLAIN, Weighing
from kg.network.window import ALWAYS, Counted, Held, Window, count_meetings, span

Network: TypeAlias = "nx.Graph[str]"
ProjectionName = Literal[
    "official-official",
    "party-party",
    "city-city",
    "party-sector",
    "sector-sector",
    "official-meeting",
    "party-meeting",
]
PROJECTIONS: tuple[str, ...] = get_args(ProjectionName)

_TIES = {
    "official-official": "officials are tied when they attended the same held meeting",
    "party-party": "parties are tied when they took part in the same held meeting",
    "city-city": "cities are tied when they, or bodies of theirs, took part in the same held meeting",
    "party-sector": "a party is tied to the sectors of the held meetings it took part in",
    "sector-sector": "sectors are tied when the same held meeting was about both",
    "official-meeting": "an official is tied to the held meetings attended",
    "party-meeting": "a party is tied to the held meetings it took part in",
}


@dataclass(slots=True)
class _Tie:
    """What one edge gathers while meetings are read."""

    weight: float
    meetings: list[Held]


def project(
    graph: Graph,
    projection: ProjectionName = "official-official",
    *,
    window: Window = ALWAYS,
    weighing: Weighing = PLAIN,
    language: str | None = None,
) -> Network:
    """Project the held meetings of a graph onto those who share them.

    Nodes are IRIs (str) with `label`, `kind`, and `country` and, for officials, `body` where known; a
    two-mode network also marks each node with `mode` and `bipartite` (0 or 1). Edges are undirected and
    carry `weight`, `count` (meetings shared), `meetings` (their IRIs, sorted) and, where a date is known,
    `first` and `last` (ISO 8601 days). Nodes and edges are added in IRI order. Who met nobody is a node
    without edges. The network's attributes `counted` and `weight_means` say what was done, in words.

    A meeting counts when it may have been on a day of the window; weighing by `recency` counts dated
    meetings up to its day only.

    Raises:
        ValueError: no such projection.
    """
    if projection not in PROJECTIONS:
        raise ValueError(f"no such projection: {projection!r}; expected one of {', '.join(PROJECTIONS)}")
    recent = weighing.name == "recency"
    window = window.capped(weighing.as_of) if recent else window
    counted = count_meetings(graph, window, dated=recent)
    left, right = projection.split("-")
    network: Network = nx.Graph(
        projection=projection,
        counted=_sentence(projection, counted, window),
        weight_means=weighing.meaning(left, right),
    )
    _fill(network, graph, counted, weighing, language)
    return network


def affiliation(graph: Graph, *, window: Window = ALWAYS, language: str | None = None) -> Network:
    """Return the affiliation network, officials x meetings: each edge is one official at one meeting.

    As `project` with `official-meeting`: nodes carry `mode` (`official` or `meeting`), every weight is 1.
    """
    return project(graph, "official-meeting", window=window, language=language)


def _fill(network: Network, graph: Graph, counted: Counted, weighing: Weighing, language: str | None) -> None:
    """Add described nodes, then weighed edges, both in IRI order."""
    left, right = network.graph["projection"].split("-")
    rows = members(graph, left, counted.meetings)
    columns = rows if left == right else _columns(graph, right, counted)
    modes: dict[str, str] = {actor: right for group in columns.values() for actor in group}
    modes |= {actor: left for group in rows.values() for actor in group}
    facts = describe(graph, modes, counted.meetings, language)
    for node in sorted(modes):
        mode = {} if left == right else {"mode": modes[node], "bipartite": int(modes[node] == right)}
        network.add_node(node, **facts[node], **mode)
    ties: dict[tuple[str, str], _Tie] = {}
    for meeting in counted.meetings:
        one, other = rows.get(meeting.iri, ()), columns.get(meeting.iri, ())
        pairs = combinations(one, 2) if left == right else product(one, other)
        sharing = len(one) - 1 if left == right else len(one if right == "meeting" else other)
        _gather(ties, meeting, pairs, weighing.of(meeting, max(sharing, 1)))
    network.add_edges_from((*pair, _facts(ties[pair])) for pair in sorted(ties))


def _columns(graph: Graph, mode: str, counted: Counted) -> Members:
    """Return what the second mode of a two-mode network is: the meetings themselves, or what they bring together."""
    if mode == "meeting":
        return {meeting.iri: (meeting.iri,) for meeting in counted.meetings}
    return members(graph, _as_mode(mode), counted.meetings)


def _as_mode(word: str) -> Mode:
    """Narrow a projection's word to a mode."""
    modes: tuple[Mode, ...] = get_args(Mode)
    return next(mode for mode in modes if mode == word)


def _gather(ties: dict[tuple[str, str], _Tie], meeting: Held, pairs: Iterable[tuple[str, str]], weight: float) -> None:
    """Add one meeting to the tie of each pair."""
    for pair in pairs:
        if tie := ties.get(pair):
            tie.weight += weight
            tie.meetings.append(meeting)
        else:
            ties[pair] = _Tie(weight, [meeting])


def _facts(tie: _Tie) -> dict[str, object]:
    """Return the attributes of an edge."""
    first, last = span(tie.meetings)
    dates = {"first": first, "last": last} if first else {}
    meetings = tuple(meeting.iri for meeting in tie.meetings)
    return {"weight": tie.weight, "count": len(meetings), "meetings": meetings, **dates}


def _sentence(projection: str, counted: Counted, window: Window) -> str:
    """Say what was counted, over which days, and what was left out."""
    count = len(counted.meetings)
    found = f"{count} meeting{'s' if count != 1 else ''} counted" if count else "no meeting counted"
    days = f" {window}" if window != ALWAYS else ""
    return f"{projection}: {_TIES[projection]}; {found}{days}{counted.left_out()}."


def iter_mode(network: Network, mode: str) -> Iterator[str]:
    """Yield the nodes of one mode of a two-mode network, in IRI order."""
    return (node for node, facts in network.nodes.items() if facts.get("mode") == mode)
