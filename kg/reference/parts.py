"""What the ontology's page is made of, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

Texts = Mapping[str, str]
"""Language tag -> text, sorted by tag."""


class Link(NamedTuple):
    """What a term is called, and where it is explained: an anchor of the page or an IRI."""

    text: str
    href: str


@dataclass(frozen=True)
class Header:
    """What the ontology says of itself."""

    iri: str
    titles: Texts
    descriptions: Texts
    version: str
    version_iri: str
    modified: str
    license: str
    prefix: str
    namespace: str


@dataclass(frozen=True)
class Term:
    """A class or property: names, meaning, place in the hierarchy, and what uses it.

    `supers` and `subs` are one step up and down; `properties` and `pointing`, of a class, name the
    properties it may have and those that lead to it, its superclasses' included.
    """

    name: str
    iri: str
    kind: str
    labels: Texts
    definitions: Texts
    notes: Texts
    supers: tuple[Link, ...]
    subs: tuple[Link, ...]
    domain: tuple[Link, ...]
    range: tuple[Link, ...]
    see: tuple[Link, ...]
    properties: tuple[Link, ...]
    pointing: tuple[Link, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Concept:
    """A concept of a scheme; `matches` are (how near, code and name in another list); `order` sorts its scheme."""

    name: str
    iri: str
    labels: Texts
    definitions: Texts
    aliases: tuple[str, ...]
    is_narrower: bool
    rank: str
    matches: tuple[tuple[str, str], ...]
    order: tuple[int, str, str]


@dataclass(frozen=True)
class Scheme:
    """A concept scheme and its concepts in order."""

    name: str
    iri: str
    titles: Texts
    concepts: tuple[Concept, ...]


@dataclass(frozen=True)
class Example:
    """A valid example: file name, what it shows, and its Turtle."""

    name: str
    about: str
    text: str


@dataclass(frozen=True)
class Reference:
    """The whole page."""

    header: Header
    classes: tuple[Term, ...]
    properties: tuple[Term, ...]
    schemes: tuple[Scheme, ...]
    examples: tuple[Example, ...]
