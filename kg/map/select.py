"""Facts and lines in, the asked-for part of them out: a neighbourhood, a sector, a span of days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from kg.dates import PartialDate
from kg.errors import KgError
from kg.map.facts import Facts, Record
from kg.map.lines import Line


@dataclass(frozen=True)
class Selection:
    """What to draw; empty fields ask for nothing. `since` and `until` take whole partial dates in."""

    focus: str = ""
    depth: int = 1
    sector: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None


def select(facts: Facts, lines: Sequence[Line], wanted: Selection) -> tuple[Facts, list[Line]]:
    """Return the facts and lines that the selection leaves, in their old order.

    Raises:
        KgError: the focus or the sector does not exist.
    """
    kept = list(lines)
    if wanted.sector or wanted.since or wanted.until:
        passing = _passing(facts, wanted)
        kept = [trimmed for line in kept if (trimmed := _trim(line, facts, passing))]
    if wanted.focus:
        near = _neighbourhood(find_thing(facts, wanted.focus), kept, wanted.depth)
        kept = [line for line in kept if line.start in near and line.end in near]
    elif len(kept) == len(lines):
        return facts, kept
    else:
        near = {end for line in kept for end in (line.start, line.end)}
    return _only(facts, near, kept), kept


def find_thing(facts: Facts, name: str) -> str:
    """Return the id of a thing given as `makassar`, `party:makassar` or its IRI."""
    return _find(name.removeprefix(facts.base).replace("/", ":", 1), facts.things, ("party", "official"), "thing")


def _find(name: str, known: Iterable[str], prefixes: Sequence[str], what: str) -> str:
    ids = set(known)
    for candidate in (name, *(f"{prefix}:{name}" for prefix in prefixes)):
        if candidate in ids:
            return candidate
    keys = sorted({each.partition(":")[2] for each in ids})
    near = get_close_matches(name.rpartition(":")[2], keys, n=1)
    raise KgError(f"no such {what}: {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))


def _passing(facts: Facts, wanted: Selection) -> set[str]:
    sectors = _narrower(facts, wanted.sector) if wanted.sector else set()
    return {
        record.id
        for record in facts.records.values()
        if _in_span(record, wanted) and (not sectors or not sectors.isdisjoint(record.sectors))
    }


def find_sector(facts: Facts, name: str) -> str:
    """Return the id of a sector given as `water-supply` or `sector:water-supply`."""
    return _find(name, [each for each in facts.concepts if each.startswith("sector:")], ("sector",), "sector")


def _narrower(facts: Facts, name: str) -> set[str]:
    """Return a sector and everything below it."""
    sectors = [each for each in facts.concepts if each.startswith("sector:")]
    found = {find_sector(facts, name)}
    while grown := {each for each in sectors if facts.concepts[each].broader in found} - found:
        found |= grown
    return found


def _in_span(record: Record, wanted: Selection) -> bool:
    if not (wanted.since or wanted.until):
        return True
    since = wanted.since.earliest.isoformat() if wanted.since else ""
    until = wanted.until.latest.isoformat() if wanted.until else "9999"
    start, end = record.earliest or record.latest, record.latest or record.earliest
    return bool(start or end) and end >= since and start <= until


def _trim(line: Line, facts: Facts, passing: set[str]) -> Line | None:
    """A line keeps the records that pass; a tenure alone proves no sector, so it needs one that does."""
    if line.kind == "unit":
        return None
    records = tuple(each for each in line.records if each in passing)
    terms = tuple(each for each in line.records if facts.records[each].kind == "tenure")
    return replace(line, records=tuple(sorted({*records, *terms}))) if records else None


def _neighbourhood(focus: str, lines: Sequence[Line], depth: int) -> set[str]:
    near = {focus}
    for _ in range(depth):
        near |= {end for line in lines for end in (line.start, line.end) if line.start in near or line.end in near}
    return near


def _only(facts: Facts, things: set[str], lines: Sequence[Line]) -> Facts:
    drawn = {record for line in lines for record in line.records}
    records = {key: record for key, record in facts.records.items() if key in drawn}
    named = {key for record in records.values() for key in record.concepts}
    return replace(
        facts,
        things={key: thing for key, thing in facts.things.items() if key in things},
        records=records,
        concepts={key: each if key in named else replace(each, statements=()) for key, each in facts.concepts.items()},
    )
