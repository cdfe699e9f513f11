"""Lines taken out of a sorted file and others put in, without reading what stays the same."""

import mmap
from collections.abc import Collection
from pathlib import Path

_NOTHING = b""


def splice(source: Path, target: Path, *, without: Collection[str], plus: Collection[str]) -> None:
    """Write the sorted lines of a file, some left out and some added, to another.

    Lines carry their ends. A line to leave out that is not there is left out all the same; one to add that is
    there stands once.
    """
    changes = sorted(
        {**dict.fromkeys(map(str.encode, without), False), **dict.fromkeys(map(str.encode, plus), True)}.items()
    )
    with source.open("rb") as old, target.open("wb") as new:
        data = mmap.mmap(old.fileno(), 0, access=mmap.ACCESS_READ) if source.stat().st_size else _NOTHING
        try:
            written = 0
            for line, is_added in changes:
                start = _place(data, line, written)
                new.write(memoryview(data)[written:start])
                written = start + len(line) if data[start : start + len(line)] == line else start
                if is_added:
                    new.write(line)
            new.write(memoryview(data)[written:])
        finally:
            if isinstance(data, mmap.mmap):
                data.close()


def _place(data: "mmap.mmap | bytes", line: bytes, low: int) -> int:
    """Return the offset of the first line from `low` on that does not sort before a line."""
    high = len(data)
    while low < high:
        middle = (low + high) // 2
        start = max(data.rfind(b"\n", low, middle) + 1, low)
        end = data.find(b"\n", middle) + 1
        if data[start:end] < line:
            low = end
        else:
            high = start
    return low
