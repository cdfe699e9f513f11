"""The values a brief is made of: what the templates show."""

from dataclasses import dataclass
from datetime import date

from kg.conflicts import Conflict
from kg.statements import Statement
from kg.values import Iri


@dataclass(frozen=True)
class Contact:
    """One meeting of the two sides: who came from each, as what, and the numbers of the sources that say so."""

    meeting: Iri
    name: str
    date: str
    place: str
    status: str
    stage: str
    sectors: tuple[str, ...]
    aims: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    others: tuple[str, ...]
    cites: tuple[int, ...]


@dataclass(frozen=True)
class Standing:
    """One cooperation of the two sides: how far, since when, how long ago anyone heard of it."""

    name: str
    stage: str
    since: str
    last: str
    days: int | None
    is_stale: bool
    planned: str
    overdue: str
    cites: tuple[int, ...]


@dataclass(frozen=True)
class Promise:
    """A paper that was signed, or what a side hoped for: when, at which meeting, who says so."""

    text: str
    date: str
    is_paper: bool
    cites: tuple[int, ...]


@dataclass(frozen=True)
class InPost:
    """Who holds a post on the day of the brief, how sure that is, and the last meeting they were seen at."""

    post: str
    official: str
    certainty: str
    cites: tuple[int, ...]


@dataclass(frozen=True)
class Brief:
    """Everything a brief tells; `sources` are numbered from 1 in the order they are first cited."""

    party: Iri
    label: str
    ours: Iri
    our_label: str
    as_of: date
    standings: tuple[Standing, ...]
    promises: tuple[Promise, ...]
    contacts: tuple[Contact, ...]
    people: tuple[InPost, ...]
    conflicts: tuple[Conflict, ...]
    partners: tuple[tuple[str, int], ...]
    sources: tuple[Statement, ...]
