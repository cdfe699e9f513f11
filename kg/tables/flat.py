"""Records of a kind as JSON lines in, the CSV that `kg` reads back out: a record a row, dotted headers inside."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from kg.errors import TableError, shown
from kg.read.csv import EXACT, GUARDED, MAX_LINE
from kg.read.fields import Form, form_of
from kg.records import BY_KIND, Record

_RUNS = ("=", "+", "-", "@")
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


def to_csv(lines: Callable[[], Iterable[bytes]]) -> Iterator[bytes]:
    """Yield a CSV of records of one kind; `lines` is walked twice, for the headers and for the rows.

    Columns stand in the order of the model's fields, the items of lists one after the other. Whatever a record says
    is read back the same; `kg.read.csv` says how cells are written.

    Raises:
        TableError: a record is larger than what is read back.
    """
    headers: set[str] = set()
    for line in lines():
        record = json.loads(line)
        headers.update(flatten(record))
    names = sorted(headers, key=partial(_place, BY_KIND[record["kind"]]))
    yield _row(names)
    for line in lines():
        cells = flatten(json.loads(line))
        yield _row([cells.get(name, "") for name in names])


def flatten(record: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells of a record by their headers."""
    form = form_of(BY_KIND[record["kind"]])
    return {
        header: cell
        for name, value in record.items()
        if name != "kind"
        for header, cell in _cells(name, form.fields[name], value)
    }


def _cells(header: str, form: Form | None, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - nested values
    """Yield header and cell of everything in a field."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _cells(f"{header}.{key}", form and form.step(key), inner)
    elif isinstance(value, list):
        if (text := _joined(header, form, value)) is not None:
            yield header, _guarded(text)
            return
        for number, inner in enumerate(value, start=1):
            yield from _cells(f"{header}.{number}", form and form.item, inner)
    else:
        yield header, _guarded(value if isinstance(value, str) else json.dumps(value))


def _joined(header: str, form: Form | None, value: list[Any]) -> str | None:
    """Return a list as the text of one cell, or None when it is read back otherwise."""
    if form is None or form.word or form.item is None or not form.item.word:
        return None
    items = [_party(one) if header == "parties" and isinstance(one, dict) else one for one in value]
    plain = all(isinstance(one, str) and one and ";" not in one and one == one.strip() for one in items)
    return ";".join(items) if plain else None


def _party(one: Mapping[str, str]) -> str:
    """Write a party with its role, where it has one; without, it is no bare id, and stands in cells of its own."""
    return f"{one['party']}:{one['role']}" if "role" in one else ""


def _guarded(text: str) -> str:
    """Write a value so that it is read back the same, and no spreadsheet runs it; numbers stay numbers."""
    if not text or text != text.strip() or text.startswith(EXACT) or GUARDED.match(text):
        return EXACT + text
    return f"'{text}" if text.startswith(_RUNS) and not _NUMBER.fullmatch(text) else text


def _place(kind: type[Record], header: str) -> list[tuple[int, str]]:
    """Return where a column stands: fields as the model has them, items by number, keys by name."""
    form: Form | None = form_of(kind)
    places = []
    for part in header.split("."):
        if form and form.item and part.isdecimal():
            places.append((int(part), ""))
            form = form.item
        else:
            known = list(form.fields) if form else []
            places.append((known.index(part), "") if part in known else (len(known), part))
            form = form and form.step(part)
    return places


def _row(cells: Sequence[str]) -> bytes:
    """Write one row."""
    row = (",".join(map(_quoted, cells)) + "\n").encode()
    if len(row) > MAX_LINE or max(map(len, cells)) > csv.field_size_limit():
        most = f"{MAX_LINE:,} bytes, or {csv.field_size_limit():,} characters in a cell"
        raise TableError(f"the row that begins {shown(cells[0])} is longer than {most}; a CSV cannot hold it")
    return row


def _quoted(cell: str) -> str:
    """Write one cell after RFC 4180."""
    return '"' + cell.replace('"', '""') + '"' if re.search('[",\r\n]', cell) else cell
