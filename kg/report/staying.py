"""How long cooperations stay at a stage before they move on: Kaplan-Meier curves with their bands."""

from collections.abc import Sequence

from kg.iris import parse
from kg.measures import Cell, kaplan_meier
from kg.report.parts import Curve, Section, Sheet
from kg.report.scope import Scope
from kg.trends import Spell, spells, survival

_MOST = 80
"""Corners a curve is drawn with at most; where there are more, days evenly apart are taken."""
_MARKS = ("day_180", "band_180", "day_365", "band_365", "day_730", "band_730")


def staying(scope: Scope) -> Section:
    """Tell what share of cooperations is still at a stage after so many days."""
    say = scope.say
    found = [each for each in spells(scope.cooperations, scope.as_of) if each.stage != "completed"]
    how = (say("survival_how", day=scope.as_of), say("survival_sources"))
    if not found:
        return Section("survival", say("survival"), (say("no_spells"),), (), (), how)
    moved = sum(each.moved_on for each in found)
    said = [say("survival_told", n=len(found), moved=moved)]
    charts = []
    for _, stage in sorted({(each.rank, each.stage) for each in found if each.moved_on}):
        charts.append(_curve(scope, stage, [each for each in found if each.stage == stage]))
    still = sorted({(each.rank, each.stage) for each in found} - {(e.rank, e.stage) for e in found if e.moved_on})
    if still:
        said.append(say("survival_still", stages=", ".join(scope.stage(stage) for _, stage in still)))
    return Section("survival", say("survival"), tuple(said), tuple(charts), (_sheet(scope),), how)


def _curve(scope: Scope, stage: str, stays: Sequence[Spell]) -> Curve:
    """Draw one stage: a corner on each day that one moved on."""
    say = scope.say
    days, moved = [each.days for each in stays], [each.moved_on for each in stays]
    corners = sorted({day for day, on in zip(days, moved, strict=True) if on})
    if len(corners) > _MOST:
        corners = sorted({corners[number * (len(corners) - 1) // (_MOST - 1)] for number in range(_MOST)})
    points: list[tuple[int, float, float | None, float | None]] = [(0, 1.0, None, None)]
    for day in corners:
        share = kaplan_meier(days, moved, day)
        if share:
            points.append((day, share.value, share.low, share.high))
    title = say("survival_chart", stage=scope.stage(stage), n=len(stays), moved=sum(moved))
    last = points[-1]
    band = (
        "" if last[2] is None or last[3] is None else say("survival_band", low=f"{last[2]:.0%}", high=f"{last[3]:.0%}")
    )
    told = say("survival_curve", share=f"{last[1]:.0%}", day=last[0], band=band)
    return Curve(title, told, tuple(points), max(*days, 1), say("days"))


def _sheet(scope: Scope) -> Sheet:
    """Return the table of shares, with stages by their names."""
    found = survival(scope.cooperations, scope.as_of)
    rows: list[tuple[Cell, ...]] = []
    for stage, *cells in found.rows:
        name = parse(str(stage))
        shown = [cell.replace(" to ", "–") if isinstance(cell, str) else cell for cell in cells]
        rows.append((scope.stage(name.key if name else str(stage)), *shown))
    columns = ("stage", "stays", "moved_on", "median_days", *_MARKS)
    return Sheet("survival", scope.sheet("survival_table", columns, rows))
