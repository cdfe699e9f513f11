"""Named queries: one question a file in `ontology/queries/`, told in its first comment lines.

    # Which meetings did a party take part in, newest first?
    # param party party:makassar      the city, company or organization
    # param since date -              only on or after this day; left open without it
    # columns meeting, date, name

A parameter's line is `param NAME TYPE DEFAULT DESCRIPTION`. Its type is a kind of thing (a key, a CURIE
or an IRI is understood), or `date` (of a month or year, its first day), `end` (its last day), `text`, `integer` or
`language`. The default `-` leaves the variable open, `!` means the parameter must be given. The header ends
with the first line that is no comment.
"""

import re
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from kg.dates import PartialDate
from kg.errors import Location, OntologyError, QueryError, did_you_mean
from kg.iris import from_curie, mint
from kg.prefixes import BASE, THING_KINDS, XSD
from kg.resources import ontology_files
from kg.values import Iri, Literal, Term

_PARAM = re.compile(r"param\s+(\w+)\s+(\w+)\s+(\S+)\s*(.*)")
_TYPES = (*THING_KINDS, "date", "end", "text", "integer", "language")


class Param(NamedTuple):
    """One value a recipe takes: its name, type, default (None: none) and what it is."""

    name: str
    type: str
    default: str | None
    required: bool
    description: str


class Recipe(NamedTuple):
    """A named query: its question, parameters, the columns of its answer, and its SPARQL."""

    name: str
    question: str
    params: tuple[Param, ...]
    columns: tuple[str, ...]
    text: str

    def bind(self, given: Mapping[str, str], *, base: str = BASE) -> dict[str, Term]:
        """Turn values as typed into the terms the query's variables are bound to.

        Raises:
            QueryError: a parameter is unknown, missing, or not of its type.
        """
        known = {param.name: param for param in self.params}
        for name in given:
            if name not in known:
                hint = did_you_mean(name, known)
                raise QueryError(f"recipe {self.name} takes no parameter {name!r}{hint} (it takes: {_list(known)})")
        bound = {}
        for param in self.params:
            value = given.get(param.name, param.default)
            if value is not None:
                bound[param.name] = to_term(param.type, value, name=param.name, base=base)
            elif param.required:
                raise QueryError(f"recipe {self.name} needs --param {param.name}=...: {param.description}")
        return bound


def _list(names: Mapping[str, object]) -> str:
    """Name what there is, or say that there is nothing."""
    return ", ".join(names) or "none"


def to_term(kind: str, value: str, *, name: str, base: str = BASE) -> Term:
    """Return the term a typed value stands for.

    Raises:
        QueryError: it is not a value of that type.
    """
    if kind in THING_KINDS:
        return _to_iri(kind, value, name, base)
    if kind in ("date", "end"):
        return _to_day(kind, value, name)
    if kind == "integer":
        if not re.fullmatch(r"-?\d{1,18}", value):
            raise QueryError(f"parameter {name}={value}: expected a whole number")
        return Literal(str(int(value)), datatype=f"{XSD}integer")
    return Literal(value)


def _to_day(kind: str, value: str, name: str) -> Literal:
    """Read a date, and take the first or last day it can mean."""
    try:
        date = PartialDate(value)
    except ValueError as error:
        raise QueryError(f"parameter {name}={value}: {error}") from error
    return Literal(str(date.earliest if kind == "date" else date.latest), datatype=f"{XSD}date")


def _to_iri(kind: str, value: str, name: str, base: str) -> Iri:
    """Read a key, a CURIE or an IRI."""
    if re.fullmatch(r"[a-z0-9]+([.-][a-z0-9]+)*", value):
        return mint(kind, value, base=base)
    if re.fullmatch(r"[a-z]+:[a-z0-9]+([.-][a-z0-9]+)*", value) and (iri := from_curie(value, base=base)):
        return iri
    if re.fullmatch(r'https?://[^\s<>"{}|\\^`]+', value):
        return Iri(value)
    raise QueryError(f"parameter {name}={value}: expected the id of a {kind}, such as {kind}:... or an IRI")


def read_recipe(path: Path) -> Recipe:
    """Read one recipe file.

    Raises:
        OntologyError: its header does not say what a recipe must.
    """
    text = path.read_text(encoding="utf-8")
    header = [line[1:].strip() for line in takewhile(lambda line: line.startswith("#"), text.splitlines())]
    params = [_read_param(line, path) for line in header if line.startswith("param ")]
    columns = next((line.removeprefix("columns") for line in header if line.startswith("columns")), "")
    if not header or not columns:
        raise OntologyError("a recipe opens with its question and a `# columns` line", Location(str(path), 1))
    names = tuple(name.strip() for name in columns.strip(" :").split(","))
    return Recipe(path.stem, header[0], tuple(params), names, text)


def _read_param(line: str, path: Path) -> Param:
    """Read one `param` line."""
    match = _PARAM.fullmatch(line)
    if not match:
        raise OntologyError(f"expected `param NAME TYPE DEFAULT DESCRIPTION`, found {line!r}", Location(str(path)))
    name, kind, default, description = match.groups()
    if kind not in _TYPES:
        raise OntologyError(
            f"parameter {name} has unknown type {kind!r}{did_you_mean(kind, _TYPES)}", Location(str(path))
        )
    return Param(name, kind, None if default in ("-", "!") else default, default == "!", description)


def recipes() -> dict[str, Recipe]:
    """Return every shipped recipe by name, sorted."""
    return {path.stem: read_recipe(path) for path in ontology_files("queries")}


def find_recipe(name: str) -> Recipe:
    """Return a recipe by its name or by its number (`cq03`).

    Raises:
        QueryError: there is none.
    """
    paths = {path.stem: path for path in ontology_files("queries")}
    matches = [stem for stem in paths if stem == name or stem.startswith(f"{name}-")]
    if len(matches) > 1:
        raise QueryError(f"{name!r} begins the names of {len(matches)} recipes: {', '.join(matches)}")
    if not matches:
        raise QueryError(f"no recipe {name!r}{did_you_mean(name, paths)}; `kg query --list` names them all")
    return read_recipe(paths[matches[0]])
