"""Turns: one way of a job done once by a process of its own, kept as a line of JSON, so that a broken run goes on.

A turn is of the code it measured: after a change of `kg`, of the job or of what registers hold it is done anew.
"""

import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from answers import digest, digest_text
from harness import HERE, PEERS, Place, Register, find_job
from measure import Sample


@dataclass(frozen=True)
class Turn:
    """What one process found: `load` is the machine's load average when it began.

    `wall` and `processor` are the seconds that all of it took, what the job takes for granted included.
    """

    job: str
    way: str
    register: Register
    round: int
    code: str
    commit: str
    load: float
    wall: float
    processor: float
    samples: tuple[Sample, ...]

    @property
    def key(self) -> tuple[str, str, Register, int]:
        """What it is a turn of."""
        return self.job, self.way, self.register, self.round


class Log:
    """A file of turns, a line each."""

    def __init__(self, path: Path) -> None:
        """Read what is there; half a line that a stopped run left is passed over, as are turns in an earlier form."""
        self.path = path
        self.turns = list(_read(path)) if path.exists() else []

    def add(self, turn: Turn) -> None:
        """Keep a turn."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as stream:
            stream.write("\n" * self._is_broken() + json.dumps(asdict(turn)) + "\n")
        self.turns.append(turn)

    def find(self, job: str, way: str, register: Register, code: str) -> list[Turn]:
        """Return the turns of a way by some code, a turn a round."""
        return [t for t in self.turns if t.code == code and (t.job, t.way, t.register) == (job, way, register)]

    def latest(self, job: str, register: Register) -> list[Turn]:
        """Return the turns of a job and register by the code that was measured last, a turn a way and round."""
        found = [turn for turn in self.turns if (turn.job, turn.register) == (job, register)]
        return list({turn.key: turn for turn in found if turn.code == found[-1].code}.values())

    def _is_broken(self) -> bool:
        """Say whether the file ends within a line."""
        return self.path.exists() and not self.path.read_bytes().endswith(b"\n") and self.path.stat().st_size > 0


def _read(path: Path) -> Iterator[Turn]:
    """Yield the turns of a file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            found = json.loads(line)
            register, samples = Register(**found["register"]), tuple(Sample(*sample) for sample in found["samples"])
        except (json.JSONDecodeError, KeyError):
            continue
        yield Turn(**found | {"register": register, "samples": samples})


def take(name: str, way: str, place: Place, number: int, *, seconds: float) -> Turn:
    """Run one way of a job in a process of its own, `seconds` at most; what it did until then is kept."""
    job = find_job(name)
    python = str(PEERS) if job.ways[way].is_peer else sys.executable
    command = [python, str(HERE / "measure.py"), name, way, str(place.folder), place.register.name]
    load, wall, processor = os.getloadavg()[0], time.perf_counter(), _processor()
    said, error = _run(command, seconds)
    wall, processor = time.perf_counter() - wall, _processor() - processor
    found = [Sample(*json.loads(line)) for line in said.splitlines() if line.startswith(b"[")]
    is_compared = number == 1 and place.register.meetings <= job.compared
    samples = [_digested(sample, is_compared=is_compared) for sample in found]
    shutil.rmtree(place.scratch_folder, ignore_errors=True)
    measured = {sample.case for sample in found}
    missed = [Sample(case, 0, 0, 0, "", error or "ended early") for case in job.cases if case not in measured]
    found = [*samples, *missed]
    return Turn(name, way, place.register, number, code_of(name), commit(), load, wall, processor, tuple(found))


def _run(command: list[str], seconds: float) -> tuple[bytes, str]:
    """Return what a command said, and the last line of its errors; it and what it started end after `seconds`."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:  # noqa: S603 - ourselves
        try:
            said, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return process.communicate()[0], f"more than {seconds:.0f} s"
        except BaseException:  # Ctrl-C goes to our group alone
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return said, errors.decode(errors="replace").strip().rpartition("\n")[2]


def _processor() -> float:
    """Return the processor seconds of all that was started and ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _digested(sample: Sample, *, is_compared: bool) -> Sample:
    """Put a digest in place of the answer; files are left alone unless they are compared."""
    if sample.error:
        return sample
    if sample.is_file:
        return sample._replace(answer=digest(Path(sample.answer)) if is_compared else "")
    return sample._replace(answer=digest_text(sample.answer))


@cache
def code_of(name: str) -> str:
    """Return a digest of the code that a job measures."""
    own = [
        HERE / "jobs" / f"{name}.py",
        *(HERE / f"{each}.py" for each in ("harness", "measure", "places", "registers")),
    ]
    shipped = (path for folder in ("kg", "ontology") for path in (HERE.parent / folder).rglob("*"))
    return _digest_of([*own, *(path for path in shipped if path.suffix in {".py", ".rq", ".ttl"})])


def _digest_of(paths: Iterable[Path]) -> str:
    """Return a short digest of files, whose order does not matter."""
    digests = sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in paths)
    return hashlib.sha256("".join(digests).encode()).hexdigest()[:16]


@cache
def commit() -> str:
    """Return the commit that is checked out, with a star when files differ from it; nothing outside a checkout."""
    command = ["git", "-C", str(HERE), "describe", "--always", "--exclude=*", "--dirty=*", "--abbrev=7"]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - git alone
    return done.stdout.decode().strip()
