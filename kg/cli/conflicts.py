"""`kg conflicts`: what sources disagree about."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli._ask import ask
from kg.cli._options import json_option, lang_option
from kg.cli._print import clean, print_json, tell
from kg.errors import count

if TYPE_CHECKING:
    from kg.conflicts import Conflict
    from kg.names import Names
    from kg.statements import Statement


@click.command()
@click.argument("thing", required=False)
@lang_option
@json_option
@click.pass_context
def conflicts(ctx: click.Context, thing: str | None, *, lang: str | None, as_json: bool) -> None:
    """List what sources disagree about, with both statements and the ruling.

    \b
    kg conflicts
    kg conflicts makassar-japan-consulate-2020-07-27
    kg conflicts --json

    The same field of the same thing with different values; different measures are never a conflict.
    """
    from kg.conflicts import find_conflicts

    names = ask(ctx, lang).names
    found = find_conflicts(names, names.resolve(thing) if thing is not None else None)
    if as_json:
        print_json([{**asdict(conflict), "values": conflict.values} for conflict in found])
    else:
        for conflict in found:
            _print(names, conflict)
    tell(count(len(found), "conflict"))


def _print(names: "Names", conflict: "Conflict") -> None:
    """Print one field, its values, and who gives each."""
    from kg.iris import to_curie

    curie = to_curie(conflict.thing, base=names.base)
    click.echo(clean(f"{names.label(conflict.thing)}  ({curie}): {conflict.field}"))
    for value in conflict.values:
        mark = "*" if value == conflict.ruled else " "
        sources = dict.fromkeys(_source(said.statement) for said in conflict.said if said.value == value)
        click.echo(clean(f"  {mark} {value}: {'; '.join(sources) or 'no source of its own'}"))
    if conflict.reason:
        click.echo(clean(f"    ruled: {conflict.reason}"))


def _source(statement: "Statement") -> str:
    """Name a source: outlet, then date."""
    return f"{statement.outlet} {statement.published}".strip()
