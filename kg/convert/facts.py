"""The words facts are made of: properties of fields, settings of a collection, literals of texts and dates."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, RDFS, SDO, SKOS, XSD

from kg import iris
from kg.dates import PartialDate
from kg.prefixes import BASE
from kg.records import Text
from kg.terms import KG, KG_FROM

Object = URIRef | Literal
PROPERTIES: Mapping[str, URIRef] = {
    "acting_for": KG.actingFor,
    "aims": KG.aim,
    "aliases": SKOS.altLabel,
    "at.city": KG.city,
    "at.forum": KG.forum,
    "at.online": KG.online,
    "at.place": KG.place,
    "broader": SKOS.broader,
    "city": KG.city,
    "cooperation": KG.cooperation,
    "country": KG.country,
    "date": KG.date,
    "follow_up": KG.followUp,
    "follows": KG.follows,
    "from": KG_FROM,
    "instrument": KG.instrument,
    "latitude": SDO.latitude,
    "longitude": SDO.longitude,
    "matches": SKOS.closeMatch,
    "meeting": KG.meeting,
    "name": RDFS.label,
    "note": KG.note,
    "observed": KG.observedOn,
    "of": KG.postIn,
    "official": KG.official,
    "part_of": KG.partOf,
    "parties": KG.party,
    "people": KG.attendedBy,
    "place": KG.place,
    "post": KG.post,
    "same_as": SDO.sameAs,
    "sectors": KG.sector,
    "stage": KG.stage,
    "status": KG.status,
    "steps": KG.step,
    "unit_of": KG.unitOf,
    "until": KG.until,
    "url": SDO.url,
}
"""The property that states each field; what `supports` names, and where a claim's value goes."""

_DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


@dataclass(frozen=True)
class Settings:
    """What a collection decides about its RDF: base IRI, language order, and which sectors are the shipped ones."""

    base: str = BASE
    languages: tuple[str, ...] = ("en",)
    shared_sectors: frozenset[str] = frozenset()

    def mint(self, kind: str, *key: str) -> URIRef:
        """Return the IRI of a thing of this collection."""
        return URIRef(iris.mint(kind, *key, base=self.base))

    def sector(self, key: str) -> URIRef:
        """Return the IRI of a sector: shared by everybody when it is of the shipped scheme."""
        return URIRef(iris.mint("sector", key, base=BASE if key in self.shared_sectors else self.base))


class Fact(NamedTuple):
    """One triple and the record field it comes from."""

    field: str
    subject: URIRef
    predicate: URIRef
    object: Object


def texts(text: Text | None, settings: Settings) -> Iterator[Literal]:
    """Yield a text in each of its languages, in the order of their tags."""
    if isinstance(text, str):
        yield Literal(text, lang=settings.languages[0])
    elif text:
        for language in sorted(text):
            yield Literal(text[language], lang=language)


def _display_name(text: Text, settings: Settings) -> Literal:
    """Choose the one plain name: in the collection's first language that the text has."""
    if isinstance(text, str):
        return Literal(text)
    first = next((language for language in settings.languages if language in text), min(text))
    return Literal(text[first])


def head(this: URIRef, kind: URIRef, name: Text | None, key: str, settings: Settings) -> Iterator[Fact]:
    """Yield class, display name and labels; a thing without a name is called by its id."""
    yield Fact("id", this, RDF.type, kind)
    yield Fact("name", this, KG.name, _display_name(name, settings) if name else Literal(key))
    for value in texts(name, settings):
        yield Fact("name", this, RDFS.label, value)


def simple(this: URIRef, values: Iterable[tuple[str, object]]) -> Iterator[Fact]:
    """Yield a fact for each field that has a value already in RDF's terms, skipping the absent."""
    for field, value in values:
        if isinstance(value, Literal | URIRef):
            yield Fact(field, this, PROPERTIES[field], value)
        elif isinstance(value, PartialDate):
            yield Fact(field, this, PROPERTIES[field], date_literal(value))


def worded(this: URIRef, fields: Mapping[str, Text | None], settings: Settings) -> Iterator[Fact]:
    """Yield language-tagged texts such as notes and aims."""
    for field, text in fields.items():
        for value in texts(text, settings):
            yield Fact(field, this, PROPERTIES[field], value)


def date_literal(value: PartialDate) -> Literal:
    """Return a date as written, with the datatype of its precision."""
    return Literal(value.text, datatype=_DATE_TYPES[len(value.text)], normalize=False)


def day_literal(value: object) -> Literal:
    """Return a bound: always a full day."""
    return Literal(str(value), datatype=XSD.date, normalize=False)


def plain(value: str | None) -> Literal | None:
    """Return a plain string, when there is one."""
    return Literal(value) if value is not None else None


def decimal(value: float | None) -> Literal | None:
    """Return degrees as a decimal written without an exponent."""
    if value is None:
        return None
    text = f"{value:.7f}".rstrip("0")
    return Literal(text + "0" if text.endswith(".") else text, datatype=XSD.decimal, normalize=False)


def span(this: URIRef, start: PartialDate | None, end: PartialDate | None, first: str = "date") -> Iterator[Fact]:
    """Yield a date or a range as written, and the first and last day it can mean."""
    yield from simple(this, [(first, start), ("until", end)])
    if start:
        yield Fact(first, this, KG.earliest, day_literal(start.earliest))
    if end:
        yield Fact("until", this, KG.latest, day_literal(end.latest))
    elif start and first == "date":
        yield Fact(first, this, KG.latest, day_literal(start.latest))


def aliases(this: URIRef, aliases: Iterable[Text], settings: Settings) -> Iterator[Fact]:
    """Yield every other name."""
    for alias in aliases:
        for value in texts(alias, settings):
            yield Fact("aliases", this, SKOS.altLabel, value)
