"""Gather what a brief tells: cooperations, promises, meetings, people and open points of a party and ours."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kg.brief.parts import Brief, Contact, InPost, Promise, Standing
from kg.conflicts import find_conflicts
from kg.cooperations import read_cooperations
from kg.errors import QueryError
from kg.lifecycle import Event, State, state
from kg.names import Names
from kg.statements import Statement, statements
from kg.values import Iri
from kg.who import holders, tenures

_FAMILY = "SELECT ?part WHERE { ?part (kg:unitOf|kg:partOf)* ?whole } ORDER BY ?part"
_MEETINGS = """
SELECT DISTINCT ?meeting ?status ?date ?earliest ?place ?city ?stage WHERE {
  ?meeting a kg:Meeting ; kg:status ?status ; kg:party ?party .
  OPTIONAL { ?meeting kg:date ?date ; kg:earliest ?earliest }
  OPTIONAL { ?meeting kg:place ?place }
  OPTIONAL { ?meeting kg:city ?city }
  OPTIONAL { ?meeting kg:stage ?stage }
} ORDER BY DESC(?earliest) ?meeting
"""
_LINKS = """
SELECT ?p ?o WHERE { VALUES ?p { kg:party kg:sector kg:aim kg:instrument } ?meeting ?p ?o } ORDER BY ?p ?o
"""
_BUSIEST = "SELECT ?party (COUNT(?m) AS ?n) WHERE { ?m a kg:Meeting ; kg:party ?party } GROUP BY ?party ORDER BY ?party"
_PEOPLE = """
SELECT ?official ?post ?body WHERE {
  ?meeting kg:participation ?p . ?p kg:official ?official .
  OPTIONAL { ?p kg:actedAs ?post . ?post kg:postIn ?in }
  OPTIONAL { ?p kg:actedFor ?for }
  BIND(COALESCE(?for, ?in) AS ?body)
} ORDER BY ?official
"""


@dataclass
class _Cites:
    """Number sources as they are first cited."""

    order: list[Statement] = field(default_factory=list)
    number: dict[str, int] = field(default_factory=dict)

    def of(self, said: Iterable[Statement]) -> tuple[int, ...]:
        """Return the numbers of the sources of some statements, each once, ascending."""
        for statement in said:
            if str(statement.source) not in self.number:
                self.order.append(statement)
                self.number[str(statement.source)] = len(self.order)
        return tuple(sorted({self.number[str(statement.source)] for statement in said}))


@dataclass(frozen=True)
class _Row:
    """A meeting as read: its raw terms."""

    meeting: Iri
    status: str
    date: str
    place: str
    stage: Iri | None
    links: Mapping[str, tuple[object, ...]]
    people: tuple[tuple[Iri, Iri | None, Iri | None], ...]

    @property
    def parties(self) -> set[str]:
        """The parties' IRIs."""
        return {str(party) for party in self.links.get("party", ())}


def gather(
    names: Names,
    party: Iri,
    *,
    as_of: date,
    stale_days: Mapping[str, int],
    ours: Iri | None = None,
) -> Brief:
    """Gather the brief on a party, its units included.

    `ours` is who reads it: unless said, of those the party met, the one with the most meetings in all.

    Raises:
        QueryError: the party has met nobody, so there is no other side.
    """
    theirs = _family(names, party)
    rows = _meetings(names, theirs)
    partners = Counter(p for row in rows if row.status == "held" for p in row.parties - theirs)
    if ours is None:
        ours = _home(names, party, partners)
    us, cites = _family(names, ours), _Cites()
    shared = [row for row in rows if row.parties & us]
    said = statements(names, [row.meeting for row in shared])
    standings = _standings(names, (theirs, us), as_of, stale_days, cites)
    promises = tuple(_promises(names, shared, said, cites))
    contacts = tuple(_contact(names, row, (theirs, us), said, cites) for row in shared)
    people = tuple(_people(names, sorted(theirs), as_of, cites))
    return Brief(
        party,
        names.label(party),
        ours,
        names.label(ours),
        as_of,
        standings,
        promises,
        contacts,
        people,
        tuple(c for row in shared for c in find_conflicts(names, row.meeting)),
        tuple((names.label(p), n) for p, n in sorted(partners.items(), key=lambda item: (-item[1], item[0]))),
        tuple(cites.order),
    )


def _family(names: Names, party: Iri) -> set[str]:
    """Return a party and all its units and parts."""
    return {str(row[0]) for row in names.select(_FAMILY, {"whole": party})} | {str(party)}


def _home(names: Names, party: Iri, partners: Iterable[str]) -> Iri:
    """Return, of those a party met, the one with the most meetings in all: the collection's own city, as a rule."""
    counts = {str(each): int(str(n)) for each, n in names.select(_BUSIEST)}
    met = sorted(partners, key=lambda iri: (-counts.get(iri, 0), iri))
    if not met:
        raise QueryError(f"{names.label(party)} has met nobody yet; there is nothing to brief on")
    return Iri(met[0])


def _meetings(names: Names, family: Iterable[str]) -> list[_Row]:
    """Return the meetings of any of some parties, newest first, those without a date last."""
    found: dict[str, tuple[str, _Row]] = {}
    for member in sorted(family):
        for row in names.select(_MEETINGS, {"party": Iri(member)}):
            meeting, status, day, earliest, place, city, stage = row
            where = ", ".join(dict.fromkeys(p for p in (str(place or ""), names.label(city) if city else "") if p))
            found[str(meeting)] = (
                str(earliest or ""),
                _row(names, Iri(str(meeting)), (str(status), str(day or ""), where), stage),
            )
    ordered = sorted(found.values(), key=lambda pair: pair[1].meeting)
    return [row for _, row in sorted(ordered, key=lambda pair: pair[0], reverse=True)]


def _row(names: Names, meeting: Iri, told: tuple[str, str, str], stage: object) -> _Row:
    """Read what a meeting links to, and who was there."""
    links: dict[str, list[object]] = {}
    for predicate, value in names.select(_LINKS, {"meeting": meeting}):
        links.setdefault(str(predicate).rpartition("#")[2], []).append(value)
    people = names.select(_PEOPLE, {"meeting": meeting})
    return _Row(
        meeting,
        *told,
        Iri(str(stage)) if stage else None,
        {key: tuple(values) for key, values in links.items()},
        tuple(
            (Iri(str(official)), Iri(str(post)) if post else None, Iri(str(body)) if body else None)
            for official, post, body in people
        ),
    )


def _contact(
    names: Names,
    row: _Row,
    sides: tuple[set[str], set[str]],
    said: Mapping[str, Sequence[Statement]],
    cites: _Cites,
) -> Contact:
    """Tell a meeting: each person with the side they stood on."""
    placed: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for official, post, body in row.people:
        side = next((n for n, members in enumerate(sides) if body and str(body) in members), 2)
        label = f"{names.label(official)} ({names.label(post)})" if post else names.label(official)
        placed[side].append(label)
    return Contact(
        row.meeting,
        names.label(row.meeting),
        row.date,
        row.place,
        row.status,
        names.label(row.stage) if row.stage else "",
        tuple(names.label(sector) for sector in row.links.get("sector", ())),
        _text(names, row.links.get("aim", ())),
        tuple(placed[1]),
        tuple(placed[0]),
        tuple(placed[2]),
        cites.of(said[str(row.meeting)]),
    )


def _text(names: Names, texts: Iterable[object]) -> str:
    """Return a text in the first language it has."""
    by_language = {getattr(text, "language", None) or "": str(text) for text in texts}
    chosen = next((by_language[tag] for tag in names.languages if tag in by_language), None)
    return chosen or next((by_language[tag] for tag in sorted(by_language)), "")


def _standings(
    names: Names,
    sides: tuple[set[str], set[str]],
    as_of: date,
    stale_days: Mapping[str, int],
    cites: _Cites,
) -> tuple[Standing, ...]:
    """Return where each cooperation of both sides stands, the most recently heard of first."""
    both = [c for c in read_cooperations(names) if all({str(p) for p in c.parties} & side for side in sides)]
    states = [state(cooperation, as_of, stale_days) for cooperation in both]
    said = statements(names, [s.proof.thing for s in states if s.proof])
    ordered = sorted(states, key=lambda s: (s.days if s.days is not None else 10**6, s.cooperation.key))
    return tuple(_standing(names, each, said, cites) for each in ordered)


def _standing(names: Names, each: State, said: Mapping[str, Sequence[Statement]], cites: _Cites) -> Standing:
    """Tell where one cooperation stands."""
    whole = each.cooperation
    return Standing(
        names.label(whole.thing) if whole.thing else " - ".join(names.label(party) for party in whole.parties),
        names.label(each.stage) if each.stage else "",
        _when(each.proof),
        each.last.isoformat() if each.last else "",
        each.days,
        each.is_stale,
        _when(each.planned),
        _when(each.overdue),
        cites.of(said[str(each.proof.thing)]) if each.proof else (),
    )


def _when(event: Event | None) -> str:
    """Return an event's date as written."""
    return str(event.start) if event and event.start else ""


def _promises(
    names: Names, rows: Iterable[_Row], said: Mapping[str, Sequence[Statement]], cites: _Cites
) -> Iterable[Promise]:
    """Yield the papers signed and the hopes stated at held meetings, newest first."""
    for row in rows:
        if row.status != "held":
            continue
        numbers = cites.of(said[str(row.meeting)])
        for instrument in row.links.get("instrument", ()):
            yield Promise(
                f"{names.label(instrument)}: {names.label(row.meeting)}", row.date, is_paper=True, cites=numbers
            )
        if aim := _text(names, row.links.get("aim", ())):
            yield Promise(aim, row.date, is_paper=False, cites=numbers)


def _people(names: Names, bodies: Iterable[str], as_of: date, cites: _Cites) -> Iterable[InPost]:
    """Yield who holds the posts of some bodies on a day; those only seen earlier with the last day they were."""
    for body in bodies:
        every = tenures(names, Iri(body))
        found = {holder.tenure.tenure: holder.certainty for holder in holders(every, as_of)}
        said = statements(names, [tenure.tenure for tenure in every])
        for tenure in every:
            last = str(tenure.observed[-1]) if tenure.observed else ""
            if tenure.end and tenure.end.latest < as_of:
                continue
            certainty = found.get(tenure.tenure) or (f"last seen {last}" if last else "")
            if certainty:
                numbers = cites.of(said[str(tenure.tenure)])
                yield InPost(names.label(tenure.post), names.label(tenure.official), certainty, numbers)
