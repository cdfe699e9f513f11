"""A collection in, its records and everything wrong with them out; never raises for bad data."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property

from kg.check.index import Index
from kg.check.records import check_records
from kg.check.references import check_ids
from kg.check.screen import Screen
from kg.collection import Collection
from kg.errors import Issue, Location, is_error
from kg.identity import Redirect, apply, read_ledger
from kg.read import Entry, read_folder
from kg.resources import sector_ids

__all__ = ["CheckResult", "Screen", "check_collection", "check_records", "count_if_clean"]


@dataclass(frozen=True)
class CheckResult:
    """What a collection holds once identity decisions are applied, and all that is wrong with it.

    `entries` stand in the order of files; a merged record keeps the place of the one it went up in.
    `issues` are sorted by place. `redirects` lead from ids that are no more to those that are left.
    """

    entries: tuple[Entry, ...]
    issues: tuple[Issue, ...]
    redirects: tuple[Redirect, ...] = ()

    @cached_property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that stop a build."""
        return tuple(issue for issue in self.issues if is_error(issue))


def check_collection(collection: Collection) -> CheckResult:
    """Read the records and the identity ledger of a collection, and check all of it.

    Raises:
        OntologyError: the shipped sectors are missing.
    """
    entries: list[Entry] = []
    issues: list[Issue] = []
    for found in read_folder(collection.records, root=collection.root):
        if isinstance(found, Entry):
            entries.append(found)
        else:
            issues.append(found)
    if not entries and not issues:
        at = Location(collection.records.name)
        issues.append(Issue(at, "warning", "no-records", "found no records; expected at least one file of them"))
    refused = {issue.about for issue in issues if is_error(issue) and issue.about}
    resolved, redirects, faults = _resolve(entries, collection)
    issues += faults
    issues += check_records(resolved, known_sectors=sector_ids(), refused=refused)
    return CheckResult(tuple(resolved), tuple(sorted(set(issues))), redirects)


def count_if_clean(collection: Collection) -> int | None:
    """Return the number of records of a collection with which nothing at all is wrong; None calls for a closer look.

    Memory does not grow with the number of records.

    Raises:
        OntologyError: the shipped sectors are missing.
    """
    with closing(Screen(collection)) as screen:
        number = sum(1 for _ in screen.entries())
        return number if screen.is_clean() else None


def _resolve(
    entries: Sequence[Entry], collection: Collection
) -> tuple[Sequence[Entry], tuple[Redirect, ...], list[Issue]]:
    """Apply the identity decisions in force; ids that stand twice are told here, for they would go up in each other."""
    ledger = read_ledger(collection.identity, root=collection.root)
    issues = list(ledger.issues)
    if not ledger.in_force:
        return entries, (), issues
    issues += check_ids(entries, Index(entries))
    made = apply((entry.record for entry in entries), ledger.decisions, languages=collection.config.languages)
    resolved = [
        replace(entries[origin], record=record) for record, origin in zip(made.records, made.origins, strict=True)
    ]
    return resolved, made.redirects, [*issues, *made.issues]
