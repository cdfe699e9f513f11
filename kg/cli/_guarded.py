"""CSV on its way out, without cells that a spreadsheet computes: rows go through as they come, and none is held."""

import re
from typing import BinaryIO

from kg.cli._print import guard_cell

_AT_ONCE = 1 << 16
# A cell that begins like a formula, quoted or not; inside quoted text it is only taken for one. Three patterns that
# each begin with a letter are searched some twenty times faster than one that may begin with any of them.
_FORMULA = rb'(?:[=+\-@\t]|"[=+\-@\t\r])'
_FIRST, *_LATER = (re.compile(start + _FORMULA) for start in (b"", b",", rb"\n"))


class GuardedCsv:
    """A stream of CSV: whole rows are passed on, those of a part with a risky cell once it is made harmless."""

    def __init__(self, output: BinaryIO) -> None:
        """Take where the rows go; it stays open."""
        self._output = output
        self._held = bytearray()

    def write(self, data: bytes, /) -> int:
        """Take a part of the CSV, cut anywhere."""
        self._held += data
        if len(self._held) >= _AT_ONCE:
            self._pass_on(self._held.rfind(b"\n") + 1)
        return len(data)

    def flush(self) -> None:
        """Do nothing: rows are held until they are whole."""

    def finish(self) -> None:
        """Pass on what is held."""
        self._pass_on(len(self._held))

    def _pass_on(self, end: int) -> None:
        """Pass on what stands before `end`, unless that is inside a quoted cell."""
        rows = bytes(self._held[:end])
        if rows.count(b'"') % 2 == 0:
            del self._held[:end]
            self._output.write(_harmless(rows) if _is_risky(rows) else rows)


def _is_risky(rows: bytes) -> bool:
    """Say whether a cell of whole rows may be read as a formula."""
    return bool(_FIRST.match(rows)) or any(later.search(rows) for later in _LATER)


def _harmless(rows: bytes) -> bytes:
    """Return whole rows, each cell guarded."""
    import csv
    from io import StringIO

    stream = StringIO(newline="")
    cells = csv.reader(StringIO(rows.decode(), newline=""))
    csv.writer(stream, lineterminator="\r\n").writerows([guard_cell(cell) for cell in row] for row in cells)
    return stream.getvalue().encode()
