"""Cut the files of a collection into slices: a few megabytes of whole lines of a long JSONL file, or of whole files."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kg.collection import Collection
from kg.errors import Issue
from kg.read import READERS, Entry, read_file, record_files
from kg.read.json import read_jsonl

SIZE = 32 * 1024 * 1024
"""Bytes of a slice: some twenty seconds of work, of JSONL."""
_MOST = 1000
"""Files of a slice: each slice leaves a run for each range, and there are as many ranges as slices unless said."""


@dataclass(frozen=True)
class Slice:
    """Some files as a whole, or the bytes of one from `start` to `end`."""

    root: Path
    paths: tuple[Path, ...]
    start: int = 0
    end: int = 0


def cut(collection: Collection, *, size: int = SIZE) -> list[Slice]:
    """Return the slices of a collection, in the order of its files; no line is in two of them."""
    found: list[Slice] = []
    whole: list[Path] = []
    held = 0
    for _, path in record_files(collection.records, root=collection.root):
        suffix, length = path.suffix.lower(), path.stat().st_size
        if suffix not in READERS:
            continue
        if whole and (held + length > size or len(whole) == _MOST):
            found.append(Slice(collection.root, tuple(whole)))
            whole, held = [], 0
        if suffix == ".jsonl" and length > size:
            found += [Slice(collection.root, (path,), *both) for both in pairwise(_bounds(path, size))]
        else:
            whole.append(path)
            held += length
    return [*found, Slice(collection.root, tuple(whole))] if whole else found


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
        for path in part.paths:
            yield from read_file(path, root=part.root)
        return
    (path,) = part.paths
    for found in read_jsonl(path, path.relative_to(part.root).as_posix(), within=(part.start, part.end)):
        yield found if isinstance(found, Entry) else _placed(found, path, part.start)


def _placed(issue: Issue, path: Path, start: int) -> Issue:
    """Count the lines before a slice, now that somebody must know."""
    before, left = 0, start
    with path.open("rb") as stream:
        while left and (chunk := stream.read(min(left, SIZE))):
            before, left = before + chunk.count(b"\n"), left - len(chunk)
    return issue._replace(at=issue.at._replace(line=issue.at.line + before))
