"""RDF -> one network of everything with a name: officials, parties, meetings, forums, sectors, cooperations."""

from datetime import date
from typing import TypeAlias

import networkx as nx
from rdflib import URIRef

from kg.facts import pairs
from kg.network.actors import describe, kinds
from kg.network.window import Counted, Held, bounds
from kg.store import Source
from kg.terms import KG

_Days = tuple[date | None, date | None]
_Edge = tuple[str, str, str, str]
ThingNetwork: TypeAlias = "nx.MultiDiGraph[str]"

RELATIONS = ("attendedBy", "city", "cooperation", "follows", "forum", "party", "partOf", "sector", "unitOf")
"""Properties that are edges as they stand; `holds`, from an official to a body, is read from tenures."""

_COORDINATES = {name: URIRef(f"https://schema.org/{name}") for name in ("latitude", "longitude")}


def things(graph: Source, *, language: str | None = None) -> ThingNetwork:
    """Return everything a graph names as one directed network with parallel edges.

    Nodes are IRIs (str) with `label`, `kind`, and where known `country`, `body`, `status`, `latitude`,
    `longitude`, `first` and `last` (ISO 8601 days). Edges are keyed by `relation`, one of `RELATIONS` or
    `holds` (an official in a post of a body), and carry the days of the meeting, forum or tenure behind
    them. Nodes and edges are added in IRI order; a sector nothing is about is left out.
    """
    sorts, days = kinds(graph), _days(graph)
    edges = sorted({*_stated(graph, sorts), *_tenures(graph, sorts)})
    used = {node for one, other, *_ in edges for node in (one, other)}
    nodes = sorted(node for node, kind in sorts.items() if kind != "sector" or node in used)
    network: ThingNetwork = nx.MultiDiGraph(counted=_sentence(nodes, edges))
    held = [Held(node, *days.get(node, (None, None))) for node in nodes if sorts[node] == "meeting"]
    facts = describe(graph, nodes, Counted(tuple(each.iri for each in held), lambda: held), language)
    more = _more(graph)
    for node in nodes:
        network.add_node(node, **facts[node], **more.get(node, {}), **_dates(days, node))
    for one, other, relation, proof in edges:
        network.add_edge(one, other, key=relation, relation=relation, **_dates(days, proof))
    return network


def _stated(graph: Source, sorts: dict[str, str]) -> list[_Edge]:
    """Return subject, object, relation, and the thing whose days the edge has (its subject)."""
    return [
        (one, other, relation, one)
        for relation in RELATIONS
        for one, other in pairs(graph, URIRef(KG[relation]))
        if one in sorts and other in sorts
    ]


def _tenures(graph: Source, sorts: dict[str, str]) -> list[_Edge]:
    """Return official, body, `holds`, and the tenure whose days the edge has: the first tenure in that body."""
    of, post = dict(pairs(graph, KG.postIn)), dict(pairs(graph, KG.post))
    found: dict[tuple[str, str], str] = {}
    for tenure, official in sorted(pairs(graph, KG.official)):
        body = of.get(post.get(tenure, ""), "")
        if official in sorts and body in sorts:
            found.setdefault((official, body), tenure)
    return [(official, body, "holds", tenure) for (official, body), tenure in found.items()]


def _days(graph: Source) -> dict[str, _Days]:
    """Return thing -> its first and last day, either None when unknown."""
    earliest, latest = bounds(graph, KG.earliest), bounds(graph, KG.latest)
    return {thing: (earliest.get(thing), latest.get(thing)) for thing in {*earliest, *latest}}


def _dates(days: dict[str, _Days], thing: str) -> dict[str, str]:
    """Return `first` and `last` of a thing as text, each only when known."""
    known = zip(("first", "last"), days.get(thing, (None, None)), strict=True)
    return {name: day.isoformat() for name, day in known if day}


def _more(graph: Source) -> dict[str, dict[str, str | float]]:
    """Return thing -> status and coordinates, where stated."""
    found: dict[str, dict[str, str | float]] = {}
    for thing, word in pairs(graph, KG.status):
        found.setdefault(thing, {})["status"] = word
    for name, predicate in _COORDINATES.items():
        for thing, degrees in pairs(graph, predicate):
            found.setdefault(thing, {})[name] = float(degrees)
    return found


def _sentence(nodes: list[str], edges: list[_Edge]) -> str:
    """Say what the network holds."""
    return f"everything with a name: {len(nodes)} nodes and {len(edges)} edges, each edge a property of the graph."
