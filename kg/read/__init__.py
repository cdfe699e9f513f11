"""Files in, entries and issues out: YAML, JSON, JSONL and CSV read into the same frozen records.

Nothing here raises for bad data: what is wrong is yielded as an `Issue` where it was found, and reading goes on.
Codes: `alias`, `bad-country`, `bad-csv`, `bad-date`, `bad-hash`, `bad-id`, `bad-json`, `bad-language`, `bad-number`,
`bad-text`, `bad-url`, `bad-word`, `bad-yaml`, `binary`, `duplicate-key`, `empty-file`, `empty-text`,
`empty-value`, `missing-field`, `not-utf8`, `too-big`, `too-deep`, `too-few`, `unknown-field`, `unknown-format`,
`unknown-kind`, `unreadable`, `wrong-type`.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from kg.errors import Issue, Location, Severity, did_you_mean
from kg.read.csv import read_csv
from kg.read.entry import Entry
from kg.read.json import read_json, read_jsonl
from kg.read.yaml import read_yaml

__all__ = ["READERS", "Entry", "is_passed_over", "iter_entries", "read_file", "read_folder", "record_files"]

READERS: Mapping[str, Callable[[Path, str], Iterator[Entry | Issue]]] = {
    ".csv": read_csv,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".yaml": read_yaml,
    ".yml": read_yaml,
}
"""How each suffix is read."""


def iter_entries(path: Path) -> Iterator[Entry | Issue]:
    """Yield the entries and issues of a file, or of every file in a folder; places are relative to that folder."""
    if path.is_dir():
        yield from read_folder(path, root=path)
    else:
        yield from read_file(path, root=path.parent)


def read_folder(folder: Path, *, root: Path) -> Iterator[Entry | Issue]:
    """Yield the entries and issues of all files in a folder at any depth, sorted by their path.

    Markdown (a folder's README), hidden files and what editors keep beside them are passed over; a file of another
    format is a warning.
    """
    for _, path in record_files(folder, root=root):
        if path.suffix.lower() in READERS:
            yield from read_file(path, root=root)
        else:
            yield _unknown(path, root, "warning")


def record_files(folder: Path, *, root: Path) -> list[tuple[str, Path]]:
    """Return name and path of every file `read_folder` looks at, those of unknown formats too, sorted by name."""
    return sorted((_name(path, root), path) for path in _files(folder) if path.suffix.lower() != ".md")


def is_passed_over(name: str) -> bool:
    """Say whether a name is that of something hidden, or of what an editor keeps: `x.yaml~`, `#x.yaml#`."""
    return name.startswith(".") or name.endswith("~") or (name.startswith("#") and name.endswith("#"))


def read_file(path: Path, *, root: Path) -> Iterator[Entry | Issue]:
    """Yield the entries and issues of one file in its order; places name it relative to `root`."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        yield _unknown(path, root, "error")
    elif path.exists() and not path.is_file():  # a folder, a pipe that would never end
        yield Issue(Location(_name(path, root)), "error", "unreadable", "found no regular file; expected one")
    else:
        yield from reader(path, _name(path, root))


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder at any depth; links to folders are not followed, so there is no circle."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not is_passed_over(name)]
        yield from (Path(parent, name) for name in names if not is_passed_over(name))


def _name(path: Path, root: Path) -> str:
    """Return the path to show: relative to `root` where it is below, with `/`, and always printable."""
    # As text: pathlib takes as long for ten thousand names as reading the files does.
    name = str(path).removeprefix(f"{root}{os.sep}").replace(os.sep, "/")
    return name if name.isprintable() else ascii(name)[1:-1]


def _unknown(path: Path, root: Path, severity: Severity) -> Issue:
    """Say that we do not read this format."""
    hint = did_you_mean(path.suffix.lower(), READERS) or f"; expected one of {', '.join(READERS)}"
    return Issue(Location(_name(path, root)), severity, "unknown-format", f"unknown format {path.suffix!r}{hint}")
