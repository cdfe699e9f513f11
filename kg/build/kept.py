"""What a build read, kept beside it as JSONL: files that have not changed since need not be read again.

The first line names everything else the build was made from; then each file has a line with its name and digest,
and a line for each of its records: `[line, kind, fields]`.
"""

import json
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
        """Begin with what the build is made from besides its records."""
        self._stream = stream
        self._inputs = inputs
        self._file = ""
        self._stream.write(f"{json.dumps(inputs.rest)}\n".encode())

    def add(self, entry: Entry) -> None:
        """Write a record down, under its file."""
        if entry.at.file != self._file:
            self._file = entry.at.file
            self._stream.write(f"{json.dumps([self._file, self._inputs.files[self._file]])}\n".encode())
        self._stream.write(f'[{entry.at.line},"{entry.record.kind}",{as_json(entry.record)}]\n'.encode())

    def keep(self, file: "KeptFile") -> None:
        """Write down a file as it was kept before."""
        self._stream.write(f"{json.dumps([file.name, file.digest])}\n".encode())
        self._stream.writelines(file.lines)


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


def kept_files(version: Path, inputs: Inputs) -> Iterator[KeptFile]:
    """Yield the files of a version; none when it keeps none or was made from something else besides records."""
    try:
        stream = (version / KEPT).open("rb")
    except FileNotFoundError:
        return
    with stream:
        if json.loads(stream.readline()) != inputs.rest:
            return
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
