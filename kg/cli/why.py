"""`kg why`: the statements behind a thing, or behind what joins two."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli._ask import Asked, ask
from kg.cli._options import json_option, lang_option
from kg.cli._print import clean, print_json

if TYPE_CHECKING:
    from kg.statements import Statement
    from kg.why import Reason


@click.command()
@click.argument("thing")
@click.argument("other", required=False)
@lang_option
@json_option
@click.pass_context
def why(ctx: click.Context, thing: str, other: str | None, *, lang: str | None, as_json: bool) -> None:
    """Show the statements behind a thing, or behind every relation of two things.

    \b
    kg why makassar kawasaki
    kg why munafri-arifuddin makassar
    kg why meeting:makassar-kawasaki-waterworks-2025-11-25 --json

    Each statement comes with outlet, publication date, place in the text and address, each relation
    with the file and line of its record. Exit 1 when nothing joins the two.
    """
    from kg.why import explain

    asked = ask(ctx, lang)
    names = asked.names
    reasons = explain(names, names.resolve(thing), names.resolve(other) if other is not None else None)
    places = asked.places()
    if as_json:
        print_json([{**asdict(reason), "name": names.label(reason.thing)} for reason in reasons])
    else:
        for number, reason in enumerate(reasons):
            click.echo("\n" * bool(number), nl=False)
            _print(asked, reason, places)
    if not reasons:
        click.echo(clean(f"nothing joins {thing} and {other}"), err=True)
        ctx.exit(1)


def _print(asked: Asked, reason: "Reason", places: dict[str, str]) -> None:
    """Print a relation, where its record stands, and who says so."""
    from kg.iris import to_curie

    curie = to_curie(reason.thing, base=asked.names.base)
    when = f", {reason.date}" if reason.date else ""
    click.echo(clean(f"{reason.relation}: {asked.names.label(reason.thing)}{when}  ({curie})"))
    if place := places.get(curie):
        click.echo(clean(f"  record: {place}"))
    for statement in reason.statements:
        _print_statement(statement)
    if not reason.statements:
        click.echo("  no statement of its own")


def _print_statement(statement: "Statement") -> None:
    """Print what one source says, then the source."""
    click.echo(clean(f"  - {statement.text or '(supports it without words of ours)'}"))
    source = [statement.outlet, statement.published, statement.locator, statement.url]
    click.echo(clean(f"    {', '.join(part for part in source if part)}"))
    for field, value in statement.claims.items():
        click.echo(clean(f"    but says {field}: {value}"))
