"""`kg who`: who held a body's posts on a day."""

from typing import TYPE_CHECKING

import click

from kg.cli._ask import ask
from kg.cli._options import DATE, day_or_today, json_option, lang_option
from kg.cli._print import print_json, print_table, tell
from kg.cli._words import Words
from kg.dates import PartialDate

if TYPE_CHECKING:
    from datetime import date

    from kg.names import Names
    from kg.values import Iri
    from kg.who import Tenure

COLUMNS = ("post", "official", "from", "until", "how sure", "sources")


@click.command()
@click.argument("body")
@click.option("--on", "day", type=DATE, help="The day; today unless said.")
@click.option("--post", help="Only this post, or those that stand in for it, by id or name.")
@click.option("--all", "everything", is_flag=True, help="Every tenure ever, not only of a day.")
@lang_option
@json_option
@click.pass_context
def who(
    ctx: click.Context,
    body: str,
    *,
    day: PartialDate | None,
    post: str | None,
    everything: bool,
    lang: str | None,
    as_json: bool,
) -> None:
    """Say who held a body's posts on a day, and who says so.

    \b
    kg who makassar --on 2020-07-27
    kg who makassar --on 2020-07-27 --post makassar-mayor
    kg who 川崎市上下水道局 --all

    Surest first: seen that day, dated, no end seen, no start seen, seen before and after, may.
    """
    from kg.who import tenures

    if day is not None and not day.is_day:
        raise click.BadParameter(f"expected a day, such as 2020-07-27, found {day}", ctx, param_hint="--on")
    names = ask(ctx, lang).names
    every = tenures(names, names.resolve(body, ("party",)))
    if post is not None:
        seat = names.resolve(post, ("post",))
        every = [tenure for tenure in every if seat in (tenure.post, tenure.seat)]
    on = day_or_today(day)
    say = Words(() if as_json else names.languages)
    rows = _every(names, every) if everything else _held(names, every, on, say)
    if as_json:
        print_json([dict(zip(COLUMNS, row, strict=True)) for row in rows])
    else:
        print_table(say.all(COLUMNS), rows)
    if not rows:
        tell(f"nobody is known to have held a post of {body}" + ("" if everything else f" on {on}"))


def _held(names: "Names", every: "list[Tenure]", on: "date", say: Words) -> list[tuple[object, ...]]:
    """Return a row a holder on the day."""
    from kg.who import holders

    found = holders(every, on)
    sources = _sources(names, [holder.tenure.tenure for holder in found])
    return [_row(names, holder.tenure, say(holder.certainty), sources) for holder in found]


def _every(names: "Names", every: "list[Tenure]") -> list[tuple[object, ...]]:
    """Return a row a tenure, whenever it was."""
    sources = _sources(names, [tenure.tenure for tenure in every])
    return [_row(names, tenure, _seen(tenure), sources) for tenure in every]


def _seen(tenure: "Tenure") -> str:
    """Say on which days a tenure was observed."""
    if not tenure.observed:
        return ""
    first, last = tenure.observed[0], tenure.observed[-1]
    return f"seen {first}" if first == last else f"seen {first} to {last}"


def _row(names: "Names", tenure: "Tenure", how: str, sources: dict[str, str]) -> tuple[object, ...]:
    """Return one line of the table."""
    start, end = tenure.start or "", tenure.end or ""
    return (
        names.label(tenure.post),
        names.label(tenure.official),
        str(start),
        str(end),
        how,
        sources[str(tenure.tenure)],
    )


def _sources(names: "Names", things: "list[Iri]", most: int = 2) -> dict[str, str]:
    """Return the outlets and dates behind each tenure, the first few; `kg why` tells them all."""
    from kg.statements import statements

    found = {}
    for thing, said in statements(names, things).items():
        outlets = list(dict.fromkeys(f"{s.outlet} {s.published}".strip() for s in said))
        more = [f"+{len(outlets) - most}"] if len(outlets) > most else []
        found[thing] = ", ".join([*outlets[:most], *more])
    return found
