"""What a map shows, as values: things, the records that tie them, the statements behind each, and their sources.

Ids are CURIEs (`party:makassar`). A text is a tuple of (language, words) pairs, one per language, sorted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Text = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """A node: an official or a party. `kind` is official, city, company or organization."""

    id: str
    kind: str
    name: Text
    aliases: tuple[str, ...] = ()
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    note: Text = ()
    links: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a meeting: the role there, the post held that day and the party acted for, where known."""

    official: str
    role: str = ""
    post: str = ""
    acted_for: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What a line rests on. `kind` is meeting, cooperation, tenure or unit (one party is part of another).

    `date` and `until` are as written; `earliest` and `latest` are ISO days, empty when not known.
    """

    id: str
    kind: str
    name: Text = ()
    status: str = ""
    date: str = ""
    until: str = ""
    earliest: str = ""
    latest: str = ""
    stage: str = ""
    instrument: str = ""
    sectors: tuple[str, ...] = ()
    place: str = ""
    city: str = ""
    forum: str = ""
    cooperation: str = ""
    parties: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    follows: tuple[str, ...] = ()
    aim: Text = ()
    note: Text = ()
    rulings: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()

    @property
    def concepts(self) -> set[str]:
        """The concepts it names; some may be empty."""
        return {self.stage, self.instrument, self.forum, *self.sectors, *(each.post for each in self.people)}


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says of a thing, record or concept; `claims` are (field, value) pairs it says differently."""

    id: str
    source: str
    locator: str = ""
    says: Text = ()
    quote: str = ""
    claims: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One article or document."""

    id: str
    outlet: str
    title: str = ""
    url: str = ""
    language: str = ""
    published: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A sector, stage, instrument, post or forum: a name, a place in an order, a parent, and what is said of it.

    `body` is the party a post is in.
    """

    id: str
    name: Text
    rank: int = 0
    broader: str = ""
    body: str = ""
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All a map is drawn from, each table in the order of its ids."""

    things: Mapping[str, Thing] = field(default_factory=dict)
    records: Mapping[str, Record] = field(default_factory=dict)
    statements: Mapping[str, Statement] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    concepts: Mapping[str, Concept] = field(default_factory=dict)
    title: Text = ()
    licence: str = ""
    base: str = ""
