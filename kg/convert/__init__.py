"""Records to RDF: pure functions, no look-ups, no store, the same order every time."""

from kg.convert.facts import Settings
from kg.convert.lines import record_lines
from kg.convert.nquads import to_nquad, to_term
from kg.convert.quads import Object, Quad, record_quads, to_quad

__all__ = ["Object", "Quad", "Settings", "record_lines", "record_quads", "to_nquad", "to_quad", "to_term"]
