"""How far cooperations got: the stages reached, and what became of the talks that began in each year."""

from collections import Counter
from datetime import date

from kg.lifecycle import Cooperation
from kg.report.parts import Bars, Section, Series, Sheet, Tone
from kg.report.scope import Scope, highest, periods, reached, stage_key

STAGES = (
    "discussed",
    "proposed",
    "letter-of-intent",
    "mou-signed",
    "agreement-signed",
    "implementation",
    "completed",
)
PAPERS = frozenset({"letter-of-intent", "mou-signed", "agreement-signed"})
_GROUPS: tuple[tuple[str, Tone, range], ...] = (
    ("group_talk", "pale", range(3)),
    ("group_letter", "light", range(3, 4)),
    ("group_paper", "mid", range(4, 6)),
    ("group_work", "dark", range(6, 8)),
)
"""Name, tone and ranks of the groups that the chart of beginnings unites stages to."""


def stages(scope: Scope) -> Section:
    """Tell how many cooperations reached each stage, and what came of those that began in each year."""
    say, every = scope.say, scope.cooperations
    best = {each.key: highest(each, scope.as_of) for each in every}
    how = (say("stages_how", day=scope.as_of), say("begun_how"))
    if not any(rank for rank, _ in best.values()):
        return Section("stages", say("stages"), (say("no_steps", n=len(every)),), (), (), how)
    talks = sum(1 for rank, _ in best.values() if rank < _GROUPS[1][2].start)
    papers, unpapered = _papers(scope)
    said = (
        say("stages_told", n=len(every), talks=talks, share=f"{talks / len(every):.0%}"),
        say("stages_papers", papers=papers, unpapered=unpapered),
    )
    reach, begun = _reached(scope, best), _begun(scope, best)
    return Section("stages", say("stages"), said, (reach[0], begun[0]), (reach[1], begun[1]), how)


def _papers(scope: Scope) -> tuple[int, int]:
    """Return how many cooperations have a paper, and how many work without one known."""
    papers = unpapered = 0
    for each in scope.cooperations:
        keys = {stage_key(step.stage) for step in reached(each, scope.as_of)}
        papers += bool(keys & PAPERS)
        unpapered += bool(keys & {"implementation", "completed"} and not keys & PAPERS)
    return papers, unpapered


def _reached(scope: Scope, best: dict[str, tuple[int, str]]) -> tuple[Bars, Sheet]:
    """Return how many got to each stage or beyond, and how many of them stand there."""
    say = scope.say
    at = Counter(rank for rank, _ in best.values())
    beyond = [sum(count for rank, count in at.items() if rank >= place) for place in range(1, len(STAGES) + 1)]
    labels = tuple(map(scope.stage, STAGES))
    told = say("reached_told", parts="; ".join(f"{a} {b}" for a, b in zip(labels, beyond, strict=True)))
    chart = Bars(say("reached_chart"), told, labels, (Series(say("cooperations"), "main", tuple(beyond)),))
    rows = [
        (label, number, at[rank], f"{number / len(best):.0%}")
        for rank, (label, number) in enumerate(zip(labels, beyond, strict=True), 1)
    ]
    rows.insert(0, (say("no_stage"), at[0], at[0], f"{at[0] / len(best):.0%}"))
    columns = ("stage", "reached_or_beyond", "highest", "share")
    return chart, Sheet("stages", scope.sheet("reached_chart", columns, rows), folded=True)


def _begun(scope: Scope, best: dict[str, tuple[int, str]]) -> tuple[Bars, Sheet]:
    """Return what came of the cooperations that were first known of in each year."""
    say = scope.say
    began = {each.key: _first(each).year for each in scope.cooperations if _first(each) < date.max}
    runs = periods(min(began.values()), max(began.values()))
    rows: list[tuple[str | int, ...]] = []
    for label, run in runs:
        ranks = [best[key][0] for key, year in began.items() if year in run]
        rows.append((label, len(ranks), *(sum(1 for rank in ranks if rank in group) for _, _, group in _GROUPS)))
    series = tuple(
        Series(say(name), tone, tuple(int(row[number + 2]) for row in rows))
        for number, (name, tone, _) in enumerate(_GROUPS)
    )
    sums = "; ".join(f"{each.name} {sum(each.values):.0f}" for each in series)
    told = say("begun_told", first=rows[0][0], last=rows[-1][0], parts=sums)
    chart = Bars(say("begun_chart"), told, tuple(str(row[0]) for row in rows), series, upright=True)
    columns = ("year", "begun", *(name for name, _, _ in _GROUPS))
    return chart, Sheet("beginnings", scope.sheet("begun_chart", columns, rows), shown=1000, folded=True)


def _first(cooperation: Cooperation) -> date:
    """Return the first day that anything is known of a cooperation."""
    events = (*cooperation.meetings, *cooperation.steps)
    return min((day for event in events for day in (event.opens, *event.told) if day), default=date.max)
