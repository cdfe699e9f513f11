"""How long things last when not every end is known: Kaplan-Meier, with bands.

Sources: Kaplan and Meier (1958), Journal of the American Statistical Association 53, 457; bands by the
exponential Greenwood formula, Kalbfleisch and Prentice (2002), section 1.4.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import CensoredData, ecdf

from kg.measures.table import score


@dataclass(frozen=True, slots=True)
class Share:
    """The share still there after some days, and its 95 % band; a bound is None where there is none."""

    value: float
    low: float | None
    high: float | None


def kaplan_meier(days: Sequence[int], moved_on: Sequence[bool], after: int) -> Share | None:
    """Return the share still there after a number of days; None without spells, or beyond the longest seen.

    Raises:
        ValueError: the two sequences differ in length.
    """
    if len(days) != len(moved_on):
        raise ValueError(f"{len(days)} durations and {len(moved_on)} ends")
    if not days or after > max(days):
        return None
    data = CensoredData.right_censored(np.array(days, dtype=float), ~np.array(moved_on))
    curve = ecdf(data).sf
    value = score(float(curve.evaluate(after))) or 0.0
    if value == 1:  # nobody has moved on yet: the formula says nothing, not that all is certain
        return Share(value, None, None)
    with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore", category=RuntimeWarning):
        band = curve.confidence_interval(method="log-log")
        return Share(value, score(float(band.low.evaluate(after))), score(float(band.high.evaluate(after))))


def median(days: Sequence[int], moved_on: Sequence[bool]) -> int | None:
    """Return the first day by which half had moved on; None when fewer did."""
    for day in sorted(day for day, moved in zip(days, moved_on, strict=True) if moved):
        share = kaplan_meier(days, moved_on, day)
        if share and share.value <= 0.5:  # noqa: PLR2004 - a median is a half
            return day
    return None
