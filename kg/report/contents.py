"""What is in the collection: things by class, how many rest on evidence, sources, their families, and the span."""

from kg.facts import pairs
from kg.network.actors import Mode, members
from kg.network.window import ALWAYS, count_meetings, span
from kg.query import ask_recipe
from kg.report.parts import Section, Sheet
from kg.report.scope import Scope
from kg.terms import KG

CLASSES = ("Meeting", "Cooperation", "Step", "Forum", "City", "Company", "Organization", "Official", "Post", "Tenure")
_SOURCES = """
SELECT ?source ?family ?outlet WHERE {
  ?source a kg:Source
  OPTIONAL { ?source kg:outlet ?outlet }
  OPTIONAL { GRAPH graph:derived { ?source kg:family ?family } }
} ORDER BY ?source ?family
"""
_SPAN = """
SELECT (MIN(?from) AS ?first) (MAX(?to) AS ?last) WHERE {
  ?m a kg:Meeting ; kg:status "held" ; kg:earliest ?from ; kg:latest ?to
}
"""
_STATUS = "SELECT ?status (COUNT(?m) AS ?all) WHERE { ?m a kg:Meeting ; kg:status ?status } GROUP BY ?status"
_MODES: tuple[Mode, ...] = ("party", "official")


def contents(scope: Scope) -> tuple[Section, tuple[tuple[str, str], ...]]:
    """Return the section, and the figures for the head of the page."""
    say = scope.say
    counts = _classes(scope)
    families, sources, outlets = _families(scope)
    held, planned, cancelled, span = _meetings(scope)
    rows = [(say(f"class_{name}"), *counts.get(name, (0, 0))) for name in CLASSES]
    said = [
        say("contents_meetings", held=held, planned=planned, cancelled=cancelled),
        say("contents_sources", sources=sources, families=families, outlets=outlets),
    ]
    said.append(say("contents_span", first=span[0], last=span[1]) if span[0] else say("contents_no_span"))
    sheet = Sheet("contents", scope.sheet("contents", ("class", "things", "with_evidence"), rows))
    section = Section("contents", say("contents"), tuple(said), (), (sheet,), (say("contents_how"),))
    return section, _figures(scope, counts, families)


def _figures(scope: Scope, counts: dict[str, tuple[int, int]], families: int) -> tuple[tuple[str, str], ...]:
    """Return the figures for the head of the page: of the collection; as of an earlier day, of the meetings by then."""
    say, dataset = scope.say, scope.names.dataset
    held = count_meetings(dataset, scope.window).meetings
    first, last = span(held)
    there = {mode: {one for group in members(dataset, mode, held).values() for one in group} for mode in _MODES}
    parties, officials = (len(there[mode]) for mode in _MODES)
    if scope.window == ALWAYS:
        parties = sum(counts.get(name, (0, 0))[0] for name in ("City", "Company", "Organization"))
        officials = counts.get("Official", (0, 0))[0]
    countries = len({country for party, country in pairs(dataset, KG.country) if party in there["party"]})
    return (
        (say("fig_meetings"), f"{len(held):,}"),
        (say("fig_parties"), f"{parties:,}"),
        (say("fig_officials"), f"{officials:,}"),
        (say("fig_countries"), f"{countries:,}"),
        (say("fig_families"), f"{families:,}"),
        (say("fig_span"), f"{first[:4]}–{last[:4]}" if first else "–"),
    )


def _classes(scope: Scope) -> dict[str, tuple[int, int]]:
    """Return class -> things, and those that rest on evidence."""
    rows = ask_recipe(scope.names.dataset, "cq39-how-much", base=scope.names.base).rows
    return {str(cls).rpartition("#")[2]: (int(str(things)), int(str(rest or 0))) for cls, things, rest in rows}


def _families(scope: Scope) -> tuple[int, int, int]:
    """Return how many families, sources and outlets there are."""
    rows = scope.ask(_SOURCES)
    outlets = {outlet for _, _, outlet in rows if outlet}
    return len({family or source for source, family, _ in rows}), len({row[0] for row in rows}), len(outlets)


def _meetings(scope: Scope) -> tuple[int, int, int, tuple[str, str]]:
    """Return held, planned and cancelled meetings, and the first and last day of the held ones."""
    found = {status: int(count) for status, count in scope.ask(_STATUS)}
    held, planned, cancelled = (found.get(status, 0) for status in ("held", "planned", "cancelled"))
    first, last = next(iter(scope.ask(_SPAN)), ("", ""))
    return held, planned, cancelled, (first, last)
