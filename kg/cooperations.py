"""Read cooperations from the graph: named by a record, or derived from meetings that belong together.

Meetings without a cooperation belong together when they follow one another, else when their parties
are the same. A follow-up of a meeting of a named cooperation belongs to it too, however long the chain.

Read as of a day, what was not heard of by then is left out, its parties and sectors too. A meeting or step was
heard of on the first of these days: when a source told of it, when it can first have been or, if it was only
planned, when the meeting was that it follows, and at the latest the day it was for. What none of these dates, by the
collection's last day.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from kg.dates import PartialDate
from kg.facts import pairs
from kg.lifecycle import Cooperation, Event
from kg.names import Names
from kg.prefixes import ONTOLOGY
from kg.query import Row
from kg.values import Iri

_MEETINGS = """
SELECT ?meeting ?status ?date ?until ?cooperation WHERE {
  ?meeting a kg:Meeting ; kg:status ?status .
  OPTIONAL { ?meeting kg:date ?date }
  OPTIONAL { ?meeting kg:until ?until }
  OPTIONAL { ?meeting kg:cooperation ?cooperation }
} ORDER BY ?meeting
"""
_STEPS = """
SELECT ?step ?rank ?isEnd ?stage ?date ?until ?meeting ?cooperation WHERE {
  ?step a kg:Step ; kg:stage ?stage .
  ?stage kg:rank ?rank ; kg:isEnd ?isEnd .
  OPTIONAL { ?step kg:date ?date }
  OPTIONAL { ?step kg:until ?until }
  OPTIONAL { ?step kg:meeting ?meeting }
  OPTIONAL { ?step kg:cooperation ?cooperation }
} ORDER BY ?step
"""
_NAMED = "SELECT ?cooperation WHERE { ?cooperation a kg:Cooperation } ORDER BY ?cooperation"


Links = Mapping[str, Mapping[str, list[str]]]
"""Meeting or cooperation -> property -> the things it names."""
Told = Mapping[str, tuple[date, ...]]
"""Meeting or step -> the days by which its dated sources had told of it, in order."""


def read_cooperations(names: Names, as_of: date | None = None) -> list[Cooperation]:
    """Return every cooperation, named ones first, each group by key; with a day, what was heard of by then."""
    told, links = _told(names), _links(names)
    rows = list(names.select(_MEETINGS))
    named = {str(meeting): str(cooperation) for meeting, _, _, _, cooperation in rows if cooperation}
    owner = _owners([str(meeting) for meeting, *_ in rows], named, links)
    meetings = [(owner[str(row[0])], _meeting(row, told, links)) for row in rows]
    events, last = _heard([*meetings, *_steps(names, owner, told)])
    gathered: dict[str, list[Event]] = {key: [] for key in _named(names)} if _is_over(last, as_of) else {}
    for key, event in events:
        if as_of is None or event.is_known(as_of):
            gathered.setdefault(key, []).append(event)
    return [_cooperation(key, whole, links) for key, whole in sorted(gathered.items(), key=_named_first)]


def _named(names: Names) -> list[str]:
    """Return the cooperations that have a record."""
    return [str(row[0]) for row in names.select(_NAMED)]


def _is_over(last: date | None, as_of: date | None) -> bool:
    """Say whether a day is no earlier than the collection's last."""
    return last is None or as_of is None or last <= as_of


def _heard(events: Sequence[tuple[str, Event]]) -> tuple[list[tuple[str, Event]], date | None]:
    """Say of each event by which day it was heard of; return the collection's last day, too."""
    held = {event.thing: event for _, event in events if event.status == "held"}
    last = max((day for event in held.values() for day in (event.opens, *event.told) if day), default=None)
    return [(key, replace(event, known=_first_heard(event, held, last))) for key, event in events], last


def _first_heard(event: Event, held: Mapping[Iri, Event], last: date | None) -> date | None:
    """Return the first day by which an event was surely heard of."""
    if event.status == "planned":
        other = [held[each].by for each in event.follows if each in held] + [
            event.start.latest if event.start else None
        ]
    else:
        other = [event.opens]
    return min((day for day in (*event.told, *other, last) if day), default=None)


def _named_first(item: tuple[str, object]) -> tuple[bool, str]:
    """Order named cooperations before derived ones."""
    return not item[0].startswith("http"), item[0]


def _told(names: Names) -> Told:
    """Return the days by which each source of a meeting or step was surely published."""
    graph = names.dataset
    day, by = cache(date.fromisoformat), dict(pairs(graph, f"{ONTOLOGY}#latest"))
    told = {statement: day(by[source]) for statement, source in pairs(graph, f"{ONTOLOGY}#source") if source in by}
    found: dict[str, set[date]] = {}
    for thing, statement in pairs(graph, f"{ONTOLOGY}#evidence"):
        if statement in told:
            found.setdefault(thing, set()).add(told[statement])
    return {thing: tuple(sorted(days)) for thing, days in found.items()}


def _links(names: Names) -> Links:
    """Return the parties, sectors and followed meetings of each meeting and cooperation."""
    found: dict[str, dict[str, list[str]]] = {}
    for name in ("party", "sector", "follows"):
        for thing, value in sorted(pairs(names.dataset, f"{ONTOLOGY}#{name}")):
            found.setdefault(thing, {}).setdefault(name, []).append(value)
    return found


def _owners(every: Iterable[str], named: Mapping[str, str], links: Links) -> dict[str, str]:
    """Return the cooperation of each meeting: its own, that of the chain it is in, or one derived."""
    owner = dict(named)
    for meeting in every:
        chain = [meeting]
        for each in chain:  # grows while it is walked: the meetings followed, however far back
            chain += [m for m in links.get(each, {}).get("follows", ()) if m not in chain]
        found = next((owner[each] for each in chain if each in owner), None)
        first = chain[-1]
        parties = links.get(first, {}).get("party", [])
        derived = "--".join(sorted(p.rpartition("/")[2] for p in parties)) or first.rpartition("/")[2]
        owner[meeting] = found or derived
    return owner


def _meeting(row: Row, told: Told, links: Links) -> Event:
    """Make a meeting from its row."""
    meeting, status, start, end, _ = row
    follows = tuple(map(Iri, links.get(str(meeting), {}).get("follows", ())))
    days = told.get(str(meeting), ())
    return Event(Iri(str(meeting)), _date(start), _date(end), days, str(status), follows=follows)


def _date(term: object) -> PartialDate | None:
    """Read a date of the graph, when there is one."""
    return PartialDate(str(term)) if term is not None else None


def _steps(names: Names, owner: Mapping[str, str], told: Told) -> Iterator[tuple[str, Event]]:
    """Yield each step with its cooperation, or with that of its meeting."""
    for step, rank, is_end, stage, start, end, meeting, cooperation in names.select(_STEPS):
        key = str(cooperation) if cooperation else owner.get(str(meeting), "")
        if key:
            yield (
                key,
                Event(
                    Iri(str(step)),
                    _date(start),
                    _date(end),
                    told.get(str(step), ()),
                    stage=Iri(str(stage)),
                    rank=int(str(rank)),
                    is_end=str(is_end) == "true",
                    follows=(Iri(str(meeting)),) if meeting else (),
                ),
            )


def _cooperation(key: str, whole: Sequence[Event], links: Links) -> Cooperation:
    """Unite the parties and sectors of a cooperation and its meetings."""
    meetings = tuple(event for event in whole if event.stage is None)
    members = [key, *(str(meeting.thing) for meeting in meetings)]
    parties = links.get(key, {}).get("party") or [p for m in members for p in links.get(m, {}).get("party", ())]
    sectors = [s for m in members for s in links.get(m, {}).get("sector", ())]
    return Cooperation(
        key,
        Iri(key) if key.startswith("http") else None,
        tuple(Iri(party) for party in sorted(set(parties))),
        tuple(Iri(sector) for sector in sorted(set(sectors))),
        meetings,
        tuple(event for event in whole if event.stage is not None),
    )
