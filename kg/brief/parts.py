"""The values a brief is made of: what the templates show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kg.promises import Sort, State
from kg.statements import Statement
from kg.values import Iri


@dataclass(frozen=True)
class Cited:
    """A line that rests on sources: their numbers, from 1, and how many more there are than are named."""

    cites: tuple[int, ...]
    uncited: int = field(default=0, kw_only=True)


@dataclass(frozen=True)
class Contact(Cited):
    """One meeting of the two sides: who came from each, as what."""

    meeting: Iri
    name: str
    date: str
    place: str
    status: str
    stage: str
    sectors: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Standing(Cited):
    """One cooperation of the two sides: how far, since when, how long ago anyone heard of it."""

    name: str
    stage: str
    since: str
    last: str
    days: int | None
    is_stale: bool
    planned: str
    overdue: str


@dataclass(frozen=True)
class Promised(Cited):
    """A paper signed, a hope stated or a meeting announced: when, and what is told of it since."""

    text: str
    date: str
    sort: Sort
    state: State
    days: int | None


@dataclass(frozen=True)
class InPost(Cited):
    """Who holds a post on the day of the brief, and how sure that is; `body` is empty for the party itself."""

    post: str
    body: str
    official: str
    certainty: str
    day: str


@dataclass(frozen=True)
class Dispute(Cited):
    """What sources disagree about: the values, the ruled one first."""

    thing: str
    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Brief:
    """Everything a brief tells; `sources` are numbered from 1 in the order they are first cited.

    `single` are the contacts that one independent source tells of; `more` says how much of each part was cut, by its
    name; `key` is what the party is called on the command line.
    """

    party: Iri
    key: str
    label: str
    ours: Iri
    our_key: str
    our_label: str
    as_of: date
    standings: tuple[Standing, ...]
    promises: tuple[Promised, ...]
    contacts: tuple[Contact, ...]
    people: tuple[InPost, ...]
    disputes: tuple[Dispute, ...]
    single: tuple[Contact, ...]
    partners: tuple[tuple[str, int], ...]
    sources: tuple[Statement, ...]
    more: Mapping[str, int] = field(default_factory=dict)
