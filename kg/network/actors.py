"""Who and what a meeting brings together: meeting -> officials, parties, cities or sectors, with their names."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from rdflib import RDF, RDFS, URIRef

from kg.facts import links, pairs, subjects, texts
from kg.network.window import Counted, Held
from kg.store import Source
from kg.terms import KG

Mode = Literal["official", "party", "city", "sector"]
Members = dict[str, tuple[str, ...]]

_PREDICATES = {"official": KG.attendedBy, "party": KG.party, "city": KG.party, "sector": KG.sector}
_KINDS = {
    name.lower(): KG[name]
    for name in ("City", "Company", "Cooperation", "Forum", "Meeting", "Official", "Organization", "Sector")
}


def attendance(graph: Source, mode: Mode, place: Mapping[str, int]) -> dict[str, list[int]]:
    """Return actor -> the numbers of the meetings that bring it in; `place` numbers those that count.

    As `city`, a party that is part of a city counts as that city, and any other party not at all; a city that
    is there twice is named twice.
    """
    found: defaultdict[str, list[int]] = defaultdict(list)
    seen_as = _city_of(graph) if mode == "city" else str
    for actor, meetings in links(graph, _PREDICATES[mode]):
        numbers = [number for number in map(place.get, meetings) if number is not None]
        if numbers and (name := seen_as(actor)):
            found[name].extend(numbers)
    return found


def members(graph: Source, mode: Mode, meetings: Iterable[Held]) -> Members:
    """Return meeting IRI -> the IRIs of one mode it brings together, both sorted; meetings without any are absent.

    As `city`, a party that is part of a city counts as that city, and any other party not at all.
    """
    names = sorted(meeting.iri for meeting in meetings)
    found: list[list[str]] = [[] for _ in names]
    there = attendance(graph, mode, {name: number for number, name in enumerate(names)})
    for actor in sorted(there):
        for number in set(there[actor]):
            found[number].append(actor)
    return {name: tuple(actors) for name, actors in zip(names, found, strict=True) if actors}


def _city_of(graph: Source) -> Callable[[str], str]:
    """Return a function from a party to the city it is or belongs to, or to nothing."""
    cities = set(subjects(graph, RDF.type, KG.City))
    above = dict(pairs(graph, KG.partOf)) | dict(pairs(graph, KG.unitOf))

    def city_of(party: str) -> str:
        seen: set[str] = set()
        while party not in cities:
            seen.add(party)
            if (higher := above.get(party)) is None or higher in seen:
                return ""
            party = higher
        return party

    return city_of


def belonging(graph: Source) -> set[tuple[str, str]]:
    """Return pairs of a party and what it is part or unit of, in both orders."""
    found = {*pairs(graph, KG.partOf), *pairs(graph, KG.unitOf)}
    return found | {(other, one) for one, other in found}


def kinds(graph: Source) -> dict[str, str]:
    """Return IRI -> kind in lower case (`official`, `city`, `company`, ...) for everything a network can hold."""
    return dict(sorted((thing, kind) for kind, cls in _KINDS.items() for thing in subjects(graph, RDF.type, cls)))


def labels(graph: Source, language: str | None = None) -> dict[str, str]:
    """Return IRI -> label: in `language` where there is one, else `kg:name`."""
    named = dict(pairs(graph, KG.name))
    if language:
        tagged = sorted((thing, label) for thing, label, tag in texts(graph, RDFS.label) if tag == language)
        named |= dict(reversed(tagged))
    return named


def bodies(graph: Source, counted: Counted) -> dict[str, str]:
    """Return official IRI -> the body they last acted for at one of the meetings, by its last known day."""
    if not (acted := acted_for(graph)):
        return {}
    order = {meeting.iri: (str(meeting.latest or ""), meeting.iri) for meeting in counted.meetings}
    seen = [(order[meeting], official, body) for (meeting, official), body in acted.items() if meeting in order]
    return {official: body for _, official, body in sorted(seen)}


def acted_for(graph: Source) -> dict[tuple[str, str], str]:
    """Return meeting IRI and official IRI -> the body the official acted for there, where it is known."""
    posts, of, body = _one(graph, KG.actedAs), _one(graph, KG.postIn), _one(graph, KG.actedFor)
    body = {part: of[post] for part, post in posts.items() if post in of} | body
    if not body:  # a register may name no body: then there is no need to read who took part where
        return {}
    at, official = _one(graph, KG.meeting), _one(graph, KG.official)
    return {(at[part], official[part]): body[part] for part in sorted(body) if part in at and part in official}


def _one(graph: Source, predicate: URIRef) -> dict[str, str]:
    """Return subject -> object of a property that each subject has once."""
    return dict(sorted(pairs(graph, predicate)))


def describe(
    graph: Source, nodes: Iterable[str], counted: Counted, language: str | None = None
) -> Mapping[str, dict[str, Any]]:
    """Return node -> attributes: `label`, `kind`, and `country` and `body` where they are known.

    `Any`: networkx holds attributes of every type.
    """
    named, sorts = labels(graph, language), kinds(graph)
    country, body = _one(graph, KG.country), bodies(graph, counted)
    described = {}
    for node in nodes:
        facts = {"label": named.get(node, node), "kind": sorts.get(node, "")}
        works_for = body.get(node, "")
        facts |= {"body": works_for, "body_label": named.get(works_for, works_for)} if works_for else {}
        where = country.get(works_for or node)
        described[node] = facts | ({"country": where} if where else {})
    return described
