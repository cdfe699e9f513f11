"""Records of changed files in, whether a collection that was right is right still: only what they touch is looked at.

What is found of a record follows from the record and from those it asks: the ones it names, and the tenures of the
officials and posts it names. So the records to look at are the changed ones and those that name them, each among
what it asks. The others stay lines, in which ids are found as words: a word too many costs time and nothing else.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from kg.build.kept import KeptFile, as_json, kept_entry, kept_heading
from kg.check import check_records
from kg.check.references import CHAINS, links
from kg.families import ties
from kg.read import Entry
from kg.records import Record, Source, Tenure
from kg.resources import sector_ids

_ID = re.compile(rb'"([a-z0-9-]+)"(?!:)')
_Line: TypeAlias = tuple[str, bytes]
"""The name of a file, and a line that was kept of it."""


class Unchanged:
    """Records of files that have not changed, found by their id or by an id they name, and read when asked for."""

    def __init__(self, files: Iterable[KeptFile]) -> None:
        """Note what each is called, and whom the tenures are of."""
        self._lines = [(file.name, text) for file in files for text in file.lines]
        self._called: dict[bytes, list[_Line]] = defaultdict(list)
        self._held: dict[bytes, list[_Line]] = defaultdict(list)
        self._read: dict[_Line, Entry] = {}
        for line in self._lines:
            _, kind, name = kept_heading(line[1])
            self._called[name.encode()].append(line)
            if kind is Tenure:
                for word in _ID.findall(line[1]):
                    self._held[word].append(line)

    def naming(self, ids: set[bytes]) -> list[Entry]:
        """Return the records that have one of these ids in them."""
        return [self._entry(line) for line in self._lines if not ids.isdisjoint(_ID.findall(line[1]))]

    def asked_by(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return the records that those given name or are called like, and the tenures that name the same."""
        words = {word for entry in entries for word in _words(entry.record)}
        lines = {line for word in words for found in (self._called, self._held) for line in found.get(word, ())}
        return [self._entry(line) for line in sorted(lines)]

    def led_to(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return the records that chains of references lead to from those given."""
        found, waiting = dict[int, Entry](), [*entries]
        while waiting:
            entry = waiting.pop()
            for _, name in links(entry) if entry.record.namespace in CHAINS else ():
                following = [self._entry(line) for line in self._called.get(name.encode(), ())]
                waiting += (one for one in following if id(one) not in found)
                found |= {id(one): one for one in following}
        return list(found.values())

    def _entry(self, line: _Line) -> Entry:
        """Read a record, once."""
        if line not in self._read:
            self._read[line] = kept_entry(*line)
        return self._read[line]


def are_right_still(unchanged: Unchanged, gone: Sequence[Record], new: Sequence[Entry]) -> bool:
    """Say whether nothing is found, and no source changes its family, when records give way to new ones."""
    changed = _changed(gone, [entry.record for entry in new])
    near = unchanged.naming({word for record in changed for word in _touched(record)})
    if not _tie_the_same(gone, [entry.record for entry in new]) or (
        any(isinstance(record, Source) for record in changed) and any(ties(entry.record) for entry in near)
    ):
        return False
    looked_at = {id(entry): entry for entry in (*new, *near)}
    others = {id(entry): entry for entry in (*unchanged.asked_by(looked_at.values()), *unchanged.led_to(new))}
    asked = [entry for key, entry in others.items() if key not in looked_at]
    issues = check_records([*looked_at.values()], known_sectors=sector_ids(), others=asked)
    return next(iter(issues), None) is None


def _changed(gone: Iterable[Record], new: Iterable[Record]) -> list[Record]:
    """Return the records that went, came or are others now, as they were and as they are, of each id once."""
    before, after = ({(record.namespace, record.id): record for record in some} for some in (gone, new))
    return [
        record
        for some, others in ((before, after), (after, before))
        for key, record in some.items()
        if others.get(key) != record
    ]


def _touched(record: Record) -> set[bytes]:
    """Return the ids whose bearers, or those that name them, a change of a record can concern."""
    ids = {record.id, record.official, record.post} if isinstance(record, Tenure) else {record.id}
    return {each.encode() for each in ids}


def _words(record: Record) -> list[bytes]:
    """Return all words of a record that may be ids, its own too."""
    found: list[bytes] = _ID.findall(as_json(record).encode())
    return found


def _tie_the_same(gone: Iterable[Record], new: Iterable[Record]) -> bool:
    """Say whether the same sources, quotes and summaries can tie sources into families after a change as before."""
    before, after = (
        {(each.namespace, each.id): found for each in some if (found := ties(each))} for some in (gone, new)
    )
    return before == after
