"""JSON and JSONL in, rows out: an object is a row, its keys are columns; what is nested goes by dotted names."""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from kg.errors import Location, TableError, shown
from kg.tables.encodings import detect_encoding, known_encoding
from kg.tables.mapping import TableRule
from kg.tables.opening import Bytes, text_of
from kg.tables.row import MAX_COLUMNS, Fault, NumberText, Row, Rows, Table

MAX_LINE = 16 * 1024 * 1024
MAX_JSON = 256 * 1024 * 1024
_LOOK = 1000  # rows looked at for their keys before the first is handed on
_DEPTH = 5


def read_objects(data: Bytes, rule: TableRule) -> Table:
    """Open a JSON list of objects, or JSON objects a line.

    The columns are the keys of the first thousand objects; a key that first comes later is a fault of its row.

    Raises:
        TableError: the file is no such thing.
    """
    try:
        encoding = known_encoding(rule.encoding) if rule.encoding else detect_encoding(data.open, data.name).name
    except (OSError, EOFError, zlib.error) as error:
        raise TableError(f"cut off or not to be unpacked: {error}", Location(data.name)) from error
    found = _lines(data, encoding) if data.format == "jsonl" else _list(data, encoding)
    first = [one for _, one in zip(range(_LOOK), found, strict=False)]
    names: dict[str, None] = {}
    for _, value in first:
        names.update(dict.fromkeys(value if isinstance(value, Mapping) else ()))
    if not names:
        raise TableError("found no objects; expected a list of them, or one a line", Location(data.name))
    if len(names) > MAX_COLUMNS:
        raise TableError(f"found more than {MAX_COLUMNS:,} keys", Location(data.name))
    columns = tuple(names)
    return Table(data.name, columns, _rows(chain(first, found), columns), {"format": data.format, "encoding": encoding})


def _rows(found: Iterable[tuple[int, Any]], columns: tuple[str, ...]) -> Rows:
    """Yield each object as a row."""
    known = frozenset(columns)
    for number, value in found:
        if isinstance(value, Fault):
            yield Row(number, (), value)
        elif not value.keys() <= known:
            new = next(key for key in value if key not in known)
            yield Row(
                number, (), Fault(-1, "", "new-column", f"the key {shown(new)} is in none of the first {_LOOK} objects")
            )
        elif any(value.values()):
            yield Row(number, [value.get(column, "") for column in columns])


def _lines(data: Bytes, encoding: str) -> Iterator[tuple[int, Any]]:
    """Yield the object of each line."""
    number = 0
    with text_of(data, encoding) as stream:
        while True:
            try:
                line = stream.readline(MAX_LINE + 1)
            except (UnicodeDecodeError, OSError, EOFError, zlib.error) as error:
                raise TableError(
                    f"cut off or damaged after line {number}: {error}", Location(data.name, number)
                ) from error
            if not line:
                return
            number += 1
            if len(line) > MAX_LINE:
                raise TableError(f"found a line of more than {MAX_LINE:,} characters", Location(data.name, number))
            if line.strip():
                yield number, _parsed(line)


def _list(data: Bytes, encoding: str) -> Iterator[tuple[int, Any]]:
    """Yield the objects of a list, counted from 1; a list inside an object will do when it is the only one."""
    try:
        with text_of(data, encoding) as stream:
            text = stream.read(MAX_JSON + 1)
    except (UnicodeDecodeError, OSError, EOFError, zlib.error) as error:
        raise TableError(f"cut off or damaged: {error}", Location(data.name)) from error
    if len(text) > MAX_JSON:
        raise TableError(
            f"found more than {MAX_JSON:,} characters; write one object a line (.jsonl)", Location(data.name)
        )
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise TableError(f"not valid JSON: {error.msg}", Location(data.name, error.lineno, error.colno)) from error
    except (RecursionError, ValueError) as error:
        raise TableError("not valid JSON: too deep, or a number too long", Location(data.name)) from error
    if isinstance(value, dict):
        lists = [one for one in value.values() if isinstance(one, list)]
        value = lists[0] if len(lists) == 1 else value
    if not isinstance(value, list):
        raise TableError("expected a list of objects", Location(data.name))
    for number, one in enumerate(value, start=1):
        yield number, _flat_or_fault(one)


def _parsed(line: str) -> Any:  # noqa: ANN401 - an object as a flat mapping, or a fault
    """Parse one line."""
    try:
        return _flat_or_fault(json.loads(line))
    except (ValueError, RecursionError) as error:
        return Fault(-1, line[:200], "bad-json", f"not valid JSON: {error}")


def _flat_or_fault(value: object) -> Any:  # noqa: ANN401
    """Return an object as a flat mapping of texts, or why it is none."""
    if not isinstance(value, dict):
        return Fault(-1, shown(value), "no-object", f"found {shown(value)}; expected an object")
    try:
        return dict(_flat(value, "", 0))
    except ValueError as error:
        return Fault(-1, "", "too-deep", str(error))


def _flat(value: Mapping[str, Any], before: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield dotted keys and texts; a list is text again, as JSON, for `split: json-list`."""
    if depth > _DEPTH:
        raise ValueError(f"found more than {_DEPTH} objects inside each other")
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from _flat(inner, f"{before}{key}.", depth + 1)
        else:
            yield f"{before}{key}", to_text(inner)


def to_text(value: object) -> str:
    """Return a value as the text of a cell."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode() if not value.isascii() else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15  # noqa: PLR2004
        return NumberText(int(value) if whole else value)
    return json.dumps(value, ensure_ascii=False)
