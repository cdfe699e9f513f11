"""Gather what a brief tells: cooperations, promises, meetings, people and open points of a party and ours.

Everything is as of a day: meetings, steps and plans not heard of by then are left out, and of tenures what was not
seen by then. A source may be younger than the day when it tells of days before; what it disputes counts once published.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from kg.brief.cites import Cites
from kg.brief.meetings import contact, meetings_of
from kg.brief.parts import Brief
from kg.brief.people import people_of
from kg.brief.points import disputes_of, single_voiced
from kg.brief.standings import promises_of, standings_of
from kg.cooperations import read_cooperations
from kg.errors import QueryError
from kg.iris import to_curie
from kg.lifecycle import Cooperation
from kg.names import Names
from kg.statements import statements
from kg.values import Iri

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
    ours = ours or _home(names, party, partners, as_of)
    sides = theirs, _family(names, ours)
    shared = [row for row in rows if row.parties & sides[1]]
    both = _of_both(every, sides, {str(row.meeting) for row in shared})
    said, cites = statements(names, [row.meeting for row in shared]), Cites()
    # Sources are numbered in the order in which the page shows what rests on them.
    standings = standings_of(names, both, as_of, stale_days, cites)
    promises = promises_of(names, both, as_of, stale_days, cites)
    people = tuple(people_of(names, party, sorted(theirs), as_of, cites))
    disputes = tuple(disputes_of(names, shared, as_of, cites))
    contacts = tuple(contact(names, row, sides, said, cites) for row in shared)
    return Brief(
        *_called(names, party),
        *_called(names, ours),
        as_of,
        standings,
        promises,
        contacts,
        people,
        disputes,
        single_voiced(names, contacts, said),
        tuple((names.label(p), n) for p, n in sorted(partners.items(), key=lambda item: (-item[1], item[0]))),
        tuple(cites.order),
    )


def _called(names: Names, party: Iri) -> tuple[Iri, str, str]:
    """Return a party, its short id and its name."""
    return party, to_curie(party, base=names.base), names.label(party)


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
