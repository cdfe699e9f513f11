"""Let a dataset describe itself: VoID and DCAT, counted from the build, equal to what queries count.

Source: W3C Describing Linked Datasets with the VoID Vocabulary, sections 4.2 and 4.6; W3C DCAT 3;
SHACL's prefix declarations (section 5.2.1).
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, OWL, RDF, SDO, SH, VOID, XSD

from kg.collection import Config
from kg.convert import Quad
from kg.iris import mint_graph
from kg.prefixes import ONTOLOGY, prefixes
from kg.terms import KG

_TOTALS: Mapping[URIRef, str] = {
    VOID.entities: "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?class }",
    VOID.distinctSubjects: "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    VOID.distinctObjects: "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
}
# DCAT 3 has it, rdflib 7.6 does not know it yet.
_DCAT_VERSION = URIRef("http://www.w3.org/ns/dcat#version")
_CLASSES = "SELECT ?key (COUNT(DISTINCT ?s) AS ?n) { ?s a ?key } GROUP BY ?key ORDER BY ?key"
_PROPERTIES = "SELECT ?key (COUNT(*) AS ?n) { ?s ?key ?o } GROUP BY ?key ORDER BY ?key"
# Hashed apart, since counting distinct subjects takes more than twice as long.
_EVIDENCED = f"""SELECT ?key (COUNT(*) AS ?n) {{
  {{ SELECT ?s ?key {{ ?s a ?key }} }}
  {{ SELECT DISTINCT ?s {{ ?s <{KG.evidence}> ?o }} }}
}} GROUP BY ?key ORDER BY ?key"""
# A meeting's part: its status, and the year of its first possible day when it has one.
_PART = f"""?s <{KG.status}> ?status
  OPTIONAL {{ SELECT ?s ?earliest {{ ?s <{KG.earliest}> ?earliest }} }}
  BIND (CONCAT(?status, COALESCE(CONCAT(".", SUBSTR(STR(?earliest), 1, 4)), "")) AS ?part)"""
_MEETINGS = f"SELECT (?part AS ?key) (COUNT(*) AS ?n) {{ {_PART} }} GROUP BY ?part"
_SIGNED = f"""SELECT (?part AS ?key) (COUNT(*) AS ?n) {{
  {{ SELECT DISTINCT ?s {{ ?s <{KG.instrument}> ?paper }} }} {_PART}
}} GROUP BY ?part"""
_COUNTRIES = f"""SELECT (CONCAT(?part, ".from.", ?country) AS ?key) (COUNT(*) AS ?n) {{
  {{
    SELECT DISTINCT ?s ?country {{
      ?s <{KG.party}> ?party
      OPTIONAL {{ SELECT ?party ?told {{ ?party <{KG.country}> ?told }} }}
      BIND (COALESCE(?told, "") AS ?country)
    }}
  }} {_PART}
}} GROUP BY ?part ?country"""
_PARTITIONS = (
    (VOID.classPartition, VOID["class"], VOID.entities),
    (VOID.propertyPartition, VOID.property, VOID.triples),
)
_GRAPHS = "SELECT ?key (COUNT(*) AS ?n) { GRAPH ?key { ?s ?p ?o } } GROUP BY ?key ORDER BY ?key"


class Counts(NamedTuple):
    """How much a store holds: sizes of the default graph, things per class, triples per property and named graph.

    `evidenced` counts things per class that rest on evidence; `meetings` those of a status and year ("held.2017", or
    "held" without a date), `signed` those among them with an instrument, and `countries` those with a party
    from a country ("held.2017.from.ID") or from none ("held.2017.from.").
    """

    totals: Mapping[URIRef, int]
    classes: Mapping[str, int]
    evidenced: Mapping[str, int]
    meetings: Mapping[str, int]
    signed: Mapping[str, int]
    countries: Mapping[str, int]
    properties: Mapping[str, int]
    graphs: Mapping[str, int]

    @property
    def triples(self) -> int:
        """The size of the default graph."""
        return self.totals[VOID.triples]


def count(store: ox.Store) -> Counts:
    """Count what a store holds, keys in the order of their IRIs."""
    totals = {name: int(next(_rows(store, text))[0]) for name, text in _TOTALS.items()}
    parts = [
        {key: int(number) for key, number in _rows(store, text)}
        for text in (_CLASSES, _EVIDENCED, _MEETINGS, _SIGNED, _COUNTRIES, _PROPERTIES, _GRAPHS)
    ]
    return sized(Counts(totals, *parts))


def sized(counts: Counts) -> Counts:
    """Return counts in the order of their IRIs, without what there is none of, and with the totals they add up to."""
    totals, *parts = counts
    kept = Counts(totals, *({key: number for key, number in sorted(part.items()) if number} for part in parts))
    added = {
        VOID.triples: sum(kept.properties.values()),
        VOID.classes: len(kept.classes),
        VOID.properties: len(kept.properties),
    }
    return kept._replace(totals={**totals, **added})


def read_counts(store: ox.Store, *, base: str) -> Counts:
    """Read back what a store tells of its own size; the twin of `description`.

    Raises:
        LookupError: it does not tell all of it, or two things under one name.
    """
    graph = mint_graph("dataset", base=base)

    def told(pattern: str) -> dict[str, int]:
        rows = list(_rows(store, f"SELECT ?key ?n {{ GRAPH <{graph}> {{ {pattern} }} }}"))
        found = {key: int(number) for key, number in rows}
        if len(found) < len(rows):
            raise LookupError(pattern)
        return found

    totals = told(f"<{base}> ?key ?n . FILTER (?key IN ({', '.join(f'<{name}>' for name in _TOTALS)}))")
    classes, properties = (
        told(f"<{base}> <{link}> ?node . ?node <{key}> ?key ; <{counted}> ?n") for link, key, counted in _PARTITIONS
    )
    evidenced = told(
        f"?node <{VOID['class']}> ?key ; <{VOID.propertyPartition}> ?part . "
        f"?part <{VOID.property}> <{KG.evidence}> ; <{VOID.distinctSubjects}> ?n"
    )
    part = "<{every}> <{link}> ?part BIND (STRAFTER(STR(?part), 'Meeting.') AS ?key) ?part <{counted}> ?n"
    meetings, signed, countries = (
        told(part.format(every=_every_meeting(base), link=link, counted=counted))
        for link, counted in (
            (VOID.subset, VOID.entities),
            (VOID.subset, f"{VOID.propertyPartition}>/<{VOID.distinctSubjects}"),
            (f"{VOID.subset}>/<{VOID.subset}", VOID.entities),
        )
    )
    graphs = told(f"<{base}> <{VOID.subset}> ?key . ?key <{VOID.triples}> ?n")
    named = {name: totals[str(name)] for name in _TOTALS}
    return sized(Counts(named, classes, evidenced, meetings, signed, countries, properties, graphs))


def description(counts: Counts, config: Config) -> Iterator[Quad]:
    """Yield the quads that describe a store's default graph and name its other graphs.

    The dataset is named by the collection's base IRI. Partitions count things per class and triples per
    property of the default graph, and a partition within a class's its things that rest on evidence; each other
    graph is a subset with its number of triples. Subsets of all meetings have the status and year
    of theirs, and subsets of these the country of a party.
    """
    this, graph = URIRef(config.base), URIRef(mint_graph("dataset", base=config.base))
    totals = ((name, _number(number)) for name, number in counts.totals.items())
    for predicate, value in (*_told(config), *totals):
        yield this, predicate, value, graph
    for prefix, namespace in prefixes(config.base).items():
        node = URIRef(f"{config.base}prefix/{prefix}")
        yield this, SH.declare, node, graph
        yield node, SH.prefix, Literal(prefix), graph
        yield node, SH.namespace, Literal(namespace, datatype=XSD.anyURI), graph
    yield from _partitions(counts, config.base, graph)


def _told(config: Config) -> Iterator[tuple[URIRef, URIRef | Literal]]:
    """Yield what `kg.toml` says of the collection."""
    yield RDF.type, VOID.Dataset
    yield RDF.type, DCAT.Dataset
    for predicate, text in ((DCTERMS.title, config.title), (DCTERMS.description, config.description)):
        texts = {config.languages[0]: text} if isinstance(text, str) else text or {}
        for language in sorted(texts):
            yield predicate, Literal(texts[language], lang=language)
    yield DCTERMS.license, URIRef(config.license)
    yield _DCAT_VERSION, Literal(config.version)
    yield OWL.versionInfo, Literal(config.version)
    if config.creator:
        yield SDO.creditText, Literal(config.creator)
    for language in config.languages:
        yield DCTERMS.language, Literal(language)
    yield DCTERMS.conformsTo, URIRef(ONTOLOGY)
    yield VOID.vocabulary, URIRef(f"{ONTOLOGY}#")
    yield VOID.uriSpace, Literal(config.base)


def _partitions(counts: Counts, base: str, graph: URIRef) -> Iterator[Quad]:
    """Yield a node per class, property and graph, with what it counts."""
    this = URIRef(base)
    parts = (("class", counts.classes), ("property", counts.properties))
    for (name, found), (link, key, counted) in zip(parts, _PARTITIONS, strict=True):
        for term, number in found.items():
            node = URIRef(f"{base}partition/{name}.{_short(term, base)}")
            yield this, link, node, graph
            yield node, key, URIRef(term), graph
            yield node, counted, _number(number), graph
    for term, number in counts.evidenced.items():
        yield from _within(URIRef(f"{base}partition/class.{_short(term, base)}"), KG.evidence, number, base)
    yield from _meetings(counts, base, graph)
    for term, number in counts.graphs.items():
        yield this, VOID.subset, URIRef(term), graph
        yield URIRef(term), VOID.triples, _number(number), graph


def _meetings(counts: Counts, base: str, graph: URIRef) -> Iterator[Quad]:
    """Yield a node per status and year of meetings, and within it per country, with what each counts."""
    every = _every_meeting(base)
    for key, number in counts.meetings.items():
        node, (status, _, year) = URIRef(f"{every}.{key}"), key.partition(".")
        yield every, VOID.subset, node, graph
        yield node, KG.status, Literal(status), graph
        if year:
            yield node, KG.date, Literal(year, datatype=XSD.gYear), graph
        yield node, VOID.entities, _number(number), graph
    for key, number in counts.signed.items():
        yield from _within(URIRef(f"{every}.{key}"), KG.instrument, number, base)
    for key, number in counts.countries.items():
        node, (part, _, country) = URIRef(f"{every}.{key}"), key.partition(".from.")
        yield URIRef(f"{every}.{part}"), VOID.subset, node, graph
        if country:
            yield node, KG.country, Literal(country), graph
        yield node, VOID.entities, _number(number), graph


def _every_meeting(base: str) -> URIRef:
    """Return the name of the partition of all meetings."""
    return URIRef(f"{base}partition/class.{_short(str(KG.Meeting), base)}")


def _within(node: URIRef, name: URIRef, number: int, base: str) -> Iterator[Quad]:
    """Yield how many things of a partition have a property."""
    part, graph = URIRef(f"{node}.property.{_short(str(name), base)}"), URIRef(mint_graph("dataset", base=base))
    yield node, VOID.propertyPartition, part, graph
    yield part, VOID.property, name, graph
    yield part, VOID.distinctSubjects, _number(number), graph


def _rows(store: ox.Store, text: str) -> Iterator[list[str]]:
    """Yield the rows of one of our own SELECTs as plain text."""
    solutions = store.query(text)
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - the queries above are SELECTs
    for solution in solutions:
        yield [str(getattr(term, "value", "")) for term in solution]


def _short(iri: str, base: str) -> str:
    """Return a name for an IRI that fits into one of ours: prefix and local name."""
    for prefix, namespace in prefixes(base).items():
        if iri.startswith(namespace):
            return f"{prefix}.{iri.removeprefix(namespace)}"
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in iri)


def _number(count: int) -> Literal:
    """Return a count as VoID wants it."""
    return Literal(str(count), datatype=XSD.integer)
