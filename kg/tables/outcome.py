"""What becomes of rows: counts that add up, and the lists of rejects and notes as CSV that no spreadsheet runs."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from kg.errors import shown
from kg.tables.row import Fault

HEADER = "row,cell,column,value,code,reason\n"
_RISKY = re.compile(r"[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001 - spreadsheets take the wide forms too
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_LONGEST = 500


@dataclass
class Outcome:
    """The counts of one import; `rows` is always the sum of made, repeated, rejected and those left out."""

    table: str
    facts: Mapping[str, str]
    unused: tuple[str, ...] = ()
    rows: int = 0
    made: int = 0
    joined: int = 0
    repeated: int = 0
    rejected: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    notes: Counter[tuple[str, str]] = field(default_factory=Counter)
    records: dict[str, int] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        """Say whether every row read is accounted for."""
        return self.rows == self.made + self.repeated + self.rejected + self.left_out.total()

    def to_json(self) -> dict[str, object]:
        """Return all counts as plain values, the most frequent reasons first."""
        return {
            "table": self.table,
            **self.facts,
            "rows": self.rows,
            "made": self.made,
            "joined": self.joined,
            "repeated": self.repeated,
            "left_out": dict(sorted(self.left_out.items())),
            "rejected": self.rejected,
            "reasons": [{"column": column, "code": code, "rows": n} for (column, code), n in _most(self.reasons)],
            "notes": [{"column": column, "code": code, "cells": n} for (column, code), n in _most(self.notes)],
            "unused_columns": list(self.unused),
            "records": self.records,
        }


class Listing:
    """A CSV of faults, written as they come."""

    def __init__(self, stream: BinaryIO | None, columns: tuple[str, ...]) -> None:
        """Write the header."""
        self._stream = stream
        self._columns = columns
        if stream:
            stream.write(HEADER.encode())

    def add(self, row: int, fault: Fault) -> None:
        """Write one line."""
        if self._stream:
            value = fault.value if len(fault.value) <= _LONGEST else f"{fault.value[:_LONGEST]}…"
            cells = [str(row), fault.cell(row), self.name(fault.column), value, fault.code, fault.reason]
            self._stream.write((",".join(map(_quoted, cells)) + "\n").encode("utf-8", "backslashreplace"))

    def name(self, column: int) -> str:
        """Return the header of a column; the whole row has none."""
        return self._columns[column] if 0 <= column < len(self._columns) else ""


def _quoted(text: str) -> str:
    """Return a CSV cell that a spreadsheet takes as text."""
    risky = _RISKY.match(text) and not _NUMBER.fullmatch(text)
    plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", lambda found: f"\\x{ord(found[0]):02x}", text)
    guarded = f"'{plain}" if risky else plain
    return '"' + guarded.replace('"', '""') + '"' if re.search('[",\r\n]', guarded) else guarded


def _most(counts: Counter[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    """Return counts, the largest first, then by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def summary(outcome: Outcome, *, most: int = 10) -> Iterator[str]:
    """Yield the lines that tell a person what became of the rows."""
    facts = ", ".join(f"{name} {value}" for name, value in outcome.facts.items())
    yield f"{outcome.table}: {facts}"
    if outcome.unused:
        yield f"columns not used: {', '.join(_names(outcome.unused))}"
    yield f"{outcome.rows:>10,} rows read"
    joined = f" (of them {outcome.joined:,} joined what an earlier row made)" if outcome.joined else ""
    yield f"{outcome.made:>10,} made records{joined}"
    if outcome.repeated:
        yield f"{outcome.repeated:>10,} repeated an earlier row"
    for because, number in sorted(outcome.left_out.items()):
        yield f"{number:>10,} left out: {because}"
    yield f"{outcome.rejected:>10,} rejected"
    yield from _table("reasons of rejection", outcome.reasons, most)
    yield from _table("noted in cells", outcome.notes, most)
    yield "records: " + ", ".join(f"{number:,} {plural}" for plural, number in outcome.records.items())


def _names(names: Iterable[str], most: int = 20) -> list[str]:
    """Return a few names, in order, and how many more there are."""
    listed = list(names)
    more = [f"and {len(listed) - most:,} more"] if len(listed) > most else []
    return [*(name if name.isprintable() and name else shown(name) for name in listed[:most]), *more]


def _table(heading: str, counts: Counter[tuple[str, str]], most: int) -> Iterator[str]:
    """Yield the most frequent of something, and how many there are beside."""
    if not counts:
        return
    ordered = _most(counts)
    yield f"{heading}:"
    for (column, code), number in ordered[:most]:
        yield f"{number:>10,} {code}{f' in {column}' if column else ''}"
    if ordered[most:]:
        yield f"{sum(number for _, number in ordered[most:]):>10,} others"
