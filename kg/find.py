"""Find things by name and meetings by what they are about, without writing SPARQL."""

from dataclasses import dataclass
from datetime import date

from kg.iris import parse
from kg.names import Names
from kg.prefixes import XSD
from kg.statements import about
from kg.values import Iri, Literal

_MEETINGS = """
SELECT DISTINCT ?meeting ?date ?earliest WHERE {
  ?meeting a kg:Meeting .
  %s
  OPTIONAL { ?meeting kg:date ?date ; kg:earliest ?earliest }
} ORDER BY ?earliest ?meeting
"""
_DETAILS = """
SELECT ?thing ?p ?o WHERE {
  %s
  ?thing ?p ?o
  FILTER(?p IN (kg:party, kg:sector, kg:stage, kg:status))
} ORDER BY ?thing ?p ?o
"""
_SOURCES = """
SELECT ?thing (COUNT(DISTINCT ?source) AS ?n) WHERE {
  %s
  ?thing kg:evidence/kg:source ?source
} GROUP BY ?thing
"""


Details = dict[tuple[str, str], list[object]]
"""(meeting, property) -> values, sorted."""


@dataclass(frozen=True)
class Filter:
    """What meetings are looked for; a filter left out matches all. Dates are days, both ends included."""

    parties: tuple[Iri, ...] = ()
    city: Iri | None = None
    official: Iri | None = None
    sector: Iri | None = None
    stage: Iri | None = None
    status: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class FoundMeeting:
    """One meeting found: when (as written), its names in the language asked for, and who says so."""

    meeting: Iri
    date: str
    name: str
    status: str
    parties: tuple[str, ...]
    sectors: tuple[str, ...]
    stage: str
    sources: int


@dataclass(frozen=True)
class FoundThing:
    """One thing found: its IRI, kind, label, and the name or id that matched."""

    thing: Iri
    kind: str
    label: str
    matched: str


def find_things(names: Names, word: str) -> list[FoundThing]:
    """Return the things whose id is the word, or whose name or alias holds it or another name of what it calls.

    Ids come first, then equal names. So 川崎 and Kawasaki find the same things.
    """
    by_name: dict[str, str] = {}
    for each in (word, *names.other_names(word)):
        for iri, matched in names.search(each):
            by_name.setdefault(iri, matched)
    found = {iri: word for iri in names.with_id(word) if iri not in by_name} | by_name
    kinds = {iri: name.kind for iri in found if (name := parse(iri, base=names.base))}
    return [FoundThing(Iri(iri), kinds.get(iri, ""), names.label(iri), matched) for iri, matched in found.items()]


def find_meetings(names: Names, wanted: Filter) -> list[FoundMeeting]:
    """Return the meetings that match every filter, oldest first, those without a date before them.

    A partial date matches when any day it can mean does.
    """
    patterns, bindings = _patterns(wanted)
    found = names.select(_MEETINGS % "\n  ".join(patterns), bindings)
    days = {Iri(str(meeting)): str(date or "") for meeting, date, _ in found}
    details: Details = {}
    for meeting, predicate, value in about(names, days, _DETAILS):
        details.setdefault((str(meeting), str(predicate).rpartition("#")[2]), []).append(value)
    sources = {str(meeting): int(str(count)) for meeting, count in about(names, days, _SOURCES)}
    return [_found(names, meeting, when, details, sources.get(meeting, 0)) for meeting, when in days.items()]


def _patterns(wanted: Filter) -> tuple[list[str], dict[str, Iri | Literal]]:
    """Return the triple patterns of a filter and the values their variables are bound to."""
    patterns: list[str] = []
    bindings: dict[str, Iri | Literal] = {}
    for number, party in enumerate(wanted.parties):
        patterns.append(f"?meeting kg:party ?party{number} .")
        bindings[f"party{number}"] = party
    # A city takes part, or is where the meeting was.
    single = {
        "city": (wanted.city, "?meeting kg:party|kg:city ?city ."),
        "official": (wanted.official, "?meeting kg:attendedBy ?official ."),
        "sector": (wanted.sector, "?meeting kg:sector/skos:broader* ?sector ."),
        "stage": (wanted.stage, "?meeting kg:stage ?stage ."),
        "status": (Literal(wanted.status) if wanted.status else None, "?meeting kg:status ?status ."),
        "since": (_day(wanted.since), "?meeting kg:latest ?last . FILTER(?last >= ?since)"),
        "until": (_day(wanted.until), "?meeting kg:earliest ?first . FILTER(?first <= ?until)"),
    }
    for name, (value, pattern) in single.items():
        if value is not None:
            patterns.append(pattern)
            bindings[name] = value
    return patterns, bindings


def _day(day: date | None) -> Literal | None:
    """Return a day as a term."""
    return Literal(day.isoformat(), datatype=f"{XSD}date") if day else None


def _found(names: Names, meeting: str, when: str, details: Details, sources: int) -> FoundMeeting:
    """Say what is shown of a meeting."""
    return FoundMeeting(
        Iri(meeting),
        when,
        names.label(meeting),
        "".join(map(str, details.get((meeting, "status"), ()))),
        tuple(map(names.label, details.get((meeting, "party"), ()))),
        tuple(map(names.label, details.get((meeting, "sector"), ()))),
        "".join(map(names.label, details.get((meeting, "stage"), ()))),
        sources,
    )
