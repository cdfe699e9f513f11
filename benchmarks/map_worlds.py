"""Made-up registers of any size for measuring maps: parties in communities, meetings between them, one statement each.

Nothing here is about anybody: names are numbered. The same size gives the same register.
"""

import random
from collections.abc import Iterator

from rdflib import RDF, RDFS, Dataset, Literal, URIRef
from rdflib.namespace import XSD

from kg.convert import Settings
from kg.dataset import memory_dataset
from kg.terms import KG

KINDS = (KG.Official, KG.City, KG.Company, KG.Organization)
mint = Settings().mint
SECTORS = tuple(mint("sector", f"s{number:02}") for number in range(28))
STAGES = tuple(mint("stage", name) for name in ("discussed", "proposed", "mou-signed", "implementation"))
LANGUAGES = ("en", "id", "ja")
COMMUNITY = 60

Triple = tuple[URIRef, URIRef, URIRef | Literal]


def edges(things: int, lines: int) -> list[tuple[int, int]]:
    """Return pairs of numbers: hubs with leaves inside communities, one line in ten between them."""
    chance = random.Random(things * 7 + lines)  # noqa: S311 - a register, not a secret
    groups = max(1, things // COMMUNITY)
    ends: list[list[int]] = [[] for _ in range(groups)]
    pairs: list[tuple[int, int]] = []
    for thing in range(things):
        own = ends[chance.randrange(groups)]
        if own:
            pairs.append((chance.choice(own), thing))
            own.append(pairs[-1][0])
        own.append(thing)
    while len(pairs) < lines:
        first = ends[chance.randrange(groups)]
        second = first if chance.random() < 0.9 else ends[chance.randrange(groups)]  # noqa: PLR2004
        if first and second:
            start, end = chance.choice(first), chance.choice(second)
            if start != end:
                pairs.append((start, end))
    return pairs[:lines]


def register(things: int, lines: int) -> Dataset:
    """Return a dataset with so many things and drawn lines."""
    dataset = memory_dataset(backend="rdflib")
    graph = dataset.default_graph
    for triple in triples(things, lines):
        graph.add(triple)
    return dataset


def triples(things: int, lines: int) -> Iterator[Triple]:
    """Yield the register: parties, then a meeting with its statement per line."""
    source = mint("source", "register")
    yield source, RDF.type, KG.Source
    yield source, KG.outlet, Literal("a register")
    for sector in SECTORS:
        yield sector, RDF.type, KG.Sector
        yield sector, RDFS.label, Literal(sector.rpartition("/")[2], lang="en")
    for rank, stage in enumerate(STAGES):
        yield stage, RDF.type, KG.Stage
        yield stage, RDFS.label, Literal(stage.rpartition("/")[2], lang="en")
        yield stage, KG.rank, Literal(1 + rank * 2)
    for number in range(things):
        yield from _party(number)
    for number, (start, end) in enumerate(edges(things, lines)):
        yield from _meeting(number, start, end, source)


def _party(number: int) -> Iterator[Triple]:
    this = mint("party", f"p{number}")
    yield this, RDF.type, KINDS[1 + number % 3]
    yield this, KG.country, Literal(("ID", "JP", "NL", "AU")[number % 4])
    yield this, RDFS.label, Literal(f"Party {number} of the register", lang="en")


def _meeting(number: int, start: int, end: int, source: URIRef) -> Iterator[Triple]:
    this, evidence = mint("meeting", f"m{number}"), mint("evidence", "meeting", f"m{number}", "1")
    day = Literal(f"{2014 + number % 12}-{1 + number % 9:02}-{1 + number % 28:02}", datatype=XSD.date)
    yield this, RDF.type, KG.Meeting
    yield this, RDFS.label, Literal(f"Meeting {number}", lang="en")
    for party in (start, end):
        yield this, KG.party, mint("party", f"p{party}")
    for name in (KG.date, KG.earliest, KG.latest):
        yield this, name, day
    yield this, KG.stage, STAGES[number % len(STAGES)]
    yield this, KG.sector, SECTORS[number * 7 % len(SECTORS)]
    yield evidence, RDF.type, KG.Evidence
    yield evidence, KG.about, this
    yield evidence, KG.source, source
    yield evidence, KG.locator, Literal(f"row {number}")
