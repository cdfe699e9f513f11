"""SPARQL: recipes by name, values bound, queries looked at before they run, limits that stop them.

`kg.query.run` asks in rdflib's terms; nothing else here loads rdflib, unless what is asked is rdflib's own. What reads
recipes, `kg.query.recipes`, is loaded where one is asked for.
"""

from kg.query.ask import ask, ask_recipe, require_known
from kg.query.engine import Answered, Row, serialize
from kg.query.limits import Limits, run_limited

__all__ = [
    "Answered",
    "Limits",
    "Row",
    "ask",
    "ask_recipe",
    "require_known",
    "run_limited",
    "serialize",
]
