"""The words facts are made of: properties of fields, settings of a collection, names, dates and links as text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from rdflib import URIRef
from rdflib.namespace import RDF, RDFS

from kg import iris
from kg.convert.literals import date_terms, tagged
from kg.dates import PartialDate
from kg.prefixes import BASE, THING_KINDS
from kg.properties import PROPERTIES
from kg.records import Text
from kg.terms import KG
from kg.values import bracketed, quoted


def word(iri: str) -> str:
    """Return a predicate as it stands in a line, blanks around it."""
    return f" <{iri}> "


P: Mapping[str, str] = {field: word(iri) for field, iri in PROPERTIES.items()}
TYPE, LABEL, NAME = word(RDF.type), word(RDFS.label), word(KG.name)
EARLIEST, LATEST = word(KG.earliest), word(KG.latest)

_SHARED_SECTOR = f"<{iris.mint('sector', '')}"

Fact: TypeAlias = tuple[str, str, str]
"""The record field it comes from; the subject; predicate and object, each with a blank before it."""


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

    @cached_property
    def starts(self) -> Mapping[str, str]:
        """Kind -> how the term of such a thing begins; its key and `>` end it."""
        return {kind: f"<{iris.mint(kind, '', base=self.base)}" for kind in THING_KINDS}

    def sector_term(self, key: str) -> str:
        """Return the term of a sector."""
        return f"{_SHARED_SECTOR if key in self.shared_sectors else self.starts['sector']}{key}>"


def labels(text: Text | None, settings: Settings) -> list[str]:
    """Return a text in each of its languages."""
    if isinstance(text, str):
        return [tagged(text, settings.languages[0])]
    return [tagged(text[language], language) for language in text] if text else []


def _display_name(text: Text, settings: Settings) -> str:
    """Choose the one plain name: in the collection's first language that the text has."""
    if isinstance(text, str):
        return text
    return text[next((language for language in settings.languages if language in text), min(text))]


def head(this: str, kind: URIRef, name: Text | None, key: str, settings: Settings) -> list[Fact]:
    """Return class, display name and labels; a thing without a name is called by its id."""
    called = quoted(_display_name(name, settings) if name else key)
    facts = [("id", this, f"{TYPE}<{kind}>"), ("name", this, NAME + called)]
    facts += [("name", this, LABEL + label) for label in labels(name, settings)]
    return facts


def links(field: str, this: str, start: str, keys: Iterable[str]) -> list[Fact]:
    """Return a fact for each thing a field names; `start` begins the terms of such things."""
    predicate = P[field]
    return [(field, this, f"{predicate}{start}{key}>") for key in keys]


def addresses(field: str, this: str, urls: Iterable[str]) -> list[Fact]:
    """Return a fact for each web address."""
    return [(field, this, P[field] + bracketed(url)) for url in urls]


def worded(this: str, fields: Mapping[str, Text | None], settings: Settings) -> list[Fact]:
    """Return language-tagged texts such as notes and aims."""
    return [(field, this, P[field] + label) for field, text in fields.items() for label in labels(text, settings)]


def span(this: str, start: PartialDate | None, end: PartialDate | None, first: str = "date") -> list[Fact]:
    """Return a date or a range as written, and the first and last day it can mean."""
    facts: list[Fact] = []
    if start:
        terms = date_terms(start)
        facts += [(first, this, P[first] + terms.written), (first, this, EARLIEST + terms.earliest)]
        if not end and first == "date":
            facts.append((first, this, LATEST + terms.latest))
    if end:
        terms = date_terms(end)
        facts += [("until", this, P["until"] + terms.written), ("until", this, LATEST + terms.latest)]
    return facts


def aliases(this: str, others: Iterable[Text], settings: Settings) -> list[Fact]:
    """Return every other name."""
    return [("aliases", this, P["aliases"] + label) for alias in others for label in labels(alias, settings)]
