"""Pairs of records that may be one thing: names compared in any script, and what the records say for and against."""

from kg.same.suggest import KINDS, Suggestion, suggest

__all__ = ["KINDS", "Suggestion", "suggest"]
