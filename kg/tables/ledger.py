"""Records in as they are made, JSON lines on disk out; an id that comes again finds what was written under it.

Memory holds one number per id and the few records that later rows added to, never the records themselves: so a
million rows fit, and what stands on disk is read back only when an id returns.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import lru_cache
from hashlib import blake2b
from tempfile import TemporaryFile
from typing import Any, BinaryIO, NamedTuple

from kg.errors import shown
from kg.records import BY_PLURAL, Record, from_builtins

_KINDS_BITS = 4


class Held(NamedTuple):
    """A record that stands already: its kind and its fields."""

    plural: str
    fields: dict[str, Any]


class Ledger:
    """Every record of an import, by namespace and id."""

    def __init__(self, cleaning: ExitStack) -> None:
        """Keep files without a name, which are gone when `cleaning` ends."""
        self._cleaning = cleaning
        self._files: dict[str, BinaryIO] = {}
        self._order: list[str] = []
        self._numbers: dict[str, int] = {}
        self._ends: list[int] = []
        self._index: dict[str, dict[int, int]] = {}
        self._changed: dict[tuple[int, int], dict[str, Any]] = {}
        self.counts: dict[str, int] = {}

    def find(self, namespace: str, name: str) -> Held | None:
        """Return what stands under an id, with all that was added to it."""
        found = self._index.get(namespace, {}).get(_key(name))
        if found is None:
            return None
        offset, number = found >> _KINDS_BITS, found & (1 << _KINDS_BITS) - 1
        fields = self._changed.get((number, offset))
        return Held(self._order[number], json.loads(self._line(number, offset)) if fields is None else fields)

    def has(self, namespace: str, name: str) -> bool:
        """Say whether an id stands already."""
        return _key(name) in self._index.get(namespace, {})

    def add(self, namespace: str, plural: str, name: str, line: bytes) -> None:
        """Write a record under a new id; the line is JSON and ends without a newline."""
        if plural not in self._files:
            self._files[plural] = self._cleaning.enter_context(TemporaryFile())  # noqa: SIM115 - closed with the import
            self._order.append(plural)
            self._ends.append(0)
            self._numbers[plural] = len(self._numbers)
            self.counts[plural] = 0
            self._index.setdefault(namespace, {})
        number = self._numbers[plural]
        self._index[namespace][_key(name)] = self._ends[number] << _KINDS_BITS | number
        self._files[plural].write(line + b"\n")
        self._ends[number] += len(line) + 1
        self.counts[plural] += 1

    def change(self, namespace: str, name: str, fields: dict[str, Any]) -> None:
        """Put other fields in the place of those under an id; they stay in memory until all is written."""
        found = self._index[namespace][_key(name)]
        self._changed[found & (1 << _KINDS_BITS) - 1, found >> _KINDS_BITS] = fields

    def plurals(self) -> list[str]:
        """Return the kinds held, by name."""
        return sorted(self._order)

    def lines(self, plural: str) -> Iterator[bytes]:
        """Yield the records of a kind as JSON, each with its newline, in the order they came."""
        number, file, offset = self._numbers[plural], self._files[plural], 0
        file.flush()
        file.seek(0)
        for line in file:
            changed = self._changed.get((number, offset))
            offset += len(line)
            yield line if changed is None else to_line(_record(plural, changed)) + b"\n"

    def _line(self, number: int, offset: int) -> bytes:
        """Read one line back."""
        file = self._files[self._order[number]]
        file.seek(offset)
        line = file.readline()
        file.seek(0, os.SEEK_END)
        return line.rstrip(b"\n")


@lru_cache(maxsize=64)  # a record asks for its key more than once, one after the other
def _key(name: str) -> int:
    """Return 64 bits that stand for an id; two ids of a million share them once in 30 million imports."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")


def to_line(record: Record) -> bytes:
    """Return a record as a line of JSON, its kind first."""
    text = record.model_dump_json(by_alias=True, exclude_defaults=True)
    return f'{{"kind":"{record.kind}",{text[1:]}'.encode()


def _record(plural: str, fields: Mapping[str, Any]) -> Record:
    """Return the record of some fields, checked again after rows were joined."""
    return from_builtins(BY_PLURAL[plural], {name: value for name, value in fields.items() if name != "kind"})


def merge(first: dict[str, Any], later: Mapping[str, Any], *, join: bool) -> tuple[bool, list[str]]:
    """Add to `first` what a later row says of the same record; return whether anything was added, and what differs.

    Where they differ, the first stands. A name written otherwise becomes an alias. What the first row left out is
    filled in. With `join` the lists of both are united, evidence too; else the evidence of a later row is kept only
    for what it adds.
    """
    differ, filled, changed = list[str](), list[str](), False
    for field, value in later.items():
        if field in ("id", "kind", "evidence"):
            continue
        if field not in first:
            first[field] = value
            filled.append(field)
        elif value == first[field]:
            continue
        elif field == "name" and not join:
            if value not in first.get("aliases", ()):
                first.setdefault("aliases", []).append(value)
                changed = True
        elif isinstance(value, list) and (join or field == "aliases"):
            new = [one for one in value if not _stands(one, first[field])]
            first[field] += new
            changed = changed or bool(new)
        else:
            differ.append(field)
    statements = later.get("evidence", ())
    if join:
        first.setdefault("evidence", []).extend(statements)
    elif filled:
        first.setdefault("evidence", []).extend({**one, "supports": filled} for one in statements)
    return changed or join or bool(filled), differ


def _stands(value: object, among: list[Any]) -> bool:
    """Say whether a list holds a value, or a person, party or step of the same id."""
    if not isinstance(value, dict):
        return value in among or any(isinstance(one, dict) and one.get("party") == value for one in among)
    keys = [key for key in ("official", "party", "id") if key in value]
    return any(isinstance(one, dict) and keys and all(one.get(key) == value[key] for key in keys) for one in among) or (
        value in among
    )


def same_facts(first: Mapping[str, Any], later: Mapping[str, Any]) -> bool:
    """Say whether two records say the same, whoever says it."""
    return {**first, "evidence": 0, "kind": 0} == {**later, "evidence": 0, "kind": 0}


def row_of(fields: Mapping[str, Any]) -> str:
    """Return the row that a record came from."""
    return next((str(one.get("at")) for one in fields.get("evidence", ()) if one.get("at")), "the mapping")


def brief(value: object) -> str:
    """Show a value in a few words."""
    return (
        shown(value)
        if isinstance(value, str | int | float)
        else shown(json.dumps(value, ensure_ascii=False, default=str))
    )
