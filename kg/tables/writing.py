"""A ledger in, files out: one for each kind, whole or not there, and the same bytes for the same table."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias, get_args

import yaml

from kg.errors import TableError
from kg.records import BY_PLURAL
from kg.tables.flat import to_csv
from kg.tables.ledger import Ledger

Written: TypeAlias = Literal["jsonl", "yaml", "csv"]
_FORMS: tuple[Written, ...] = get_args(Written)


class Beside:
    """Files that are written beside their places, and moved there together."""

    def __init__(self, cleaning: ExitStack) -> None:
        """Whatever is not moved is removed when `cleaning` ends."""
        self._cleaning = cleaning
        self._new: dict[Path, tuple[Path, BinaryIO]] = {}

    def open(self, path: Path) -> BinaryIO:
        """Open a file beside its place.

        Raises:
            TableError: the place is a folder, or cannot be written.
        """
        if path.is_dir():
            raise TableError(f"{path} is a folder; expected a file")
        target = path.resolve()
        new = target.with_name(f".{target.name}.{os.getpid()}.new")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            stream = self._cleaning.enter_context(new.open("wb"))
        except OSError as error:
            raise TableError(f"cannot write {path}: {error.strerror}") from error
        self._cleaning.callback(new.unlink, missing_ok=True)
        self._new[target] = new, stream
        return stream

    def move(self) -> None:
        """Put every file in its place; one that says the same as before is left alone, its date too."""
        for target, (new, stream) in self._new.items():
            stream.close()
            if target.is_file() and _equal(target, new):
                new.unlink()
            else:
                new.replace(target)


def write_records(ledger: Ledger, folder: Path, name: str, form: Written, beside: Beside) -> list[Path]:
    """Write each kind to `<plural>-<name>.<form>` in a folder; return files of an earlier import that are no more.

    Raises:
        TableError: the folder cannot be written.
    """
    wanted = {folder / f"{plural}-{name}.{form}": plural for plural in ledger.plurals()}
    for path, plural in wanted.items():
        stream = beside.open(path)
        try:
            stream.writelines(_formed(ledger, plural, form))
        except OSError as error:
            raise TableError(f"cannot write {path}: {error.strerror}") from error
    ours = [folder / f"{plural}-{name}.{suffix}" for plural in BY_PLURAL for suffix in _FORMS]
    return [path for path in ours if path not in wanted and path.is_file()]


def _formed(ledger: Ledger, plural: str, form: Written) -> Iterable[bytes]:
    """Return the bytes of one file."""
    if form == "csv":
        return to_csv(lambda: ledger.lines(plural))
    return ledger.lines(plural) if form == "jsonl" else _yaml(plural, ledger.lines(plural))


def _yaml(plural: str, lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield YAML, one record at a time."""
    yield f"{plural}:\n".encode()
    for line in lines:
        record = json.loads(line)
        del record["kind"]
        text = yaml.dump([record], Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=120)
        yield "".join(f"  {one}" if one.strip() else one for one in text.splitlines(keepends=True)).encode()


def _equal(one: Path, other: Path) -> bool:
    """Say whether two files hold the same bytes."""
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        while piece := first.read(1 << 20):
            if piece != second.read(1 << 20):
                return False
    return True
