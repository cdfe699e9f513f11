"""The meetings a brief tells of: when, where, about what, and who was there for which side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.brief.cites import Cites
from kg.brief.parts import Contact
from kg.names import Names
from kg.statements import Statement
from kg.values import Iri

_MEETINGS = """
SELECT DISTINCT ?meeting ?status ?date ?earliest ?place ?city ?stage WHERE {
  ?meeting a kg:Meeting ; kg:status ?status ; kg:party ?party .
  OPTIONAL { ?meeting kg:date ?date ; kg:earliest ?earliest }
  OPTIONAL { ?meeting kg:place ?place }
  OPTIONAL { ?meeting kg:city ?city }
  OPTIONAL { ?meeting kg:stage ?stage }
} ORDER BY DESC(?earliest) ?meeting
"""
_LINKS = "SELECT ?p ?o WHERE { VALUES ?p { kg:party kg:sector } ?meeting ?p ?o } ORDER BY ?p ?o"
_PEOPLE = """
SELECT ?official ?post ?body WHERE {
  ?meeting kg:participation ?p . ?p kg:official ?official .
  OPTIONAL { ?p kg:actedAs ?post . ?post kg:postIn ?in }
  OPTIONAL { ?p kg:actedFor ?for }
  BIND(COALESCE(?for, ?in) AS ?body)
} ORDER BY ?official
"""


@dataclass(frozen=True)
class MeetingRow:
    """A meeting as read: its raw terms; `people` are (official, post, body)."""

    meeting: Iri
    status: str
    date: str
    place: str
    stage: Iri | None
    links: Mapping[str, tuple[str, ...]]
    people: tuple[tuple[Iri, Iri | None, Iri | None], ...]

    @property
    def parties(self) -> set[str]:
        """The parties' IRIs."""
        return set(self.links.get("party", ()))


def meetings_of(names: Names, family: Iterable[str], known: set[str]) -> list[MeetingRow]:
    """Return the `known` meetings of any of some parties, newest first, those without a date last."""
    found: dict[str, tuple[str, MeetingRow]] = {}
    for member in sorted(family):
        for row in names.select(_MEETINGS, {"party": Iri(member)}):
            meeting, status, day, earliest, place, city, stage = row
            if str(meeting) in known:
                where = dict.fromkeys(p for p in (str(place or ""), names.label(city) if city else "") if p)
                told = (str(status), str(day or ""), ", ".join(where))
                found[str(meeting)] = (str(earliest or ""), _row(names, Iri(str(meeting)), told, stage))
    ordered = sorted(found.values(), key=lambda pair: pair[1].meeting)
    return [row for _, row in sorted(ordered, key=lambda pair: pair[0], reverse=True)]


def _row(names: Names, meeting: Iri, told: tuple[str, str, str], stage: object) -> MeetingRow:
    """Read what a meeting links to, and who was there."""
    links: dict[str, list[str]] = {}
    for predicate, value in names.select(_LINKS, {"meeting": meeting}):
        links.setdefault(str(predicate).rpartition("#")[2], []).append(str(value))
    people = names.select(_PEOPLE, {"meeting": meeting})
    return MeetingRow(
        meeting,
        *told,
        Iri(str(stage)) if stage else None,
        {key: tuple(values) for key, values in links.items()},
        tuple(
            (Iri(str(official)), Iri(str(post)) if post else None, Iri(str(body)) if body else None)
            for official, post, body in people
        ),
    )


def contact(
    names: Names,
    row: MeetingRow,
    sides: tuple[set[str], set[str]],
    said: Mapping[str, Sequence[Statement]],
    cites: Cites,
) -> Contact:
    """Tell a meeting: each person, with post and body, on the side they stood on."""
    placed: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for official, post, body in row.people:
        side = next((n for n, members in enumerate(sides) if body and str(body) in members), 2)
        acted = ", ".join(names.label(each) for each in (post, body) if each)
        placed[side].append(f"{names.label(official)} ({acted})" if acted else names.label(official))
    return Contact(
        cites.of(said[str(row.meeting)]),
        row.meeting,
        names.label(row.meeting),
        row.date,
        row.place,
        row.status,
        names.label(row.stage) if row.stage else "",
        tuple(names.label(sector) for sector in row.links.get("sector", ())),
        tuple(placed[1]),
        tuple(placed[0]),
        tuple(placed[2]),
    )
