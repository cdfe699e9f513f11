"""A CSV file in, one record a row out, with every finding on the way.

The file's name says the kind: `meetings.csv`, `meetings-2025.csv`, `meetings.makassar.csv`. The first
row names the fields; an empty cell is a field left out. Headers and cells are written so:

| header | cell |
|---|---|
| `date` | one value |
| `at.city`, `name.en`, `evidence.source` | a field inside a field, a language, a field of the first item of a list |
| `evidence.2.source`, `aliases.1.ja` | the same of item 2, item 1: items count from 1 |
| `sectors`, `observed`, `evidence.supports` | a list, its items parted by `;` |
| `parties` | a list of `party` or `party:role` |
| `people` | a list of `official`, `official@post`, `official:role` or `official@post:role` |
| `rulings.date`, `evidence.claims.at.city` | one value under a key of its own |
| `evidence.claims.parties.1` | one of a list of such values |

A leading `'` before `=`, `+`, `-` or `@` keeps spreadsheets from running a cell; it is no part of the value. After a
leading `''` the value stands as it is, blanks at its ends too; alone in the cell of a list it is a list without items.
An issue's line is the row's first, its column the number of the cell, its path the header.
"""

import csv
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from kg.errors import Issue, Location, count, did_you_mean, shown
from kg.read.content import empty, iter_lines
from kg.read.entry import Entry, FieldPath
from kg.read.findings import admit
from kg.read.headers import Column, dense, find_cell, read_header
from kg.records import BY_PLURAL, Record

MAX_LINE = 1024 * 1024
EXACT = "''"
GUARDED = re.compile(r"'\s*[=+\-@]")


class _Lines:
    """The lines of a file for the csv module; what is wrong with one gathers in `issues`."""

    def __init__(self, path: Path, name: str) -> None:
        """Start at the first line."""
        self.issues: list[Issue] = []
        self._lines = iter_lines(path, name, limit=MAX_LINE)

    def __iter__(self) -> Iterator[str]:
        """Yield text; a line that is none is left empty, so that line numbers stay right."""
        for line in self._lines:
            if isinstance(line, Issue):
                self.issues.append(line)
                yield "\n"
            else:
                yield line[2]


def read_csv(path: Path, name: str) -> Iterator[Entry | Issue]:
    """Yield the records of a CSV file and everything wrong with it."""
    stem = re.split(r"[.-]", path.name)[0]
    kind = BY_PLURAL.get(stem)
    if kind is None:
        hint = did_you_mean(stem, BY_PLURAL) or f"; expected one of {', '.join(BY_PLURAL)}"
        yield Issue(
            Location(name), "error", "unknown-kind", f"the name of a CSV file begins with its kind: {shown(stem)}{hint}"
        )
        return
    lines = _Lines(path, name)
    columns: list[Column] | None = None
    for line, cells in _rows(lines, name):
        yield from _told(lines)
        if isinstance(cells, Issue):
            yield cells
        elif columns is None:
            columns, issues = read_header(kind, cells, Location(name, line))
            yield from issues
            if not columns:
                return
        else:
            yield from _row(kind, columns, cells, Location(name, line))
    if columns is None and not lines.issues:
        yield empty(name)
    yield from _told(lines)


def _told(lines: _Lines) -> Iterator[Issue]:
    """Yield the issues gathered so far, and forget them."""
    yield from lines.issues
    lines.issues.clear()


def _rows(lines: _Lines, name: str) -> Iterator[tuple[int, list[str] | Issue]]:
    """Yield the first line of each row that is not blank, and its cells."""
    reader, line = csv.reader(iter(lines), strict=True), 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, Issue(Location(name, line), "error", "bad-csv", f"not valid CSV: {error}")
            return
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _row(kind: type[Record], columns: list[Column], cells: list[str], at: Location) -> Iterator[Entry | Issue]:
    """Yield the record of one row, or what is wrong with it."""
    if len(cells) != len(columns):
        message = f"found {count(len(cells), 'cell')}; expected {len(columns)}, as in the header"
        yield Issue(at, "error", "bad-csv", message)
        return
    texts = [_text(cell) for cell in cells]
    filled = tuple(index for index, cell in enumerate(cells) if columns[index].path and cell.strip())
    locate = partial(find_cell, at, columns, filled)
    fields: dict[str | int, Any] = {}
    clash = False
    for index, path in zip(filled, dense([columns[index].path for index in filled]), strict=True):
        value = _items(columns[index], texts[index]) if columns[index].many else texts[index]
        if not _put(fields, path, value):
            clash = True
            message = f"the columns of {shown(str(path[0]))} exclude each other; fill one of them"
            yield Issue(Location(at.file, at.line, index + 1, columns[index].header), "error", "duplicate-key", message)
    if not clash:
        for result in admit(kind, _listed(fields), locate):
            if not (isinstance(result, Issue) and _has_no_column(result, columns)):
                yield result


def _has_no_column(issue: Issue, columns: list[Column]) -> bool:
    """Say whether a missing field is missing in every row: that stands under the header already."""
    return issue.code == "missing-field" and issue.at.path not in {
        str(part) for column in columns for part in column.path[:1]
    }


def _text(cell: str) -> str:
    """Return what a cell says, without the guard that keeps spreadsheets from running it."""
    if cell.startswith(EXACT):
        return cell.removeprefix(EXACT)
    text = cell.strip()
    return text[1:].strip() if GUARDED.match(text) else text


def _items(column: Column, text: str) -> list[Any]:
    """Split a list; people and parties may carry a post and a role."""
    items = [item.strip() for item in text.split(";")]
    if column.path == ("people",):
        return [_person(item) for item in items if item]
    if column.path == ("parties",):
        return [_party(item) for item in items if item]
    return [item for item in items if item]


def _person(item: str) -> dict[str, str]:
    """Read `official@post:role`."""
    before, colon, role = item.partition(":")
    official, at, post = before.partition("@")
    person = {"official": official.strip()}
    person |= {"as": post.strip()} if at else {}
    return person | ({"role": role.strip()} if colon else {})


def _party(item: str) -> str | dict[str, str]:
    """Read `party` or `party:role`."""
    party, colon, role = item.partition(":")
    return {"party": party.strip(), "role": role.strip()} if colon else item


def _put(fields: dict[str | int, Any], path: FieldPath, value: object) -> bool:
    """Set a nested value; say no where another column already set what is around or inside it."""
    *before, last = path
    for part in before:
        fields = fields.setdefault(part, {})
        if not isinstance(fields, dict):
            return False
    return fields.setdefault(last, value) is value


def _listed(value: Any) -> Any:  # noqa: ANN401  (nested values)
    """Turn mappings whose keys are numbers into lists."""
    if not isinstance(value, dict):
        return value
    if value and all(isinstance(key, int) for key in value):
        return [_listed(value[key]) for key in sorted(value)]
    return {key: _listed(inner) for key, inner in value.items()}
