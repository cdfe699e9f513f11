"""`kg status`: how far each cooperation got, on what proof, and which are stale."""

import re
from typing import TYPE_CHECKING

import click

from kg.cli._ask import Asked, ask
from kg.cli._options import as_of_option, day_or_today, json_option, lang_option
from kg.cli._print import print_json, print_table, tell
from kg.cli._words import Words
from kg.dates import PartialDate

if TYPE_CHECKING:
    from datetime import date

    from kg.lifecycle import State

COLUMNS = ("cooperation", "stage", "days", "stale", "since", "last heard", "next planned", "proof", "parties", "id")
MOST = 3  # parties shown in a table; JSON holds them all


class DaysType(click.ParamType[int]):
    """A number of days: `180d`, or a bare `180`."""

    name = "DAYS"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number, or say what is expected."""
        if isinstance(value, int):
            return value
        match = re.fullmatch(r"(\d{1,6})d?", str(value))
        return int(match[1]) if match else self.fail(f"{value!r}: expected days, such as 180d", param, ctx)


@click.command()
@click.option("--stale", "stale", type=DaysType(), help="Call stale what was last heard of more than DAYS ago.")
@click.option("--city", "--party", "party", help="Only cooperations of this city, company or organization.")
@click.option("--sector", help="Only cooperations in this sector.")
@click.option("--only-stale", is_flag=True, help="Only the stale ones.")
@as_of_option
@lang_option
@json_option
@click.pass_context
def status(
    ctx: click.Context,
    *,
    stale: int | None,
    party: str | None,
    sector: str | None,
    only_stale: bool,
    as_of: PartialDate | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Say how far each cooperation got, on what proof, and how long ago anyone last heard of it.

    \b
    kg status --as-of 2026-11-22 --stale 180d
    kg status --city makassar --sector water-supply
    kg status --party jasca --only-stale

    The stage is the highest step that had happened by the day; a meeting alone never yields an MoU.
    A cooperation nobody had heard of by the day is left out.
    Without --stale, kg.toml says how many days each stage allows. `planned` meetings that passed with
    nothing known since are marked with "(no news)".
    """
    from kg.cooperations import read_cooperations
    from kg.lifecycle import state

    asked = ask(ctx, lang)
    day = day_or_today(as_of)
    wanted_party = asked.names.resolve(party, ("party",)) if party else None
    wanted_sector = asked.names.resolve(sector, ("sector",)) if sector else None
    states = [
        state(each, day, asked.collection.stale_days, stale)
        for each in read_cooperations(asked.names, day)
        if (wanted_party is None or wanted_party in each.parties)
        and (wanted_sector is None or wanted_sector in each.sectors)
    ]
    shown = sorted((s for s in states if s.is_stale or not only_stale), key=_by_days)
    say = Words(asked.names.languages)
    if as_json:
        print_json([dict(zip(COLUMNS, row, strict=True)) for row in _rows(asked, shown, Words(()))])
    else:
        print_table(say.all(COLUMNS), _rows(asked, shown, say))
    counted = {"day": day, "n": len(shown), "stale": sum(s.is_stale for s in shown)}
    tell(say("cooperations on {day}: {n}, stale: {stale}", **counted))


def _by_days(state: "State") -> tuple[int, str]:
    """Order by how recently anyone heard, the longest silence last."""
    return (state.days if state.days is not None else 10**6), state.cooperation.key


def _rows(asked: Asked, states: "list[State]", say: Words) -> list[tuple[object, ...]]:
    """Return one line a cooperation."""
    from kg.statements import tellers

    said = tellers(asked.names, [s.proof.thing for s in states if s.proof])
    return [_row(asked, state, said, say) for state in states]


def _row(asked: Asked, state: "State", said: dict[str, list[str]], say: Words) -> tuple[object, ...]:
    """Return one line: what it is, how far it got, who says so."""
    from kg.iris import to_curie

    names, whole, proof = asked.names, state.cooperation, state.proof
    parties = [names.label(party) for party in whole.parties]
    outlets = said.get(str(proof.thing), []) if proof else []
    return (
        names.label(whole.thing) if whole.thing else " - ".join(_folded(parties, say)),
        names.label(state.stage) if state.stage else "",
        state.days,
        say("stale") if state.is_stale else "",
        str(proof.start or "") if proof else "",
        _day(state.last),
        _planned(state, say),
        " ".join(_folded(outlets, say, most=1)),
        ", ".join(_folded(parties, say)),
        to_curie(whole.thing, base=names.base) if whole.thing else whole.key,
    )


def _folded(labels: list[str], say: Words, most: int = MOST) -> list[str]:
    """Keep the first few and count the rest; programs get all."""
    if say.languages and len(labels) > most:
        return [*labels[:most], f"+{len(labels) - most}"]
    return labels


def _day(day: "date | None") -> str:
    """Return a day as ISO 8601."""
    return day.isoformat() if day else ""


def _planned(state: "State", say: Words) -> str:
    """Say what was announced next."""
    if state.planned:
        return str(state.planned.start)
    return f"{state.overdue.start} {say('(no news)')}" if state.overdue else ""
