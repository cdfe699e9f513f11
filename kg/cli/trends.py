"""`kg trends`: growth, sectors, silent ties, turnover of officials, and survival of cooperations by stage."""

from datetime import date
from typing import TYPE_CHECKING, cast

import click

from kg.cli._ask import Asked, ask
from kg.cli._networks import window_of
from kg.cli._options import (
    as_of_option,
    day_or_today,
    json_option,
    lang_option,
    since_option,
    until_option,
)
from kg.cli._tables import print_answer, table_format_option
from kg.cli.status import DaysType
from kg.dates import PartialDate

if TYPE_CHECKING:
    from kg.network import Window
    from kg.tabular import Table

TABLES = ("growth", "sectors", "dormant", "turnover", "survival")


@click.command()
@click.argument("name", metavar="TABLE", type=click.Choice(TABLES))
@click.option("--of", "mode", type=click.Choice(["official", "party", "city"]), default="party", show_default=True)
@click.option("--days", type=DaysType(), default=365, show_default=True, help="How long a silence counts.")
@since_option
@until_option
@as_of_option
@lang_option
@table_format_option
@json_option
@click.pass_context
def trends(
    ctx: click.Context,
    *,
    name: str,
    mode: str,
    days: int,
    since: PartialDate | None,
    until: PartialDate | None,
    as_of: PartialDate | None,
    lang: str | None,
    table_format: str,
    as_json: bool,
) -> None:
    """Say how things went over time.

    \b
    kg trends growth --of official         who came, who was new, year by year
    kg trends sectors --since 2020         what was talked about when
    kg trends dormant --days 730d          ties without a meeting for so long
    kg trends turnover                     who was not seen lately, who of them left, and whose partners were met again
    kg trends survival --as-of 2026-11-22  how long cooperations stay at a stage

    All look back from --as-of, today unless said; --of says whose growth or ties. Only held meetings with a date
    count. Exit 0 also when there is nothing; stderr says so.
    """
    window = window_of(since, until)
    if name == "survival" and (since or until):
        raise click.UsageError("survival looks at everything until --as-of; it takes no window")
    asked = ask(ctx, lang)
    table = _table(asked, (name, mode, days), window, day_or_today(as_of), lang)
    print_answer(table, "json" if as_json else table_format, base=asked.names.base)


def _table(asked: Asked, what: tuple[str, str, int], window: "Window", day: date, lang: str | None) -> "Table":
    """Return one of the tables."""
    from kg import trends as over_time
    from kg.network import project_edges
    from kg.network.actors import Mode
    from kg.network.projection import ProjectionName
    from kg.network.window import seen_until
    from kg.statements import prove

    name, mode, days = what
    dataset = asked.names.dataset
    if name in {"growth", "sectors"}:
        window = seen_until(dataset, day, window)
    if name == "growth":
        return over_time.growth(dataset, cast("Mode", mode), window=window)
    if name == "sectors":
        return over_time.sector_trends(dataset, window=window, language=lang)
    if name == "dormant":
        ties = project_edges(
            dataset, cast("ProjectionName", f"{mode}-{mode}"), window=window.capped(day), language=lang
        )
        return over_time.dormant(ties, day, days=days)
    if name == "turnover":
        return prove(
            asked.names, over_time.turnover(dataset, day, window=window, days=days, language=lang), "last meeting"
        )
    from kg.cooperations import read_cooperations

    return over_time.survival(read_cooperations(asked.names, day), day)
