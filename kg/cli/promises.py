"""`kg promises`: papers signed, hopes stated and meetings announced, and what came of them."""

import click

from kg.cli._ask import ask
from kg.cli._options import as_of_option, day_or_today, json_option, lang_option
from kg.cli._tables import print_answer, table_format_option
from kg.cli.status import DaysType
from kg.dates import PartialDate


@click.command()
@click.option("--overdue", is_flag=True, help="Only those nothing came of in the time their stage allows.")
@click.option("--sort", "sorts", multiple=True, type=click.Choice(["paper", "hope", "plan"]), help="May be repeated.")
@click.option("--city", "--party", "party", help="Only cooperations of this city, company or organization.")
@click.option("--sector", help="Only cooperations in this sector.")
@click.option("--stale", type=DaysType(), help="Allow every paper and hope DAYS instead of what kg.toml says.")
@as_of_option
@lang_option
@table_format_option
@json_option
@click.pass_context
def promises(
    ctx: click.Context,
    *,
    overdue: bool,
    sorts: tuple[str, ...],
    party: str | None,
    sector: str | None,
    stale: int | None,
    as_of: PartialDate | None,
    lang: str | None,
    table_format: str,
    as_json: bool,
) -> None:
    """List what was promised and whether anything came of it.

    \b
    kg promises --overdue --as-of 2026-11-22
    kg promises --city kawasaki
    kg promises --sort paper --sector waste-management --json

    A paper is a letter of intent, MoU or agreement; a hope, the aim of a meeting; a plan, a meeting announced.
    Only what is dated later, in another record, keeps one: a paper, a step to a higher stage; a hope, a paper or work;
    a plan, a meeting held on its days or said to follow it. Proof of a line: kg why ID. Exit 0 also when there is none.
    """
    from kg.cooperations import read_cooperations
    from kg.promises import find_promises, promise_table

    asked, day = ask(ctx, lang), day_or_today(as_of)
    names, allowed = asked.names, asked.collection.stale_days
    wanted_party = names.resolve(party, ("party",)) if party else None
    wanted_sector = names.resolve(sector, ("sector",)) if sector else None
    cooperations = [
        each
        for each in read_cooperations(names, day)
        if (wanted_party is None or wanted_party in each.parties)
        and (wanted_sector is None or wanted_sector in each.sectors)
    ]
    found = [
        promise
        for promise in find_promises(names, cooperations, day, dict.fromkeys(allowed, stale) if stale else allowed)
        if (not overdue or promise.state == "overdue") and (not sorts or promise.sort in sorts)
    ]
    kind = "overdue promise" if overdue else "promise"
    print_answer(promise_table(names, found, day, kind=kind), "json" if as_json else table_format, base=names.base)
