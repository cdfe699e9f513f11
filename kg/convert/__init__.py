"""Records to RDF: pure generators, no look-ups, no store, the same order every time."""

from kg.convert.facts import PROPERTIES, Fact, Object, Settings
from kg.convert.nquads import to_nquad, to_term
from kg.convert.quads import Quad, record_quads

__all__ = ["PROPERTIES", "Fact", "Object", "Quad", "Settings", "record_quads", "to_nquad", "to_term"]
