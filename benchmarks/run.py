"""Measure what we do beside what people would use instead, in one run, each in turn.

    python benchmarks/run.py                       every job at 10,000 meetings, a few minutes
    python benchmarks/run.py --sizes 10000,100000 --rounds 5 --minutes 35 --write benchmarks/RESULTS.md
    python benchmarks/run.py --sizes 1000000-plain --rounds 1 --minutes 60     meetings and their sources alone
    python benchmarks/run.py questions exports     only these jobs
    python benchmarks/run.py --rounds 0 --sizes 10000,1000000-plain --write benchmarks/RESULTS.md     as found before

A job is a module in `jobs/`: ours and each peer as a function. Peers that are not installed are left out
(`make bench` installs them apart); nothing of ours depends on them. What each process found is kept in `turns.jsonl` of
the folder, so that a run that was stopped, or had too few minutes, goes on where it was when it is started again.

Builds of 100,000 meetings and more are measured when they are made, first of all, by `--prepare` too; they take as long
as they take. Other jobs start from them, and from what else `--prepare` makes.
"""

import argparse
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from figures import Rounds, answered
from harness import HERE, Part, Place, Register, find_job, job_names
from plan import Budget, Step, steps, ways_of
from report import conditions, put, table
from targets import summary
from turns import Log, Turn, code_of, take

LARGE = 100_000
"""Meetings above which a build takes so long that it is not made in passing."""
BUILDING = "building"
"""The job that makes what others start from."""
FOLDER = HERE.parent / "out" / "benchmarks"
Found = dict[tuple[str, Register], Rounds]
"""Job and register -> its samples."""


def main() -> int:
    """Measure, print and write; return 2 when the file to write has no place for it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # an exception ends the process that is measured too
    given = _asked()
    names, log = given.jobs or job_names(), Log(given.folder / "turns.jsonl")
    budget = Budget(given.minutes * 60, slow=given.slow)
    for register in given.sizes if given.rounds else ():
        make_all(register, names, log, given)
    if given.prepare:
        return 0
    measured = [name for name in names if name != BUILDING]
    cut = measure(list(steps(measured, given.sizes, given.rounds)), log, budget, given)
    turns, found = gather(names, given.sizes, log)
    tables = [table(find_job(name), register, rounds) for (name, register), rounds in found.items()]
    parts = {
        "summary": summary(found),
        "conditions": "\n\n".join([conditions(turns), *cut]),
        "tables": "\n\n".join(tables),
    }
    print(*parts.values(), sep="\n\n")
    if given.write:
        try:
            put(given.write, parts)
        except ValueError as error:
            print(error, file=sys.stderr)
            return 2
    return 0


def _asked() -> argparse.Namespace:
    """Read the command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("jobs", nargs="*", help=f"of {', '.join(job_names())}; all of them unless named")
    asked.add_argument("--sizes", type=_registers, default="10000", help="meetings, comma between, some -plain")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--minutes", type=float, default=4.5, help="that all of it may take; later rounds are cut")
    asked.add_argument("--slow", type=float, default=8, help="processor seconds after which a way is not repeated")
    asked.add_argument("--seconds", type=float, default=600, help="that one way may take in one round")
    asked.add_argument("--folder", type=Path, default=FOLDER, help="where registers and what was found are kept")
    asked.add_argument("--prepare", action="store_true", help="make the registers, and measure nothing")
    asked.add_argument("--as-is", action="store_true", help="use builds that are there, even if of earlier code")
    asked.add_argument("--write", type=Path, help="put the tables between their markers in this file, made if absent")
    return asked.parse_args()


def _registers(names: str) -> list[Register]:
    """Read sizes."""
    return [Register.of(name) for name in names.split(",")]


def measure(planned: Sequence[Step], log: Log, budget: Budget, given: argparse.Namespace) -> list[str]:
    """Take the turns that are not taken yet, as far as the budget goes; say which ways were not measured at all."""
    cut: dict[str, list[Step]] = {}
    for step in planned:
        reason = budget.refusal(step, log)
        if reason is None:
            reason = _take(step, log, min(given.seconds, budget.left), given)
        if reason and step.round == 1:
            cut.setdefault(reason, []).append(step)
    return [f"{reason}: {'; '.join(_left_out(left))}." for reason, left in cut.items()]


def _left_out(left: Sequence[Step]) -> Iterator[str]:
    """Yield what was left out of each register, a job with its ways."""
    for register in sorted({step.register for step in left}):
        ways: dict[str, list[str]] = {}
        for step in left:
            if step.register == register:
                ways.setdefault(step.job, []).append(step.way)
        told = [f"{job} ({', '.join(some)})" for job, some in ways.items()]
        yield f"{', '.join(told)} at {register}"


def _take(step: Step, log: Log, limit: float, given: argparse.Namespace) -> str:
    """Take one turn, and keep it; return why that was not done."""
    print(f"{step.register}: {step.job}: {step.way}, round {step.round}", file=sys.stderr, flush=True)
    if reason := make(given.folder, step.register, step.how.needs, may_build=may_build(step.register, given)):
        return reason
    place = Place(given.folder / step.register.name, step.register)
    turn = take(step.job, step.way, place, step.round, seconds=limit)
    if turn.wall >= limit < given.seconds:
        return "Cut for lack of time"
    log.add(turn)
    return ""


def make_all(register: Register, names: Sequence[str], log: Log, given: argparse.Namespace) -> None:
    """Make what ways start from: the records, since the rest is made of them; then the build; the rest at once."""
    may, parts = may_build(register, given), needs(names, register)
    make(given.folder, register, "records", may_build=may)
    for step in steps([BUILDING] if BUILDING in names and not given.as_is else [], [register], 1):
        taken = log.find(step.job, step.way, register, code_of(step.job))
        if not any(answered([turn.samples]) for turn in taken):
            _take(step, log, find_job(BUILDING).patience, given)
    apart = [part for part in parts if not (part == "build" and "graphs" in parts)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda part: make(given.folder, register, part, may_build=may), apart))


@cache
def make(folder: Path, register: Register, part: Part, *, may_build: bool) -> str:
    """Make what a way starts from, once; return why that was not done.

    Raises:
        SystemExit: it cannot be made.
    """
    command = [sys.executable, str(HERE / "places.py"), str(folder), register.name, part]
    asked = command if may_build else [*command, "--as-is"]
    done = subprocess.run(asked, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603 - ours
    if done.returncode not in {0, 3}:
        raise SystemExit(done.stderr)
    return done.stderr.strip() if done.returncode else ""


def may_build(register: Register, given: argparse.Namespace) -> bool:
    """Say whether a register is built in passing."""
    return register.meetings <= LARGE and not given.as_is


def needs(names: Sequence[str], register: Register) -> tuple[Part, ...]:
    """Return what the ways of jobs start from."""
    return tuple(sorted({find_job(name).ways[way].needs for name in names for way in ways_of(name, register)}))


def gather(names: Sequence[str], registers: Sequence[Register], log: Log) -> tuple[list[Turn], Found]:
    """Return the turns of the latest code of each job and register, and their samples by way."""
    turns: list[Turn] = []
    found: Found = {}
    for register in registers:
        for name in names:
            latest = log.latest(name, register)
            rounds = {way: [t.samples for t in latest if t.way == way] for way in find_job(name).ways}
            if latest:
                found[name, register] = {way: samples for way, samples in rounds.items() if samples}
                turns += latest
    return turns, found


if __name__ == "__main__":
    sys.exit(main())
