"""`kg show`: everything known of one thing."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli._ask import ask
from kg.cli._options import json_option, lang_option
from kg.cli._print import clean, print_json, print_table, tell
from kg.cli._words import Words

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
    say = Words(asked.names.languages)
    if asked.names.is_merged(thing):
        tell(say("{old} was merged into {new}", old=thing, new=shown.curie))
    _print(shown, place, None if show_all else 20, say)


def _print(shown: "Shown", place: str, most: int | None, say: Words) -> None:
    """Print a heading, then each part under its own."""
    kind = f"{shown.kind}, " if shown.kind else ""
    click.echo(clean(f"{shown.label}  ({kind}{shown.curie})"))
    if shown.aliases:
        click.echo(clean(f"{say('also')}: {', '.join(shown.aliases)}"))
    click.echo(clean(say("statements: {n}, see: kg why {thing}", n=shown.statements, thing=shown.curie)))
    if place:
        click.echo(clean(f"{say('record')}: {place}"))
    for columns, rows in _parts(shown, say):
        if rows:
            click.echo()
            print_table(say.all(columns), rows[:most])
            if most and len(rows) > most:
                click.echo(say("... {n} more with --all", n=len(rows) - most))


def _parts(shown: "Shown", say: Words) -> "list[tuple[tuple[str, ...], Sequence[tuple[str, ...]]]]":
    """Return the tables: facts, people, steps, and what refers to the thing."""
    facts = [(say(f.property), say(f.value) if f.is_word else f.value, f.curie) for f in shown.facts]
    return [
        (("fact", "value", "id"), facts),
        (("who", "role", "post", "body or time"), [(who, say(role), *rest) for who, role, *rest in shown.people]),
        (("date", "stage", "instrument", "id"), shown.steps),
        (("as", "refers to it", "id", "date"), [(say(how), *rest) for how, *rest in shown.referring]),
    ]
