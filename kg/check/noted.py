"""What records say of others, noted as rows on disk while they are read, and compared once all have been."""

from contextlib import closing

import numpy as np

from kg.check.columns import Known, Numbers, Part, Rows, all_have_one, are_no_circle, number_of, parts
from kg.check.tenures import Tenures
from kg.resources import sector_ids

_NEVER, _ALWAYS = -(2**40), 2**40


class Noted:
    """Rows of numbers: ids as `number_of` makes them, places in the order read, days as ordinals.

    `named` holds ids that must exist; `links` an id led to and the place led from; `follows` a meeting and the last
    day of one that follows it; `told` a source, the place of a meeting it tells of and that one's first day; `shares`
    and `serves` a party's share in a cooperation, the latter with the place of a meeting that serves it; `steps`
    a meeting, the first and the last day of a step taken in it.
    """

    def __init__(self) -> None:
        """Start with the ids of the shipped sectors."""
        self._ids = Rows(3)
        self.named, self.shares = Rows(1), Rows(1)
        self.links, self.follows, self.serves = Rows(2), Rows(2), Rows(2)
        self.told, self.steps = Rows(3), Rows(3)
        self.tenures = Tenures()
        self.records = 0
        for name in sector_ids():
            self._ids.add((number_of("sector", name), 0, -1))

    def add(self, number: int, day: int) -> None:
        """Note the id of the next record, and a day of it; 0 is none."""
        self._ids.add((number, day, self.records))
        self.records += 1

    def close(self) -> None:
        """Give up what lies on disk."""
        for rows in vars(self).values():
            if isinstance(rows, Rows | Tenures):
                rows.close()

    def agree(self) -> bool:
        """Say whether nothing that was noted of a record goes against what was noted of another."""
        return self._all_fit() and self._all_serve_their_own() and self.tenures.agree()

    def _all_fit(self) -> bool:
        """Say whether ids are apart, what is named exists, chains end, and dates agree with those of what they name."""
        with closing(Rows(2)) as led, closing(Rows(2)) as reported:
            for part in parts(self._ids):
                known = Known(self._ids, part)
                if not (known.are_apart() and self._fit(known, part)):
                    return False
                for ids, places in self.links.chunks(part):
                    led.add_columns(known.places_of(ids), places)
                for sources, places, days in self.told.chunks(part):
                    reported.add_columns(places, known.days_of(sources, absent=_ALWAYS) >= days)
            # A meeting that was held has a source that may be of its day or later.
            return are_no_circle(led) and all_have_one(reported)

    def _fit(self, known: Known, part: Part) -> bool:
        """Say whether what is named of a part exists, and no step or follower is of an earlier day than its meeting."""
        return (
            all(known.knows(rows[0]).all() for rows in self.named.chunks(part))
            and all((known.days_of(rows[0], absent=_NEVER) <= rows[1]).all() for rows in self.follows.chunks(part))
            and all(_are_of_their_day(rows, known) for rows in self.steps.chunks(part))
        )

    def _all_serve_their_own(self) -> bool:
        """Say whether each meeting serves a cooperation of at least one of its parties."""
        with closing(Rows(2)) as served:
            for part in parts(self.shares):
                shares = self.shares.of(part)[0]
                for rows in self.serves.chunks(part):
                    served.add_columns(rows[1], np.isin(rows[0], shares))
            return all_have_one(served)


def _are_of_their_day(steps: Numbers, known: Known) -> bool:
    """Say whether the first day of each step's meeting is one that the step can mean."""
    meetings, first, last = steps
    no_earlier = first <= known.days_of(meetings, absent=_ALWAYS)
    return bool((no_earlier & (known.days_of(meetings, absent=_NEVER) <= last)).all())
