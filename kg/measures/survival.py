"""How long things last when not every end is known: Kaplan-Meier, with bands.

Sources: Kaplan and Meier (1958), Journal of the American Statistical Association 53, 457; bands by the
exponential Greenwood formula, Kalbfleisch and Prentice (2002), section 1.4.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np

from kg.tabular import DIGITS, score

Curve: TypeAlias = Any
"""scipy's `EmpiricalDistributionFunction`, which it does not export."""


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
    curve, low, high = _curves(tuple(days), tuple(moved_on))
    value = score(float(curve.evaluate(after))) or 0.0
    if value == 1:  # nobody has moved on yet: the formula says nothing, not that all is certain
        return Share(value, None, None)
    return Share(value, score(float(low.evaluate(after))), score(float(high.evaluate(after))))


@lru_cache(maxsize=1)  # a curve is asked for many days in a row
def _curves(days: tuple[int, ...], moved_on: tuple[bool, ...]) -> tuple[Curve, Curve, Curve]:
    """Return the share still there as a function of days, and the two sides of its band."""
    from scipy.stats import CensoredData, ecdf  # as long to load as all else a small network is measured with

    data = CensoredData.right_censored(np.array(days, dtype=float), ~np.array(moved_on))
    curve = ecdf(data).sf
    with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore", category=RuntimeWarning):
        band = curve.confidence_interval(method="log-log")
    return curve, band.low, band.high


def median(days: Sequence[int], moved_on: Sequence[bool]) -> int | None:
    """Return the first day by which half had moved on; None when fewer did."""
    if not any(moved_on):
        return None
    curve, *_ = _curves(tuple(days), tuple(moved_on))
    half = np.flatnonzero(curve.probabilities.round(DIGITS) <= 0.5)  # noqa: PLR2004 - a median is a half
    return int(curve.quantiles[half[0]]) if len(half) else None
