"""Build a collection again whenever its files change: a folder in, what came of each build out."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from kg.build import Build, build_collection
from kg.collection import CONFIG, open_collection
from kg.errors import KgError
from kg.read import is_passed_over

_PATIENCE = 200
"""Milliseconds after which to see whether somebody wants us to stop."""


@dataclass(frozen=True)
class Outcome:
    """The files that changed, relative to the collection, and what was built of it or why nothing was."""

    changed: tuple[str, ...]
    made: Build | None = None
    error: KgError | None = None


def watch(root: Path, *, stop: Event | None = None) -> Iterator[Outcome]:
    """Yield what comes of building the collection in `root` now, and again after each change until `stop` is set.

    Records that cannot be built are an outcome too: the last good build stays in use. What changes while a build
    runs is built next.

    Raises:
        KgError: the library that watches files is not installed.
    """
    try:
        import watchfiles
    except ImportError as error:
        raise KgError("to watch files: pip install 'cooperation-kg[watch]'") from error
    root = root.resolve()
    waiting = watchfiles.watch(
        root,
        watch_filter=lambda _, path: _matters(Path(path).relative_to(root)),
        stop_event=stop,
        rust_timeout=_PATIENCE,
        yield_on_timeout=True,  # so that the first build starts when changes are already noticed
    )
    is_first = True
    for changes in waiting:
        if changes or is_first:
            is_first = False
            yield _build(root, tuple(sorted({Path(path).relative_to(root).as_posix() for _, path in changes})))


def _matters(path: Path) -> bool:
    """Say whether a build depends on a file."""
    if any(map(is_passed_over, path.parts)):
        return False
    return path.parts[:1] in {("records",), ("sources",)} or path.as_posix() in {CONFIG, "identity.yaml"}


def _build(root: Path, changed: tuple[str, ...]) -> Outcome:
    """Build once."""
    try:
        return Outcome(changed, build_collection(open_collection(root)))
    except KgError as error:
        return Outcome(changed, error=error)
