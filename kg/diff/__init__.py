"""What changed between two states of a collection: the exact difference of their quads, and the same in words."""

from kg.diff.changes import Change, Difference, Move, compare
from kg.diff.formats import FORMATS, as_json, as_patch, as_text, as_trig
from kg.diff.states import State, read_state

__all__ = [
    "FORMATS",
    "Change",
    "Difference",
    "Move",
    "State",
    "as_json",
    "as_patch",
    "as_text",
    "as_trig",
    "compare",
    "read_state",
]
