"""Run a query in a process of its own, so that a limit of time or memory really stops it.

A running query cannot be cancelled, only its process killed; a crash of the engine takes only the worker with
it. The worker's answer is kept until it is whole, so nothing is half-printed. `multiprocessing` would do the
same and take a third of the time of a short question to load.
"""

import math
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import BinaryIO, NamedTuple, NoReturn

from kg.errors import KgError, QueryError

MIB = 2**20
_IN_MEMORY = 8 * MIB
_PIPE = 64 * 1024


class Limits(NamedTuple):
    """How long a query may run (seconds) and how much memory it may take (MiB); None is no limit."""

    seconds: float | None = 60
    mebibytes: int | None = 4096


def run_limited(work: Callable[[BinaryIO], None], output: BinaryIO, limits: Limits) -> None:
    """Let `work` write its answer in another process, then copy it to `output`.

    Raises:
        QueryError: the work failed, ran out of time or memory, or its process died.
    """
    reading, writing = os.pipe()
    hearing, telling = os.pipe()
    worker = os.fork()  # it has the query already; nothing heavy is loaded before it
    if not worker:
        os.close(reading)
        os.close(hearing)
        _work(work, writing, telling, limits)
    os.close(writing)
    os.close(telling)
    status = None
    try:
        until = time.monotonic() + limits.seconds if limits.seconds else None
        with _kept(_chunks(reading, until, limits)) as answer:
            said = b"".join(_chunks(hearing, until, limits)).decode()
            _, status = os.waitpid(worker, 0)
            if status:
                raise QueryError(said or _died(limits))
            output.writelines(iter(lambda: answer.read(_PIPE), b""))
    finally:
        if status is None:
            os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)
        os.close(reading)
        os.close(hearing)


def _chunks(pipe: int, until: float | None, limits: Limits) -> Iterator[bytes]:
    """Yield what comes through a pipe until its other end is closed."""
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    while poll.poll(max(0, until - time.monotonic()) * 1000 if until else None):
        if not (chunk := os.read(pipe, _PIPE)):
            return
        yield chunk
    raise QueryError(f"the query took longer than {limits.seconds:g} s; narrow it, or allow more with --timeout")


def _kept(chunks: Iterator[bytes]) -> BinaryIO:
    """Return the chunks as a file open at its start: in memory, on disk when they are many."""
    held: BinaryIO = BytesIO()
    for chunk in chunks:
        if isinstance(held, BytesIO) and held.tell() > _IN_MEMORY:
            held = _on_disk(held)
        held.write(chunk)
    held.seek(0)
    return held


def _on_disk(held: BytesIO) -> BinaryIO:
    """Return a file without a name that begins with what was held."""
    import tempfile

    spool = tempfile.TemporaryFile()  # noqa: SIM115 - the caller's to close
    spool.write(held.getbuffer())
    return spool


def _died(limits: Limits) -> str:
    """Say that the worker ended without a word."""
    return (
        "the query ended its process: too deep for the engine, or out of memory "
        f"({limits.mebibytes} MiB); narrow it, or allow more with --memory"
    )


def _work(work: Callable[[BinaryIO], None], writing: int, telling: int, limits: Limits) -> NoReturn:
    """Do the work under the limits, say what went wrong, and end."""
    code = 1
    try:
        _limit(limits)
        said = ""
        with open(writing, "wb") as output:
            try:
                work(output)
                output.flush()
                code = 0
            except KgError as error:
                said = str(error)
            except MemoryError:
                said = f"the query needs more than {limits.mebibytes} MiB; narrow it, or allow more with --memory"
            except Exception:  # noqa: BLE001 - a bug of ours keeps its traceback, and ends only this process
                sys.excepthook(*sys.exc_info())
        os.write(telling, said.encode(errors="replace")[:_PIPE])
    finally:
        os._exit(code)  # the parent's buffers and clean-up are not this process's to flush or do


def _limit(limits: Limits) -> None:
    """Limit this process; Ctrl-C ends it as it ends any other."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if limits.mebibytes:
        _lower(resource.RLIMIT_DATA, limits.mebibytes * MIB)
    if limits.seconds:
        # Should the parent be killed, nobody would kill this process: it ends when its own time is up.
        _lower(resource.RLIMIT_CPU, math.ceil(limits.seconds) + 1)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(kind: int, limit: int) -> None:
    """Lower a limit of this process; one that is lower already, by `ulimit` or a scheduler, stays."""
    allowed = resource.getrlimit(kind)[1]
    lowest = limit if allowed == resource.RLIM_INFINITY else min(limit, allowed)
    resource.setrlimit(kind, (lowest, lowest))
