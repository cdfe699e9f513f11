"""Files that changed since the last build: what it kept of the others, and the lines that came and went."""

from collections.abc import Container, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kg.build.asserting import Asserted
from kg.build.inputs import Inputs
from kg.build.kept import KeptFile, kept_digests, kept_files
from kg.check import Screen, check_collection
from kg.collection import Collection
from kg.convert import Settings, record_lines
from kg.errors import Issue, require
from kg.read import Entry, read_file, record_files
from kg.records import Record

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

    None when so much has changed, or a record is so little plain, that the collection must be built anew.
    """
    changed = _changed(version, inputs)
    if not changed:
        return None
    change = Change(asserted.settings)
    with closing(Screen(collection, _read(collection, version, inputs, change))) as screen:
        for entry in screen.entries():
            _note(entry, asserted, change, changed)
        return change if screen.is_clean() else None


def find_checked_change(collection: Collection, version: Path, inputs: Inputs, asserted: Asserted) -> Change | None:
    """Find the same where there is something to tell of the records: all of them are read, and held at once.

    Raises:
        RecordError: the records have errors.
    """
    changed = _changed(version, inputs)
    if not changed:
        return None
    result = check_collection(collection)
    require(result.issues)
    if result.redirects:
        return None
    change = Change(asserted.settings, result.issues)
    for file in kept_files(version, inputs):
        if file.name in changed:
            _note_gone(file, change)
    for entry in result.entries:
        _note(entry, asserted, change, changed)
    return change


def _note(entry: Entry, asserted: Asserted, change: Change, changed: Container[str]) -> None:
    """Take note of a record that was checked, and of its lines where its file changed."""
    asserted.note(entry)
    if entry.at.file in changed:
        change.after.update(change.lines_of(entry.record))


def _changed(version: Path, inputs: Inputs) -> set[str]:
    """Return the names of files that came, went or changed since a version; none when too many did, or all may have."""
    kept = kept_digests(version, inputs)
    changed = {name for name, _ in set(kept.items()) ^ set(inputs.files.items())}
    return changed if kept and len(changed) <= max(1, _MOST * len(inputs.files)) else set()


def _read(collection: Collection, version: Path, inputs: Inputs, change: Change) -> Iterator[Entry | Issue]:
    """Yield all records, those of unchanged files as they were kept, and note the lines that the others had."""
    kept = kept_files(version, inputs)
    held = next(kept, None)
    for name, path in record_files(collection.records, root=collection.root):
        while held and held.name < name:
            _note_gone(held, change)
            held = next(kept, None)
        same = held if held and held.name == name else None
        if same:
            held = next(kept, None)
        if same and same.digest == inputs.files[name]:
            yield from same.entries()
            continue
        if same:
            _note_gone(same, change)
        yield from read_file(path, root=collection.root)
    while held:
        _note_gone(held, change)
        held = next(kept, None)


def _note_gone(file: KeptFile, change: Change) -> None:
    """Note the lines of the records a file held."""
    for entry in file.entries():
        change.before.update(change.lines_of(entry.record))
