"""`kg brokers`: who stands between others, and how much of that attendance alone would give."""

from typing import TYPE_CHECKING, cast

import click

from kg.cli._networks import known_by, leave_out, span_option, window_of, without_option
from kg.cli._options import (
    as_of_option,
    collection_of,
    json_option,
    lang_option,
    seed_option,
    since_option,
    until_option,
)
from kg.cli._tables import print_answer, table_format_option
from kg.dates import PartialDate

if TYPE_CHECKING:
    from kg.network import ProjectionName


@click.command()
@click.option("--of", "mode", type=click.Choice(["official", "party"]), default="official", show_default=True)
@since_option
@until_option
@span_option
@as_of_option
@without_option
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help="Ranks to show, ties included.")
@click.option("--samples", type=click.IntRange(1, 10_000), default=200, show_default=True, help="Networks of chance.")
@seed_option
@lang_option
@table_format_option
@json_option
@click.pass_context
def brokers(
    ctx: click.Context,
    *,
    mode: str,
    since: PartialDate | None,
    until: PartialDate | None,
    span: tuple[int, str] | None,
    as_of: PartialDate | None,
    without: tuple[str, ...],
    top: int,
    samples: int,
    seed: int,
    lang: str | None,
    table_format: str,
    as_json: bool,
) -> None:
    """List who stands between others: the people to ask for an introduction.

    \b
    kg brokers                              officials who hold circles together
    kg brokers --of party --without makassar
    kg brokers --window 5y --json

    Each is beside what chance would give: networks in which everyone attends as often and every meeting is
    as large, but who meets whom is drawn. A p above 0.05 is no more than attendance. Proof of a line: the last
    meeting and who told of it (kg why MEETING); kg show ID has all of them. Exit 0 also when there is nobody.
    """
    from kg.dataset import open_dataset
    from kg.measures import brokers as broker_table
    from kg.names import Names
    from kg.network import project_edges
    from kg.statements import prove

    collection = collection_of(ctx)
    base, window = collection.config.base, window_of(since, until, span, as_of)
    dataset = open_dataset(collection.store, base=base)
    window = known_by(dataset, window, as_of)
    drawn = [
        project_edges(dataset, cast("ProjectionName", f"{mode}-{other}"), window=window, language=lang)
        for other in ("meeting", mode)
    ]
    drawn = leave_out(drawn, without, dataset, base)
    table = prove(Names(dataset, base=base), broker_table(*drawn, top=top, samples=samples, seed=seed), "last meeting")
    print_answer(table, "json" if as_json else table_format, base=base)
