"""The process that does one way of a job, and prints a line of JSON for each case.

    python benchmarks/measure.py JOB WAY FOLDER REGISTER

Processor seconds are those of the process and of what it started; memory is the peak of either, what was opened
included.
"""

import json
import resource
import signal
import sys
import time
from pathlib import Path
from typing import NamedTuple

from harness import Answer, Ask, CannotAsk, Job, Place, Register, find_job

ENOUGH = 3
"""Seconds after which a case is not repeated."""


class Sample(NamedTuple):
    """One case measured: processor and wall seconds, peak MiB, the answer or why there is none.

    The answer is text, or the path of a file or folder with so many MiB `written`; `turns.py` puts a digest there.
    """

    case: str
    processor: float
    wall: float
    peak: float
    answer: str
    error: str = ""
    is_file: bool = False
    written: float = 0


def measure_here(name: str, way: str, place: Place) -> None:
    """Measure every case of one way in this process, and print each."""
    job = find_job(name)
    ask = job.ways[way].start(place)
    for case in job.cases:
        print(json.dumps(_measured(ask, case, job)), flush=True)


def _measured(ask: Ask, case: str, job: Job) -> Sample:
    """Measure one case: the quickest of so many times, which other work on the machine disturbs least.

    The first of several is for warmth, unless it takes so long that warmth is little of it.
    """
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(job.patience)
    best, begun = (float("inf"), float("inf")), time.perf_counter()
    try:
        for turn in range(job.times + 1):
            wall, processor = time.perf_counter(), _processor()
            answer = ask(case)
            taken = (_processor() - processor, time.perf_counter() - wall)
            is_slow = time.perf_counter() - begun > ENOUGH
            best = min(best, taken) if turn or is_slow or not job.times else best
            if is_slow:
                break
    except CannotAsk as reason:
        return Sample(case, 0, 0, 0, "", str(reason))
    finally:
        signal.alarm(0)
    peak = _peak()
    written = _size(answer) / 2**20 if isinstance(answer, Path) else 0
    return Sample(case, *best, peak, _text(answer), is_file=isinstance(answer, Path), written=written)


def _size(path: Path) -> int:
    """Return the bytes of a file, or of all files in a folder."""
    files = path.rglob("*") if path.is_dir() else (path,)
    return sum(file.stat().st_size for file in files if file.is_file())


def _text(answer: Answer) -> str:
    """Return the text of an answer, or the path of its file."""
    return answer() if callable(answer) else str(answer)


def _give_up(*_: object) -> None:
    """Leave a case that takes too long; reached when an engine in Python runs, or when another returns."""
    raise CannotAsk("out of patience")


def _processor() -> float:
    """Return the processor seconds of this process and of those it waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _peak() -> float:
    """Return the peak resident size of this process or of one it waited for, in MiB.

    `getrusage` of ourselves will not do: Linux counts what the process that started us had before we became a program.
    """
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    own = int(status.partition("VmHWM:")[2].split(maxsplit=1)[0])
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


if __name__ == "__main__":
    job_name, way_name, folder, register = sys.argv[1:]
    measure_here(job_name, way_name, Place(Path(folder), Register.of(register)))
