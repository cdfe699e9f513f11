"""Meetings and sectors over time: bars by year, and a grid of sectors and years."""

from kg.network.window import count_meetings
from kg.report.parts import Bars, Section, Series, Sheet
from kg.report.scope import Scope, periods
from kg.tabular import Table
from kg.trends import growth, sector_trends

_YEARS = 3  # where the years of a table of sectors begin


def meetings(scope: Scope) -> Section:
    """Tell how many meetings were held in each year, and how many parties took part for the first time."""
    say = scope.say
    found = growth(scope.names.dataset, "party", window=scope.window)
    counted = count_meetings(scope.names.dataset, scope.window, dated=True)
    left_out = {"undated": counted.undated, "not_held": counted.not_held, "later": counted.outside}
    how = (say("meetings_how", dated=len(counted.meetings), day=scope.as_of, **left_out),)
    if not found.rows:
        return Section("meetings", say("meetings"), (say("no_dated"),), (), (), how)
    rows = [tuple(int(cell or 0) for cell in row) for row in found.rows]
    runs = periods(rows[0][0], rows[-1][0])
    grouped = [[sum(row[column] for row in rows if row[0] in run) for _, run in runs] for column in (1, 3)]
    labels = tuple(label for label, _ in runs)
    busiest = max(rows, key=lambda row: (row[1], row[0]))
    empty = sum(1 for row in rows if not row[1])
    told = say("meetings_told", n=sum(grouped[0]), first=rows[0][0], last=rows[-1][0], year=busiest[0], most=busiest[1])
    said = [told, say("meetings_new", total=rows[-1][6], now=rows[-1][3], year=rows[-1][0])]
    said += [say("meetings_empty", n=empty)] if empty else []
    series = [Series(say(name), "main", tuple(values)) for name, values in zip(("held", "new"), grouped, strict=True)]
    charts = [
        Bars(say(title), told if number == 0 else said[1], labels, (series[number],), upright=True)
        for number, title in enumerate(("meetings_chart", "new_chart"))
    ]
    columns = ("year", "held", "parties_there", "new", "ties", "new_ties", "parties_so_far", "ties_so_far")
    sheet = Sheet("meetings", scope.sheet("meetings_table", columns, rows), shown=1000, folded=True)
    return Section("meetings", say("meetings"), tuple(said), tuple(charts), (sheet,), how)


def sectors(scope: Scope) -> Section:
    """Tell which sectors were talked about when."""
    say = scope.say
    found = sector_trends(scope.names.dataset, window=scope.window, language=say.language)
    how = (say("sectors_how"),)
    if not found.rows:
        return Section("sectors", say("sectors"), (say("no_sectors"),), (), (), how)
    rows, labels = _by_period(scope, found)
    total = sum(int(row[2] or 0) for row in rows)
    said = [say("sectors_told", n=len(rows), first=rows[0][1], meetings=rows[0][2], named=total)]
    if len(rows) == 1:
        said.append(say("one_sector"))
    columns = (*say.all("id", "sector", "in_all"), *labels)
    table = Table(say("sectors_table"), columns, tuple(rows))
    sheet = Sheet("sectors", table, shown=40, csv_only=(0,), shaded=_YEARS)
    return Section("sectors", say("sectors"), tuple(said), (), (sheet,), how)


def _by_period(scope: Scope, found: Table) -> tuple[list[tuple[str | int, ...]], list[str]]:
    """Return the rows with years united into the periods that are drawn, and the periods' labels."""
    years = [int(name) for name in found.columns[_YEARS:]]
    runs = periods(years[0], years[-1])
    place = {year: number for number, (_, run) in enumerate(runs) for year in run}
    rows: list[tuple[str | int, ...]] = []
    for row in found.rows:
        counts = [0] * len(runs)
        for year, count in zip(years, row[_YEARS:], strict=True):
            counts[place[year]] += int(count or 0)
        rows.append((scope.curie(str(row[0])), scope.label(str(row[0])), int(row[2] or 0), *counts))
    return rows, [label for label, _ in runs]
