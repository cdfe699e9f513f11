"""`kg gaps`: talks that led to no paper, and parties with much in common that never met."""

import click

from kg.cli._ask import ask
from kg.cli._networks import window_of
from kg.cli._options import as_of_option, day_or_today, json_option, lang_option, since_option, until_option
from kg.cli._tables import print_answer, print_answers, table_format_option
from kg.dates import PartialDate


@click.command()
@click.option("--of", "kind", type=click.Choice(["talks", "pairs"]), help="Only one of the two tables.")
@click.option("--sector", help="Only talks about this sector, and pairs that share it.")
@click.option("--without", multiple=True, metavar="THING", help="Take no party of this name into account.")
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help="Pairs to show.")
@since_option
@until_option
@as_of_option
@lang_option
@table_format_option
@json_option
@click.pass_context
def gaps(
    ctx: click.Context,
    *,
    kind: str | None,
    sector: str | None,
    without: tuple[str, ...],
    top: int,
    since: PartialDate | None,
    until: PartialDate | None,
    as_of: PartialDate | None,
    lang: str | None,
    table_format: str,
    as_json: bool,
) -> None:
    """Find openings: talks without a paper, and parties that share a sector and a neighbour but never met.

    \b
    kg gaps --sector water-supply
    kg gaps --of pairs --without makassar     neighbours other than the one everybody met
    kg gaps --of talks --as-of 2026-11-22 --json

    --since and --until are about pairs; talks, and with it pairs, are seen until --as-of. Proof of a line: its
    meetings and who told of them (kg why MEETING). Exit 0 also when there is none.
    """
    from kg.cooperations import read_cooperations
    from kg.gaps import unmet, unsigned
    from kg.network.window import seen_until

    if table_format == "csv" and kind is None:
        raise click.UsageError("csv holds one table: choose --of talks or --of pairs")
    asked, day = ask(ctx, lang), day_or_today(as_of)
    names = asked.names
    window = seen_until(names.dataset, day, window_of(since, until))
    about = names.resolve(sector, ("sector",)) if sector else None
    around = frozenset(str(names.resolve(thing, ("party",))) for thing in without)
    tables = []
    if kind != "pairs":
        tables.append(unsigned(names, read_cooperations(names, day), day, sector=about))
    if kind != "talks":
        tables.append(unmet(names, sector=about, window=window, without=around, most=top))
    form = "json" if as_json else table_format
    if kind:
        print_answer(tables[0], form, base=names.base)
    else:
        print_answers(tables, form, base=names.base)
