"""Run a query in a process of its own, so that a limit of time or memory really stops it.

A running query cannot be cancelled, only its process killed; a crash of the engine takes only the
worker with it. The answer is spooled to a file, so nothing is half-printed.
"""

import math
import multiprocessing
import resource
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import BinaryIO

from kg.errors import KgError, QueryError

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """How long a query may run (seconds) and how much memory it may take (MiB); None is no limit."""

    seconds: float | None = 60
    mebibytes: int | None = 4096


def run_limited(work: Callable[[BinaryIO], None], output: BinaryIO, limits: Limits) -> None:
    """Let `work` write its answer in another process, then copy it to `output`.

    Raises:
        QueryError: the work failed, ran out of time or memory, or its process died.
    """
    # fork: the child has the query and the open files already; nothing heavy is loaded before it.
    context = multiprocessing.get_context("fork")
    reading, writing = context.Pipe(duplex=False)
    with tempfile.TemporaryFile() as spool:
        worker = context.Process(target=_work, args=(work, spool, writing, limits), daemon=True)
        worker.start()
        writing.close()
        try:
            said = _wait(reading, limits)
        finally:
            worker.kill()
            worker.join()
            reading.close()
        if said:
            raise QueryError(said)
        spool.seek(0)
        shutil.copyfileobj(spool, output)


def _wait(reading: Connection, limits: Limits) -> str:
    """Return what the worker said: nothing when all went well."""
    if not reading.poll(limits.seconds):
        raise QueryError(f"the query took longer than {limits.seconds:g} s; narrow it, or allow more with --timeout")
    try:
        return str(reading.recv())
    except EOFError:
        raise QueryError(
            "the query ended its process: too deep for the engine, or out of memory "
            f"({limits.mebibytes} MiB); narrow it, or allow more with --memory"
        ) from None


def _work(work: Callable[[BinaryIO], None], spool: BinaryIO, writing: Connection, limits: Limits) -> None:
    """Do the work under the limits and say how it went."""
    mebibytes = limits.mebibytes
    if mebibytes:
        resource.setrlimit(resource.RLIMIT_DATA, (mebibytes * MIB, mebibytes * MIB))
    if limits.seconds:
        # Should the parent be killed, nobody would kill this process: it ends when its own time is up.
        ending = math.ceil(limits.seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (ending, ending))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        work(spool)
        spool.flush()
        writing.send("")
    except KgError as error:
        writing.send(str(error))
    except MemoryError:
        writing.send(f"the query needs more than {mebibytes} MiB; narrow it, or allow more with --memory")
