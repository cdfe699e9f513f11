"""What was asked of us, as ratios to what people would use instead and as limits, beside what turns found.

A row of `targets.csv`: the point, what is asked in words, a job and one of its cases (all that both answer, if none is
named), what is measured, our way and the other, how many times `faster` ours has to be or `within` how many times the
other's figure it has to stay (its own figure, where there is no other), and the one size it is asked `at`, if any.
What is not asked is shown, and not judged.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from figures import Field, Figure, Rounds, answered, mean, most, short
from harness import HERE
from report import markdown

HEAD = ("point", "asked", "meetings", "ours", "theirs", "ratio", "reached")


@dataclass(frozen=True)
class Target:
    """A row of the table."""

    point: str
    asked: str
    job: str
    case: str
    measure: Literal["processor", "slowest", "peak"]
    ours: str
    than: str
    faster: float | None
    within: float | None
    at: int | None

    @classmethod
    def of(cls, row: dict[str, str]) -> "Target":
        """Read a row."""
        numbers = {name: float(row[name]) if row[name] else None for name in ("faster", "within")}
        return cls(**row | numbers | {"at": int(row["at"]) if row["at"] else None})  # type: ignore[arg-type] # columns are fields

    def found(self, meetings: int, rounds: Rounds) -> tuple[str, ...] | None:
        """Return the row of a report on a register of so many meetings; nothing where it was not measured."""
        cases = set(answered(rounds.get(self.ours, ()))) & set(answered(rounds.get(self.than or self.ours, ())))
        cases &= {self.case} if self.case else cases
        if not cases:
            return None
        ours, theirs = self._figure(rounds, self.ours, cases), self._figure(rounds, self.than or self.ours, cases)
        verdict = self._verdict(ours, theirs) if self.at in {None, meetings} else "-"
        ratio = self._ratio(ours, theirs) if self.than else "-"
        told = self._told(theirs, self.than) if self.than else "-"
        return (self.point, self.asked, f"{meetings:,}", self._told(ours), told, ratio, verdict)

    def _figure(self, rounds: Rounds, way: str, cases: set[str]) -> Figure:
        """Return what is measured of a way."""
        field: Field = "peak" if self.measure == "peak" else "processor"
        return (most if self.measure == "slowest" else mean)(rounds[way], cases, field)

    def _told(self, figure: Figure, way: str = "") -> str:
        """Return a figure with its unit, and whose it is."""
        return f"{way}: {figure}".removeprefix(": ") + (" MiB" if self.measure == "peak" else " s")

    def _ratio(self, ours: Figure, theirs: Figure) -> str:
        """Say how many times faster ours is, or how many times the other's figure ours is."""
        if self.faster is not None:
            return f"{short(theirs.middle / ours.middle)} times faster"
        return f"{short(ours.middle / theirs.middle)} times theirs"

    def _verdict(self, ours: Figure, theirs: Figure) -> str:
        """Say whether what is asked is reached by the medians."""
        if self.faster is not None:
            has_reached = theirs.middle >= self.faster * ours.middle
        elif self.within is not None:
            has_reached = ours.middle <= self.within * (theirs.middle if self.than else 1)
        else:
            return "-"
        return "yes" if has_reached else "**no**"


def targets() -> list[Target]:
    """Return what is asked, in the order of the points."""
    with (HERE / "targets.csv").open(encoding="utf-8", newline="") as stream:
        return [Target.of(row) for row in csv.DictReader(stream)]


def summary(found: Mapping[tuple[str, int], Rounds]) -> str:
    """Return a row for each target and size, from the samples of each job and size."""
    sizes = sorted({meetings for _, meetings in found})
    asked = ((target, meetings) for target in targets() for meetings in sizes)
    rows = [target.found(meetings, found.get((target.job, meetings), {})) for target, meetings in asked]
    return markdown(HEAD, [row for row in rows if row])
