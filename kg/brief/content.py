"""Gather what a brief tells: cooperations, promises, meetings, people and open points of a party and ours.

Everything is as of a day: meetings, steps and plans not heard of by then are left out, and of tenures what was not
seen by then. A source may be younger than the day when it tells of days before; what it disputes counts once published.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kg.brief.cites import Cites
from kg.brief.meetings import MeetingRow, contact, meetings_of
from kg.brief.parts import Brief, Dispute, InPost, Promised, Standing
from kg.conflicts import Conflict, find_conflicts
from kg.convert import PROPERTIES
from kg.cooperations import read_cooperations
from kg.errors import QueryError
from kg.iris import to_curie
from kg.lifecycle import Cooperation, Event, state
from kg.names import Names, Terms
from kg.promises import find_promises, promise_words
from kg.statements import statements
from kg.values import Iri
from kg.who import Tenure, holders, seen_by, tenures

_FAMILY = "SELECT ?part WHERE { ?part (kg:unitOf|kg:partOf)* ?whole } ORDER BY ?part"
_BUSIEST = "SELECT ?party (COUNT(?m) AS ?n) WHERE { ?m a kg:Meeting ; kg:party ?party } GROUP BY ?party ORDER BY ?party"


class NobodyMetError(QueryError):
    """A party has met nobody by a day, so there is no other side to tell of."""


def gather(
    names: Names,
    party: Iri,
    *,
    as_of: date,
    stale_days: Mapping[str, int],
    ours: Iri | None = None,
) -> Brief:
    """Gather the brief on a party, its units included: all of it; `kg.brief.to_one_page` makes one page of it.

    `ours` is who reads it: unless said, of those the party met by then, the one with the most meetings in all.

    Raises:
        NobodyMetError: the party has met nobody by the day, so there is no other side.
    """
    theirs = _family(names, party)
    every = read_cooperations(names, as_of)
    rows = meetings_of(names, theirs, {str(event.thing) for each in every for event in each.meetings})
    partners = Counter(p for row in rows if row.status == "held" for p in row.parties - theirs)
    if ours is None:
        ours = _home(names, party, partners, as_of)
    us, cites = _family(names, ours), Cites()
    shared = [row for row in rows if row.parties & us]
    said = statements(names, [row.meeting for row in shared])
    both = _of_both(every, (theirs, us), {str(row.meeting) for row in shared})
    standings = _standings(names, both, as_of, stale_days, cites)
    promises = _promises(names, both, as_of, stale_days, cites)
    people = tuple(_people(names, party, sorted(theirs), as_of, cites))
    disputes = tuple(_disputes(names, shared, as_of, cites))
    contacts = tuple(contact(names, row, (theirs, us), said, cites) for row in shared)
    return Brief(
        party,
        to_curie(party, base=names.base),
        names.label(party),
        ours,
        to_curie(ours, base=names.base),
        names.label(ours),
        as_of,
        standings,
        promises,
        contacts,
        people,
        disputes,
        tuple(each for each in contacts if each.status == "held" and len(each.cites) == 1),
        tuple((names.label(p), n) for p, n in sorted(partners.items(), key=lambda item: (-item[1], item[0]))),
        tuple(cites.order),
    )


def _family(names: Names, party: Iri) -> set[str]:
    """Return a party and all its units and parts."""
    found = names.select(_FAMILY, {"whole": party})
    return {str(row[0]) for row in found} | {str(party)}


def _home(names: Names, party: Iri, partners: Iterable[str], as_of: date) -> Iri:
    """Return, of those a party met, the one with the most meetings in all: the collection's own city, as a rule."""
    counts = {str(each): int(str(n)) for each, n in names.select(_BUSIEST)}
    met = sorted(partners, key=lambda iri: (-counts.get(iri, 0), iri))
    if not met:
        raise NobodyMetError(f"{names.label(party)} has met nobody by {as_of}; there is nothing to brief on")
    return Iri(met[0])


def _of_both(every: Iterable[Cooperation], sides: tuple[set[str], set[str]], shared: set[str]) -> list[Cooperation]:
    """Return the cooperations that both sides are party to, or met about."""
    return [
        each
        for each in every
        if all({str(p) for p in each.parties} & side for side in sides)
        or any(str(event.thing) in shared for event in each.meetings)
    ]


def _standings(
    names: Names, both: Iterable[Cooperation], as_of: date, stale_days: Mapping[str, int], cites: Cites
) -> tuple[Standing, ...]:
    """Return where each cooperation of both sides stands, the most recently heard of first."""
    states = [state(each, as_of, stale_days) for each in both]
    said = statements(names, [s.proof.thing for s in states if s.proof])
    ordered = sorted(states, key=lambda s: (s.days if s.days is not None else 10**6, s.cooperation.key))
    return tuple(
        Standing(
            cites.of(said[str(each.proof.thing)]) if each.proof else (),
            _called(names, each.cooperation),
            names.label(each.stage) if each.stage else "",
            _when(each.proof),
            each.last.isoformat() if each.last else "",
            each.days,
            each.is_stale,
            _when(each.planned),
            _when(each.overdue),
        )
        for each in ordered
    )


def _called(names: Names, whole: Cooperation) -> str:
    """Return the name of a cooperation; of a derived one, those of its parties."""
    return names.label(whole.thing) if whole.thing else " - ".join(names.label(party) for party in whole.parties)


def _when(event: Event | None) -> str:
    """Return an event's date as written."""
    return str(event.start) if event and event.start else ""


def _promises(
    names: Names, both: Sequence[Cooperation], as_of: date, stale_days: Mapping[str, int], cites: Cites
) -> tuple[Promised, ...]:
    """Return what was promised, the overdue first."""
    found = find_promises(names, both, as_of, stale_days)
    said = statements(names, [each.thing for each in found])
    return tuple(
        Promised(
            cites.of(said[str(each.thing)]), promise_words(names, each), each.written, each.sort, each.state, each.days
        )
        for each in found
    )


def _people(names: Names, party: Iri, bodies: Iterable[str], as_of: date, cites: Cites) -> Iterable[InPost]:
    """Yield who holds the posts of some bodies on a day, the party's own first; else who was last seen in each.

    Of a seat that somebody holds, who was seen in it before is left out.
    """
    for body in sorted(bodies, key=lambda body: (body != str(party), body)):
        every = seen_by(tenures(names, Iri(body)), as_of)
        now = holders(every, as_of)
        seats = {holder.tenure.seat for holder in now}
        last = {tenure.seat: tenure for tenure in sorted(every, key=_last_seen) if tenure.observed}
        silent = [each for each in last.values() if each.seat not in seats and not each.end]
        said = statements(names, [tenure.tenure for tenure in every])
        where = "" if body == str(party) else names.label(body)
        for tenure, certainty in [
            *((each.tenure, each.certainty) for each in now),
            *((each, "last seen") for each in silent),
        ]:
            day = str(tenure.observed[-1]) if certainty == "last seen" else ""
            numbers, official = cites.of(said[str(tenure.tenure)]), names.label(tenure.official)
            yield InPost(numbers, names.label(tenure.post), where, official, certainty, day)


def _last_seen(tenure: Tenure) -> tuple[str, str]:
    """Order tenures by the last day they were seen."""
    return (str(tenure.observed[-1].latest) if tenure.observed else ""), tenure.tenure


def _disputes(names: Names, rows: Iterable[MeetingRow], as_of: date, cites: Cites) -> Iterable[Dispute]:
    """Yield what sources published by a day disagree about, of some meetings."""
    terms = Terms(names)
    for row in rows:
        for found in find_conflicts(names, row.meeting):
            told = replace(found, said=tuple(s for s in found.said if _is_out(s.statement.published, as_of)))
            if len(told.values) > 1:
                numbers = cites.of(each.statement for each in told.said)
                yield Dispute(numbers, names.label(row.meeting), _field(terms, told), told.values)


def _is_out(published: str, as_of: date) -> bool:
    """Say whether something may have been published by a day."""
    return published <= as_of.isoformat()


def _field(terms: Terms, conflict: Conflict) -> str:
    """Return what the field of a disagreement is called."""
    known = PROPERTIES.get(conflict.field)
    return terms.label(known) if known else conflict.field.replace("_", " ").replace(".", ", ")
