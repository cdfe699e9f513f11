"""`kg show`: everything known of one thing."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli._ask import ask
from kg.cli._options import json_option, lang_option
from kg.cli._print import clean, print_json, print_table

if TYPE_CHECKING:
    from kg.show import Shown


@click.command()
@click.argument("thing")
@click.option("--all", "show_all", is_flag=True, help="Every line, not only the first 20 of each part.")
@lang_option
@json_option
@click.pass_context
def show(ctx: click.Context, thing: str, *, show_all: bool, lang: str | None, as_json: bool) -> None:
    """Show one thing: its names, facts, people, and what refers to it.

    \b
    kg show makassar
    kg show 川崎市 --lang ja
    kg show meeting:makassar-kawasaki-waterworks-2025-11-25

    THING is an id, a CURIE, an IRI, or a name in any script. A merged id shows what it became.
    """
    from kg.iris import to_curie
    from kg.show import show_thing

    asked = ask(ctx, lang)
    iri = asked.names.resolve(thing)
    shown = show_thing(asked.names, iri)
    place = asked.places().get(to_curie(iri, base=asked.names.base), "")
    if as_json:
        print_json({**asdict(shown), "record": place})
        return
    old = next((old for old, new in asked.names.redirects.items() if new == str(iri) and old.endswith(f"/{thing}")), "")
    if old:
        click.echo(f"{clean(thing)} was merged into {shown.curie}", err=True)
    _print(shown, place, None if show_all else 20)


def _print(shown: "Shown", place: str, most: int | None) -> None:
    """Print a heading, then each part under its own."""
    click.echo(clean(f"{shown.label}  ({shown.kind}, {shown.curie})"))
    if shown.aliases:
        click.echo(clean(f"also: {', '.join(shown.aliases)}"))
    click.echo(clean(f"{shown.statements} statements, see: kg why {shown.curie}"))
    if place:
        click.echo(clean(f"record: {place}"))
    parts: list[tuple[tuple[str, ...], list[tuple[str, ...]]]] = [
        (("fact", "value", "id"), [(fact.property, fact.value, fact.curie) for fact in shown.facts]),
        (("who", "role", "post", "body or time"), list(shown.people)),
        (("as", "refers to it", "id", "date"), list(shown.referring)),
    ]
    for columns, rows in parts:
        if rows:
            click.echo()
            print_table(columns, rows[:most])
            if most and len(rows) > most:
                click.echo(f"... {len(rows) - most} more with --all")
