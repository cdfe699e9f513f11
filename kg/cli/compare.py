"""`kg compare` and `kg similar`: two parties side by side, and the parties most like one."""

from typing import TYPE_CHECKING

import click

from kg.cli._ask import Asked, ask
from kg.cli._networks import window_of
from kg.cli._options import as_of_option, day_or_today, json_option, lang_option, since_option, until_option
from kg.cli._tables import print_answer, table_format_option
from kg.dates import PartialDate

if TYPE_CHECKING:
    from datetime import date

    from kg.compare import Profiles
    from kg.network import Window


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@since_option
@until_option
@as_of_option
@lang_option
@table_format_option
@json_option
@click.pass_context
def compare(
    ctx: click.Context,
    *,
    one: str,
    other: str,
    since: PartialDate | None,
    until: PartialDate | None,
    as_of: PartialDate | None,
    lang: str | None,
    table_format: str,
    as_json: bool,
) -> None:
    """Set two cities, companies or organizations side by side.

    \b
    kg compare kawasaki yokohama
    kg compare kawasaki gold-coast --since 2019 --json

    Held meetings only: how many, when, with whom, about what; papers and the highest stage by --as-of. Proof of a
    line: the records it names and who told of them (kg why RECORD). Exit 0 also for a party at no meeting.
    """
    from kg.compare import compare as side_by_side

    asked, window, day = ask(ctx, lang), window_of(since, until), day_or_today(as_of)
    parties = [asked.names.resolve(word, ("party",)) for word in (one, other)]
    found = _profiles(asked, window, day)
    if parties[0] == parties[1]:
        raise click.UsageError(f"{one} and {other} are one and the same")
    table = side_by_side(asked.names, *(found[str(party)] for party in parties))
    print_answer(table, "json" if as_json else table_format, base=asked.names.base)


@click.command()
@click.argument("party")
@click.option("--kind", type=click.Choice(["city", "company", "organization"]), help="Only parties of this kind.")
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, help="How many to show.")
@since_option
@until_option
@as_of_option
@lang_option
@table_format_option
@json_option
@click.pass_context
def similar(
    ctx: click.Context,
    *,
    party: str,
    kind: str | None,
    top: int,
    since: PartialDate | None,
    until: PartialDate | None,
    as_of: PartialDate | None,
    lang: str | None,
    table_format: str,
    as_json: bool,
) -> None:
    """List the parties most like one: by the sectors and partners they have in common.

    \b
    kg similar kawasaki
    kg similar kawasaki --kind city --since 2019

    Likeness is the mean of two shares, of sectors and of partners, that both have of all either has. Proof of a line:
    the last meeting and who told of it (kg why MEETING). Exit 0 also when there is none.
    """
    from kg.compare import similar as alike
    from kg.network.actors import kinds

    asked, window, day = ask(ctx, lang), window_of(since, until), day_or_today(as_of)
    wanted = asked.names.resolve(party, ("party",))
    found, sorts = _profiles(asked, window, day), kinds(asked.names.dataset)
    table = alike(asked.names, wanted, found, only=lambda iri: kind in (None, sorts.get(iri)), most=top)
    print_answer(table, "json" if as_json else table_format, base=asked.names.base)


def _profiles(asked: Asked, window: "Window", day: "date") -> "Profiles":
    """Return every profile."""
    from kg.compare import profiles
    from kg.cooperations import read_cooperations

    return profiles(asked.names, read_cooperations(asked.names, day), day, window=window)
