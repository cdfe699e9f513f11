"""Meetings, or cooperations -> a network of those who share them: the affiliation network and its projections.

Sources: Breiger (1974), The duality of persons and groups, Social Forces 53; Borgatti and Everett (1997),
Network analysis of 2-mode data, Social Networks 19.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

import numpy as np

from kg.network.actors import Mode, acted_for, attendance, describe
from kg.network.edges import EdgeList, Ints, Later, Network, to_networkx
from kg.network.incidence import Incidence, between, within
from kg.network.pursued import count_cooperations
from kg.network.shared import facts_of
from kg.network.weights import PLAIN, Weighing
from kg.network.window import ALWAYS, Counted, Window, count_meetings
from kg.store import Source

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
    return to_networkx(
        project_edges(graph, projection, sharing=sharing, window=window, weighing=weighing, language=language)
    )


def project_edges(  # noqa: PLR0913 - as above
    graph: Source,
    projection: ProjectionName = "official-official",
    *,
    sharing: Sharing = "meetings",
    window: Window = ALWAYS,
    weighing: Weighing = PLAIN,
    language: str | None = None,
) -> EdgeList:
    """Return the network of `project` in columns, which measures take as well; labels and days are read when asked for.

    Raises:
        ValueError: as `project`.
    """
    ties = _require(projection, sharing)
    recent = weighing.name == "recency"
    window = window.capped(weighing.as_of) if recent else window
    count = count_meetings if sharing == "meetings" else count_cooperations
    counted = count(graph, window, dated=recent)
    left, right = projection.split("-")
    about = {
        "projection": projection,
        "sharing": sharing,
        "counted": f"{projection}: {ties}; {_found(counted, window, sharing)}.",
        "weight_means": weighing.meaning(left, right, sharing),
    }
    return _edges(graph, counted, weighing, about, language)


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


def _edges(
    graph: Source, counted: Counted, weighing: Weighing, about: Mapping[str, Any], language: str | None
) -> EdgeList:
    """Number nodes in IRI order, and pair them."""
    left, right = about["projection"].split("-")
    modes = [_attendance(graph, mode, counted) for mode in dict.fromkeys((left, right))]
    nodes = sorted({actor for mode in modes for actor in mode})
    place = {node: number for number, node in enumerate(nodes)}
    rows = [Incidence.of(mode, place) for mode in modes]
    sizes = [row.sizes(len(counted.names)) for row in rows]
    if left == right:
        side, shared, others = None, within(rows[0], len(nodes)), sizes[0] - 1
    else:
        side = np.array([int(node in modes[1]) for node in nodes], dtype=np.int64)
        own = _own(graph, rows[0], counted, nodes) if (left, right) == ("official", "party") else None
        shared, others = between(rows[0], rows[1], len(nodes), own), sizes[0 if right == "meeting" else 1]
    weight = shared.sum(weighing.each(counted, others))
    whole = weighing.name == "meetings"

    def described() -> Sequence[Mapping[str, Any]]:
        known = describe(graph, nodes, counted, language)
        if side is None:
            return [known[node] for node in nodes]
        marks = [{"mode": mode, "bipartite": number} for number, mode in enumerate((left, right))]
        return [known[node] | marks[of] for node, of in zip(nodes, side.tolist(), strict=True)]

    return EdgeList(
        nodes=nodes,
        one=shared.one,
        other=shared.other,
        weight=weight,
        about=about,
        side=side,
        facts=Later(len(nodes), described),
        ties=Later(len(weight), lambda: facts_of(shared, weight, counted, about["sharing"], whole=whole)),
    )


def _own(graph: Source, rows: Incidence, counted: Counted, nodes: Sequence[str]) -> Ints:
    """Return for each row, an official at a meeting, the number of the body acted for there; -1 where none is known."""
    acted, place = acted_for(graph), {node: number for number, node in enumerate(nodes)}
    who = zip(rows.meeting.tolist(), rows.actor.tolist(), strict=True)
    bodies = (acted.get((counted.names[meeting], nodes[official]), "") for meeting, official in who)
    return np.fromiter((place.get(body, -1) for body in bodies), np.int64, len(rows.meeting))


def _attendance(graph: Source, mode: str, counted: Counted) -> Mapping[str, Sequence[int]]:
    """Return what one mode of a network is, with the numbers of its meetings: the meetings themselves, or actors."""
    place = {name: number for number, name in enumerate(counted.names)}
    if mode == "meeting":
        return {name: (number,) for name, number in place.items()}
    modes: tuple[Mode, ...] = get_args(Mode)
    return attendance(graph, next(each for each in modes if each == mode), place)


def _found(counted: Counted, window: Window, sharing: str) -> str:
    """Say what was counted, over which days, and what was left out."""
    many = len(counted.names)
    found = f"{many or 'no'} {sharing if many > 1 else sharing.removesuffix('s')} counted"
    days = f" {window}" if window != ALWAYS else ""
    return f"{found}{days}{counted.left_out()}"


def iter_mode(network: Network, mode: str) -> Iterator[str]:
    """Yield the nodes of one mode of a two-mode network, in IRI order."""
    return (node for node, facts in network.nodes.items() if facts.get("mode") == mode)
