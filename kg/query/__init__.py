"""SPARQL: recipes by name, values bound, queries looked at before they run, limits that stop them.

`kg.query.run` asks in rdflib's terms; nothing else here loads rdflib, unless what is asked is rdflib's own.
"""

from kg.query.ask import ask, ask_recipe, require_known
from kg.query.engine import Answered, Row, serialize
from kg.query.limits import Limits, run_limited
from kg.query.recipes import Param, Recipe, find_recipe, recipes

__all__ = [
    "Answered",
    "Limits",
    "Param",
    "Recipe",
    "Row",
    "ask",
    "ask_recipe",
    "find_recipe",
    "recipes",
    "require_known",
    "run_limited",
    "serialize",
]
