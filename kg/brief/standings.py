"""Where the cooperations of two sides stand, and what was promised in them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kg.brief.cites import Cites
from kg.brief.parts import Promised, Standing
from kg.lifecycle import Cooperation, Event, state
from kg.names import Names
from kg.promises import find_promises, promise_words
from kg.statements import statements


def standings_of(
    names: Names, both: Iterable[Cooperation], as_of: date, stale_days: Mapping[str, int], cites: Cites
) -> tuple[Standing, ...]:
    """Return where each cooperation of both sides stands, the most recently heard of first."""
    states = [state(each, as_of, stale_days) for each in both]
    said = statements(names, [s.proof.thing for s in states if s.proof])
    ordered = sorted(states, key=lambda s: (s.days if s.days is not None else 10**6, s.cooperation.key))
    return tuple(
        Standing(
            cites.of(said[str(each.proof.thing)]) if each.proof else (),
            _called(names, each.cooperation),
            names.label(each.stage) if each.stage else "",
            _when(each.proof),
            each.last.isoformat() if each.last else "",
            each.days,
            each.is_stale,
            _when(each.planned),
            _when(each.overdue),
        )
        for each in ordered
    )


def _called(names: Names, whole: Cooperation) -> str:
    """Return the name of a cooperation; of a derived one, those of its parties."""
    return names.label(whole.thing) if whole.thing else " - ".join(names.label(party) for party in whole.parties)


def _when(event: Event | None) -> str:
    """Return an event's date as written."""
    return str(event.start) if event and event.start else ""


def promises_of(
    names: Names, both: Sequence[Cooperation], as_of: date, stale_days: Mapping[str, int], cites: Cites
) -> tuple[Promised, ...]:
    """Return what was promised, the overdue first."""
    found = find_promises(names, both, as_of, stale_days)
    said = statements(names, [each.thing for each in found])
    return tuple(
        Promised(
            cites.of(said[str(each.thing)]), promise_words(names, each), each.written, each.sort, each.state, each.days
        )
        for each in found
    )
