"""SPARQL: recipes by name, values bound, queries looked at before they run, limits that stop them."""

from kg.query.limits import Limits, run_limited
from kg.query.recipes import Param, Recipe, find_recipe, recipes
from kg.query.run import Answer, Row, require_known, run_query, run_recipe, serialize

__all__ = [
    "Answer",
    "Limits",
    "Param",
    "Recipe",
    "Row",
    "find_recipe",
    "recipes",
    "require_known",
    "run_limited",
    "run_query",
    "run_recipe",
    "serialize",
]
