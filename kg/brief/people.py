"""Who holds the posts of some bodies on a day, or was last seen in them."""

from collections.abc import Iterable
from datetime import date

from kg.brief.cites import Cites
from kg.brief.parts import InPost
from kg.names import Names
from kg.statements import statements
from kg.values import Iri
from kg.who import Tenure, holders, seen_by, tenures


def people_of(names: Names, party: Iri, bodies: Iterable[str], as_of: date, cites: Cites) -> Iterable[InPost]:
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
