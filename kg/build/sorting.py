"""Sort more text than memory holds: blocks of lines in, in any order; the same blocks sorted out, each subject once.

A block is all lines that begin with one word (a subject), sorted, each with its line end. In a file a blank line
parts blocks, which N-Quads allows: such a file can be loaded as it is.
"""

import heapq
import io
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

LIMIT = 8 * 1024 * 1024
"""Characters held before they are sorted and put aside."""
_CHUNK = 64 * 1024
_BATCH = 256


class Sorter:
    """Holds blocks up to a limit; what is more lies sorted in files without a name, gone when the process is."""

    def __init__(self, folder: Path, *, limit: int = LIMIT) -> None:
        """Put files aside in `folder`, which need not exist while everything fits into memory."""
        self._folder = folder
        self._limit = limit
        self._blocks: list[str] = []
        self._size = 0
        self._runs: list[IO[bytes]] = []

    def add(self, blocks: Iterable[str]) -> None:
        """Take more blocks."""
        before = len(self._blocks)
        self._blocks += blocks
        self._size += sum(map(len, self._blocks[before:]))
        if self._size > self._limit:
            self._put_aside()

    def _put_aside(self) -> None:
        """Write what is held, sorted, and hold nothing."""
        self._blocks.sort()
        run = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - it lives as long as this object
        for start in range(0, len(self._blocks), _BATCH):
            run.write("\n".join([*self._blocks[start : start + _BATCH], ""]).encode())
        run.flush()
        self._runs.append(run)
        self._blocks, self._size = [], 0

    def close(self) -> None:
        """Give up what was put aside."""
        for run in self._runs:
            run.close()

    def merged(self) -> Iterator[str]:
        """Yield every block once, sorted; blocks of one subject become one."""
        self._blocks.sort()
        for run in self._runs:
            run.seek(0)
        return merge([*(read_blocks(run) for run in self._runs), self._blocks])


def merge(streams: Iterable[Iterable[str]]) -> Iterator[str]:
    """Merge sorted blocks; those of one subject become one, without a line standing twice."""
    word, held = "", [""]
    for block in heapq.merge(*streams):
        first = block[: block.index(" ")]
        if first == word:
            held.append(block)
            continue
        yield from _one(held)
        word, held = first, [block]
    yield from _one(held)


def _one(blocks: list[str]) -> Iterator[str]:
    """Yield blocks of one subject as one; nothing for nothing."""
    if len(blocks) > 1:
        lines = {line for block in blocks for line in block.split("\n")[:-1]}
        yield "\n".join([*sorted(lines), ""])
    elif blocks[0]:
        yield blocks[0]


def read_blocks(stream: IO[bytes]) -> Iterator[str]:
    """Yield the blocks of a file, from where it stands."""
    text, rest = io.TextIOWrapper(stream, encoding="utf-8", newline="\n"), ""
    while chunk := text.read(_CHUNK):
        *whole, rest = (rest + chunk).split("\n\n")
        for block in whole:
            yield block + "\n"
    text.detach()
