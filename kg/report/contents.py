"""What is in the collection: things by class, how many rest on evidence, sources, their families, and the span."""

from kg.query import run_recipe
from kg.report.parts import Section, Sheet
from kg.report.scope import Scope

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
_COUNTRIES = """
SELECT DISTINCT ?country WHERE { ?m a kg:Meeting ; kg:status "held" ; kg:party/kg:country ?country } ORDER BY ?country
"""


def contents(scope: Scope) -> tuple[Section, tuple[tuple[str, str], ...]]:
    """Return the section, and the figures for the head of the page."""
    say = scope.say
    counts = _classes(scope)
    families, sources, outlets = _families(scope)
    held, planned, cancelled, span = _meetings(scope)
    countries = len(scope.ask(_COUNTRIES))
    rows = [(say(f"class_{name}"), *counts.get(name, (0, 0))) for name in CLASSES]
    said = [
        say("contents_meetings", held=held, planned=planned, cancelled=cancelled),
        say("contents_sources", sources=sources, families=families, outlets=outlets),
    ]
    said.append(say("contents_span", first=span[0], last=span[1]) if span[0] else say("contents_no_span"))
    sheet = Sheet("contents", scope.sheet("contents", ("class", "things", "with_evidence"), rows))
    parties = sum(counts.get(name, (0, 0))[0] for name in ("City", "Company", "Organization"))
    figures = (
        (say("fig_meetings"), f"{held:,}"),
        (say("fig_parties"), f"{parties:,}"),
        (say("fig_officials"), f"{counts.get('Official', (0, 0))[0]:,}"),
        (say("fig_countries"), f"{countries:,}"),
        (say("fig_families"), f"{families:,}"),
        (say("fig_span"), f"{span[0][:4]}–{span[1][:4]}" if span[0] else "–"),
    )
    section = Section("contents", say("contents"), tuple(said), (), (sheet,), (say("contents_how"),))
    return section, figures


def _classes(scope: Scope) -> dict[str, tuple[int, int]]:
    """Return class -> things, and those that rest on evidence."""
    rows = run_recipe(scope.names.dataset, "cq39-how-much", base=scope.names.base).rows
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
