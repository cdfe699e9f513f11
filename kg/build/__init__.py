"""The whole flow as one function: read, check, convert, store, derive, describe.

What a build writes depends on the records, the ontology and this program, never on the day, the
machine or the order of files.
"""

from collections.abc import Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from kg import store
from kg.build.asserting import Asserted
from kg.build.change import find_change
from kg.build.inputs import Inputs, inputs_of, require_same
from kg.build.storing import Counted, fill, patch
from kg.build.version import (
    DATA,
    ISSUES,
    MANIFEST,
    PLACES,
    is_complete,
    read_issues,
    read_manifest,
    write_issues,
    write_manifest,
)
from kg.check import Screen, check_collection
from kg.collection import Collection
from kg.errors import DAMAGED, Issue, StoreError, require
from kg.progress import track

__all__ = ["DATA", "MANIFEST", "PLACES", "Build", "build_collection"]


@dataclass(frozen=True)
class Build:
    """What a build made: where it is, and how much of everything it holds."""

    version: Path
    records: Mapping[str, int]
    classes: Mapping[str, int]
    graphs: Mapping[str, int]
    issues: tuple[Issue, ...] = field(default=(), repr=False)
    is_new: bool = True


def build_collection(collection: Collection, *, into: Path | None = None) -> Build:
    """Check, convert, store and derive a collection; the previous build stays until the new one is whole.

    `into` is the folder of builds, `build/` of the collection unless said otherwise. When nothing
    changed since the last build, nothing is written and `is_new` is False.

    Raises:
        RecordError: the records have errors; nothing is written.
        KgError: a file changed while the collection was read; nothing is written.
        StoreError: the build cannot be written.
        OntologyError: an ontology file or rule is missing or broken.
    """
    folder, inputs = into or collection.build, inputs_of(collection)
    is_new = not is_complete(folder, inputs.name)
    if is_new:
        try:
            _make(collection, folder, inputs)
        except OSError as error:  # what does not fit into memory while records are read lies beside the builds
            raise StoreError(f"cannot write the build in {folder}: {error}") from error
    version = folder / inputs.name
    manifest = read_manifest(version)
    return Build(
        version, manifest["records"], manifest["classes"], manifest["graphs"], read_issues(version / ISSUES), is_new
    )


def _make(collection: Collection, folder: Path, inputs: Inputs) -> None:
    """Make the new version: of the one in use where that can be done and its store is whole, or from nothing."""
    try:
        if _patched(collection, folder, inputs):
            return
    except RuntimeError as error:
        if not str(error).startswith(DAMAGED):
            raise
    asserted, told = _asserted(collection, folder, inputs)
    with closing(asserted):
        require_same(collection, inputs)
        with store.new_version(folder, inputs.name) as new:
            counts = fill(new, asserted, collection)
            _finish(new, asserted, collection, counts, told)


def _patched(collection: Collection, folder: Path, inputs: Inputs) -> bool:
    """Make the new version of the one in use where little has changed; say whether that could be done."""
    try:
        before = store.current_version(folder)
    except StoreError:  # damaged: it is built whole
        return False
    if before is None or not is_complete(folder, before.name):
        return False
    with closing(Asserted(collection, folder, inputs)) as asserted:
        change = find_change(collection, before, inputs, asserted)
        if change is None:
            return False
        try:
            with store.new_version(folder, inputs.name) as new:
                counts = patch(new, before, change, asserted, collection)
                _finish(new, asserted, collection, counts, change.told)
        except LookupError:
            return False
    return True


def _finish(new: Path, asserted: Asserted, collection: Collection, counts: Counted, told: tuple[Issue, ...]) -> None:
    """Write findings and manifest of a version."""
    config = collection.config
    records = dict(sorted(asserted.records.items()))
    write_issues(new / ISSUES, told)
    write_manifest(new, {"title": config.title, "version": config.version, "records": records, **counts})


def _asserted(collection: Collection, folder: Path, inputs: Inputs) -> tuple[Asserted, tuple[Issue, ...]]:
    """Return what the records say, and the findings that stop no build.

    Records are converted as they are read. Only when something about them is not plainly right are all of them
    held at once, for what is to be told needs its place.
    """
    spare = _existing(folder)
    with ExitStack() as stack:
        screen = stack.enter_context(closing(Screen(collection)))
        asserted = stack.enter_context(closing(Asserted(collection, spare, inputs)))
        for entry in screen.entries():
            asserted.add(entry)
        if screen.is_clean():
            asserted.finish()
            stack.pop_all()
            screen.close()
            return asserted, ()
    result = check_collection(collection)
    require(result.issues)
    asserted = Asserted(collection, spare, None if result.redirects else inputs)
    for entry in track(result.entries, "converting", unit="records"):
        asserted.add(entry)
    asserted.finish(result.redirects)
    return asserted, result.issues


def _existing(folder: Path) -> Path:
    """Return the folder of builds, or the nearest one above that exists: nothing is made before all is checked."""
    return next(one for one in (folder, *folder.absolute().parents) if one.is_dir())
