"""A packed Excel file in, what it would unpack to out: looked at in pieces, thrown away as they come.

A library that reads sheets holds them whole, and as a grid: two cells far apart take the memory of all between them.
So the extent is known before a library sees the file, and with it the cells that the library would give as empty:
those of a formula that has no value yet, and those that hold an error.
"""

import re
import zipfile
import zlib
from typing import IO, NamedTuple

from kg.errors import Location, TableError, shown
from kg.tables.opening import Bytes
from kg.tables.row import MAX_COLUMNS, FormulaText

_UNPACKED = 512 * 1024**2
_TEXT = 16 * 1024**2  # without a tag between: five hundred times what Excel lets a cell hold
_CELLS = 40_000_000  # as a grid, about a gigabyte
_PARTS = 10_000
_CHUNK = 1 << 20
_START = rb'<(?:\w+:)?c\b[^>]{0,300}?\br="([A-Z]{1,3})(\d{1,7})"[^>]{0,300}?'
_CELL = re.compile(_START + rb"/?>")
_FORMULA = rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
_OPEN_FORMULA = re.compile(
    _START + rb">\s*" + _FORMULA + rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(
    _START + rb'\bt="e"[^>]{0,300}>\s*(?:' + _FORMULA + rb")?<(?:\w+:)?v>(#[A-Z0-9/_]{1,20}[?!]?)</(?:\w+:)?v>"
)


class Seen(NamedTuple):
    """What a look at a sheet found: its extent, and the cells (row, column from 0) that only seem to be empty."""

    rows: int
    columns: int
    hollow: dict[tuple[int, int], str]
    size: int


def look(data: Bytes) -> dict[int, Seen]:
    """Return what each sheet of an Excel file holds, numbered as its parts are.

    Raises:
        TableError: it is no such file, a damaged one, or one that unpacks to too much.
    """
    try:
        with data.open() as stream, zipfile.ZipFile(stream) as archive:
            return _look(archive, Location(data.name))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise TableError(f"no Excel file, or a damaged one: {error}", Location(data.name)) from error


def _look(archive: zipfile.ZipFile, at: Location) -> dict[int, Seen]:
    """Look at every part, because any of them may be the bomb."""
    parts = archive.infolist()
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
        raise TableError(f"would unpack to more than {_UNPACKED:,} bytes or {_PARTS:,} parts; not read", at)
    sheets = [part.filename for part in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", part.filename)]
    sheets.sort(key=lambda name: (len(name), name))
    found: dict[int, Seen] = {}
    total = 0
    for part in parts:
        with archive.open(part) as unpacking:
            seen = _look_at(unpacking)
        if seen is None:
            raise TableError(f"{shown(part.filename)} holds a text of more than {_TEXT:,} bytes; not read", at)
        total += seen.size
        if total > _UNPACKED or seen.rows * seen.columns > _CELLS or seen.columns > MAX_COLUMNS:
            grid = f"{seen.rows:,} rows of {seen.columns:,} columns"
            raise TableError(f"{shown(part.filename)} would unpack to {grid}; not read", at)
        if part.filename in sheets:
            found[sheets.index(part.filename)] = seen
    return found


def _look_at(unpacking: IO[bytes]) -> Seen | None:
    """Return what one part holds; None when a text in it is too long to be a cell's."""
    rows = columns = size = run = 0
    hollow: dict[tuple[int, int], str] = {}
    rest = b""
    while True:
        piece = unpacking.read(_CHUNK)
        size += len(piece)
        run = len(piece) - 1 - piece.rfind(b"<") + (0 if b"<" in piece else run)
        if run > _TEXT:
            return None
        text = rest + piece
        whole = text.rfind(b"</c>") + len(b"</c>")
        cut = len(text) if not piece else whole if whole > len(b"</c>") else max(0, len(text) - 1000)
        for cell in _CELL.finditer(text, 0, cut):
            rows, columns = max(rows, int(cell[2])), max(columns, column_number(cell[1]) + 1)
        for cell in _OPEN_FORMULA.finditer(text, 0, cut):
            hollow[int(cell[2]) - 1, column_number(cell[1])] = FormulaText(f"={(cell[1] + cell[2]).decode()}")
        for cell in _ERROR.finditer(text, 0, cut) if b't="e"' in text else ():
            hollow[int(cell[2]) - 1, column_number(cell[1])] = cell[3].decode()
        if not piece:
            return Seen(rows, columns, hollow, size)
        rest = text[cut:]


def column_number(name: bytes) -> int:
    """Return a column's number: A is 0."""
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number - 1
