"""Meetings, or cooperations -> a network of those who share them: the affiliation network and its projections.

Sources: Breiger (1974), The duality of persons and groups, Social Forces 53; Borgatti and Everett (1997),
Network analysis of 2-mode data, Social Networks 19.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal, TypeAlias, get_args

import networkx as nx

from kg.network.actors import Members, Mode, acted_for, describe, members
from kg.network.pursued import count_cooperations
from kg.network.weights import PLAIN, Weighing
from kg.network.window import ALWAYS, Counted, Held, Window, count_meetings, span
from kg.store import Source

Network: TypeAlias = "nx.Graph[str]"
ProjectionName = Literal[
    "official-official",
    "party-party",
    "city-city",
    "party-sector",
    "sector-sector",
    "official-meeting",
    "official-party",
    "party-meeting",
]
PROJECTIONS: tuple[str, ...] = get_args(ProjectionName)

Sharing = Literal["meetings", "cooperations"]
SHARINGS: tuple[str, ...] = get_args(Sharing)

_TIES = {
    "official-official": "officials are tied when they attended the same held meeting",
    "party-party": "parties are tied when they took part in the same held meeting",
    "city-city": "cities are tied when they, or bodies of theirs, took part in the same held meeting",
    "party-sector": "a party is tied to the sectors of the held meetings it took part in",
    "sector-sector": "sectors are tied when the same held meeting was about both",
    "official-meeting": "an official is tied to the held meetings attended",
    "official-party": "an official is tied to the parties met: those of the held meetings attended, save the body"
    " acted for there",
    "party-meeting": "a party is tied to the held meetings it took part in",
}
_TIES_BY_COOPERATION = {
    "party-party": "parties are tied when they pursue the same cooperation, at whatever stage",
    "city-city": "cities are tied when they, or bodies of theirs, pursue the same cooperation, at whatever stage",
    "party-sector": "a party is tied to the sectors of the cooperations it pursues, at whatever stage",
    "sector-sector": "sectors are tied when the same cooperation is about both, at whatever stage",
}


@dataclass(slots=True)
class _Tie:
    """What one edge gathers while meetings are read."""

    weight: float
    meetings: list[Held]


def project(  # noqa: PLR0913 - each is an option of the command
    graph: Source,
    projection: ProjectionName = "official-official",
    *,
    sharing: Sharing = "meetings",
    window: Window = ALWAYS,
    weighing: Weighing = PLAIN,
    language: str | None = None,
) -> Network:
    """Project the held meetings of a graph, or its cooperations, onto those who share them.

    Nodes are IRIs (str) with `label`, `kind`, and `country` and, for officials, `body` where known; a
    two-mode network also marks each node with `mode` and `bipartite` (0 or 1). Edges are undirected and
    carry `weight`, `count` (of what is shared), `meetings` or `cooperations` (their IRIs, sorted) and, where a
    date is known, `first` and `last` (ISO 8601 days). Nodes and edges are added in IRI order. Who met nobody is a node
    without edges. The network's attribute `sharing` names what is shared; `counted` and `weight_means` say in
    words what was done.

    A meeting counts when it may have been on a day of the window; weighing by `recency` counts dated
    meetings up to its day only. A cooperation lasts from the first to the last day of its steps and held
    meetings; it ties parties that never met in a record, such as sister cities.

    Raises:
        ValueError: no such projection, or none of what is shared: cooperations have parties and sectors only.
    """
    ties = _require(projection, sharing)
    recent = weighing.name == "recency"
    window = window.capped(weighing.as_of) if recent else window
    count = count_meetings if sharing == "meetings" else count_cooperations
    counted = count(graph, window, dated=recent)
    left, right = projection.split("-")
    network: Network = nx.Graph(
        projection=projection,
        sharing=sharing,
        counted=f"{projection}: {ties}; {_found(counted, window, sharing)}.",
        weight_means=weighing.meaning(left, right, sharing),
    )
    _fill(network, graph, counted, weighing, language)
    return network


def _require(projection: str, sharing: str) -> str:
    """Return in words what ties two nodes, or refuse what cannot be projected."""
    if projection not in PROJECTIONS:
        raise ValueError(f"no such projection: {projection!r}; expected one of {', '.join(PROJECTIONS)}")
    if sharing not in SHARINGS:
        raise ValueError(f"nothing is shared as {sharing!r}; expected one of {', '.join(SHARINGS)}")
    ties = _TIES if sharing == "meetings" else _TIES_BY_COOPERATION
    if projection not in ties:
        raise ValueError(f"{projection} counts meetings; by cooperations there are {', '.join(ties)}")
    return ties[projection]


def affiliation(graph: Source, *, window: Window = ALWAYS, language: str | None = None) -> Network:
    """Return the affiliation network, officials x meetings: each edge is one official at one meeting.

    As `project` with `official-meeting`: nodes carry `mode` (`official` or `meeting`), every weight is 1.
    """
    return project(graph, "official-meeting", window=window, language=language)


def _fill(network: Network, graph: Source, counted: Counted, weighing: Weighing, language: str | None) -> None:
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
    own = acted_for(graph) if (left, right) == ("official", "party") else {}
    ties: dict[tuple[str, str], _Tie] = {}
    for meeting in counted.meetings:
        one, other = rows.get(meeting.iri, ()), columns.get(meeting.iri, ())
        pairs: Iterable[tuple[str, str]] = combinations(one, 2) if left == right else product(one, other)
        if own:
            pairs = [pair for pair in pairs if own.get((meeting.iri, pair[0])) != pair[1]]
        sharing = len(one) - 1 if left == right else len(one if right == "meeting" else other)
        _gather(ties, meeting, pairs, weighing.of(meeting, max(sharing, 1)))
    network.add_edges_from((*pair, _facts(ties[pair], network.graph["sharing"])) for pair in sorted(ties))


def _columns(graph: Source, mode: str, counted: Counted) -> Members:
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


def _facts(tie: _Tie, sharing: str) -> dict[str, object]:
    """Return the attributes of an edge."""
    first, last = span(tie.meetings)
    dates = {"first": first, "last": last} if first else {}
    shared = tuple(meeting.iri for meeting in tie.meetings)
    return {"weight": tie.weight, "count": len(shared), sharing: shared, **dates}


def _found(counted: Counted, window: Window, sharing: str) -> str:
    """Say what was counted, over which days, and what was left out."""
    many = len(counted.meetings)
    found = f"{many or 'no'} {sharing if many > 1 else sharing.removesuffix('s')} counted"
    days = f" {window}" if window != ALWAYS else ""
    return f"{found}{days}{counted.left_out()}"


def iter_mode(network: Network, mode: str) -> Iterator[str]:
    """Yield the nodes of one mode of a two-mode network, in IRI order."""
    return (node for node, facts in network.nodes.items() if facts.get("mode") == mode)
