"""The graph over time: growth, sectors, silent ties, turnover, and how long cooperations stay at a stage."""

from kg.trends.activity import growth, sector_trends
from kg.trends.survival import Spell, spells, survival
from kg.trends.ties import dormant, turnover

__all__ = [
    "Spell",
    "dormant",
    "growth",
    "sector_trends",
    "spells",
    "survival",
    "turnover",
]
