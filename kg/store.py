"""Keep quads in Oxigraph, a build a folder of versions and a file `CURRENT` that names one.

    build/CURRENT            the name of the version in use, replaced by rename
    build/<version>/store/   Oxigraph's own files, opened read-only
    build/<version>/data.nq  the same quads as sorted N-Quads, and whatever else the build adds
    build/<version>/columns.npz  the facts that measures read, as columns of numbers (`kg.columns`)

A version is written under another name and renamed when complete, so a reader never sees half of
one, and a process killed at any moment leaves the version in use as it was. `kg.dataset` gives the
same quads as rdflib's Dataset; nothing here loads rdflib.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.prefixes import BASE
from kg.remote import Remote, open_remote

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.columns import Columns


COLUMNS = "columns.npz"
FEW = 500_000
"""Bytes of columns, some 20,000 facts, that the store tells of before numpy is loaded."""


class Opened:
    """A version of a build, opened to be read: its store, and the columns beside it where it has any."""

    def __init__(self, version: Path, store: ox.Store) -> None:
        """Take both; no file is read but the store's."""
        self.version = version
        self.store = store

    @cached_property
    def columns(self) -> "Columns | None":
        """The facts that measures read, as columns; None where there are none, or few: the store is as quick there."""
        path = self.version / COLUMNS
        if not path.exists() or path.stat().st_size < FEW:
            return None
        from kg.columns import Columns

        return Columns(path)


Engine = ox.Store | Opened | Remote
"""What answers a query by itself: Oxigraph in this process, or a server."""
Source: TypeAlias = "Engine | Graph"
"""What can be asked: an engine, or an rdflib Dataset over one or over memory."""


def is_address(build: Path | str) -> bool:
    """Say whether a build is named by the address of a server."""
    return isinstance(build, str) and build.startswith(("http://", "https://"))


def open_source(build: Path | str, *, base: str = BASE) -> Opened | Remote:
    """Open a build to be asked: the version in use of a folder, or what the server at an `http` address holds.

    Raises:
        StoreError: there is no build yet, its files are damaged, or the server cannot be read.
    """
    return open_remote(str(build), base=base) if is_address(build) else open_version(require_version(Path(build)))


def open_version(version: Path) -> Opened:
    """Open one version of a build, read-only.

    Raises:
        StoreError: its files are missing or damaged.
    """
    return Opened(version, open_native(version))


def columns_of(source: Source) -> "Columns | None":
    """Return the columns beside a source, when there are any."""
    opened = source if isinstance(source, Opened) else getattr(getattr(source, "store", None), "opened", None)
    return opened.columns if isinstance(opened, Opened) else None


def engine_of(source: Source) -> Engine | None:
    """Return what answers the queries asked of a source; None where rdflib's own engine has to."""
    remote = source if isinstance(source, Remote) else getattr(getattr(source, "store", None), "remote", None)
    return remote if isinstance(remote, Remote) else native(source)


def native(source: Source) -> ox.Store | None:
    """Return the Oxigraph store that is, or is behind, what can be asked; None when there is none."""
    if isinstance(source, ox.Store | Opened):
        return source if isinstance(source, ox.Store) else source.store
    if isinstance(source, Remote):
        return None
    from rdflib import Dataset  # whoever holds a graph has loaded it

    inner = getattr(source.store, "_inner", None) if isinstance(source, Dataset) else None
    return inner if isinstance(inner, ox.Store) else None


# -- versions on disk ---------------------------------------------------------------------------------------------

CURRENT = "CURRENT"
_NEW = ".new-"


def current_version(build: Path) -> Path | None:
    """Return the folder of the version in use, or None before the first build."""
    try:
        name = (build / CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"cannot read {build / CURRENT}: {error}") from error
    if not name.isalnum() or not (build / name).is_dir():
        raise StoreError(f"{build / CURRENT} names a version that is not there; run `kg build` again")
    return build / name


def require_version(build: Path) -> Path:
    """Return the folder of the version in use.

    Raises:
        StoreError: there is no build yet, or it is damaged.
    """
    version = current_version(build)
    if version is None:
        raise StoreError(f"nothing is built in {build}; run `kg build` first")
    return version


def open_native(version: Path) -> ox.Store:
    """Open the Oxigraph store of one version, read-only.

    Raises:
        StoreError: its files are missing or damaged.
    """
    folder = version / "store"
    if not (folder / "CURRENT").is_file():  # RocksDB's own; without it, it would start an empty store
        raise StoreError(f"the store in {version} is incomplete; run `kg build` again")
    try:
        return ox.Store.read_only(str(folder))
    except (OSError, ValueError, RuntimeError) as error:  # RocksDB calls corruption a runtime error
        raise StoreError(f"the store in {version} cannot be opened: {error}; run `kg build` again") from error


@contextmanager
def new_version(build: Path, name: str) -> Iterator[Path]:
    """Give an empty folder to fill; on success it becomes version `name` and the one in use.

    Raises:
        StoreError: another build of the same collection is running, or the disk refuses.
    """
    try:
        build.mkdir(parents=True, exist_ok=True)
        with _lock(build):
            _sweep(build, keep={name, _name_in_use(build)})
            folder = build / f"{_NEW}{name}"
            folder.mkdir()
            try:
                yield folder
                _put_in_place(build, folder, name)
            finally:
                _remove(folder, ignore_errors=True)  # renamed by now, unless something or somebody stopped it
    except OSError as error:
        raise StoreError(f"cannot write the build in {build}: {error}") from error


def _remove(folder: Path, *, ignore_errors: bool = False) -> None:
    """Remove a folder with all that is in it."""
    import shutil  # not loaded where a build is only asked

    shutil.rmtree(folder, ignore_errors=ignore_errors)


def _name_in_use(build: Path) -> str:
    """Return the name in CURRENT, or nothing when it cannot be told."""
    try:
        return (build / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


@contextmanager
def _lock(build: Path) -> Iterator[None]:
    """Let one builder in at a time; the lock goes when its process does."""
    import fcntl

    with (build / ".lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError(f"another build is writing to {build}; wait for it to end") from error
        yield


def _sweep(build: Path, *, keep: set[str]) -> None:
    """Remove versions that are neither in use nor about to be, and what a killed build left."""
    for folder in sorted(build.iterdir()):
        if folder.is_dir() and folder.name not in keep:
            _remove(folder)


def _put_in_place(build: Path, folder: Path, name: str) -> None:
    """Rename the finished folder to its name, then point CURRENT at it, all of it on disk before."""
    for path in [*sorted(folder.rglob("*")), folder]:
        _sync(path)
    target = build / name
    if target.exists():  # same content, but not in use or damaged
        _remove(target)
    folder.rename(target)
    _sync(build)
    write_atomically(build / CURRENT, f"{name}\n".encode())
    _sync(build)


def _sync(path: Path) -> None:
    """Ask the system to put a file on disk, or the names in a folder: a power cut may leave one without the other."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # what some shared disks say of folders, which they write at once
            raise
    finally:
        os.close(handle)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part.

    What a link points at is written, not the link; a device or a pipe keeps nothing, so it is written straight to.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    path = path.resolve()
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        discard(beside)


def discard(path: Path) -> None:
    """Remove a file that may not be there; of a folder that refuses, the error that led here tells."""
    with suppress(OSError):
        path.unlink()


def copy_store(before: Path, version: Path) -> None:
    """Give a new version the store of another: its tables never change and are linked, all else is copied."""
    target = version / "store"
    target.mkdir()
    for path in sorted((before / "store").iterdir()):
        if path.suffix == ".sst":
            try:
                (target / path.name).hardlink_to(path)
                continue
            except OSError:  # another disk, or one without links
                pass
        if path.name != "LOCK":
            (target / path.name).write_bytes(path.read_bytes())


def dump_native(store: ox.Store, *, graph: str | None = None) -> bytes:
    """Return every quad as N-Quads, or the triples of one graph as N-Triples, in the store's order.

    `graph` is an IRI, or empty for the default graph.
    """
    if graph is None:
        return cast("bytes", store.dump(format=ox.RdfFormat.N_QUADS))
    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    return cast("bytes", store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name))
