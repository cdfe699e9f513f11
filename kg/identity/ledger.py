"""Read `identity.yaml` into decisions with their places, and append to it without touching a byte of what stands there.

The ledger is a list, oldest entry first; nothing is ever deleted: an entry that was wrong is undone by a later one.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import yaml
from pydantic import ValidationError

from kg.errors import Issue, Location, RecordError, require
from kg.identity.apply import apply
from kg.identity.decisions import ACTIONS, Decision, Merge, NotSame, Written
from kg.identity.places import Places, Refused, compose
from kg.records import Record

HEADER = """\
# Decisions about who is who, oldest first. Nothing here is deleted: what was wrong is undone by a later entry.
# Written by `kg same merge`, `not-same`, `split` and `undo`; it may be edited by hand, comments and all.
"""


@dataclass(frozen=True)
class Ledger:
    """All decisions in file order, undone ones too, and every fault that was found."""

    decisions: tuple[Decision, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def in_force(self) -> tuple[Decision, ...]:
        """The decisions that still stand."""
        return tuple(decision for decision in self.decisions if decision.in_force)


def read_ledger(path: Path, *, root: Path | None = None) -> Ledger:
    """Read the ledger of a collection; a missing file is an empty ledger.

    Every fault that the ledger alone shows is an issue: text that is no YAML, unknown or missing fields, a number
    used twice, an undo of nothing, a circle of merges, a merge of what is marked not-same. Whether the ids exist is
    found by `kg.identity.apply`.
    """
    name = path.relative_to(root).as_posix() if root else path.name
    if not path.exists():
        return Ledger()
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return Ledger(issues=(Issue(Location(name), "error", "identity-unreadable", f"cannot read the file: {error}"),))
    return parse_ledger(text, name)


def parse_ledger(text: str, name: str) -> Ledger:
    """Read a ledger's text; `name` is the file that places point to."""
    try:
        rows, places = compose(text, name)
    except Refused as refused:
        return Ledger(issues=(refused.issue,))
    issues: list[Issue] = list(places.issues)
    decisions = list(_decisions(rows, places, issues))
    decisions = _settle(decisions, issues)
    issues += _contradictions(decisions)
    return Ledger(tuple(decisions), tuple(sorted(issues)))


def _decisions(rows: Sequence[Any], places: Places, issues: list[Issue]) -> Iterator[Decision]:
    """Yield the entries that can be read; what cannot is an issue."""
    seen: dict[int, Location] = {}
    for index, row in enumerate(rows):
        at = places.at((index,))
        found = _written(row, index, places, issues)
        if found is None:
            continue
        if found.entry in seen:
            message = f"entry {found.entry} stands here for the second time, first at {seen[found.entry]}"
            issues.append(Issue(places.at((index, "entry")), "error", "identity-number", message))
            continue
        seen[found.entry] = at
        yield Decision(found.entry, found.action, found, at)


def _written(row: object, index: int, places: Places, issues: list[Issue]) -> Written | None:
    """Check the fields of one entry."""
    at = places.at((index,))
    if not isinstance(row, Mapping):
        issues.append(Issue(at, "error", "identity-entry", "expected an entry with fields, as `- entry: 1`"))
        return None
    named = [action for action in ACTIONS if action in row]
    if len(named) != 1:
        found = " and ".join(named) or "none"
        message = f"an entry decides exactly one of {', '.join(ACTIONS)}; found {found}"
        issues.append(Issue(at, "error", "identity-entry", message))
        return None
    try:
        return Written.model_validate(row)
    except ValidationError as error:
        issues.extend(places.explain(error, index))
        return None


def _settle(decisions: Sequence[Decision], issues: list[Issue]) -> list[Decision]:
    """Mark what later entries undo; undoing an undo puts the first decision back in force."""
    current = {decision.number: decision for decision in decisions}
    done: set[int] = set()
    for decision in decisions:
        if isinstance(decision.action, int):
            target = current.get(decision.action)
            if target is None or target.number not in done:
                message = f"there is no entry {decision.action} before this one to undo"
                issues.append(Issue(decision.at, "error", "identity-undo", message))
            elif target.undone_by is not None:
                message = f"entry {target.number} is already undone, by entry {target.undone_by}"
                issues.append(Issue(decision.at, "error", "identity-undo", message))
            else:
                _undo(target, decision.number, current)
        done.add(decision.number)
    return [current[decision.number] for decision in decisions]


def _undo(target: Decision, by: int, current: dict[int, Decision]) -> None:
    """Take a decision back; if it was itself an undo, what it took back stands again, and so on down the chain."""
    number, undone_by = target.number, by
    stands = False
    while True:
        decision = current[number] = replace(current[number], undone_by=None if stands else undone_by)
        if not isinstance(decision.action, int):
            return
        number, undone_by = decision.action, number
        stands = not stands


def _contradictions(decisions: Sequence[Decision]) -> Iterator[Issue]:
    """Yield circles, second merges of one id, and merges of things marked as different."""
    into: dict[tuple[str, str], tuple[str, Decision]] = {}
    for decision in (one for one in decisions if one.in_force):
        action = decision.action
        if isinstance(action, Merge):
            kind = action.kind
            if action.from_ == action.into or _survivor(into, kind, action.into) == action.from_:
                message = f"{action.from_!r} would be merged into itself"
                yield Issue(decision.at, "error", "identity-cycle", message)
            elif (kind, action.from_) in into:
                target, earlier = into[kind, action.from_]
                message = f"{action.from_!r} is already merged into {target!r} by entry {earlier.number}"
                yield Issue(decision.at, "error", "identity-merged-twice", message)
            else:
                into[kind, action.from_] = (action.into, decision)
    for decision in decisions:
        action = decision.action
        if decision.in_force and isinstance(action, NotSame):
            ends = {_survivor(into, action.kind, action.a), _survivor(into, action.kind, action.b)}
            if len(ends) == 1:
                message = f"{action.a!r} and {action.b!r} are marked not-same here, but merged into {ends.pop()!r}"
                yield Issue(decision.at, "error", "identity-contradiction", message)


def _survivor(into: Mapping[tuple[str, str], tuple[str, Decision]], kind: str, start: str) -> str:
    """Follow merges to the id that is left."""
    while (kind, start) in into:
        start = into[kind, start][0]
    return start


def next_number(ledger: Ledger) -> int:
    """Return the number of the entry to come: one more than the highest."""
    return max((decision.number for decision in ledger.decisions), default=0) + 1


def format_entry(fields: Mapping[str, Any]) -> str:
    """Return the YAML text of one entry, fields in the order given, short mappings and lists on one line."""
    lines = []
    for key, value in fields.items():
        if key == "date":
            lines.append(f"date: {value}\n")
        elif isinstance(value, Mapping | list | tuple):
            lines.append(f"{key}: {_dump(list(value) if isinstance(value, tuple) else value, flow=True)}")
        else:
            lines.append(_dump({key: value}, flow=False))
    return "- " + "  ".join(lines)


def _dump(value: object, *, flow: bool) -> str:
    """Dump a value on one line."""
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=flow))


def append_entry(
    path: Path, fields: Mapping[str, Any], *, root: Path | None = None, records: Iterable[Record] = ()
) -> Decision:
    """Add one entry at the end of the ledger: the text before it stays byte for byte, the swap is a rename.

    With `records`, those of the collection before identity, the decision must also be one that can be carried out.

    Raises:
        RecordError: the ledger is broken already, or would be with this entry.
    """
    before = read_ledger(path, root=root)
    require(before.issues)
    old = path.read_bytes() if path.exists() else HEADER.encode()
    gap = b"" if old.endswith(b"\n") or not old else b"\n"
    new = old + gap + b"\n" + format_entry(fields).encode()
    name = path.relative_to(root).as_posix() if root else path.name
    after = parse_ledger(new.decode(), name)
    require(after.issues)
    if len(after.decisions) != len(before.decisions) + 1:
        wanted = "an entry cannot be added at the end of this file; is it a list, one `- ` an entry?"
        raise RecordError(wanted, Location(name))
    given = tuple(records)
    if given:
        require(apply(given, after.decisions).issues)
    _swap(path, new)
    return after.decisions[-1]


def _swap(path: Path, content: bytes) -> None:
    """Write beside the file and rename over it, so that a crash leaves the old ledger; a link stays a link."""
    path = path.resolve()
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            mode = path.stat().st_mode if path.exists() else 0o644
            Path(file.name).chmod(mode & 0o777)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
