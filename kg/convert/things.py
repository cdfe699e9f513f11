"""Facts of the things meetings refer to: officials, parties, posts, tenures, forums, sectors, sources."""

from collections.abc import Iterator, Mapping

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SDO, SKOS

from kg.convert.facts import (
    Fact,
    Settings,
    aliases,
    date_literal,
    day_literal,
    decimal,
    head,
    plain,
    simple,
    span,
    texts,
    worded,
)
from kg.records import City, Company, Forum, Official, Organization, Party, Post, Sector, Source, Tenure
from kg.terms import KG


def official_facts(record: Official, settings: Settings) -> Iterator[Fact]:
    """Yield a named person."""
    this = settings.mint("official", record.id)
    yield from head(this, KG.Official, record.name, record.id, settings)
    yield from aliases(this, record.aliases, settings)
    yield from simple(this, [("same_as", URIRef(url)) for url in record.same_as])
    yield from worded(this, {"note": record.note}, settings)


_PARTY_CLASSES: Mapping[type[Party], URIRef] = {
    City: KG.City,
    Company: KG.Company,
    Organization: KG.Organization,
}


def party_facts(record: Party, settings: Settings) -> Iterator[Fact]:
    """Yield a city, company or organization."""
    this = settings.mint("party", record.id)
    yield from head(this, _PARTY_CLASSES[type(record)], record.name, record.id, settings)
    yield from aliases(this, record.aliases, settings)
    unit_of = record.unit_of if isinstance(record, Organization) else None
    links = [("part_of", record.part_of), ("unit_of", unit_of)]
    yield from simple(this, [("country", plain(record.country))])
    yield from simple(this, [(field, settings.mint("party", key)) for field, key in links if key])
    if isinstance(record, City):
        degrees = [("latitude", record.latitude), ("longitude", record.longitude)]
        yield from simple(this, [(field, decimal(value)) for field, value in degrees])
    yield from simple(this, [("same_as", URIRef(url)) for url in record.same_as])
    yield from simple(this, [("url", URIRef(record.url))] if record.url else [])
    yield from worded(this, {"note": record.note}, settings)


def post_facts(record: Post, settings: Settings) -> Iterator[Fact]:
    """Yield a position in a body."""
    this = settings.mint("post", record.id)
    yield from head(this, KG.Post, record.name, record.id, settings)
    yield Fact("of", this, KG.postIn, settings.mint("party", record.of))
    if record.acting_for:
        yield Fact("acting_for", this, KG.actingFor, settings.mint("post", record.acting_for))


def tenure_facts(record: Tenure, settings: Settings) -> Iterator[Fact]:
    """Yield an official in a post; `kg:latest` is missing while the end is unknown."""
    this = settings.mint("tenure", record.id)
    yield from head(this, KG.Tenure, None, record.id, settings)
    yield Fact("official", this, KG.official, settings.mint("official", record.official))
    yield Fact("post", this, KG.post, settings.mint("post", record.post))
    yield from span(this, record.from_, record.until, "from")
    yield from simple(this, [("observed", day) for day in sorted(record.observed)])
    yield from worded(this, {"note": record.note}, settings)


def forum_facts(record: Forum, settings: Settings) -> Iterator[Fact]:
    """Yield a larger event."""
    this = settings.mint("forum", record.id)
    yield from head(this, KG.Forum, record.name, record.id, settings)
    yield from span(this, record.date, record.until)
    yield from simple(this, [("city", settings.mint("party", record.city))] if record.city else [])
    yield from simple(this, [("place", plain(record.place))])
    yield from simple(this, [("url", URIRef(record.url))] if record.url else [])
    yield from worded(this, {"note": record.note}, settings)


def sector_facts(record: Sector, settings: Settings) -> Iterator[Fact]:
    """Yield a sector that the collection adds to the shipped scheme."""
    this = settings.sector(record.id)
    yield from head(this, KG.Sector, record.name, record.id, settings)
    yield Fact("id", this, RDF.type, SKOS.Concept)
    yield Fact("id", this, SKOS.notation, Literal(record.id))
    for value in texts(record.name, settings):
        yield Fact("name", this, SKOS.prefLabel, value)
    yield from simple(this, [("broader", settings.sector(record.broader))] if record.broader else [])
    yield from simple(this, [("matches", URIRef(url)) for url in record.matches])


def source_facts(record: Source, settings: Settings) -> Iterator[Fact]:
    """Yield an article or document; nobody but the record says so, and it has no evidence."""
    this = settings.mint("source", record.id)
    title = record.title or record.outlet
    yield from head(this, KG.Source, title, record.id, settings)
    yield Fact("outlet", this, KG.outlet, Literal(record.outlet))
    for value in texts(record.title, settings):
        yield Fact("title", this, DCTERMS.title, value)
    if record.url:
        yield Fact("url", this, SDO.url, URIRef(record.url))
    if record.language:
        yield Fact("language", this, DCTERMS.language, Literal(record.language))
    yield from _source_dates(this, record)
    if record.sha256:
        yield Fact("sha256", this, KG.sha256, Literal(record.sha256))
    if record.copy_of:
        yield Fact("copy_of", this, KG.copyOf, settings.mint("source", record.copy_of))
    if record.family:
        yield Fact("family", this, KG.family, Literal(record.family))
    yield from worded(this, {"note": record.note}, settings)


def _source_dates(this: URIRef, record: Source) -> Iterator[Fact]:
    """Yield when a source was published and read."""
    if record.published:
        yield Fact("published", this, KG.published, date_literal(record.published))
        yield Fact("published", this, KG.earliest, day_literal(record.published.earliest))
        yield Fact("published", this, KG.latest, day_literal(record.published.latest))
    if record.retrieved:
        yield Fact("retrieved", this, KG.retrieved, date_literal(record.retrieved))
