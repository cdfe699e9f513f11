"""networkx -> tables: how nodes stand, which groups they form, and what holds a network together."""

from kg.measures.backbone import backbone
from kg.measures.brokers import brokers
from kg.measures.catalogue import MEASURES, TWO_MODE, Measure, measure
from kg.measures.chance import Chance, significance
from kg.measures.groups import Communities, bridges, communities, components, cut_points
from kg.measures.reports import REPORTS, report
from kg.measures.survival import Share, kaplan_meier, median
from kg.tabular import Cell, Table

__all__ = [
    "MEASURES",
    "REPORTS",
    "TWO_MODE",
    "Cell",
    "Chance",
    "Communities",
    "Measure",
    "Share",
    "Table",
    "backbone",
    "bridges",
    "brokers",
    "communities",
    "components",
    "cut_points",
    "kaplan_meier",
    "measure",
    "median",
    "report",
    "significance",
]
