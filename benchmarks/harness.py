"""Jobs and the ways to do them: each way runs in a process of its own, in turn, and their answers must agree.

A way opens what the job takes for granted (not measured), then answers each case (measured). Processor seconds are
those of the process and of what it started; memory is the peak of either, what was opened included.
"""

import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
PEERS = HERE.parent / ".venv" / "peers" / "bin" / "python"
"""Where `make bench` installs what benchmarks/requirements.txt names: morph-kgc needs another pyoxigraph than we do."""

ENOUGH, PATIENCE = 5, 300
"""Seconds after which a case is not repeated, and after which it is given up."""

Answer = str | Path | Callable[[], str | Path]
"""Text, a file of lines whose order and repetition do not matter, or how to get either, not measured."""
Ask = Callable[[str], Answer]


class CannotAsk(Exception):  # noqa: N818 - no error: a way may not know every case
    """A way has no means to answer a case, with the reason."""


@dataclass(frozen=True)
class Place:
    """A register of `meetings` meetings on disk, and the files of one that the ways start from."""

    folder: Path
    meetings: int

    @property
    def records(self) -> Path:
        """The records as JSONL."""
        return self.folder / "records" / "all.jsonl"

    @property
    def build(self) -> Path:
        """The folder of builds."""
        return self.folder / "build"

    @property
    def version(self) -> Path:
        """The version in use."""
        return self.build / (self.build / "CURRENT").read_text(encoding="utf-8").strip()

    @property
    def triples(self) -> Path:
        """The default graph as sorted N-Triples."""
        return self.folder / "graphs" / "default.nt"

    @property
    def derived(self) -> Path:
        """The derived graph as sorted N-Triples."""
        return self.folder / "graphs" / "derived.nt"

    @property
    def questions(self) -> Path:
        """Name -> query, values bound and prefixes declared, as JSON."""
        return self.folder / "questions.json"

    @property
    def tables(self) -> Path:
        """A table per predicate and type of object: the triples of the records as rows, for engines that map tables."""
        return self.folder / "tables"

    def scratch(self, name: str) -> Path:
        """Return an empty place to write to, made anew."""
        place = self.folder / "scratch" / f"{os.getpid()}-{name}"
        place.parent.mkdir(exist_ok=True)
        return place


@dataclass(frozen=True)
class Way:
    """One way to do a job.

    `is_peer` runs it with the interpreter of the peers; `most` is the largest register it is asked about, since some
    would take hours.
    """

    start: Callable[[Place], Ask]
    is_peer: bool = False
    most: int = 10**9


@dataclass(frozen=True)
class Job:
    """What is done, the ways to do it (ours first), and the cases: each is measured `times` times after one for warmth.

    A job of `times` 0 is measured once, cold.
    """

    title: str
    ways: Mapping[str, Way]
    cases: Sequence[str] = ("",)
    times: int = 0


class Sample(NamedTuple):
    """One case measured: processor and wall seconds, peak MiB, and the digest of the answer (or why there is none)."""

    case: str
    processor: float
    wall: float
    peak: float
    answer: str
    error: str = ""


def find_job(name: str) -> Job:
    """Return the `JOB` of `jobs/<name>.py`."""
    job: Job = import_module(f"jobs.{name}").JOB
    return job


def job_names() -> list[str]:
    """Return the names of all jobs."""
    return sorted(path.stem for path in (HERE / "jobs").glob("*.py"))


def measure_apart(name: str, way: str, place: Place, *, seconds: float) -> list[Sample]:
    """Run one way of a job in a process of its own, `seconds` at most; what it did until then is kept."""
    python = str(PEERS) if find_job(name).ways[way].is_peer else sys.executable
    command = [python, str(HERE / "run.py"), "--one", name, way, str(place.folder), str(place.meetings)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)  # noqa: S603 - ourselves
        said, error = done.stdout, done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    except subprocess.TimeoutExpired as expired:
        said, error = expired.stdout or b"", f"more than {seconds:g} s"
    found = [Sample(*json.loads(line)) for line in said.splitlines() if line.startswith(b"[")]
    measured = {sample.case for sample in found}
    missed = [case for case in find_job(name).cases if case not in measured]
    return found + [Sample(case, 0, 0, 0, "", error or "ended early") for case in missed]


def measure_here(name: str, way: str, place: Place) -> None:
    """Measure every case of one way in this process, and print a line of JSON for each."""
    job = find_job(name)
    ask = job.ways[way].start(place)
    for case in job.cases:
        print(json.dumps(_measured(ask, case, job.times)), flush=True)


def _measured(ask: Ask, case: str, times: int) -> Sample:
    """Measure one case: the quickest of so many times, which other work on the machine disturbs least."""
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(PATIENCE)
    try:
        answer = ask(case) if times else ""
        best = (float("inf"), float("inf"))
        begun = time.perf_counter()
        for turn in range(times or 1):
            if turn and time.perf_counter() - begun > ENOUGH:
                break
            wall, processor = time.perf_counter(), _processor()
            answer = ask(case)
            best = min(best, (_processor() - processor, time.perf_counter() - wall))
    except CannotAsk as reason:
        return Sample(case, 0, 0, 0, "", str(reason))
    finally:
        signal.alarm(0)
    return Sample(case, *best, _peak(), _digest(answer))


def _give_up(*_: object) -> None:
    """Leave a case that takes too long; reached when an engine in Python runs, or when another returns."""
    raise CannotAsk(f"more than {PATIENCE} s")


def _processor() -> float:
    """Return the processor seconds of this process and of those it waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _peak() -> float:
    """Return the peak resident size of this process or of one it waited for, in MiB."""
    used = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(used) / 1024


def _digest(answer: Answer) -> str:
    """Return the SHA-256 of text, or of the sorted distinct lines of a file, which is then removed."""
    if callable(answer):
        answer = answer()
    if isinstance(answer, str):
        return hashlib.sha256(answer.encode()).hexdigest()
    ordered = subprocess.run(  # noqa: S603 - a file of ours
        ["sort", "--unique", "--buffer-size=200M", str(answer)],  # noqa: S607 - the system's own
        env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
        stdout=subprocess.PIPE,
        check=True,
    )
    answer.unlink()
    return hashlib.sha256(ordered.stdout).hexdigest()


def versions(python: str, names: Sequence[str]) -> dict[str, Any]:
    """Return the versions of distributions as an interpreter finds them; those it lacks are left out."""
    code = (
        "import importlib.metadata as m, json, sys\nfound = {}\nfor name in sys.argv[1:]:\n"
        "    try: found[name] = m.version(name)\n    except m.PackageNotFoundError: pass\nprint(json.dumps(found))"
    )
    done = subprocess.run([python, "-c", code, *names], capture_output=True, check=True)  # noqa: S603 - an interpreter
    found: dict[str, Any] = json.loads(done.stdout)
    return found
