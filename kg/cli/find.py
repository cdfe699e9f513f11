"""`kg find`: things by name, meetings by what they are about."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from kg.cli._ask import ask
from kg.cli._options import json_option, lang_option, since_option, until_option
from kg.cli._print import print_json, print_table, tell
from kg.cli._words import Words
from kg.dates import PartialDate

if TYPE_CHECKING:
    from kg.find import Filter
    from kg.names import Names
    from kg.values import Iri

MEETING_COLUMNS = ("date", "meeting", "parties", "sectors", "stage", "status", "sources")
THING_COLUMNS = ("id", "name", "matched")


@click.command()
@click.argument("word", required=False)
@click.option("--city", help="A city that took part or hosted, by id or name in any script.")
@click.option("--party", "parties", multiple=True, help="A city, company or organization that took part.")
@click.option("--official", help="A person who took part.")
@click.option("--sector", help="A sector, or a group of sectors.")
@click.option("--stage", help="The stage the meeting reached.")
@click.option("--status", type=click.Choice(["held", "planned", "cancelled"]), help="Held, planned or cancelled.")
@since_option
@until_option
@lang_option
@json_option
@click.pass_context
def find(
    ctx: click.Context,
    word: str | None,
    *,
    city: str | None,
    parties: tuple[str, ...],
    official: str | None,
    sector: str | None,
    stage: str | None,
    status: str | None,
    since: PartialDate | None,
    until: PartialDate | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Find things by name or id, or meetings by what they are about.

    \b
    kg find 川崎
    kg find --city makassar --sector water-supply --since 2025
    kg find --party Makassar --status planned --json

    With only WORD, things whose name holds it, in any script, or whose id it is. With any option, meetings; a
    partial date matches when any day it can mean does.
    """
    if word is not None and not word.strip():
        raise click.UsageError("WORD is empty; give a name, or an option such as --city")
    names = ask(ctx, lang).names
    asked = {"city": city, "official": official, "sector": sector, "stage": stage}
    if word is not None and not any((*asked.values(), parties, status, since, until)):
        _things(names, word, as_json=as_json)
        return
    from kg.find import Filter

    one = {kind: _resolve(names, value, kind) for kind, value in asked.items()}
    everyone = (*parties, *([word] if word else []))
    wanted = Filter(
        parties=tuple(names.resolve(party, ("party",)) for party in everyone),
        **one,
        status=status,
        since=since.earliest if since else None,
        until=until.latest if until else None,
    )
    _meetings(names, wanted, as_json=as_json)


def _meetings(names: "Names", wanted: "Filter", *, as_json: bool) -> None:
    """Print the meetings that are wanted."""
    from kg.find import find_meetings

    say = Words(() if as_json else names.languages)
    rows = [
        (m.date, m.name, ", ".join(m.parties), ", ".join(m.sectors), m.stage, say(m.status), m.sources)
        for m in find_meetings(names, wanted)
    ]
    _print(MEETING_COLUMNS, rows, say, as_json=as_json)
    tell(f"{len(rows)} meeting{'' if len(rows) == 1 else 's'}")


def _resolve(names: "Names", value: str | None, kind: str) -> "Iri | None":
    """Return the thing an option names."""
    return names.resolve(value, ("party" if kind == "city" else kind,)) if value is not None else None


def _things(names: "Names", word: str, *, as_json: bool) -> None:
    """Print the things a word finds."""
    from kg.find import find_things
    from kg.iris import to_curie

    rows = [(to_curie(t.thing, base=names.base), t.label, t.matched) for t in find_things(names, word)]
    _print(THING_COLUMNS, rows, Words(names.languages), as_json=as_json)
    tell(f"{len(rows)} thing{'' if len(rows) == 1 else 's'}")


def _print(columns: Sequence[str], rows: Sequence[Sequence[object]], say: Words, *, as_json: bool) -> None:
    """Print rows as JSON for programs, or as a table with headings in the reader's language."""
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table(say.all(columns), rows)
