"""Divide one record in two: who keeps which evidence follows from the records that move."""

from collections.abc import Iterable, Sequence
from typing import Any

from kg.identity.decisions import Split
from kg.records import Cooperation, Evidence, Record


def divide(record: Record, action: Split, moved: Sequence[Record], rest: Sequence[Record]) -> tuple[Record, Record]:
    """Return the record without, and the new record with, the evidence that belongs to what moved.

    A piece of evidence moves when its source supports a record that moves and none that stays, and
    is shared when it supports both. A new record that would stand without evidence rests on that of
    the records it takes over, for its name alone.
    """
    given: tuple[Evidence, ...] = getattr(record, "evidence", ())
    leaving, remaining = _sources(moved), _sources(rest)
    kept = tuple(one for one in given if one.source not in leaving or one.source in remaining)
    taken = tuple(one for one in given if one.source in leaving)
    if not taken:
        taken = tuple(_for_name(one) for one in _evidence(moved) if one.says or one.quote)[:1] or given
    if not kept:
        kept = given
    changes: dict[str, Any] = {"id": action.into, "evidence": taken}
    if action.name is not None and "name" in type(record).model_fields:
        changes["name"] = action.name
        if "aliases" in type(record).model_fields:
            changes["aliases"] = ()
    return record.model_copy(update={"evidence": kept}), record.model_copy(update=changes)


def _evidence(records: Iterable[Record]) -> Iterable[Evidence]:
    """Yield the evidence of records, steps included."""
    for record in records:
        yield from getattr(record, "evidence", ())
        if isinstance(record, Cooperation):
            for step in record.steps:
                yield from step.evidence


def _sources(records: Iterable[Record]) -> set[str]:
    """Return the sources that speak for records."""
    return {one.source for one in _evidence(records)}


def _for_name(evidence: Evidence) -> Evidence:
    """Let evidence speak for a name only; what it claims belongs to the record it came from."""
    return evidence.model_copy(update={"supports": ("name",), "claims": None})
