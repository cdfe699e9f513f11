"""Meetings year by year: how a network grew, and which sectors were talked about when."""

from collections import Counter
from itertools import combinations

from kg.network import Window
from kg.network.actors import Mode, labels, members
from kg.network.window import ALWAYS, Counted, Held, count_meetings
from kg.store import Source
from kg.tabular import Cell, Table, plural


def growth(graph: Source, mode: Mode = "official", *, window: Window = ALWAYS) -> Table:
    """Return one row a year: meetings, who was there, who was new, and ties that were new, with totals so far.

    Years without a meeting between the first and the last have a row of zeros. A meeting counts in the year
    it began; undated ones are left out, and the notes say how many.
    """
    counted = count_meetings(graph, window, dated=True)
    there = members(graph, mode, counted.meetings)
    by_year = _by_year(counted)
    seen: set[str] = set()
    tied: set[tuple[str, str]] = set()
    rows: list[tuple[Cell, ...]] = []
    for year in _years(by_year):
        groups = [there.get(meeting.iri, ()) for meeting in by_year.get(year, [])]
        now = {one for group in groups for one in group}
        ties = {pair for group in groups for pair in combinations(group, 2)}
        new, new_ties = now - seen, ties - tied
        seen |= now
        tied |= ties
        rows.append((year, len(groups), len(now), len(new), len(ties), len(new_ties), len(seen), len(tied)))
    columns = ("year", "meetings", f"{mode} there", "new", "ties", "new ties", f"{mode} so far", "ties so far")
    return Table(f"growth: {mode}", columns, tuple(rows), _notes(counted, window))


def sector_trends(graph: Source, *, window: Window = ALWAYS, language: str | None = None) -> Table:
    """Return one row a sector: its meetings in each year and in all, the most talked about first.

    A meeting about several sectors counts in each of them.
    """
    counted = count_meetings(graph, window, dated=True)
    about = members(graph, "sector", counted.meetings)
    year_of = {meeting.iri: year for year, held in _by_year(counted).items() for meeting in held}
    counts = Counter((sector, year_of[meeting]) for meeting, sectors in about.items() for sector in sectors)
    years, named = _years(_by_year(counted)), labels(graph, language)
    total = Counter(sector for sectors in about.values() for sector in sectors)
    rows: list[tuple[Cell, ...]] = [
        (sector, named.get(sector, sector), total[sector], *(counts[sector, year] for year in years))
        for sector in sorted(total, key=lambda sector: (-total[sector], sector))
    ]
    notes = [*_notes(counted, window), "A meeting about several sectors counts in each."]
    without = len(counted.meetings) - len(about)
    if without:
        notes.append(f"{plural(without, 'meeting')} named no sector.")
    return Table("sectors by year", ("id", "label", "all", *map(str, years)), tuple(rows), tuple(notes))


def _by_year(counted: Counted) -> dict[int, list[Held]]:
    """Return year -> the meetings that began in it."""
    found: dict[int, list[Held]] = {}
    for meeting in counted.meetings:
        if meeting.earliest:
            found.setdefault(meeting.earliest.year, []).append(meeting)
    return found


def _years(by_year: dict[int, list[Held]]) -> list[int]:
    """Return every year from the first to the last."""
    return list(range(min(by_year), max(by_year) + 1)) if by_year else []


def _notes(counted: Counted, window: Window) -> tuple[str, ...]:
    """Say what was counted."""
    days = f" {window}" if window != ALWAYS else ""
    found = plural(len(counted.meetings), "held meeting") if counted.meetings else "no held meeting"
    return (f"{found} with a date counted{days}{counted.left_out()}.",)
