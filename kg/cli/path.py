"""`kg path`: the shortest chains of meetings between two people or parties."""

import click

from kg.cli._ask import ask
from kg.cli._networks import window_of
from kg.cli._options import json_option, lang_option, since_option, until_option
from kg.cli._tables import print_answer, table_format_option
from kg.dates import PartialDate

_KINDS = ("party", "official")


@click.command()
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@click.option("--without", multiple=True, metavar="THING", help="Go through anyone but THING; may be repeated.")
@click.option("--chains", type=click.IntRange(1, 100), default=3, show_default=True, help="How many to show.")
@since_option
@until_option
@lang_option
@table_format_option
@json_option
@click.pass_context
def path(
    ctx: click.Context,
    *,
    start: str,
    end: str,
    without: tuple[str, ...],
    chains: int,
    since: PartialDate | None,
    until: PartialDate | None,
    lang: str | None,
    table_format: str,
    as_json: bool,
) -> None:
    """Find who leads from A to B: chains of held meetings, each link with its proof.

    \b
    kg path kawasaki gold-coast
    kg path yokohama adb --without makassar
    kg path shiratori-shigeyuki tom-tate --since 2020 --json

    People and parties at one meeting are one step apart. Exit 1 when nothing joins the two.
    """
    from kg.network import find_chains
    from kg.paths import path_table

    asked = ask(ctx, lang)
    names, window = asked.names, window_of(since, until)
    one, other = names.resolve(start, _KINDS), names.resolve(end, _KINDS)
    if one == other:
        raise click.UsageError(f"{start} and {end} are one and the same")
    around = frozenset(str(names.resolve(thing, _KINDS)) for thing in without)
    found = find_chains(names.dataset, (str(one), str(other)), window=window, without=around, most=chains)
    print_answer(path_table(names, one, other, found), "json" if as_json else table_format, base=names.base)
    if not found:
        ctx.exit(1)
