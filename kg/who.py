"""Who held a post on a day, and how sure that is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.dates import PartialDate
from kg.names import Names
from kg.values import Iri

_TENURES = """
SELECT ?tenure ?official ?post ?seat ?from ?until WHERE {
  ?tenure a kg:Tenure ; kg:official ?official ; kg:post ?post .
  ?post kg:postIn ?body .
  OPTIONAL { ?post kg:actingFor ?principal }
  BIND(COALESCE(?principal, ?post) AS ?seat)
  OPTIONAL { ?tenure kg:from ?from }
  OPTIONAL { ?tenure kg:until ?until }
} ORDER BY ?post ?from ?tenure
"""
_OBSERVED = "SELECT ?tenure ?day WHERE { ?tenure kg:observedOn ?day ; kg:post/kg:postIn ?body } ORDER BY ?tenure ?day"

CERTAINTY = ("seen that day", "dated", "no end seen", "no start seen", "seen before and after", "may")
"""How sure a holder is, surest first.

`seen that day`: a source shows the person in the post on the day. `dated`: the day lies between a
known start and end. `no end seen`, `no start seen`: one of the two is unknown, and nobody else is
known to have taken the seat since. `seen before and after`: the day lies between two days on which the
person began or was observed. `may`: the day lies in the month or year in which the tenure began, ended
or was observed.
"""


@dataclass(frozen=True)
class Tenure:
    """An official in a post; `seat` is that post, or the one it stands in for when it is an acting one."""

    tenure: Iri
    official: Iri
    post: Iri
    seat: Iri
    start: PartialDate | None
    end: PartialDate | None
    observed: tuple[PartialDate, ...]


@dataclass(frozen=True)
class Holder:
    """Who held a post on a day, how sure that is (one of `CERTAINTY`), and the tenure that says so."""

    tenure: Tenure
    certainty: str


def tenures(names: Names, body: Iri) -> list[Tenure]:
    """Return the tenures in a body's posts, by post and start."""
    bind = {"body": body}
    observed: dict[str, list[PartialDate]] = {}
    for tenure, day in names.select(_OBSERVED, bind):
        observed.setdefault(str(tenure), []).append(PartialDate(str(day)))
    return [
        Tenure(
            Iri(str(tenure)),
            Iri(str(official)),
            Iri(str(post)),
            Iri(str(seat)),
            _date(start),
            _date(end),
            tuple(observed.get(str(tenure), ())),
        )
        for tenure, official, post, seat, start, end in names.select(_TENURES, bind)
    ]


def _date(term: object) -> PartialDate | None:
    """Read a date of the graph, when there is one."""
    return PartialDate(str(term)) if term is not None else None


def holders(every: Sequence[Tenure], day: date) -> list[Holder]:
    """Return who held which post on a day, surest first, then by seat: who stands in before whom they stand in for.

    Example: `holders(tenures(names, makassar), date(2020, 7, 27))`.
    """
    found = [Holder(tenure, certainty) for tenure in every if (certainty := _certainty(tenure, day, every))]
    return sorted(found, key=_surest_first)


def seen_by(every: Iterable[Tenure], day: date) -> list[Tenure]:
    """Return the tenures that had begun or were seen by a day, without what came later: ends and days observed."""
    found = [
        replace(
            tenure,
            end=tenure.end if tenure.end and tenure.end.earliest <= day else None,
            observed=tuple(seen for seen in tenure.observed if seen.earliest <= day),
        )
        for tenure in every
        if not tenure.start or tenure.start.earliest <= day
    ]
    return [tenure for tenure in found if tenure.start or tenure.end or tenure.observed]


def _surest_first(holder: Holder) -> tuple[int, str, bool, str, str]:
    """Order holders."""
    tenure = holder.tenure
    return CERTAINTY.index(holder.certainty), tenure.seat, tenure.post == tenure.seat, tenure.post, tenure.tenure


def _certainty(tenure: Tenure, day: date, every: Iterable[Tenure]) -> str:
    """Say how sure it is that a tenure covers a day; empty when it does not."""
    if _is_outside(tenure, day):
        return ""
    if any(seen.is_day and seen.earliest == day for seen in tenure.observed):
        return "seen that day"
    if (tenure.start and day < tenure.start.latest) or (tenure.end and day > tenure.end.earliest):
        return "may"
    if tenure.start and tenure.end:
        return "dated"
    return _seen_around(tenure, day, every)


def _seen_around(tenure: Tenure, day: date, every: Iterable[Tenure]) -> str:
    """Judge a tenure without a start, or without an end, by the days it was observed."""
    before = tenure.start is not None or any(seen.latest < day for seen in tenure.observed)
    if before and any(seen.earliest > day for seen in tenure.observed):
        return "seen before and after"
    if tenure.start:
        return "" if _is_succeeded(tenure, day, every) else "no end seen"
    if tenure.end and (before or _is_after_predecessor(tenure, day, every)):
        return "no start seen"
    return "may" if any(seen.holds(day) for seen in tenure.observed) else ""


def _is_outside(tenure: Tenure, day: date) -> bool:
    """Say whether the day is surely before the start or after the end."""
    return bool((tenure.start and day < tenure.start.earliest) or (tenure.end and day > tenure.end.latest))


def _is_after_predecessor(tenure: Tenure, day: date, every: Iterable[Tenure]) -> bool:
    """Say whether the day is after the last end in the same seat that came before the end of this tenure."""
    others = [o.end.latest for o in every if o.seat == tenure.seat and o.official != tenure.official and o.end]
    before = [end for end in others if tenure.end and end < tenure.end.earliest]
    return bool(before) and max(before) <= day


def _is_succeeded(tenure: Tenure, day: date, every: Iterable[Tenure]) -> bool:
    """Say whether somebody else is known to have taken the seat between the start and the day."""
    return any(
        other.seat == tenure.seat and other.official != tenure.official and _took(other, tenure, day) for other in every
    )


def _took(other: Tenure, tenure: Tenure, day: date) -> bool:
    """Say whether the other began, or was seen, after this tenure began and by the day."""
    began = [other.start] if other.start else list(other.observed[:1])
    return any(tenure.start is not None and tenure.start.latest < d.latest <= day for d in began)
