"""Files that changed since the last build: what it kept of the others, and the lines that came and went."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg import store
from kg.build.asserting import Asserted, family_line, stored_lines
from kg.build.inputs import Inputs, require_same
from kg.build.kept import KeptFile, kept_files
from kg.build.near import Unchanged, are_right_still
from kg.build.version import ISSUES, read_issues
from kg.check import check_collection
from kg.collection import Collection
from kg.convert import Settings, record_lines
from kg.errors import Issue, require
from kg.families import ties
from kg.identity import read_ledger
from kg.iris import mint_graph
from kg.read import Entry, read_file
from kg.records import Record, Source
from kg.terms import KG

_MOST = 0.1
"""The share of files up to which a change is patched in; more are built anew."""


@dataclass
class Change:
    """Lines of the records of changed files: as they were, and as they are; and what is to be told of all records."""

    settings: Settings
    told: tuple[Issue, ...] = ()
    before: set[str] = field(default_factory=set)
    after: set[str] = field(default_factory=set)

    def lines_of(self, record: Record) -> Iterator[str]:
        """Yield the lines of a record."""
        for block in record_lines(record, self.settings):
            yield from (f"{line}\n" for line in block.split("\n")[:-1])

    @property
    def gone(self) -> set[str]:
        """The lines that are no more."""
        return self.before - self.after

    @property
    def new(self) -> set[str]:
        """The lines that were not there before."""
        return self.after - self.before


def find_change(collection: Collection, version: Path, inputs: Inputs, asserted: Asserted) -> Change | None:
    """Read what changed since a version; `asserted` takes note of every record, and holds no lines.

    None when so much has changed, or ids were merged, that the collection must be built anew.

    Raises:
        RecordError: the records have errors.
        KgError: a file changed while it was read.
    """
    kept = {file.name: file for file in kept_files(version, inputs)}
    digests = {(file.name, file.digest) for file in kept.values()}
    changed = {name for name, _ in digests ^ set(inputs.files.items())}
    if not kept or not changed or len(changed) > max(1, _MOST * len(inputs.files)):
        return None
    gone = [entry.record for name in sorted(changed & kept.keys()) for entry in kept[name].entries()]
    change = Change(asserted.settings)
    for record in gone:
        change.before.update(change.lines_of(record))
    unchanged = {name: file for name, file in kept.items() if name not in changed}
    names = [name for name in inputs.files if name in changed]
    new = _new_if_right(collection, version, gone, unchanged, names)
    if new is not None:
        require_same(collection, inputs, only=names)
        _note_near(gone, new, unchanged, change, asserted)
        return change
    if not _is_checked(collection, version, changed, change, asserted):
        return None
    require_same(collection, inputs)
    return change


def _new_if_right(
    collection: Collection,
    version: Path,
    gone: Sequence[Record],
    unchanged: Mapping[str, KeptFile],
    names: Sequence[str],
) -> list[Entry] | None:
    """Read the records of changed files; None when a look at what they touch cannot tell that nothing is wrong."""
    ledger = read_ledger(collection.identity, root=collection.root)
    if ledger.issues or ledger.in_force or read_issues(version / ISSUES):
        return None
    new: list[Entry] = []
    for name in names:
        for found in read_file(collection.root / name, root=collection.root):
            if isinstance(found, Issue):
                return None
            new.append(found)
    return new if unchanged and are_right_still(Unchanged(unchanged.values()), gone, new) else None


def _note_near(
    gone: Sequence[Record], new: Sequence[Entry], unchanged: Mapping[str, KeptFile], change: Change, asserted: Asserted
) -> None:
    """Take note of all records where only those of changed files were read; sources that tie nothing stay alone."""
    change.before.update(_alone(gone, change.settings))
    change.after.update(_alone([entry.record for entry in new], change.settings))
    by_file: dict[str, list[Entry]] = {name: [] for name in unchanged}
    for entry in new:
        change.after.update(change.lines_of(entry.record))
        by_file.setdefault(entry.at.file, []).append(entry)
    for name in sorted(by_file):
        if name in unchanged:
            asserted.keep(unchanged[name])
        for entry in by_file[name]:
            asserted.note(entry)


def _alone(records: Sequence[Record], settings: Settings) -> Iterator[str]:
    """Yield the family of each source that is of its own."""
    return (
        family_line(record.id, record.id, settings)
        for record in records
        if isinstance(record, Source) and not ties(record)
    )


def _is_checked(collection: Collection, version: Path, changed: set[str], change: Change, asserted: Asserted) -> bool:
    """Read and check all records, held at once, and take note of them; say no when ids were merged.

    Raises:
        RecordError: the records have errors.
    """
    result = check_collection(collection)
    require(result.issues)
    if result.redirects:
        return False
    change.told = result.issues
    for entry in result.entries:
        asserted.note(entry)
        if entry.at.file in changed:
            change.after.update(change.lines_of(entry.record))
    derived = ox.NamedNode(mint_graph("derived", base=change.settings.base))
    families = store.open_native(version).quads_for_pattern(None, ox.NamedNode(KG.family), None, derived)
    change.before |= stored_lines(families)
    change.after.update(asserted.families())
    return True
