"""Partial ISO 8601 dates: `2025`, `2025-11` or `2025-11-25`, kept as written, with the days they can mean."""

import calendar
import re
from datetime import date
from functools import total_ordering

_FORM = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


@total_ordering
class PartialDate:
    """A day, month or year, local to the place it is about.

    `text` is the date as written; `earliest` and `latest` are the first and last day it can mean.
    Dates order by `earliest`, then `latest`: a year stands before its months only when they start later.

    Raises:
        ValueError: the text is not `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or names a day that does not exist.
    """

    __slots__ = ("earliest", "latest", "text")

    def __init__(self, text: str) -> None:
        """Parse the text; the reason of a refusal is in the error."""
        match = _FORM.fullmatch(text)
        if not match:
            raise ValueError("expected a date as YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = (int(part) if part else 0 for part in match.groups())
        self.text = text
        self.earliest, self.latest = _bounds(year, month, day, partial=(match[2] is None, match[3] is None))

    def __repr__(self) -> str:
        """Show the date as code that makes it."""
        return f"PartialDate({self.text!r})"

    def __str__(self) -> str:
        """Return the date as written."""
        return self.text

    def __eq__(self, other: object) -> bool:
        """Two dates are equal when they are written the same."""
        return isinstance(other, PartialDate) and self.text == other.text

    def __hash__(self) -> int:
        """Hash as the text does."""
        return hash(self.text)

    def __lt__(self, other: "PartialDate") -> bool:
        """Order by first day, then by last day."""
        return (self.earliest, self.latest) < (other.earliest, other.latest)

    @property
    def is_day(self) -> bool:
        """Say whether the date names one day."""
        return self.earliest == self.latest

    def holds(self, day: date) -> bool:
        """Say whether `day` is one of the days this date can mean."""
        return self.earliest <= day <= self.latest


def _bounds(year: int, month: int, day: int, *, partial: tuple[bool, bool]) -> tuple[date, date]:
    """Return the first and last day of a year, month or day."""
    if not year >= 1:
        raise ValueError("there is no year 0000; expected 0001 or later")
    if partial[0]:
        return date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:  # noqa: PLR2004
        raise ValueError(f"there is no month {month:02d}; expected 01 to 12")
    last = calendar.monthrange(year, month)[1]
    if partial[1]:
        return date(year, month, 1), date(year, month, last)
    if not 1 <= day <= last:
        raise ValueError(f"there is no day {day:02d} in {year:04d}-{month:02d}; expected 01 to {last}")
    return date(year, month, day), date(year, month, day)
