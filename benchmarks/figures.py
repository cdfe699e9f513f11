"""Samples of several rounds -> medians with their spread, over one case or the geometric mean of several."""

from collections.abc import Collection, Mapping, Sequence
from math import exp, log
from statistics import median
from typing import Literal, NamedTuple

from measure import Sample

Rounds = Mapping[str, Sequence[Sequence[Sample]]]
"""Way -> a list of samples a round; ours first."""
Field = Literal["processor", "wall", "peak", "written"]


class Figure(NamedTuple):
    """The median of some rounds, with the lowest and the highest."""

    middle: float
    lowest: float
    highest: float

    @classmethod
    def of(cls, found: Sequence[float]) -> "Figure":
        """Return the figure of one number a round."""
        return cls(median(found), min(found), max(found))

    def __str__(self) -> str:
        """Return three digits of each, in brackets the spread where there is one."""
        spread = f" ({short(self.lowest)}–{short(self.highest)})" if self.lowest != self.highest else ""
        return short(self.middle) + spread


def short(number: float) -> str:
    """Return three digits."""
    return f"{number:,.0f}" if number >= 1000 else f"{number:.3g}"  # noqa: PLR2004 - no exponent


def answered(rounds: Sequence[Sequence[Sample]]) -> list[str]:
    """Return the cases answered in every round."""
    failed = {sample.case for samples in rounds for sample in samples if sample.error}
    return [sample.case for sample in rounds[0] if sample.case not in failed] if rounds else []


def mean(rounds: Sequence[Sequence[Sample]], cases: Collection[str], field: Field) -> Figure:
    """Return the figure of the geometric mean over cases."""
    return Figure.of([_geometric([getattr(s, field) for s in samples if s.case in cases]) for samples in rounds])


def most(rounds: Sequence[Sequence[Sample]], cases: Collection[str], field: Field) -> Figure:
    """Return the figure of the largest of the cases, and with spread that of its rounds."""
    return Figure.of([max(getattr(s, field) for s in samples if s.case in cases) for samples in rounds])


def _geometric(numbers: Sequence[float]) -> float:
    """Return the geometric mean of what a clock measured, which may be nothing."""
    return exp(sum(log(max(number, 1e-6)) for number in numbers) / len(numbers))


def differing(ours: Sequence[Sequence[Sample]], theirs: Sequence[Sequence[Sample]], cases: Collection[str]) -> set[str]:
    """Return the cases whose answers are not ours in every round in which they were compared."""
    mine = {s.case: s.answer for samples in ours for s in samples if s.answer}
    told = [s for samples in theirs for s in samples if s.case in cases and s.answer and s.case in mine]
    return {s.case for s in told if s.answer != mine[s.case]}


def compared(ours: Sequence[Sequence[Sample]], theirs: Sequence[Sequence[Sample]], cases: Collection[str]) -> set[str]:
    """Return the cases whose answers both ways gave."""
    both = ({s.case for samples in each for s in samples if s.answer} for each in (ours, theirs))
    return set.intersection(*both) & set(cases)
