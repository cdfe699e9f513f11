"""Sorted lines -> one subject at a time, and IRIs shortened by the prefixes in use."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter, methodcaller
from typing import Generic, TypeVar

TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
Triple = list[bytes]
"""Subject, predicate and object, in N-Triples."""

T = TypeVar("T")
_MOST_KEPT = 1 << 16
_split = methodcaller("split", b" ", 2)
_subject_of = itemgetter(0)

# Every local name this takes is one in Turtle as it stands; what it leaves is written as a full IRI.
_LOCAL = re.compile(rb"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


def iter_subjects(lines: Iterable[bytes]) -> Iterator[tuple[bytes, Iterator[Triple]]]:
    """Yield each subject with its triples, which are sorted and to be walked before the next subject is asked for."""
    return groupby(map(_split, lines), _subject_of)


class Kept(dict[bytes, T], Generic[T]):
    """What was worked out for a term is kept, but for so many terms only: memory stays flat."""

    def work_out(self, term: bytes) -> T:
        """Return what stands for a term."""
        raise NotImplementedError

    def __missing__(self, term: bytes) -> T:
        """Work it out, once for as long as it is kept."""
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[term] = found = self.work_out(term)
        return found


class Shortener(Kept[bytes]):
    """`<IRI>` -> `prefix:local`, or the IRI as it was where no prefix fits."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        """Take prefix -> namespace; a namespace ends in `/` or `#`."""
        super().__init__()
        self._prefix = {name.encode(): prefix.encode() for prefix, name in sorted(prefixes.items(), reverse=True)}

    def work_out(self, term: bytes) -> bytes:
        """Return the short form of an IRI."""
        cut = max(term.rfind(b"/"), term.rfind(b"#")) + 1
        namespace, local = term[1:cut], term[cut:-1]
        prefix = self._prefix.get(namespace)
        return b"%b:%b" % (prefix, local) if prefix is not None and _LOCAL.fullmatch(local) else term
