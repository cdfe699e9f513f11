"""What workers run: pure functions of a slice or a range; their files are whole or not there, so any may run twice."""

import hashlib
import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kg.build.sorting import Sorter, merge, read_blocks
from kg.build.version import write_data
from kg.convert import Settings, record_lines
from kg.distribute.slices import Slice, read_slice
from kg.errors import Issue, is_error
from kg.read import Entry

SAMPLED = 500
"""Records of a slice that are looked at to find where ranges begin."""
_HELD = 2 * 1024 * 1024


@dataclass(frozen=True)
class Job:
    """What all tasks of a conversion share: settings, the folder between rounds, and the subjects ranges begin with."""

    settings: Settings
    work: Path
    starts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapped:
    """What came of a slice: records converted, and the errors that stop the conversion."""

    records: int
    errors: tuple[Issue, ...]


@dataclass(frozen=True)
class Part:
    """One part of the answer: its name, quads and SHA-256."""

    name: str
    quads: int
    sha256: str


def sample(part: Slice, job: Job) -> list[str]:
    """Return the subjects that the first records of a slice speak of."""
    entries = (found for found in read_slice(part) if isinstance(found, Entry))
    blocks = (block for entry in islice(entries, SAMPLED) for block in record_lines(entry.record, job.settings))
    return [_subject(block) for block in blocks]


def map_slice(numbered: tuple[int, Slice], job: Job) -> Mapped:
    """Convert a slice; leave a sorted run of blocks for each range it has something of."""
    number, part = numbered
    errors: list[Issue] = []
    records = 0

    def blocks() -> Iterator[str]:
        nonlocal records
        for found in read_slice(part):
            if isinstance(found, Entry):
                records += 1
                yield from record_lines(found.record, job.settings)
            elif is_error(found):
                errors.append(found)

    put_aside(blocks(), f"{number:06}", job)
    return Mapped(records, tuple(errors))


def put_aside(blocks: Iterable[str], name: str, job: Job) -> None:
    """Leave blocks as a sorted run for each range."""
    job.work.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        ranges = [stack.enter_context(closing(Sorter(job.work, limit=_HELD))) for _ in range(len(job.starts) + 1)]
        for block in blocks:
            ranges[bisect_right(job.starts, _subject(block))].add([block])
        for number, sorter in enumerate(ranges):
            folder = job.work / f"{number:05}"
            folder.mkdir(parents=True, exist_ok=True)
            beside = folder / f".{name}"
            write_data(beside, sorter.merged(), between=b"\n")
            beside.replace(folder / name)


def reduce_range(number: int, job: Job, out: Path) -> Part:
    """Merge the runs of a range into one part: sorted lines of N-Quads, each once."""
    path = out / f"part-{number:05}.nq"
    beside = path.with_name(f".{path.name}")
    with ExitStack() as stack:
        files = sorted((job.work / f"{number:05}").iterdir())
        runs = [stack.enter_context(file.open("rb")) for file in files if not file.name.startswith(".")]
        write_data(beside, merge([read_blocks(run, 0, os.fstat(run.fileno()).st_size) for run in runs]))
    with beside.open("rb") as stream:
        quads = sum(1 for _ in stream)
        stream.seek(0)
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    beside.replace(path)
    return Part(path.name, quads, digest)


def _subject(block: str) -> str:
    """Return the word a block begins with."""
    return block[: block.index(" ")]
