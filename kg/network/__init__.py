"""RDF -> networkx: who was at which meeting, projections of meetings and cooperations, the network of everything."""

from kg.network.chains import Chain, Link, find_chains
from kg.network.edges import AnyNetwork, EdgeList, Network, edge_list, to_networkx
from kg.network.projection import (
    PROJECTIONS,
    SHARINGS,
    ProjectionName,
    Sharing,
    affiliation,
    iter_mode,
    project,
    project_edges,
)
from kg.network.things import RELATIONS, ThingNetwork, things
from kg.network.weights import WEIGHTS, Weighing, Weight
from kg.network.window import Window

__all__ = [
    "PROJECTIONS",
    "RELATIONS",
    "SHARINGS",
    "WEIGHTS",
    "AnyNetwork",
    "Chain",
    "EdgeList",
    "Link",
    "Network",
    "ProjectionName",
    "Sharing",
    "ThingNetwork",
    "Weighing",
    "Weight",
    "Window",
    "affiliation",
    "edge_list",
    "find_chains",
    "iter_mode",
    "project",
    "project_edges",
    "things",
    "to_networkx",
]
