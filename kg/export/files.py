"""Bytes -> files that are whole or not there: written beside, then renamed."""

import os
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path

from kg.errors import ExportError
from kg.store import discard


def write_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Write one file; until all of it is written, whatever stood there stays.

    Raises:
        ExportError: the place is a folder, or cannot be written.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        _write(path, chunks, path)  # a pipe or a device is written to, never replaced
    else:
        _write_all({path: chunks})


def write_folder(folder: Path, files: Mapping[str, Iterable[bytes]]) -> None:
    """Write several files into a folder, made if need be; they are renamed only when all are written.

    Raises:
        ExportError: the place is a file, or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = "a file is there" if isinstance(error, FileExistsError) else error.strerror
        raise ExportError(f"cannot make the folder {folder}: {why}") from error
    _write_all({folder / name: chunks for name, chunks in files.items()})


def _write_all(files: Mapping[Path, Iterable[bytes]]) -> None:
    """Write every file beside its place, then rename them one after the other."""
    with ExitStack() as cleaning:
        beside = {}
        for path, chunks in files.items():
            if path.is_dir():
                raise ExportError(f"{path} is a folder; name a file")
            target = path.resolve()
            if not target.parent.is_dir():
                raise ExportError(f"cannot write {path}: there is no folder {path.parent}")
            beside[target] = target.with_name(f".{target.name}.{os.getpid()}.new")
            cleaning.callback(discard, beside[target])
            _write(beside[target], chunks, path)
        for target, new in beside.items():
            new.replace(target)


def _write(path: Path, chunks: Iterable[bytes], named: Path) -> None:
    """Write chunks to a path that stands for the one `named`; whoever closed a pipe has seen enough."""
    try:
        with path.open("wb") as stream:
            stream.writelines(chunks)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ExportError(f"cannot write {named}: {error.strerror}") from error
