"""RDF -> networkx: the affiliation network of meetings, its projections, and the network of everything."""

from kg.network.chains import Chain, Link, find_chains
from kg.network.projection import PROJECTIONS, Network, ProjectionName, affiliation, iter_mode, project
from kg.network.things import RELATIONS, ThingNetwork, things
from kg.network.weights import WEIGHTS, Weighing, Weight
from kg.network.window import Window

__all__ = [
    "PROJECTIONS",
    "RELATIONS",
    "WEIGHTS",
    "Chain",
    "Link",
    "Network",
    "ProjectionName",
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
