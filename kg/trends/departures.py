"""Whether somebody who is no longer seen is known to have left: by the end of their tenure, or by who came after.

Silence is not departure: an official whom no report names any more may well be in post.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kg.dates import PartialDate
from kg.facts import pairs
from kg.store import Source
from kg.terms import KG, KG_FROM

NOT_TOLD = "not told"


@dataclass(frozen=True, slots=True)
class _Term:
    """An official in a seat: the day by which it surely ended, if it did, and the first and last day it was seen."""

    official: str
    body: str
    seat: str
    ended: date | None
    first: date | None
    last: date | None


def departures(graph: Source, as_of: date) -> dict[tuple[str, str], str]:
    """Return (official, body) -> `left by DAY`, `succeeded by DAY` or `not told`, for all that have a tenure there.

    Left: every tenure in the body's posts had ended by the day. Succeeded: of those without an end, somebody else was
    seen in each seat after them. What came after `as_of` is not used.
    """
    every = [term for term in _terms(graph, as_of) if term.first is None or term.first <= as_of]
    mine: defaultdict[tuple[str, str], list[_Term]] = defaultdict(list)
    seats: defaultdict[str, list[_Term]] = defaultdict(list)
    for term in every:
        mine[term.official, term.body].append(term)
        seats[term.seat].append(term)
    return {who: _told(terms, seats, as_of) for who, terms in sorted(mine.items())}


def _told(terms: Iterable[_Term], seats: Mapping[str, list[_Term]], as_of: date) -> str:
    """Say what is told of the end of some terms of one official."""
    ends, successions = [], []
    for term in terms:
        if term.ended and term.ended <= as_of:
            ends.append(term.ended)
        elif after := _succeeded(term, seats[term.seat]):
            successions.append(after)
        else:
            return NOT_TOLD
    return f"succeeded by {max(successions)}" if successions else f"left by {max(ends)}"


def _succeeded(term: _Term, seat: Iterable[_Term]) -> date | None:
    """Return the first day somebody else was seen in the seat, after the last day this official was."""
    after = [other.first for other in seat if other.official != term.official and other.first]
    return min((day for day in after if term.last and day > term.last), default=None)


def _terms(graph: Source, as_of: date) -> list[_Term]:
    """Return every tenure in a post of a body, with what was seen of it by a day."""
    posts, officials = dict(pairs(graph, KG.post)), dict(pairs(graph, KG.official))
    body, acting = dict(pairs(graph, KG.postIn)), dict(pairs(graph, KG.actingFor))
    ended, began = dict(pairs(graph, KG.latest)), dict(pairs(graph, KG_FROM))
    seen: defaultdict[str, list[PartialDate]] = defaultdict(list)
    for tenure, day in pairs(graph, KG.observedOn):
        seen[tenure].append(PartialDate(day))
    found = []
    for tenure, post in sorted(posts.items()):
        if post not in body or tenure not in officials:
            continue
        signs = sorted([*seen[tenure], *([PartialDate(began[tenure])] if tenure in began else [])])
        known = [sign for sign in signs if sign.earliest <= as_of]
        found.append(
            _Term(
                officials[tenure],
                body[post],
                acting.get(post, post),
                date.fromisoformat(ended[tenure]) if tenure in ended else None,
                min((sign.latest for sign in known), default=signs[0].latest if signs else None),
                max((sign.latest for sign in known), default=None),
            )
        )
    return found
