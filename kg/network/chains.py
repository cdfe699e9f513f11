"""The shortest chains of held meetings between two officials or parties.

Source: the affiliation network as one graph of people and bodies, Breiger (1974); ties of one meeting are equal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice, pairwise

import networkx as nx

from kg.network.actors import Mode, members
from kg.network.edges import Network
from kg.network.window import ALWAYS, Held, Window, count_meetings
from kg.store import Source

_MOST = 2000  # shortest chains that are compared; the best of them are returned


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain: who was with whom, at which meeting (the last they shared), and how many they shared."""

    one: str
    other: str
    meeting: Held
    shared: int


Chain = tuple[Link, ...]


def find_chains(
    graph: Source,
    ends: tuple[str, str],
    *,
    window: Window = ALWAYS,
    without: frozenset[str] = frozenset(),
    most: int = 3,
) -> list[Chain]:
    """Return the shortest chains between two officials or parties, the one whose oldest link is youngest first.

    Whoever was at the same held meeting is one step apart, officials and parties alike. Of the meetings two
    shared a link names the last. No chain goes through a node of `without`.
    """
    network = _network(graph, window)
    network.remove_nodes_from(without.difference(ends))
    if not all(end in network for end in ends) or not nx.has_path(network, *ends):
        return []
    found: Iterator[list[str]] = nx.all_shortest_paths(network, *ends)
    chains = [_chain(network, nodes) for nodes in islice(found, _MOST) if len(nodes) > 1]
    return sorted(chains, key=_freshest_first)[:most]


def _network(graph: Source, window: Window) -> Network:
    """Tie everyone who was at the same meeting; an edge holds the meetings."""
    meetings = count_meetings(graph, window).meetings
    there: dict[str, set[str]] = {}
    modes: tuple[Mode, ...] = ("official", "party")
    for mode in modes:
        for meeting, group in members(graph, mode, meetings).items():
            there.setdefault(meeting, set()).update(group)
    network: Network = nx.Graph()
    network.add_nodes_from(sorted(set().union(*there.values())))
    for held in meetings:
        for pair in combinations(sorted(there.get(held.iri, ())), 2):
            if not network.has_edge(*pair):
                network.add_edge(*pair, meetings=[])
            network.edges[pair]["meetings"].append(held)
    return network


def _chain(network: Network, nodes: list[str]) -> Chain:
    """Name the last meeting of each link."""
    links = []
    for one, other in pairwise(nodes):
        meetings = network.edges[one, other]["meetings"]
        last = max(meetings, key=lambda meeting: (str(meeting.latest or ""), meeting.iri))
        links.append(Link(one, other, last, len(meetings)))
    return tuple(links)


def _freshest_first(chain: Chain) -> tuple[list[int], tuple[str, ...]]:
    """Order by the oldest link, undated ones last, then by name."""
    oldest = min((link.meeting.latest.toordinal() if link.meeting.latest else 0) for link in chain)
    shared = sum(link.shared for link in chain)
    return [-oldest, -shared], tuple(link.other for link in chain)
