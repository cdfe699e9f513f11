"""Cut the files of a collection into slices: a few megabytes of whole lines of JSONL, any other file as it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kg.collection import Collection
from kg.errors import Issue
from kg.read import READERS, Entry, read_file, record_files
from kg.read.json import read_jsonl

SIZE = 32 * 1024 * 1024
"""Bytes of a slice of JSONL: some twenty seconds of work."""


@dataclass(frozen=True)
class Slice:
    """The bytes of a file from `start` to `end`; 0 and 0 are the whole file."""

    root: Path
    path: Path
    start: int = 0
    end: int = 0


def cut(collection: Collection, *, size: int = SIZE) -> list[Slice]:
    """Return the slices of a collection, in the order of its files; no line is in two of them."""
    found: list[Slice] = []
    for _, path in record_files(collection.records, root=collection.root):
        if path.suffix.lower() == ".jsonl" and path.stat().st_size > size:
            bounds = list(_bounds(path, size))
            found += [Slice(collection.root, path, *both) for both in pairwise(bounds)]
        elif path.suffix.lower() in READERS:
            found.append(Slice(collection.root, path))
    return found


def _bounds(path: Path, size: int) -> Iterator[int]:
    """Yield the offsets of lines, `size` bytes or a line more apart, from the first to the end."""
    length = path.stat().st_size
    yield 0
    with path.open("rb") as stream:
        while (at := stream.tell()) < length:
            stream.seek(min(at + size, length))
            stream.readline()
            yield stream.tell()


def read_slice(part: Slice) -> Iterator[Entry | Issue]:
    """Yield the entries and issues of a slice; an issue is placed in the whole file."""
    if not part.end:
        yield from read_file(part.path, root=part.root)
        return
    name = part.path.relative_to(part.root).as_posix()
    for found in read_jsonl(part.path, name, within=(part.start, part.end)):
        yield found if isinstance(found, Entry) else _placed(found, part)


def _placed(issue: Issue, part: Slice) -> Issue:
    """Count the lines before a slice, now that somebody must know."""
    before, left = 0, part.start
    with part.path.open("rb") as stream:
        while left and (chunk := stream.read(min(left, SIZE))):
            before, left = before + chunk.count(b"\n"), left - len(chunk)
    return issue._replace(at=issue.at._replace(line=issue.at.line + before))
