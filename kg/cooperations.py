"""Read cooperations from the graph: named by a record, or derived from meetings that belong together.

Meetings without a cooperation belong together when they follow one another, else when their parties
are the same. A follow-up of a meeting of a named cooperation belongs to it too, however long the chain.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from rdflib import URIRef

from kg.dates import PartialDate
from kg.lifecycle import Cooperation, Event
from kg.names import Names
from kg.query import run_query

_MEETINGS = """
SELECT ?meeting ?status ?date ?until ?cooperation WHERE {
  ?meeting a kg:Meeting ; kg:status ?status .
  OPTIONAL { ?meeting kg:date ?date }
  OPTIONAL { ?meeting kg:until ?until }
  OPTIONAL { ?meeting kg:cooperation ?cooperation }
} ORDER BY ?meeting
"""
_LINKS = """
SELECT ?thing ?p ?o WHERE {
  VALUES ?p { kg:party kg:sector kg:follows }
  { ?thing a kg:Meeting } UNION { ?thing a kg:Cooperation }
  ?thing ?p ?o
} ORDER BY ?thing ?p ?o
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
_PUBLISHED = """
SELECT DISTINCT ?thing ?day WHERE {
  { ?thing a kg:Meeting } UNION { ?thing a kg:Step }
  ?thing kg:evidence/kg:source/kg:latest ?day
} ORDER BY ?thing ?day
"""
_NAMED = "SELECT ?cooperation WHERE { ?cooperation a kg:Cooperation } ORDER BY ?cooperation"


Links = Mapping[str, Mapping[str, list[str]]]
"""Meeting or cooperation -> property -> the things it names."""
Told = Mapping[str, tuple[date, ...]]
"""Meeting or step -> the days by which its dated sources had told of it, in order."""


@dataclass
class _Gathered:
    """What is being collected for one cooperation."""

    members: list[str] = field(default_factory=list)
    meetings: list[Event] = field(default_factory=list)
    steps: list[Event] = field(default_factory=list)


def read_cooperations(names: Names) -> list[Cooperation]:
    """Return every cooperation, named ones first, each group by key."""
    told = _told(names)
    links = _links(names)
    rows = list(run_query(names.dataset, _MEETINGS, base=names.base).rows)
    named = {str(meeting): str(cooperation) for meeting, _, _, _, cooperation in rows if cooperation}
    every = [str(meeting) for meeting, *_ in rows]
    owner = _owners(every, named, links)
    gathered: dict[str, _Gathered] = {
        str(row[0]): _Gathered() for row in run_query(names.dataset, _NAMED, base=names.base).rows
    }
    for meeting, status, start, end, _ in rows:
        whole = gathered.setdefault(owner[str(meeting)], _Gathered())
        whole.members.append(str(meeting))
        whole.meetings.append(_event(str(meeting), start, end, told, status=str(status)))
    _add_steps(names, gathered, owner, told)
    return [_cooperation(key, whole, links) for key, whole in sorted(gathered.items(), key=_named_first)]


def _named_first(item: tuple[str, _Gathered]) -> tuple[bool, str]:
    """Order named cooperations before derived ones."""
    return not item[0].startswith("http"), item[0]


def _told(names: Names) -> Told:
    """Return the days by which each source of a meeting or step was surely published."""
    found: dict[str, tuple[date, ...]] = {}
    for thing, day in run_query(names.dataset, _PUBLISHED, base=names.base).rows:
        found[str(thing)] = (*found.get(str(thing), ()), date.fromisoformat(str(day)))
    return found


def _links(names: Names) -> Links:
    """Return the parties, sectors and followed meetings of each meeting and cooperation."""
    found: dict[str, dict[str, list[str]]] = {}
    for thing, predicate, value in run_query(names.dataset, _LINKS, base=names.base).rows:
        found.setdefault(str(thing), {}).setdefault(str(predicate).rpartition("#")[2], []).append(str(value))
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


def _event(thing: str, start: object, end: object, told: Told, *, status: str = "held") -> Event:
    """Make a meeting from its row."""
    return Event(URIRef(thing), _date(start), _date(end), told.get(thing, ()), status)


def _date(term: object) -> PartialDate | None:
    """Read a date of the graph, when there is one."""
    return PartialDate(str(term)) if term is not None else None


def _add_steps(names: Names, gathered: dict[str, _Gathered], owner: Mapping[str, str], told: Told) -> None:
    """Give each step to its cooperation, or to that of its meeting."""
    for step, rank, is_end, stage, start, end, meeting, cooperation in run_query(
        names.dataset, _STEPS, base=names.base
    ).rows:
        key = str(cooperation) if cooperation else owner.get(str(meeting), "")
        event = replace(
            _event(str(step), start, end, told),
            stage=URIRef(str(stage)),
            rank=int(str(rank)),
            is_end=str(is_end) == "true",
        )
        if key:
            gathered.setdefault(key, _Gathered()).steps.append(event)


def _cooperation(key: str, whole: _Gathered, links: Links) -> Cooperation:
    """Unite the parties and sectors of a cooperation and its meetings."""
    members = [key, *whole.members]
    parties = links.get(key, {}).get("party") or [p for m in members for p in links.get(m, {}).get("party", ())]
    sectors = [s for m in members for s in links.get(m, {}).get("sector", ())]
    return Cooperation(
        key,
        URIRef(key) if key.startswith("http") else None,
        tuple(URIRef(party) for party in sorted(set(parties))),
        tuple(URIRef(sector) for sector in sorted(set(sectors))),
        tuple(whole.meetings),
        tuple(whole.steps),
    )
