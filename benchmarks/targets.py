"""What was asked of us, as ratios to what people would use instead and as limits, beside what turns found.

A row of `targets.csv`: the point, what is asked in words, a job and one of its cases (all that both answer, if none is
named), what is measured, our way and the other, how many times `faster` ours has to be or `within` how many times the
other's figure it has to stay (its own figure, where there is no other), and how many meetings it is asked `at`, if any.
What is not asked is shown in a table of its own, and not judged.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from figures import Figure, Rounds, answered, mean, most, short
from harness import HERE, Register
from report import markdown

SMALL = 0.1
"""Seconds below which figures are told in milliseconds."""


class Cell(NamedTuple):
    """What was found on one register, and whether what is asked is reached; None where it is not judged."""

    told: str = ""
    has_reached: bool | None = None


@dataclass(frozen=True)
class Target:
    """A row of a table."""

    point: str
    asked: str
    job: str
    case: str
    measure: Literal["processor", "slowest", "wall", "peak", "written"]
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

    @property
    def is_asked(self) -> bool:
        """Whether it is judged at any size."""
        return self.faster is not None or self.within is not None

    def found(self, register: Register, rounds: Rounds) -> Cell:
        """Return what was found on a register: the ratio with its spread, and both figures; ours without another."""
        mine, others = set(answered(rounds.get(self.ours, ()))), set(answered(rounds.get(self.than, ())))
        cases = mine & others if others else mine
        cases &= {self.case} if self.case else cases
        if not cases:
            return Cell()
        ours = self._figure(rounds, self.ours, cases)
        theirs = self._figure(rounds, self.than, cases) if others else None
        is_judged = self.is_asked and self.at in {None, register.meetings} and bool(theirs or not self.than)
        told = f"{self._ratio(ours, theirs)}: {self._told(ours, theirs)}" if theirs else self._told(ours)
        return Cell(told, self._has_reached(ours, theirs) if is_judged else None)

    def _figure(self, rounds: Rounds, way: str, cases: set[str]) -> Figure:
        """Return what is measured of a way."""
        if self.measure == "slowest":
            return most(rounds[way], cases, "processor")
        return mean(rounds[way], cases, self.measure)

    def _told(self, ours: Figure, theirs: Figure | None = None) -> str:
        """Return the medians with a unit that suits ours."""
        scale, unit = (1000, "ms") if ours.middle < SMALL else (1, "s")
        scale, unit = (1, "MiB") if self.measure in {"peak", "written"} else (scale, unit)
        return " / ".join(short(each.middle * scale) for each in (ours, theirs) if each) + f" {unit}"

    def _ratio(self, ours: Figure, theirs: Figure) -> str:
        """Say how many times faster ours is, or how many times the other's figure ours is, and the least and most."""
        is_faster = self.faster is not None or (not self.is_asked and ours.middle < theirs.middle)
        one, other, word = (theirs, ours, "faster") if is_faster else (ours, theirs, "theirs")
        ratios = (one.middle / other.middle, one.lowest / other.highest, one.highest / other.lowest)
        return f"{Figure(*ratios)} times {word}"

    def _has_reached(self, ours: Figure, theirs: Figure | None) -> bool:
        """Say whether what is asked is reached by the medians."""
        other = theirs.middle if theirs else 1
        if self.faster is not None:
            return other >= self.faster * ours.middle
        return self.within is not None and ours.middle <= self.within * other


def targets() -> list[Target]:
    """Return what is asked, in the order of the points."""
    with (HERE / "targets.csv").open(encoding="utf-8", newline="") as stream:
        return [Target.of(row) for row in csv.DictReader(stream)]


def summary(found: Mapping[tuple[str, Register], Rounds]) -> str:
    """Return a row for each target and a column for each register: what is judged, then what is only shown."""
    registers = sorted({register for _, register in found})
    judged, shown = [], []
    for target in targets():
        cells = [target.found(register, found.get((target.job, register), {})) for register in registers]
        row = [target.point, target.asked, target.than or "-", *(cell.told for cell in cells)]
        if target.is_asked and any(row[3:]):
            judged.append([*row, _verdict(registers, cells)])
        elif any(row[3:]):
            shown.append(row)
    head = ["point", "asked", "beside", *map(str, registers)]
    reached = sum(row[-1] == "yes" for row in judged)
    told = [f"Reached: {reached} of {len(judged)}.", markdown([*head, "reached"], judged)]
    return "\n\n".join([*told, *([markdown([head[0], "shown", *head[2:]], shown)] if shown else [])])


def _verdict(registers: list[Register], cells: list[Cell]) -> str:
    """Say whether what is asked is reached at every size it was judged at, and else at which it is."""
    judged = [(register, cell.has_reached) for register, cell in zip(registers, cells, strict=True)]
    reached = [register for register, has_reached in judged if has_reached]
    if not any(has_reached is False for _, has_reached in judged):
        return "yes" if reached else "not judged"
    return "**no**" + (f", but at {', '.join(map(str, reached))}" if reached else "")
