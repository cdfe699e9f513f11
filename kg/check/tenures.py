"""Who held which post when, and who acted in one: noted as rows on disk, compared in the end."""

from contextlib import closing
from datetime import date

import numpy as np

from kg.check.columns import Rows, number_of, parts
from kg.check.intervals import FIRST, LAST, Intervals, surely_overlap
from kg.check.spans import Span
from kg.records import Tenure


class Tenures:
    """Means what `covers` and `surely_share` of `kg.check.spans` mean, of many tenures at once."""

    def __init__(self) -> None:
        """Start without tenures."""
        self._held, self._surely, self._acting, self._tenured = Rows(3), Rows(3), Rows(5), Rows(1)

    def add(self, tenure: Tenure) -> None:
        """Note when somebody held a post: the days it can have been, or those it was observed, and the sure ones."""
        pair, start, end = _pair(tenure.official, tenure.post), tenure.from_, tenure.until
        if start or end:
            first = start.earliest.toordinal() if start else FIRST
            self._held.add((pair, first, end.latest.toordinal() if end else LAST))
        else:
            for day in tenure.observed:
                self._held.add((pair, day.earliest.toordinal(), day.latest.toordinal()))
        if start and end:
            self._surely.add((pair, start.latest.toordinal(), end.earliest.toordinal()))
        self._tenured.add((number_of("official", tenure.official), number_of("post", tenure.post)))

    def add_acting(self, official: str, post: str, span: Span) -> None:
        """Note that somebody acted in a post on a day of a span."""
        who = number_of("official", official), number_of("post", post)
        self._acting.add((_pair(official, post), *map(date.toordinal, span), *who))

    def agree(self) -> bool:
        """Say whether nobody held a post twice at once, and whoever acted in one of somebody's tenure held it then."""
        return not any(surely_overlap(*self._surely.of(part)) for part in parts(self._surely)) and self._all_in_post()

    def _all_in_post(self) -> bool:
        """Say whether nobody acted outside of tenures of whom, or of whose post, there are any."""
        with closing(Rows(1)) as outside:
            for part in parts(self._held):
                held = Intervals(*self._held.of(part))
                for pair, first, last, *who in self._acting.chunks(part):
                    found = held.meet(pair, first, last)
                    for column in who:
                        outside.add_columns(column[~found])
            for part in parts(self._tenured):
                tenured = self._tenured.of(part)[0]
                if any(np.isin(rows[0], tenured).any() for rows in outside.chunks(part)):
                    return False
        return True

    def close(self) -> None:
        """Give up what lies on disk."""
        for rows in (self._held, self._surely, self._acting, self._tenured):
            rows.close()


def _pair(official: str, post: str) -> int:
    """Return the number of an official in a post."""
    return hash((official, post))
