"""`kg query`: a recipe, a file or a text, answered in any format."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from kg.cli._options import Finite, collection_of
from kg.cli._print import clean, print_json, print_table
from kg.cli._store import store_option
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.collection import Collection
    from kg.values import Term

_LONGEST = 1_000_000
"""Seconds, eleven days: what the system waits for at once ends at 24."""
_MOST_MEMORY = 2**30
"""MiB, more than any machine has; what the system counts in ends at 2**43."""
FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "jsonld", "ntriples")


@click.command()
@click.argument("name", required=False)
@click.option("-f", "--file", "path", type=click.Path(path_type=Path), help="Read the query from FILE; - is a stream.")
@click.option("-q", "--query", "text", help="The query itself.")
@click.option("--list", "list_all", is_flag=True, help="List the recipes with their questions.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Bind a variable; may be repeated.")
@click.option("--format", "result_format", type=click.Choice(FORMATS), help="Table unless said; Turtle for a graph.")
@click.option("--timeout", type=Finite(min=0.01, max=_LONGEST), default=60, show_default=True, help="Seconds.")
@click.option("--memory", type=click.IntRange(min=64, max=_MOST_MEMORY), default=4096, show_default=True, help="MiB.")
@click.option("--max-rows", type=click.IntRange(min=1), default=100_000, show_default=True, help="Rows of a table.")
@store_option
@click.option("--json", "as_json", is_flag=True, help="With --list: print JSON.")
@click.pass_context
def query(
    ctx: click.Context,
    name: str | None,
    path: Path | None,
    text: str | None,
    *,
    list_all: bool,
    params: tuple[str, ...],
    result_format: str | None,
    timeout: float,
    memory: int,
    max_rows: int,
    as_json: bool,
) -> None:
    """Answer a SPARQL query: a recipe by NAME, a file or a text.

    \b
    kg query --list
    kg query cq02 --param party=makassar
    kg query -q 'SELECT ?m ?date { ?m a kg:Meeting ; kg:date ?date } ORDER BY ?date' --format csv

    Prefixes are preset (kg:, party:, meeting:, skos: ...). Values are bound, never pasted. Nothing is
    fetched: SERVICE is refused, FROM names graphs of the build.
    """
    if list_all:
        _list(as_json=as_json)
        return
    if (name is not None) + (path is not None) + (text is not None) != 1:
        raise click.UsageError("give one of NAME, -f FILE or -q TEXT (or --list)")
    _answer(collection_of(ctx), (name, path, text), params, (result_format, timeout, memory, max_rows))


def _list(*, as_json: bool) -> None:
    """Print every recipe: name, question and parameters."""
    from kg.query.recipes import recipes

    found = [
        (r.name, r.question, " ".join(_signature(p.name, p.default) for p in r.params)) for r in recipes().values()
    ]
    if as_json:
        print_json([dict(zip(("name", "question", "parameters"), row, strict=True)) for row in found])
    else:
        print_table(("recipe", "question", "parameters"), found)


def _signature(name: str, default: str | None) -> str:
    """Show a parameter with its default."""
    return f"{name}={default}" if default else name


def _answer(
    collection: "Collection",
    asked: tuple[str | None, Path | None, str | None],
    params: Iterable[str],
    options: tuple[str | None, float, int, int],
) -> None:
    """Bind, run under limits, and print."""
    from kg.cli._answer import write_answer
    from kg.query import Limits, run_limited

    name, path, text = asked
    base = collection.config.base
    given = dict(_pair(param) for param in params)
    if name is not None:
        from kg.query.recipes import find_recipe

        recipe = find_recipe(name)
        text, bindings = recipe.text, recipe.bind(given, base=base)
    else:
        text = text if path is None else _read(path)
        bindings = _free_bindings(given, base)
    result_format, timeout, memory, max_rows = options

    def work(output: BinaryIO) -> None:
        known = given if name is not None else ()
        write_answer(
            collection, text or "", bindings, output, result_format=result_format, max_rows=max_rows, known=known
        )

    sys.stdout.flush()
    run_limited(work, sys.stdout.buffer, Limits(timeout, memory))


def _pair(param: str) -> tuple[str, str]:
    """Split `name=value`."""
    name, equals, value = param.partition("=")
    if not equals or not name.isidentifier():
        raise click.BadParameter(f"expected NAME=VALUE, found {clean(param)!r}", param_hint="--param")
    return name, value


def _free_bindings(given: dict[str, str], base: str) -> "dict[str, Term]":
    """Bind the variables of a written query: CURIEs and IRIs are things, the rest is text."""
    from kg.iris import from_curie
    from kg.values import Iri, Literal

    terms: dict[str, Term] = {}
    for name, value in given.items():
        iri = from_curie(value, base=base)
        terms[name] = iri or (Iri(value) if value.startswith(("http://", "https://")) else Literal(value))
    return terms


def _read(path: Path) -> str:
    """Read a query file, or the stream."""
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read().decode("utf-8")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise QueryError(f"cannot read the query file {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"the query file {path} is not UTF-8, from byte {error.start} on") from error
