"""Who and what a meeting brings together: meeting -> officials, parties, cities or sectors, with their names."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from rdflib import RDF, RDFS, URIRef

from kg.network.window import Held
from kg.store import Source, pairs, texts
from kg.terms import KG

Mode = Literal["official", "party", "city", "sector"]
Members = dict[str, tuple[str, ...]]

_PREDICATES = {"official": KG.attendedBy, "party": KG.party, "city": KG.party, "sector": KG.sector}
_KINDS = {
    str(KG[name]): name.lower()
    for name in ("City", "Company", "Cooperation", "Forum", "Meeting", "Official", "Organization", "Sector")
}


def members(graph: Source, mode: Mode, meetings: Iterable[Held]) -> Members:
    """Return meeting IRI -> the IRIs of one mode it brings together, both sorted; meetings without any are absent.

    As `city`, a party that is part of a city counts as that city, and any other party not at all.
    """
    wanted = {meeting.iri for meeting in meetings}
    found: defaultdict[str, set[str]] = defaultdict(set)
    seen_as = _city_of(graph) if mode == "city" else None
    for meeting, actor in pairs(graph, _PREDICATES[mode]):
        if meeting in wanted and (name := seen_as(actor) if seen_as else actor):
            found[meeting].add(name)
    return {meeting: tuple(sorted(found[meeting])) for meeting in sorted(found)}


def _city_of(graph: Source) -> Callable[[str], str]:
    """Return a function from a party to the city it is or belongs to, or to nothing."""
    cities = {party for party, cls in pairs(graph, RDF.type) if cls == str(KG.City)}
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


def kinds(graph: Source) -> dict[str, str]:
    """Return IRI -> kind in lower case (`official`, `city`, `company`, ...) for everything a network can hold."""
    return dict(sorted((thing, _KINDS[cls]) for thing, cls in pairs(graph, RDF.type) if cls in _KINDS))


def labels(graph: Source, language: str | None = None) -> dict[str, str]:
    """Return IRI -> label: in `language` where there is one, else `kg:name`."""
    named = dict(pairs(graph, KG.name))
    if language:
        tagged = sorted((thing, label) for thing, label, tag in texts(graph, RDFS.label) if tag == language)
        named |= dict(reversed(tagged))
    return named


def bodies(graph: Source, meetings: Iterable[Held]) -> dict[str, str]:
    """Return official IRI -> the body they last acted for at one of the meetings, by its last known day."""
    order = {meeting.iri: (str(meeting.latest or ""), meeting.iri) for meeting in meetings}
    seen = [
        (order[meeting], official, body) for (meeting, official), body in acted_for(graph).items() if meeting in order
    ]
    return {official: body for _, official, body in sorted(seen)}


def acted_for(graph: Source) -> dict[tuple[str, str], str]:
    """Return meeting IRI and official IRI -> the body the official acted for there, where it is known."""
    at = _one(graph, KG.meeting)
    posts, of, acted = _one(graph, KG.actedAs), _one(graph, KG.postIn), _one(graph, KG.actedFor)
    return {
        (at[part], official): body
        for part, official in _one(graph, KG.official).items()
        if part in at and (body := acted.get(part) or of.get(posts.get(part, "")))
    }


def _one(graph: Source, predicate: URIRef) -> dict[str, str]:
    """Return subject -> object of a property that each subject has once."""
    return dict(sorted(pairs(graph, predicate)))


def describe(
    graph: Source, nodes: Iterable[str], meetings: Iterable[Held], language: str | None = None
) -> Mapping[str, dict[str, Any]]:
    """Return node -> attributes: `label`, `kind`, and `country` and `body` where they are known.

    `Any`: networkx holds attributes of every type.
    """
    named, sorts = labels(graph, language), kinds(graph)
    country, body = _one(graph, KG.country), bodies(graph, meetings)
    described = {}
    for node in nodes:
        facts = {"label": named.get(node, node), "kind": sorts.get(node, "")}
        works_for = body.get(node, "")
        facts |= {"body": works_for, "body_label": named.get(works_for, works_for)} if works_for else {}
        where = country.get(works_for or node)
        described[node] = facts | ({"country": where} if where else {})
    return described
