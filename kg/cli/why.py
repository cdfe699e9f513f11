"""`kg why`: the statements behind a thing, or behind what joins two."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli._ask import Asked, ask
from kg.cli._options import json_option, lang_option
from kg.cli._print import clean, print_json, tell
from kg.cli._words import Words

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
    places, say = asked.places(), Words(names.languages)
    if as_json:
        print_json([_plain(asked, reason, places) for reason in reasons])
    else:
        for number, reason in enumerate(reasons):
            click.echo("\n" * bool(number), nl=False)
            _print(asked, reason, places, say)
    if not reasons:
        tell(say("nothing joins {thing} and {other}", thing=thing, other=other))
        ctx.exit(1)


def _plain(asked: Asked, reason: "Reason", places: dict[str, str]) -> dict[str, object]:
    """Return a reason for programs, with the name of what states it and where its record stands."""
    from kg.iris import to_curie

    record = places.get(to_curie(reason.thing, base=asked.names.base), "")
    return {**asdict(reason), "name": asked.names.label(reason.thing), "record": record}


def _print(asked: Asked, reason: "Reason", places: dict[str, str], say: Words) -> None:
    """Print a relation, where its record stands, and who says so."""
    from kg.iris import to_curie

    curie = to_curie(reason.thing, base=asked.names.base)
    when = f", {reason.date}" if reason.date else ""
    click.echo(clean(f"{reason.relation}: {asked.names.label(reason.thing)}{when}  ({curie})"))
    if place := places.get(curie):
        click.echo(clean(f"  {say('record')}: {place}"))
    # A cooperation and its meetings often rest on the same words of the same source: they are told once.
    for line in dict.fromkeys(_told(statement, say) for statement in reason.statements):
        click.echo(line)
    if not reason.statements:
        click.echo(f"  {say('no statement of its own')}")


def _told(statement: "Statement", say: Words) -> str:
    """Return what one source says, the source, and what it disputes."""
    source = [statement.outlet, statement.published, statement.locator, statement.url]
    lines = [
        f"  - {statement.text or say('(supports it without words of ours)')}",
        f"    {', '.join(part for part in source if part)}",
        *(f"    {say('but says {field}: {value}', field=f, value=v)}" for f, v in statement.claims.items()),
    ]
    return "\n".join(clean(line) for line in lines)
