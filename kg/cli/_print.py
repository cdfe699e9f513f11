"""Print tables and JSON: plain text that lines up in any script, with nothing in it that a terminal obeys."""

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

import click

from kg.errors import ExportError

if TYPE_CHECKING:
    from pathlib import Path

_CONTROL = "[\x00-\x1f\x7f-\x9f\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # none is printable

QUIET = "kg.quiet"
"""Where a command's context holds whether words are wanted."""
_PIECE = re.compile(r"\S+\s*|\s+")


def clean(text: str) -> str:
    """Replace control and direction-changing characters, so that data cannot steer the terminal."""
    if text.isprintable():
        return text
    return re.sub(_CONTROL, lambda match: " " if match[0] in "\n\t" else f"\\x{ord(match[0]):02x}", text)


def tell(words: str) -> None:
    """Say something to the person at the terminal: to stderr, and not at all with `kg --quiet`."""
    if not is_quiet():
        click.echo(clean(words), err=True)


def is_quiet() -> bool:
    """Say whether `kg --quiet` was asked for."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(QUIET))


def width(text: str) -> int:
    """Return how many columns a text takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under their headings, columns aligned; numbers to the right.

    On a terminal, long cells are wrapped so that a row fits its width; elsewhere a row is one line.
    """
    raw = [[_cell(value) for value in row] for row in rows]
    widths = [max([width(column), *(width(row[i]) for row in raw)]) for i, column in enumerate(columns)]
    numeric = [bool(raw) and all(_is_number(row[i]) for row in raw) for i in range(len(columns))]
    if sys.stdout.isatty():
        import shutil

        widths = _fit(widths, shutil.get_terminal_size().columns)
    lines = []
    for row in [list(columns), ["-" * size for size in widths], *raw]:
        wrapped = [_wrap(cell, size) for cell, size in zip(row, widths, strict=True)]
        for line in zip_longest(*wrapped, fillvalue=""):
            cells = [_pad(cell, size, right=right) for cell, size, right in zip(line, widths, numeric, strict=True)]
            lines.append("  ".join(cells).rstrip())
    click.echo("\n".join(lines))


def _fit(widths: Sequence[int], room: int) -> list[int]:
    """Shrink the widest columns until a row fits, none below 12."""
    fitted = list(widths)
    while sum(fitted) + 2 * (len(fitted) - 1) > room and max(fitted) > 12:  # noqa: PLR2004
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _wrap(cell: str, size: int) -> list[str]:
    """Break a cell into lines of at most `size` columns, at blanks where it has them."""
    if width(cell) <= size:
        return [cell.rstrip()]
    lines, line = [], ""
    for piece in _PIECE.findall(cell):
        if line and width(line) + width(piece.rstrip()) > size:
            lines.append(line.rstrip())
            line = ""
        for character in piece if width(piece) > size else (piece,):
            if width(line) + width(character.rstrip()) > size:
                lines.append(line)
                line = ""
            line += character
    return [*lines, line.rstrip()]


def _cell(value: object) -> str:
    """Return one value as text; what is absent is empty."""
    return "" if value is None else clean(str(value))


def _is_number(cell: str) -> bool:
    """Say whether a cell reads as a number (or is empty beside numbers)."""
    return not cell or re.fullmatch(r"-?\d+(\.\d+)?%?", cell) is not None


def _pad(cell: str, size: int, *, right: bool) -> str:
    """Fill a cell with spaces up to its column's width."""
    gap = " " * (size - width(cell))
    return gap + cell if right else cell + gap


def print_json(value: object) -> None:
    """Print JSON for programs: UTF-8, two spaces, keys in the order given."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    # JSON escapes the oldest control characters itself; the rest would reach a terminal as they are.
    lines = (re.sub(_CONTROL, lambda match: f"\\u{ord(match[0]):04x}", line) for line in text.split("\n"))
    click.echo("\n".join(lines))


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[object]], *, as_json: bool) -> None:
    """Print rows as a table, or as a JSON list of objects."""
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table(columns, rows)


def print_counts(heading: str, counts: Mapping[str, int]) -> None:
    """Print one line a count, under a heading."""
    click.echo(f"{heading}:")
    size = max([width(name) for name in counts], default=0)
    for name, count in counts.items():
        click.echo(f"  {_pad(clean(name), size, right=False)}  {count:>8,}")


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV, cells that a spreadsheet would compute made plain text.

    Source: OWASP, "CSV Injection": a leading `=`, `+`, `-`, `@`, tab or carriage return gets an apostrophe.
    """
    import csv
    from io import StringIO

    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([guard_cell(value) for value in row] for row in rows)
    return stream.getvalue()


def guard_cell(value: object) -> str:
    """Return one CSV cell that no spreadsheet runs; numbers stay numbers."""
    text = "" if value is None else str(value)
    risky = text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _is_number(text)
    return f"'{text}" if risky else text


def write_page(path: "str | Path", page: bytes) -> None:
    """Write a page in one move: a reader sees the old one or the new one.

    Raises:
        ExportError: the place cannot be written.
    """
    from pathlib import Path

    from kg.store import write_atomically

    if Path(path).is_dir():
        raise ExportError(f"cannot write {path}: it is a folder")
    try:
        write_atomically(Path(path), page)
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror or error}") from error
