"""A JSON or JSONL file in, its records out one by one, with every finding on the way.

A JSON file is one object of plural kinds to lists of records; a line of a JSONL file is one record
with its `kind` beside its fields. Duplicate keys, null, NaN and the infinities are findings. A field's
place is found only when somebody asks, by walking the text from where its record begins.
"""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from kg.errors import Issue, Location, did_you_mean, shown
from kg.read.content import empty, iter_lines, read_text
from kg.read.cursor import Constant, Cursor, Pairs
from kg.read.entry import Entry, FieldPath, spell
from kg.read.findings import HOLE, admit
from kg.read.plain import plain_record
from kg.records import BY_KIND, BY_PLURAL, Record

MAX_BYTES = 256 * 1024 * 1024
MAX_LINE = 16 * 1024 * 1024
MAX_DEPTH = 20


class JsonFile:
    """One JSON file; it finds the places of its records' fields by reading itself again."""

    def __init__(self, path: Path, name: str) -> None:
        """Remember the path and the name to show."""
        self.path = path
        self.name = name
        self._cursor: Cursor | None = None

    def locate(self, offset: int, path: FieldPath, *, key: bool = False) -> Location:
        """Return the place of a field of the record that begins at `offset`."""
        if self._cursor is None:
            text = read_text(self.path, self.name, limit=MAX_BYTES)
            self._cursor = Cursor(text if isinstance(text, str) else "", Location(self.name))
        return self._cursor.locate(offset, path, key=key)


def read_json(path: Path, name: str) -> Iterator[Entry | Issue]:
    """Yield the records of a JSON file and everything wrong with it."""
    text = read_text(path, name, limit=MAX_BYTES)
    if isinstance(text, Issue):
        yield text
        return
    file, cursor = JsonFile(path, name), Cursor(text, Location(name))
    try:
        for found in _kinds(cursor):
            if isinstance(found, Issue):
                yield found
                continue
            kind, offset, value = found
            locate = partial(cursor.locate, offset)
            for result in _check(kind, value, locate):
                yield _lasting(result, partial(file.locate, offset))
        cursor.expect_end()
    except json.JSONDecodeError as error:
        yield _broken(error, cursor.place(error.pos))
    except RecursionError:
        yield _too_deep(cursor.place(cursor.at))


def read_jsonl(path: Path, name: str, *, within: tuple[int, int] | None = None) -> Iterator[Entry | Issue]:
    """Yield the record of each line of a JSONL file and everything wrong with it; blank lines are passed over.

    `within` are the byte offsets between which whole lines are read; the lines of findings count from the first.
    """
    found = within is not None
    for line in iter_lines(path, name, limit=MAX_LINE, within=within):
        if isinstance(line, Issue):
            found = True
            yield line
        elif line[2].strip():
            found = True
            number, offset, text = line
            at = Location(name, number)
            find = partial(_in_line, path, at, offset)
            record = plain_record(text)
            if record:
                yield Entry(record, Location(name, number, 1), find)
            else:
                yield from (_lasting(result, find) for result in _line(text, at))
    if not found:
        yield empty(name)


def _lasting(result: Entry | Issue, find: "partial[Location]") -> Entry | Issue:
    """Let an entry find its places without keeping the text alive."""
    return Entry(result.record, result.at, find) if isinstance(result, Entry) else result


def _kinds(cursor: Cursor) -> Iterator[tuple[type[Record], int, Any] | Issue]:
    """Yield kind, offset and value of each record, and what is wrong around them."""
    if cursor.peek() != "{":
        at = cursor.place(cursor.at)
        yield Issue(at, "error", "wrong-type", 'expected an object of kinds of records, such as "meetings": [...]')
        cursor.value()
        return
    seen: set[str] = set()
    for plural, start in cursor.members():
        at = cursor.place(start)
        if plural in seen:
            yield Issue(at, "error", "duplicate-key", f"{shown(plural)} stands twice")
        seen.add(plural)
        kind = BY_PLURAL.get(plural)
        if kind is None:
            hint = did_you_mean(plural, BY_PLURAL) or f"; expected one of {', '.join(BY_PLURAL)}"
            yield Issue(at, "error", "unknown-kind", f"unknown kind of record {shown(plural)}{hint}")
        if kind and cursor.peek() == "[":
            for offset in cursor.items():
                yield kind, offset, cursor.value()
            continue
        value = cursor.value()
        if kind:
            yield Issue(at, "error", "wrong-type", f"found {shown(value)} under {plural!r}; expected a list of records")


def _line(text: str, at: Location) -> Iterator[Entry | Issue]:
    """Yield the record of one line, or what is wrong with it."""
    cursor = Cursor(text.rstrip("\r\n"), at)
    locate = partial(cursor.locate, 0)
    try:
        value = cursor.value()
        cursor.expect_end()
    except json.JSONDecodeError as error:
        yield _broken(error, cursor.place(error.pos))
        return
    except RecursionError:
        yield _too_deep(at)
        return
    words = [word for key, word in value if key == "kind"] if isinstance(value, Pairs) else []
    if not isinstance(value, Pairs):
        yield _no_record(value, locate(()))
    elif len(words) != 1:
        code = "duplicate-key" if words else "missing-field"
        yield Issue(locate(()), "error", code, f'expected one "kind" beside the fields, one of {", ".join(BY_KIND)}')
    elif isinstance(words[0], str) and words[0] in BY_KIND:
        yield from _check(BY_KIND[words[0]], Pairs(pair for pair in value if pair[0] != "kind"), locate)
    else:
        hint = did_you_mean(str(words[0]), BY_KIND) or f"; expected one of {', '.join(BY_KIND)}"
        at = locate(("kind",))
        yield Issue(at, "error", "unknown-kind", f"unknown kind of record {shown(words[0])}{hint}")


def _check(kind: type[Record], value: object, locate: "partial[Location]") -> Iterator[Entry | Issue]:
    """Yield the record that a value makes, or why it makes none."""
    if not isinstance(value, Pairs):
        yield _no_record(value, locate(()))
        return
    issues: list[Issue] = []
    fields = _plain(value, (), locate, issues)
    yield from issues
    yield from admit(kind, fields, locate)


def _plain(value: object, path: FieldPath, locate: "partial[Location]", issues: list[Issue]) -> Any:  # noqa: ANN401
    """Return the value with objects as dicts, noting what JSON allows and we do not."""
    if type(value) is str:  # nearly always; what is below is a subclass of it
        return value
    if isinstance(value, Constant):
        issues.append(Issue(locate(path), "error", "bad-number", f"found {value}; expected a number"))
    elif value is None:
        issues.append(Issue(locate(path), "error", "empty-value", "found null; expected a value: leave the field out"))
    elif len(path) > MAX_DEPTH:
        issues.append(_too_deep(locate(path)))
    elif isinstance(value, Pairs):
        return _object(value, path, locate, issues)
    elif isinstance(value, list):
        return [_plain(item, (*path, index), locate, issues) for index, item in enumerate(value)]
    else:
        return value
    return HOLE


def _object(pairs: Pairs, path: FieldPath, locate: "partial[Location]", issues: list[Issue]) -> dict[str, Any]:
    """Return the fields of an object; of a key that stands twice the first value counts."""
    fields: dict[str, Any] = {}
    for key, value in pairs:
        if key in fields:
            at = locate((*path, key), key=True, last=True)
            issues.append(Issue(at, "error", "duplicate-key", f"{shown(key)} stands twice"))
        elif not key.isascii() and any("\ud800" <= character <= "\udfff" for character in key):
            message = "found half of a character pair (a lone surrogate) in a key; expected the name of a field"
            issues.append(Issue(locate(path), "error", "bad-text", message))
        else:
            fields[key] = _plain(value, (*path, key), locate, issues)
    return fields


def _in_line(path: Path, start: Location, offset: int, field: FieldPath, *, key: bool = False) -> Location:
    """Return the place of a field in a line that is read again."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            text = file.readline(MAX_LINE).decode("utf-8", errors="replace").removeprefix("\ufeff")
    except OSError:  # gone since
        return Location(start.file, start.line, path=spell(field))
    return Cursor(text, start).locate(0, field, key=key)


def _no_record(value: object, at: Location) -> Issue:
    return Issue(at, "error", "wrong-type", f"found {shown(value)}; expected a record as an object of fields")


def _too_deep(at: Location) -> Issue:
    return Issue(at, "error", "too-deep", f"found more than {MAX_DEPTH} values inside each other")


def _broken(error: json.JSONDecodeError, at: Location) -> Issue:
    reason = error.msg.replace("Expecting", "expected")
    return Issue(at, "error", "bad-json", f"not valid JSON: {reason[:1].lower()}{reason[1:]}")
