"""What has been read, by id: where everything stands, and which ids are near one that does not exist."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from typing import TypeVar

from kg.errors import Issue, Location, Severity, shown
from kg.read import Entry
from kg.read.entry import FieldPath
from kg.records import Record, Tenure

Key = tuple[str, str]
"""Namespace and id of a record."""

R = TypeVar("R", bound=Record)


class Index:
    """The first entry of every id; the ids of records that were refused count as known.

    `known_sectors` are the shipped ones, `refused` holds CURIEs such as `party:makassar`.
    """

    def __init__(
        self, entries: Iterable[Entry], known_sectors: Collection[str] = (), refused: Iterable[str] = ()
    ) -> None:
        """Read the entries once."""
        self.entries: dict[Key, Entry] = {}
        self.shared = frozenset(known_sectors)
        self.held: dict[Key, list[Tenure]] = defaultdict(list)
        self.tenured: set[Key] = set()
        self._refused = {(kind, name) for kind, _, name in (curie.partition(":") for curie in refused)}
        for entry in entries:
            record = entry.record
            self.entries.setdefault((record.namespace, record.id), entry)
            if isinstance(record, Tenure):
                self.held[record.official, record.post].append(record)
                self.tenured |= {("official", record.official), ("post", record.post)}
        self._nearest = cache(self._search)

    def knows(self, namespace: str, name: str) -> bool:
        """Say whether an id exists, even as that of a record that was refused."""
        key = namespace, name
        return key in self.entries or key in self._refused or (namespace == "sector" and name in self.shared)

    def get(self, kind: type[R], name: str) -> R | None:
        """Return the record of an id, when it is of this kind."""
        entry = self.entries.get((kind.namespace, name))
        return entry.record if entry and isinstance(entry.record, kind) else None

    def hint(self, namespace: str, name: str) -> str:
        """Say which id may have been meant, or that the id is one of another kind."""
        others = sorted(kind for kind, other in self.entries if other == name) if namespace else []
        if others:
            return f"; there is a record {others[0]}:{name}, but a {namespace} is wanted here"
        near = self._nearest(namespace, name)
        return f"; did you mean {near!r}?" if near else ""

    def _search(self, namespace: str, name: str) -> str | None:
        """Return the nearest id of a namespace."""
        from rapidfuzz import process

        known = sorted({other for kind, other in self.entries if kind == namespace})
        known += sorted(self.shared) if namespace == "sector" else []
        found = process.extractOne(name, known, score_cutoff=60)
        return found[0] if found else None


def finding(entry: Entry, path: FieldPath, code: str, message: str, *, severity: Severity = "error") -> Issue:
    """Return an issue at a field of a record."""
    record = entry.record
    return Issue(entry.locate(path), severity, code, message, about=f"{record.namespace}:{record.id}")


def place(entry: Entry) -> str:
    """Say where a record begins, for a message at another place."""
    return str(Location(entry.at.file, entry.at.line))


def name_of(record: Record) -> str:
    """Name a record in a message."""
    return f"{record.kind} {shown(record.id)}"
