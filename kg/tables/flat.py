"""Records as JSON lines in, the CSV that `kg` reads back out: one record a row, what is inside by dotted headers."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

_GUARDED = ("=", "+", "-", "@")
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


def to_csv(lines: Callable[[], Iterable[bytes]]) -> Iterator[bytes]:
    """Yield a CSV of the records; `lines` is walked twice, for the headers and for the rows.

    Headers stand in the order in which fields are first met, the items of lists one after the other. Text that a
    spreadsheet would run gets an apostrophe, which reading takes away again.
    """
    headers: dict[str, None] = {}
    for line in lines():
        headers.update(dict.fromkeys(flatten(json.loads(line))))
    names = sorted(headers, key=_order(headers))
    yield _row(names)
    for line in lines():
        cells = flatten(json.loads(line))
        yield _row([cells.get(name, "") for name in names])


def flatten(record: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells of a record by their headers."""
    return {header: text for name, value in record.items() if name != "kind" for header, text in _cells(name, value)}


def _cells(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield header and text of everything in a field."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _cells(f"{name}.{key}", inner)
    elif isinstance(value, list) and all(isinstance(one, str) and ";" not in one for one in value) and _plain(name):
        yield name, ";".join(value)
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            yield from _cells(f"{name}.{number}", inner)
    else:
        yield name, json.dumps(value) if isinstance(value, bool | int | float) else str(value)


def _plain(name: str) -> bool:
    """Say whether a list may stand in one cell; `a:b` among parties would be read as a party in a role."""
    return not name.startswith(("parties", "people"))


def _order(headers: Iterable[str]) -> Callable[[str], tuple[Any, ...]]:
    """Keep fields in the order met, and number their items upwards."""
    tops = {name: place for place, name in enumerate(dict.fromkeys(header.partition(".")[0] for header in headers))}
    known = {header: place for place, header in enumerate(headers)}

    def key(header: str) -> tuple[Any, ...]:
        top, _, rest = header.partition(".")
        number = rest.partition(".")[0]
        return tops[top], int(number) if number.isdecimal() else 0, known[header]

    return key


def _row(cells: Iterable[str]) -> bytes:
    """Write one row."""
    return (",".join(map(_quoted, cells)) + "\n").encode()


def _quoted(text: str) -> str:
    """Write one cell so that a spreadsheet takes it as text, and numbers as numbers."""
    guarded = f"'{text}" if text.startswith(_GUARDED) and not _NUMBER.fullmatch(text) else text
    return '"' + guarded.replace('"', '""') + '"' if re.search('[",\r\n]', guarded) else guarded
