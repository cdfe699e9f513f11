"""networkx -> tables: how nodes stand, which groups they form, and what holds a network together."""

from kg.measures.catalogue import MEASURES, Measure, measure
from kg.measures.groups import Communities, bridges, communities, components, cut_points
from kg.measures.reports import REPORTS, report
from kg.measures.table import Cell, Table

__all__ = [
    "MEASURES",
    "REPORTS",
    "Cell",
    "Communities",
    "Measure",
    "Table",
    "bridges",
    "communities",
    "components",
    "cut_points",
    "measure",
    "report",
]
