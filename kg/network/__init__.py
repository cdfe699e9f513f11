"""RDF -> networkx: who was at which meeting, projections of meetings and cooperations, the network of everything."""

from kg.network.chains import Chain, Link, find_chains
from kg.network.projection import (
    PROJECTIONS,
    SHARINGS,
    Network,
    ProjectionName,
    Sharing,
    affiliation,
    iter_mode,
    project,
)
from kg.network.things import RELATIONS, ThingNetwork, things
from kg.network.weights import WEIGHTS, Weighing, Weight
from kg.network.window import Window

__all__ = [
    "PROJECTIONS",
    "RELATIONS",
    "SHARINGS",
    "WEIGHTS",
    "Chain",
    "Link",
    "Network",
    "ProjectionName",
    "Sharing",
    "ThingNetwork",
    "Weighing",
    "Weight",
    "Window",
    "affiliation",
    "find_chains",
    "iter_mode",
    "project",
    "things",
]
