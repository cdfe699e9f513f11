"""What the collection rests on: what sources disagree about, and how much rests on one voice only."""

from collections import Counter

from kg.conflicts import Conflict, find_conflicts
from kg.names import Terms
from kg.network.window import count_meetings
from kg.properties import PROPERTIES
from kg.report.parts import Section, Sheet, Tone
from kg.report.scope import Scope, stage_key
from kg.report.stacked import stack
from kg.report.stages import STAGES
from kg.values import Iri

_VOICES = """
SELECT ?meeting ?stage (COUNT(DISTINCT ?source) AS ?sources) (COUNT(DISTINCT ?voice) AS ?voices) WHERE {
  ?meeting a kg:Meeting ; kg:status "held"
  OPTIONAL { ?meeting kg:stage ?stage }
  OPTIONAL {
    ?meeting kg:evidence/kg:source ?source
    OPTIONAL { GRAPH graph:derived { ?source kg:family ?family } }
    BIND(COALESCE(?family, STR(?source)) AS ?voice)
  }
} GROUP BY ?meeting ?stage ORDER BY ?meeting
"""
_BANDS: tuple[tuple[str, Tone, range], ...] = (
    ("no_voice", "pale", range(1)),
    ("one_voice", "warn", range(1, 2)),
    ("two_voices", "mid", range(2, 3)),
    ("more_voices", "dark", range(3, 10**6)),
)


def voices(scope: Scope) -> Section:
    """Tell how many held meetings rest on one independent voice, by stage."""
    say = scope.say
    held = {meeting.iri for meeting in count_meetings(scope.names.dataset, scope.window).meetings}
    rows = [
        (stage_key(Iri(stage)) if stage else "", int(a), int(b))
        for meeting, stage, a, b in scope.ask(_VOICES)
        if meeting in held
    ]
    how = (say("voices_how"),)
    if not rows:
        return Section("voices", say("voices"), (say("no_meetings"),), (), (), how)
    alone = sum(1 for _, _, count in rows if count == 1)
    copied = sum(1 for _, sources, count in rows if count == 1 < sources)
    said = [say("voices_told", n=len(rows), alone=alone, share=f"{alone / len(rows):.0%}")]
    said += [say("voices_copied", n=copied)] if copied else []
    counts = Counter((stage, _band(number)) for stage, _, number in rows)
    labels = {key: scope.stage(key) for key in ("", *STAGES) if any(stage == key for stage, _, _ in rows)}
    parts = [(name, tone) for name, tone, _ in _BANDS]
    chart, sheet = stack(scope, ("voices", "voices_chart", "stage"), labels, parts, counts)
    return Section("voices", say("voices"), tuple(said), (chart,), (sheet,), how)


def _band(number: int) -> str:
    """Return the word for a number of voices."""
    return next(name for name, _, band in _BANDS if number in band)


def conflicts(scope: Scope) -> Section:
    """Tell what sources disagree about, field by field."""
    say = scope.say
    found = find_conflicts(scope.names)
    how = (say("conflicts_how"),)
    if not found:
        return Section("conflicts", say("conflicts"), (say("no_conflicts"),), (), (), how)
    terms = Terms(scope.names)
    fields = {
        each.field: terms.label(PROPERTIES[each.field]) if each.field in PROPERTIES else each.field for each in found
    }
    fields |= {"name": say("field_name")} if "name" in fields else {}
    counts = Counter(each.field for each in found)
    things = len({each.thing for each in found})
    top = sorted(counts, key=lambda field: (-counts[field], field))
    parts = "; ".join(f"{fields[field]} {counts[field]}" for field in top[:5])
    said = (say("conflicts_told", n=len(found), things=things, ruled=sum(1 for c in found if c.reason), parts=parts),)
    ordered = sorted(found, key=lambda each: (-len(each.values), -len(each.said), each.thing, each.field))
    rows = [(scope.curie(each.thing), scope.label(each.thing), fields[each.field], *_sides(each)) for each in ordered]
    columns = ("id", "thing", "field", "values", "ruled", "statements_n")
    sheet = Sheet("conflicts", scope.sheet("conflicts_table", columns, rows), shown=12, csv_only=(0,))
    return Section("conflicts", say("conflicts"), said, (), (sheet,), how)


def _sides(each: Conflict) -> tuple[str, str, int]:
    """Return the values, the ruled one, and how many statements give one."""
    return " / ".join(each.values), each.ruled, len(each.said)
