"""What readers yield, and what is found wrong in it: rows of cells, and faults that name a cell as spreadsheets do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

MAX_COLUMNS = 16_384  # what a spreadsheet can hold
MAX_CELL = 1_000_000


class NumberText(str):
    """A cell that a typed format (Excel, Parquet, JSON) holds as a number: leading zeros may be gone."""

    __slots__ = ()


class DayText(str):
    """A cell that a typed format holds as a date: its text is ISO 8601 already."""

    __slots__ = ()


class FormulaText(str):
    """A formula that was never calculated: its text is the formula, not a value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a row: its column (from 0; -1 is the whole row), what was found, a code and the reason."""

    column: int
    value: str
    code: str
    reason: str

    def cell(self, row: int) -> str:
        """Name the cell as spreadsheets do: `B7`; a whole row is `7:7`."""
        return f"{letters(self.column)}{row}" if self.column >= 0 else f"{row}:{row}"


class CellFault(Exception):  # noqa: N818 - a value on its way to the rejects, never seen by a caller
    """Why a cell makes no value; whoever knows the column turns it into a `Fault`."""

    def __init__(self, code: str, reason: str) -> None:
        """Keep both."""
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Row(NamedTuple):
    """A row of a table: its number, counted as the spreadsheet that shows it would, and its cells or a fault."""

    number: int
    cells: Sequence[str]
    fault: Fault | None = None


Rows: TypeAlias = Iterator[Row]


@dataclass(frozen=True)
class Table:
    """A table that is open: the names of its columns, its rows as they come, and what was found out about it."""

    name: str
    columns: tuple[str, ...]
    rows: Rows
    facts: Mapping[str, str] = field(default_factory=dict)


def letters(column: int) -> str:
    """Return a column's letters: 0 is A, 26 is AA."""
    text = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        text = chr(ord("A") + rest) + text
        column -= 1
    return text
