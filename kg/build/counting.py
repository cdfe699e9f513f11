"""Count what a version holds from what the one before it counted: less what went, plus what came."""

from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.namespace import VOID

from kg.describe import Counts, read_counts, sized
from kg.terms import KG

_Thing: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Triple
Pattern: TypeAlias = tuple[_Thing | None, ox.NamedNode | None, _Thing | ox.Literal | None]
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_EVIDENCE = ox.NamedNode(KG.evidence)
_STATUS, _EARLIEST, _INSTRUMENT, _PARTY, _COUNTRY = map(
    ox.NamedNode, (KG.status, KG.earliest, KG.instrument, KG.party, KG.country)
)
_OF_MEETINGS = (_STATUS, _EARLIEST, _INSTRUMENT, _PARTY)
_DEFAULT = ox.DefaultGraph()


def count_again(before: ox.Store, after: ox.Store, changed: Iterable[ox.Quad], *, base: str) -> Counts:
    """Return the counts of a store, `before` with some quads changed; it describes itself, `after` does not yet.

    Raises:
        LookupError: what the store before told of itself cannot be read back.
    """
    told = read_counts(before, base=base)
    there = [(quad, (quad in after) - (quad in before)) for quad in set(changed)]
    classes, properties, graphs = Counter(told.classes), Counter(told.properties), Counter(told.graphs)
    plain = []
    for quad, step in there:
        if quad.graph_name != _DEFAULT:
            graphs[_name(quad.graph_name)] += step
        elif step:
            plain.append(quad)
            properties[_name(quad.predicate)] += step
            if quad.predicate == _TYPE:
                classes[_name(quad.object)] += step
    totals = {name: told.totals[name] + _more(before, after, asked) for name, asked in _asked(plain).items()}
    evidenced = Counter(told.evidenced)
    for thing in {quad.subject for quad in plain if quad.predicate in (_TYPE, _EVIDENCE)}:
        evidenced.update(_evidenced(after, thing))
        evidenced.subtract(_evidenced(before, thing))
    meetings, signed, countries = map(Counter, (told.meetings, told.signed, told.countries))
    for thing in _touched(before, after, plain):
        parts = zip((meetings, signed, countries), _parts(after, thing), _parts(before, thing), strict=True)
        for part, came, went in parts:
            part.update(came)
            part.subtract(went)
    return sized(Counts(totals, classes, evidenced, meetings, signed, countries, properties, graphs))


def _asked(quads: Iterable[ox.Quad]) -> dict[URIRef, set[Pattern]]:
    """Return by total the patterns that count as one, as long as a quad matches them."""
    asked: dict[URIRef, set[Pattern]] = {
        VOID.entities: set(),
        VOID.distinctSubjects: set(),
        VOID.distinctObjects: set(),
    }
    for quad in quads:
        if quad.predicate == _TYPE:
            asked[VOID.entities].add((quad.subject, _TYPE, None))
        asked[VOID.distinctSubjects].add((quad.subject, None, None))
        asked[VOID.distinctObjects].add((None, None, quad.object))
    return asked


def _more(before: ox.Store, after: ox.Store, asked: Iterable[Pattern]) -> int:
    """Return how many more of these patterns match after than before."""
    return sum(_matches(after, pattern) - _matches(before, pattern) for pattern in asked)


def _matches(store: ox.Store, pattern: Pattern) -> bool:
    """Say whether the default graph has a triple like this."""
    return next(store.quads_for_pattern(*pattern, _DEFAULT), None) is not None


def _evidenced(store: ox.Store, thing: _Thing) -> list[str]:
    """Return the classes of a thing that rests on evidence, of another none."""
    if not _matches(store, (thing, _EVIDENCE, None)):
        return []
    return [_name(quad.object) for quad in store.quads_for_pattern(thing, _TYPE, None, _DEFAULT)]


def _touched(before: ox.Store, after: ox.Store, quads: Iterable[ox.Quad]) -> set[_Thing]:
    """Return the meetings, among other things, whose part changed: they did, or the country of a party."""
    found = set()
    for quad in quads:
        if quad.predicate == _COUNTRY:
            for store in (before, after):
                found |= {one.subject for one in store.quads_for_pattern(None, _PARTY, quad.subject, _DEFAULT)}
        elif quad.predicate in _OF_MEETINGS:
            found.add(quad.subject)
    return found


def _parts(store: ox.Store, thing: _Thing) -> tuple[list[str], list[str], list[str]]:
    """Return the parts a thing is counted in, named as `Counts` does: of meetings, of signed ones, by country.

    There are none when it is no meeting.
    """
    days = [day[:4] for day in _values(store, thing, _EARLIEST)]
    meetings = [".".join([status, *days]) for status in _values(store, thing, _STATUS)]
    parties = [quad.object for quad in store.quads_for_pattern(thing, _PARTY, None, _DEFAULT)]
    countries = {"".join(_values(store, party, _COUNTRY)) for party in parties}  # type: ignore[arg-type] # no literal
    signed = meetings if _matches(store, (thing, _INSTRUMENT, None)) else []
    return meetings, signed, [f"{part}.from.{country}" for part in meetings for country in countries]


def _values(store: ox.Store, thing: _Thing, name: ox.NamedNode) -> list[str]:
    """Return the literals a thing has of a property."""
    return [str(getattr(quad.object, "value", "")) for quad in store.quads_for_pattern(thing, name, None, _DEFAULT)]


def _name(term: object) -> str:
    """Return the IRI of a class, property or graph."""
    assert isinstance(term, ox.NamedNode)  # noqa: S101 - there are no blank nodes
    return term.value
