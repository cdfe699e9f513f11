"""What a tie weighs: one number per meeting and tie, by name, from the meeting's size and age.

Sources: Newman (2001), Scientific collaboration networks II, Physical Review E 64, 016132: a meeting of n
people gives each pair 1/(n-1), so that a person's strength is the number of meetings with company. Exponential
discounting by age: a meeting loses half its weight in every half-life.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import numpy as np

from kg.network.edges import Floats, Ints
from kg.network.window import Counted, Held

Weight = Literal["meetings", "newman", "recency"]
WEIGHTS: tuple[str, ...] = get_args(Weight)
YEAR = 365.25
"""Days in a year, for half-lives said in years."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """How ties are weighed; `half_life` in days and `as_of` matter to `recency` only.

    Raises:
        ValueError: no such weight, `recency` without a day, or a half-life that is not positive.
    """

    name: Weight = "meetings"
    half_life: float = 2 * YEAR
    as_of: date | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be computed."""
        if self.name not in WEIGHTS:
            raise ValueError(f"no such weight: {self.name!r}; expected one of {', '.join(WEIGHTS)}")
        if self.name == "recency" and self.as_of is None:
            raise ValueError("recency needs a day to look back from (as_of)")
        if not self.half_life > 0:
            raise ValueError(f"a half-life is longer than 0 days, found {self.half_life:g}")

    def each(self, counted: Counted, others: Ints) -> Floats:
        """Return what each meeting adds to a tie of somebody who shares it with so many `others`."""
        if self.name == "newman":
            return np.asarray(1 / np.maximum(others, 1))
        if self.name == "recency":
            return np.array([self._left(meeting) for meeting in counted.meetings])
        return np.ones(len(others))

    def _left(self, meeting: Held) -> float:
        """Return what is left of a meeting on the day looked back from."""
        if not (self.as_of and meeting.latest):
            return 1.0
        return float(2 ** (-max((self.as_of - meeting.latest).days, 0) / self.half_life))

    def meaning(self, left: str, right: str, shared: str = "meetings") -> str:
        """Say in words what the weight of a tie between two modes is, where they share meetings or cooperations."""
        if self.name == "recency":
            return f"each of the {shared} shared counts 1, halved for every {self.half_life:g} days before {self.as_of}"
        if self.name == "meetings":
            return f"the number of {shared} shared"
        if left == right:
            return f"1/(n-1) summed over the {shared} shared, n being how many of kind {left} were there"
        many = left if right == "meeting" else right
        return f"1/n summed over the {shared} shared, n being how many of kind {many} were there"


PLAIN = Weighing()
