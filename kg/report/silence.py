"""What has gone quiet: cooperations nobody heard of for longer than their stage allows, and promises not kept."""

from collections import Counter

from kg.lifecycle import State
from kg.promises import Promise, find_promises, promise_table
from kg.report.parts import Bars, Section, Sheet, Tone
from kg.report.scope import Scope, highest, stage_key
from kg.report.stacked import stack
from kg.report.stages import PAPERS, STAGES
from kg.statements import tellers, told_by

_OUTCOMES: tuple[tuple[str, Tone], ...] = (
    ("promise_kept", "dark"),
    ("promise_open", "light"),
    ("promise_unclear", "mid"),
    ("promise_overdue", "warn"),
    ("promise_ended", "pale"),
)
_FATES: tuple[tuple[str, Tone], ...] = (
    ("is_heard", "mid"),
    ("is_stale", "warn"),
    ("is_over", "pale"),
    ("is_undated", "light"),
)
_SORTS = ("paper", "hope", "plan")


def stale(scope: Scope) -> Section:
    """Tell which cooperations have gone quiet, by stage, and which papers the longest."""
    say, states = scope.say, scope.states
    how = (say("stale_how", limits=_limits(scope)),)
    if not states:
        return Section("stale", say("stale"), (say("no_cooperations"),), (), (), how)
    quiet = [each for each in states if each.is_stale]
    overdue = sum(1 for each in states if each.overdue)
    said = [say("stale_told", day=scope.as_of, stale=len(quiet), n=len(states))]
    said += [say("stale_plans", n=overdue)] if overdue else []
    chart, numbers = _by_stage(scope)
    return Section("stale", say("stale"), tuple(said), (chart,), (numbers, _longest(scope, quiet)), how)


def _limits(scope: Scope) -> str:
    """Return the days each stage allows."""
    return "; ".join(f"{scope.stage(key)} {scope.stale_days[key]}" for key in STAGES if key in scope.stale_days)


def _fate(each: State) -> str:
    """Say whether a cooperation is stale, over, still heard of, or without a date to count from."""
    if each.is_stale:
        return "is_stale"
    if stage_key(each.stage) in {"completed", "lapsed", "cancelled"}:
        return "is_over"
    return "is_heard" if each.days is not None else "is_undated"


def _by_stage(scope: Scope) -> tuple[Bars, Sheet]:
    """Return how many of each highest stage are still heard of, stale or over."""
    counts = Counter((highest(each.cooperation, scope.as_of)[1], _fate(each)) for each in scope.states)
    labels = {key: scope.stage(key) for key in ("", *STAGES) if any(stage == key for stage, _ in counts)}
    return stack(scope, ("stale-by-stage", "stale_chart", "stage"), labels, _FATES, counts)


def _longest(scope: Scope, quiet: list[State]) -> Sheet:
    """Return the stale cooperations: those with a paper first, then by days of silence."""
    ordered = sorted(quiet, key=lambda s: (stage_key(s.stage) not in PAPERS, -(s.days or 0), s.cooperation.key))
    said = tellers(scope.names, [each.proof.thing for each in ordered if each.proof])
    rows = [
        (
            each.cooperation.key if not each.cooperation.thing else scope.curie(each.cooperation.thing),
            scope.whole(each.cooperation),
            scope.stage(stage_key(each.stage)),
            each.last.isoformat() if each.last else None,
            each.days,
            told_by(said[str(each.proof.thing)]) if each.proof else None,
        )
        for each in ordered
    ]
    columns = ("id", "cooperation", "stage", "last_heard", "days", "proof")
    return Sheet("stale", scope.sheet("stale_table", columns, rows), shown=12, csv_only=(0,))


def promises(scope: Scope) -> Section:
    """Tell what was promised and what came of it."""
    say = scope.say
    found = find_promises(scope.names, scope.cooperations, scope.as_of, scope.stale_days)
    how = (say("promises_how"),)
    if not found:
        return Section("promises", say("promises"), (say("no_promises"),), (), (), how)
    kept = sum(1 for each in found if each.state == "kept")
    late = [each for each in found if each.state == "overdue"]
    told = say("promises_told", n=len(found), kept=kept, late=len(late))
    counts: Counter[tuple[str, str]] = Counter((each.sort, f"promise_{each.state}") for each in found)
    labels = {sort: say(f"sort_{sort}") for sort in _SORTS if any(each.sort == sort for each in found)}
    chart, numbers = stack(scope, ("promises-by-sort", "promises_chart", "sort"), labels, _OUTCOMES, counts)
    sheets = (numbers, *([_overdue(scope, late)] if late else []))
    return Section("promises", say("promises"), (told,), (chart,), sheets, how)


def _overdue(scope: Scope, late: list[Promise]) -> Sheet:
    """Return the overdue promises: papers, then hopes, then plans, the oldest first."""
    ordered = sorted(late, key=lambda each: (_SORTS.index(each.sort), each.made or scope.as_of, each.thing))
    rows = [
        (scope.curie(str(row[8])), scope.say(f"sort_{row[0]}"), row[1], row[2], row[3], row[4], row[9])
        for row in promise_table(scope.names, ordered, scope.as_of).rows
    ]
    columns = ("id", "sort", "promise", "parties", "day", "days", "proof")
    return Sheet("promises-overdue", scope.sheet("overdue_table", columns, rows), shown=12, csv_only=(0,))
