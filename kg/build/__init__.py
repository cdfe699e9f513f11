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
from kg.build.inputs import version_name
from kg.build.storing import fill
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
from kg.errors import Issue, require

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
        StoreError: the build cannot be written.
        OntologyError: an ontology file or rule is missing or broken.
    """
    folder, name = into or collection.build, version_name(collection)
    is_new = not is_complete(folder, name)
    if is_new:
        asserted, told = _asserted(collection, _existing(folder))
        with closing(asserted), store.new_version(folder, name) as new:
            counts = fill(new, asserted, collection)
            write_issues(new / ISSUES, told)
            write_manifest(new, {**_headed(asserted, collection), **counts})
    manifest = read_manifest(folder / name)
    issues = read_issues(folder / name / ISSUES)
    return Build(folder / name, manifest["records"], manifest["classes"], manifest["graphs"], issues, is_new)


def _asserted(collection: Collection, spare: Path) -> tuple[Asserted, tuple[Issue, ...]]:
    """Return what the records say, and the findings that stop no build.

    Records are converted as they are read. Only when something about them is not plainly right are all of them
    held at once, for what is to be told needs its place.
    """
    with ExitStack() as stack:
        screen = stack.enter_context(closing(Screen(collection)))
        asserted = stack.enter_context(closing(Asserted(collection, spare)))
        for entry in screen.entries():
            asserted.add(entry)
        if screen.is_clean():
            asserted.finish()
            stack.pop_all()
            screen.close()
            return asserted, ()
    result = check_collection(collection)
    require(result.issues)
    asserted = Asserted(collection, spare)
    for entry in result.entries:
        asserted.add(entry)
    asserted.finish(result.redirects)
    return asserted, result.issues


def _existing(folder: Path) -> Path:
    """Return the folder of builds, or the nearest one above that exists: nothing is made before all is checked."""
    return next(one for one in (folder, *folder.absolute().parents) if one.is_dir())


def _headed(asserted: Asserted, collection: Collection) -> dict[str, object]:
    """Return what a manifest says before its counts."""
    config = collection.config
    return {"title": config.title, "version": config.version, "records": dict(sorted(asserted.records.items()))}
