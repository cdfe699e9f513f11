"""Sort more text than memory holds: blocks of lines in, in any order; the same blocks sorted out, each subject once.

A block is all lines that begin with one word (a subject), sorted, each with its line end. In a file a blank line
parts blocks, which N-Quads allows: such a file can be loaded as it is.
"""

import heapq
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

LIMIT = 8 * 1024 * 1024
"""Characters held before they are sorted and put aside; bytes held of what was put aside while it is merged."""
_LEAST, _MOST = 4 * 1024, 64 * 1024
_BATCH = 256


class Sorter:
    """Holds blocks up to a limit; what is more lies in sorted runs in a file without a name, gone with the process."""

    def __init__(self, folder: Path, *, limit: int = LIMIT) -> None:
        """Put runs aside in `folder`, which need not exist while everything fits into memory."""
        self._folder = folder
        self._limit = limit
        self._blocks: list[str] = []
        self._size = 0
        self._file: IO[bytes] | None = None
        self._ends = [0]

    def add(self, blocks: Iterable[str]) -> None:
        """Take more blocks."""
        before = len(self._blocks)
        self._blocks += blocks
        self._size += sum(map(len, self._blocks[before:]))
        if self._size > self._limit:
            self._put_aside()

    def _put_aside(self) -> None:
        """Write what is held, sorted, and hold nothing."""
        self._file = self._file or tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed with this
        self._blocks.sort()
        for start in range(0, len(self._blocks), _BATCH):
            self._file.write("\n".join([*self._blocks[start : start + _BATCH], ""]).encode())
        self._file.flush()
        self._ends.append(self._file.tell())
        self._blocks, self._size = [], 0

    def close(self) -> None:
        """Give up what was put aside."""
        if self._file:
            self._file.close()

    def merged(self) -> Iterator[bytes]:
        """Yield every block once, sorted; blocks of one subject become one."""
        self._blocks.sort()
        runs: list[Iterator[bytes]] = [(block.encode() for block in self._blocks)]
        if self._file:
            chunk = min(max(self._limit // len(self._ends), _LEAST), _MOST)
            spans = zip(self._ends, self._ends[1:], strict=False)
            runs += [read_blocks(self._file, start, end, chunk=chunk) for start, end in spans]
        return merge(runs)


def merge(streams: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    """Merge sorted blocks; those of one subject become one, without a line standing twice."""
    word, held = b"", [b""]
    for block in heapq.merge(*streams):
        first = block[: block.index(b" ")]
        if first == word:
            held.append(block)
            continue
        yield from _one(held)
        word, held = first, [block]
    yield from _one(held)


def _one(blocks: list[bytes]) -> Iterator[bytes]:
    """Yield blocks of one subject as one; nothing for nothing."""
    if len(blocks) > 1:
        lines = {line for block in blocks for line in block.split(b"\n")[:-1]}
        yield b"\n".join([*sorted(lines), b""])
    elif blocks[0]:
        yield blocks[0]


def read_blocks(stream: IO[bytes], start: int, end: int, *, chunk: int = _MOST) -> Iterator[bytes]:
    """Yield the blocks between two offsets of a file, whoever else reads it."""
    rest = b""
    while start < end:
        data = os.pread(stream.fileno(), min(chunk, end - start), start)
        start += len(data)
        *whole, rest = (rest + data).split(b"\n\n")
        for block in whole:
            yield block + b"\n"
