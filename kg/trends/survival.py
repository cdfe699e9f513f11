"""How long cooperations stay at a stage before they move on: Kaplan-Meier, with bands, over steps and a day.

The estimate itself is in `kg.measures.survival`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.iris import parse
from kg.lifecycle import Cooperation, Event
from kg.measures.survival import Share, kaplan_meier, median
from kg.tabular import Cell, Table, plural

MARKS = (180, 365, 730)
"""Days after which the table says what share is still at the stage."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A cooperation at a stage: for how many days, and whether it then moved on (else the end is not known)."""

    stage: str
    rank: int
    days: int
    moved_on: bool


def spells(cooperations: Sequence[Cooperation], as_of: date) -> list[Spell]:
    """Return every stay at a stage up to `as_of`: from the first step at it to the first higher one.

    A stay still going on, or ended by a lapse or cancellation, has no known end. Steps without a day by which
    they had happened are left out.
    """
    return [spell for cooperation in cooperations for spell in _spells(cooperation, as_of)]


def _spells(cooperation: Cooperation, as_of: date) -> list[Spell]:
    """Return the stays of one cooperation, lowest stage first."""
    known = [(step.by, step) for step in cooperation.steps if step.by and step.by <= as_of]
    ends = [day for day, step in known if step.is_end]
    until = min(ends, default=as_of)
    reached: dict[int, tuple[date, Event]] = {}
    for day, step in sorted(known, key=lambda pair: (pair[0], pair[1].rank)):
        if not step.is_end and day <= until:
            reached.setdefault(step.rank, (day, step))
    found = []
    for rank, (day, step) in sorted(reached.items()):
        higher = [other for other_rank, (other, _) in reached.items() if other_rank > rank]
        moved = min(higher, default=None)
        if moved is None or moved >= day:  # a higher stage reached before leaves no stay at this one
            name = parse(step.stage) if step.stage else None
            found.append(Spell(name.key if name else "", rank, ((moved or until) - day).days, moved is not None))
    return found


def survival(cooperations: Sequence[Cooperation], as_of: date) -> Table:
    """Return one row a stage: how many reached it, moved on, the median stay, and shares still there with bands.

    Nothing comes after `completed`, so it has no row.
    """
    every = [spell for spell in spells(cooperations, as_of) if spell.stage != "completed"]
    rows: list[tuple[Cell, ...]] = []
    for rank, stage in sorted({(spell.rank, spell.stage) for spell in every}):
        stays = [spell for spell in every if spell.rank == rank]
        days, moved = [spell.days for spell in stays], [spell.moved_on for spell in stays]
        shares = [kaplan_meier(days, moved, mark) for mark in MARKS]
        cells = [cell for share in shares for cell in ((share.value, _band(share)) if share else (None, None))]
        rows.append((stage, len(stays), sum(moved), median(days, moved), *cells))
    marks = [name for mark in MARKS for name in (f"after {mark} d", f"95% band {mark} d")]
    without = sum(1 for each in cooperations if not any(step.by and step.by <= as_of for step in each.steps))
    notes = [
        f"Kaplan-Meier over {plural(len(every), 'stay')} of cooperations at a stage, seen until {as_of}.",
        "after N d: the share still at the stage, empty where nobody was watched for so long.",
        "95% band: of the share on that day, by the exponential Greenwood formula (log-log).",
        "There is no band before the first one moves on, and no median while most stay.",
    ]
    if without:
        notes.append(f"{plural(without, 'cooperation')} without a dated step left out.")
    return Table(
        "survival by stage", ("stage", "reached", "moved on", "median days", *marks), tuple(rows), tuple(notes)
    )


def _band(share: Share) -> str | None:
    """Show a band in one cell."""
    return f"{share.low:.2f} to {share.high:.2f}" if share.low is not None and share.high is not None else None
