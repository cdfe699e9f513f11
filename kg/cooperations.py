"""Read cooperations from the graph: named by a record, or derived from meetings that belong together.

Meetings without a cooperation belong together when they follow one another, else when their parties
are the same. A follow-up of a meeting of a named cooperation belongs to it too, however long the chain.

Read as of a day, what was not heard of by then is left out, its parties and sectors too. A meeting or step was
heard of on the first of these days: when a source told of it, when it can first have been or, if it was only
planned, when the meeting was that it follows, and at the latest the day it was for. What none of these dates, by the
collection's last day.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from kg.dates import PartialDate
from kg.facts import pairs
from kg.lifecycle import Cooperation, Event
from kg.names import Names
from kg.prefixes import ONTOLOGY
from kg.values import Iri

_SOURCES = """
SELECT ?thing ?source WHERE {
  VALUES ?class { kg:Meeting kg:Step } ?thing a ?class ; kg:evidence/kg:source ?source
}
"""
_NAMED = "SELECT ?cooperation WHERE { ?cooperation a kg:Cooperation } ORDER BY ?cooperation"


Links = Mapping[str, Mapping[str, list[str]]]
"""Meeting or cooperation -> property -> the things it names."""
When = Callable[[str], tuple[PartialDate | None, PartialDate | None, tuple[date, ...]]]
"""Meeting or step -> its first and last day as written, and by which days its dated sources told of it, in order."""


def read_cooperations(names: Names, as_of: date | None = None) -> list[Cooperation]:
    """Return every cooperation, named ones first, each group by key; with a day, what was heard of by then."""
    when, links, status = _when(names), _links(names), _one(names, "status")
    stages = {thing: stage for thing, stage in _one(names, "stage").items() if thing not in status}
    owner = _owners(status, _one(names, "cooperation"), links)
    meetings = [(owner[event.thing], event) for event in _meetings(status, when, links)]
    events, last = _heard([*meetings, *_steps(names, stages, when, owner)])
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


def _one(names: Names, name: str) -> dict[str, str]:
    """Return subject -> object of a property that each subject has once."""
    return dict(sorted(pairs(names.dataset, f"{ONTOLOGY}#{name}")))


def _told(names: Names) -> dict[str, tuple[date, ...]]:
    """Return the days by which each source of a meeting or step was surely published."""
    by, day = _one(names, "latest"), cache(date.fromisoformat)
    found: dict[str, set[date]] = {}
    for thing, source in names.select(_SOURCES):
        if latest := by.get(str(source)):
            found.setdefault(str(thing), set()).add(day(latest))
    return {thing: tuple(sorted(days)) for thing, days in found.items()}


def _when(names: Names) -> When:
    """Return what tells of a meeting or step when it was."""
    start, end, told, read = _one(names, "date"), _one(names, "until"), _told(names), cache(PartialDate)

    def when(thing: str) -> tuple[PartialDate | None, PartialDate | None, tuple[date, ...]]:
        first, last = (read(days[thing]) if thing in days else None for days in (start, end))
        return first, last, told.get(thing, ())

    return when


def _links(names: Names) -> Links:
    """Return the parties, sectors and followed meetings of each meeting and cooperation."""
    found: dict[str, dict[str, list[str]]] = {}
    for name in ("party", "sector", "follows"):
        for thing, value in sorted(pairs(names.dataset, f"{ONTOLOGY}#{name}")):
            found.setdefault(thing, {}).setdefault(name, []).append(value)
    return found


def _owners(every: Iterable[str], named: Mapping[str, str], links: Links) -> dict[str, str]:
    """Return the cooperation of each meeting: its own, that of the chain it is in, or one derived; and all `named`."""
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


def _meetings(status: Mapping[str, str], when: When, links: Links) -> Iterator[Event]:
    """Yield each meeting: what has a status."""
    for meeting, word in status.items():
        follows = tuple(map(Iri, links.get(meeting, {}).get("follows", ())))
        yield Event(Iri(meeting), *when(meeting), word, follows=follows)


def _steps(
    names: Names, stages: Mapping[str, str], when: When, owner: Mapping[str, str]
) -> Iterator[tuple[str, Event]]:
    """Yield each step with its cooperation, or with that of its meeting."""
    at, rank, is_end = (_one(names, name) for name in ("meeting", "rank", "isEnd"))
    for step, stage in stages.items():
        key = owner.get(step) or owner.get(at.get(step, ""))
        if key and stage in rank:
            yield (
                key,
                Event(
                    Iri(step),
                    *when(step),
                    stage=Iri(stage),
                    rank=int(rank[stage]),
                    is_end=is_end[stage] == "true",
                    follows=(Iri(at[step]),) if step in at else (),
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
