"""Faults in, lines in the lists and counts out: the one place where something is told about a row."""

from collections.abc import Iterable, Sequence

from kg.tables.outcome import Listing, Outcome
from kg.tables.row import Fault, Row

_LISTED = frozenset({"double-encoded", "lost character", "control character"})
"""What is mended and listed cell by cell; padding and the like are only counted."""


class Teller:
    """Lists and counts what is wrong with rows, and what is noted in their cells."""

    def __init__(self, outcome: Outcome, rejects: Listing, notes: Listing) -> None:
        """Write to two lists and one set of counts."""
        self.outcome = outcome
        self._rejects = rejects
        self._notes = notes

    def reject(self, row: Row, faults: Iterable[Fault]) -> None:
        """List why a row makes nothing."""
        self.outcome.rejected += 1
        reasons = {}
        for fault in faults:
            self._rejects.add(row.number, fault)
            reasons[self._rejects.name(fault.column), fault.code] = 1
        self.outcome.reasons.update(reasons)

    def note(self, row: Row, fault: Fault) -> None:
        """List something about a cell of a row that is not rejected for it."""
        self.outcome.notes[self._notes.name(fault.column), fault.code] += 1
        self._notes.add(row.number, fault)

    def mended(self, row: Row, column: int, raw: str, marks: Sequence[str]) -> None:
        """Tell what was mended in a cell: in the list, where it changes what is read."""
        for code in marks:
            if code in _LISTED:
                self.note(row, Fault(column, raw, code, "kept as it is" if code == "lost character" else "mended"))
            else:
                self.outcome.notes[self._notes.name(column), code] += 1
