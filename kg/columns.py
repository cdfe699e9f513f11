"""Facts as columns of numbers: what measures read of a build, without decoding an IRI for each fact.

`columns.npz` is an archive of numpy's. `terms` holds every IRI and text once, sorted, as one run of UTF-8, and `ends`
where in its characters each one ends; every other member is a property of the default graph by its local name
(`attendedBy`, `label@en`, `type`): two rows of numbers of terms, subjects above objects, sorted.

Source: Abadi et al. (2007), Scalable semantic web data management using vertical partitioning, VLDB.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path
from typing import TypeVar
from zipfile import BadZipFile, ZipFile, ZipInfo

import numpy as np
from numpy.typing import NDArray

from kg.errors import StoreError
from kg.prefixes import ONTOLOGY

Rows = NDArray[np.int32]
Taken = TypeVar("Taken")

TYPE = "type"
CLASSES = frozenset(
    f"{ONTOLOGY}#{name}"
    for name in ("City", "Company", "Cooperation", "Forum", "Meeting", "Official", "Organization", "Sector", "Step")
)
"""The classes whose members are kept; of others, and so of all classes at once, only the store can tell."""

_OWN = (
    *("actedAs", "actedFor", "attendedBy", "city", "cooperation", "country", "date", "earliest", "follows", "forum"),
    *("latest", "meeting", "name", "official", "partOf", "party", "post", "postIn", "sector", "stage", "status"),
    *("step", "unitOf", "until"),
)
PROPERTIES: Mapping[str, str] = {
    **{f"{ONTOLOGY}#{name}": name for name in _OWN},
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": TYPE,
    "http://www.w3.org/2000/01/rdf-schema#label": "label",
}
"""Property -> the name of its column. What statements and sources say, half of all facts, is left to the store."""

_NO_ROWS: Rows = np.empty((2, 0), np.int32)


class Columns:
    """The columns of a version, each read when first asked for; a property that is not kept is answered with None."""

    def __init__(self, path: Path) -> None:
        """Look at what there is.

        Raises:
            StoreError: the file is damaged; so whatever reads of it.
        """
        self._path = path
        self._rows: dict[str, Rows] = {}
        self.names = frozenset(self._read(lambda archive: archive.files)) - {"terms", "ends"}

    def _read(self, take: Callable[["np.lib.npyio.NpzFile"], Taken]) -> Taken:
        """Take something of the archive."""
        try:
            with self._path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
                return take(archive)
        except (OSError, ValueError, EOFError, KeyError, BadZipFile) as error:
            raise StoreError(f"cannot read {self._path}: {error}; run `kg build` again") from error

    @cached_property
    def terms(self) -> Sequence[str]:
        """Every IRI and text by its number: in order."""
        text, ends = self._read(lambda archive: (archive["terms"].tobytes().decode(), archive["ends"].tolist()))
        return [text[start:end] for start, end in pairwise((0, *ends))]

    def rows(self, name: str) -> Rows:
        """Return the numbers of subjects and objects in a column; none for a property that nothing has."""
        if name not in self.names:
            return _NO_ROWS
        if name not in self._rows:
            self._rows[name] = self._read(lambda archive: archive[name])
        return self._rows[name]

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]] | None:
        """Return subject and object of every fact with a property, as text."""
        every = self._of(predicate)
        return None if every is None else chain.from_iterable(map(self._pairs, every))

    def texts(self, predicate: str) -> Iterator[tuple[str, str, str]] | None:
        """Return subject, text and language of every fact with a property."""
        every = self._of(predicate)
        if every is None:
            return None
        return ((*pair, tag) for each in every for tag in [each.partition("@")[2]] for pair in self._pairs(each))

    def _of(self, predicate: str) -> list[str] | None:
        """Return the columns of a property: that of things and plain words, and one for each language."""
        name = PROPERTIES.get(predicate)
        if name is None or name == TYPE:
            return None
        return [name, *sorted(each for each in self.names if each.startswith(f"{name}@"))]

    def _pairs(self, name: str) -> Iterator[tuple[str, str]]:
        """Yield the rows of a column as text."""
        subjects, objects = (map(self.terms.__getitem__, row.tolist()) for row in self.rows(name))
        return zip(subjects, objects, strict=True)

    def subjects(self, predicate: str, value: str) -> Iterator[str] | None:
        """Return the subjects of every fact with a property and one thing as object."""
        name = PROPERTIES.get(predicate)
        if name is None or (name == TYPE and value not in CLASSES):
            return None
        place = bisect_left(self.terms, value)
        is_there = place < len(self.terms) and self.terms[place] == value
        subjects, objects = self.rows(name)
        return map(self.terms.__getitem__, subjects[objects == (place if is_there else -1)].tolist())

    def links(self, predicate: str) -> Iterator[tuple[str, list[str]]] | None:
        """Return each object of a property with all its subjects."""
        every = self._of(predicate)
        if every is None:
            return None
        subjects, objects = np.concatenate([*map(self.rows, every)], axis=1)
        order = np.argsort(objects, kind="stable")
        values, starts = np.unique(objects[order], return_index=True)
        found = [self.terms[number] for number in subjects[order].tolist()]
        spans = pairwise([*starts.tolist(), len(found)])
        return ((self.terms[value], found[start:end]) for value, (start, end) in zip(values, spans, strict=True))


def write_columns(path: Path, terms: Sequence[str], rows: Mapping[str, Rows]) -> None:
    """Write columns whose rows hold numbers of terms, in any order; a term that no row uses is left out."""
    used = np.unique(np.concatenate([_NO_ROWS.ravel(), *(each.ravel() for each in rows.values())]))
    order = sorted(used.tolist(), key=terms.__getitem__)
    rank = np.zeros(len(terms), np.int64)
    rank[order] = np.arange(len(order))
    kept = [terms[number] for number in order]
    members: dict[str, NDArray[np.generic]] = {
        "terms": np.frombuffer("".join(kept).encode(), np.uint8),
        "ends": np.cumsum([*map(len, kept)], dtype=np.int64),
    }
    for name in sorted(rows):
        if rows[name].size:
            subjects, objects = rank[rows[name]]
            keys = np.unique(subjects * len(kept) + objects)
            members[name] = np.array(divmod(keys, len(kept)), np.int32)
    with ZipFile(path, "w") as archive:
        for name, member in members.items():
            with archive.open(ZipInfo(f"{name}.npy"), "w", force_zip64=True) as stream:  # which has no clock
                np.lib.format.write_array(stream, member, allow_pickle=False)
