"""What a build read, kept beside it as JSONL: files that have not changed since need not be read again.

The first line names everything else the build was made from, and the digest of what follows it; then each file has a
line with its name and digest, and a line for each of its records: `[line, kind, fields]`.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from kg.build.inputs import Inputs
from kg.errors import Location
from kg.read import Entry
from kg.read.entry import FieldPath, spell
from kg.records import BY_KIND, Record, from_builtins

KEPT = "records.jsonl"


class Keeper:
    """Writes down the records of a build in the order they are read."""

    def __init__(self, stream: IO[bytes], inputs: Inputs) -> None:
        """Begin with no records; they lie in `stream` until they are saved."""
        self._stream = stream
        self._inputs = inputs
        self._file = ""
        self._digest = hashlib.sha256()

    def save(self, version: Path) -> None:
        """Write all of them into the folder of a version."""
        self._stream.seek(0)
        with (version / KEPT).open("wb") as stream:
            stream.write(_heading(self._inputs, self._digest.hexdigest()))
            shutil.copyfileobj(self._stream, stream)

    def _write(self, line: bytes) -> None:
        """Write a line that counts."""
        self._digest.update(line)
        self._stream.write(line)

    def add(self, entry: Entry) -> None:
        """Write a record down, under its file."""
        if entry.at.file != self._file:
            self._file = entry.at.file
            digest = self._inputs.files.get(self._file, "")  # a file that came since is refused when all are read
            self._write(f"{json.dumps([self._file, digest])}\n".encode())
        self._write(f'[{entry.at.line},"{entry.record.kind}",{as_json(entry.record)}]\n'.encode())

    def keep(self, file: "KeptFile") -> None:
        """Write down a file as it was kept before."""
        self._write(f"{json.dumps([file.name, file.digest])}\n".encode())
        for line in file.lines:
            self._write(line)


def as_json(record: Record) -> str:
    """Return a record as compact JSON, its id first."""
    return record.model_dump_json(by_alias=True, exclude_defaults=True)


@dataclass(frozen=True)
class KeptFile:
    """A file as a build read it: its name, its digest, and its records as they were written down."""

    name: str
    digest: str
    lines: list[bytes]

    def entries(self) -> Iterator[Entry]:
        """Yield its records with their lines; of places inside them nothing is kept."""
        return (kept_entry(self.name, line) for line in self.lines)


def kept_entry(file: str, text: bytes) -> Entry:
    """Return the record of a line that was kept of a file."""
    line, kind, fields = json.loads(text)
    at = Location(file, line)
    return Entry(from_builtins(BY_KIND[kind], fields), at, partial(_about, at))


def kept_heading(text: bytes) -> tuple[int, type[Record], str]:
    """Return where the record of such a line begins in its file, its kind and its id; nothing else is read."""
    line, kind, _, _, _, name, _ = text[1:].split(b'"', 6)
    return int(line[:-1]), BY_KIND[kind.decode()], name.decode()


def _about(at: Location, path: FieldPath, *, key: bool = False) -> Location:
    """Return the place of a field as nearly as it is known."""
    del key
    return Location(at.file, at.line, path=spell(path))


def _heading(inputs: Inputs, digest: str) -> bytes:
    """Return what stands before records of this digest."""
    return f"{json.dumps([inputs.rest, digest])}\n".encode()


def kept_files(version: Path, inputs: Inputs) -> Iterator[KeptFile]:
    """Yield the files of a version; none when it keeps none whole, or was made from something else besides records."""
    try:
        stream = (version / KEPT).open("rb")
    except FileNotFoundError:
        return
    with stream:
        heading, start = stream.readline(), stream.tell()
        if heading != _heading(inputs, hashlib.file_digest(stream, "sha256").hexdigest()):
            return
        stream.seek(start)
        file: KeptFile | None = None
        for line in stream:
            if line.startswith(b'["'):
                if file:
                    yield file
                name, digest = json.loads(line)
                file = KeptFile(name, digest, [])
            elif file:
                file.lines.append(line)
        if file:
            yield file
