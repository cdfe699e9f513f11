"""Facts of the things meetings refer to: officials, parties, posts, tenures, forums, sectors, sources."""

from collections.abc import Mapping

from rdflib import URIRef
from rdflib.namespace import DCTERMS, SKOS

from kg.convert.facts import (
    EARLIEST,
    LATEST,
    TYPE,
    Fact,
    P,
    Settings,
    addresses,
    aliases,
    head,
    labels,
    links,
    span,
    word,
    worded,
)
from kg.convert.literals import date_terms, decimal
from kg.records import City, Company, Forum, Official, Organization, Party, Post, Sector, Source, Tenure
from kg.terms import KG
from kg.values import quoted

_CLASSES: Mapping[type[Party], URIRef] = {City: KG.City, Company: KG.Company, Organization: KG.Organization}
_CONCEPT = f"{TYPE}<{SKOS.Concept}>"
_NOTATION, _PREF_LABEL = word(SKOS.notation), word(SKOS.prefLabel)
_OUTLET, _TITLE, _LANGUAGE = word(KG.outlet), word(DCTERMS.title), word(DCTERMS.language)
_PUBLISHED, _RETRIEVED = word(KG.published), word(KG.retrieved)
_SHA256, _COPY_OF, _FAMILY = word(KG.sha256), word(KG.copyOf), word(KG.family)


def official_facts(record: Official, settings: Settings) -> list[Fact]:
    """Return a named person."""
    this = f"{settings.starts['official']}{record.id}>"
    facts = head(this, KG.Official, record.name, record.id, settings)
    facts += aliases(this, record.aliases, settings)
    facts += addresses("same_as", this, record.same_as)
    return facts + worded(this, {"note": record.note}, settings)


def party_facts(record: Party, settings: Settings) -> list[Fact]:
    """Return a city, company or organization."""
    parties = settings.starts["party"]
    this = f"{parties}{record.id}>"
    facts = head(this, _CLASSES[type(record)], record.name, record.id, settings)
    facts += aliases(this, record.aliases, settings)
    if record.country:
        facts.append(("country", this, P["country"] + quoted(record.country)))
    unit_of = record.unit_of if isinstance(record, Organization) else None
    for field, key in (("part_of", record.part_of), ("unit_of", unit_of)):
        facts += links(field, this, parties, [key] if key else ())
    if isinstance(record, City):
        degrees = {"latitude": record.latitude, "longitude": record.longitude}
        facts += [(field, this, P[field] + decimal(value)) for field, value in degrees.items() if value is not None]
    facts += addresses("same_as", this, record.same_as)
    facts += addresses("url", this, [record.url] if record.url else ())
    return facts + worded(this, {"note": record.note}, settings)


def post_facts(record: Post, settings: Settings) -> list[Fact]:
    """Return a position in a body."""
    posts = settings.starts["post"]
    this = f"{posts}{record.id}>"
    facts = head(this, KG.Post, record.name, record.id, settings)
    facts += links("of", this, settings.starts["party"], [record.of])
    return facts + links("acting_for", this, posts, [record.acting_for] if record.acting_for else ())


def tenure_facts(record: Tenure, settings: Settings) -> list[Fact]:
    """Return an official in a post; `kg:latest` is missing while the end is unknown."""
    this = f"{settings.starts['tenure']}{record.id}>"
    facts = head(this, KG.Tenure, None, record.id, settings)
    facts += links("official", this, settings.starts["official"], [record.official])
    facts += links("post", this, settings.starts["post"], [record.post])
    facts += span(this, record.from_, record.until, "from")
    facts += [("observed", this, P["observed"] + date_terms(day).written) for day in record.observed]
    return facts + worded(this, {"note": record.note}, settings)


def forum_facts(record: Forum, settings: Settings) -> list[Fact]:
    """Return a larger event."""
    this = f"{settings.starts['forum']}{record.id}>"
    facts = head(this, KG.Forum, record.name, record.id, settings)
    facts += span(this, record.date, record.until)
    facts += links("city", this, settings.starts["party"], [record.city] if record.city else ())
    if record.place:
        facts.append(("place", this, P["place"] + quoted(record.place)))
    facts += addresses("url", this, [record.url] if record.url else ())
    return facts + worded(this, {"note": record.note}, settings)


def sector_facts(record: Sector, settings: Settings) -> list[Fact]:
    """Return a sector that the collection adds to the shipped scheme."""
    this = settings.sector_term(record.id)
    facts = head(this, KG.Sector, record.name, record.id, settings)
    facts += [("id", this, _CONCEPT), ("id", this, _NOTATION + quoted(record.id))]
    facts += [("name", this, _PREF_LABEL + label) for label in labels(record.name, settings)]
    if record.broader:
        facts.append(("broader", this, P["broader"] + settings.sector_term(record.broader)))
    return facts + addresses("matches", this, record.matches)


def source_facts(record: Source, settings: Settings) -> list[Fact]:
    """Return an article or document; nobody but the record says so, and it has no evidence."""
    sources = settings.starts["source"]
    this = f"{sources}{record.id}>"
    facts = head(this, KG.Source, record.title or record.outlet, record.id, settings)
    facts.append(("outlet", this, _OUTLET + quoted(record.outlet)))
    facts += [("title", this, _TITLE + label) for label in labels(record.title, settings)]
    facts += addresses("url", this, [record.url] if record.url else ())
    if record.published:
        terms = date_terms(record.published)
        written = (_PUBLISHED + terms.written, EARLIEST + terms.earliest, LATEST + terms.latest)
        facts += [("published", this, one) for one in written]
    if record.retrieved:
        facts.append(("retrieved", this, _RETRIEVED + date_terms(record.retrieved).written))
    if record.language:
        facts.append(("language", this, _LANGUAGE + quoted(record.language)))
    if record.sha256:
        facts.append(("sha256", this, _SHA256 + quoted(record.sha256)))
    if record.family:
        facts.append(("family", this, _FAMILY + quoted(record.family)))
    if record.copy_of:
        facts.append(("copy_of", this, f"{_COPY_OF}{sources}{record.copy_of}>"))
    return facts + worded(this, {"note": record.note}, settings)
