"""Measure what we do beside what people would use instead, in one run, each in turn.

    python benchmarks/run.py                       every job at 10,000 meetings, a few minutes
    python benchmarks/run.py --sizes 10000,100000,1000000 --rounds 5 --minutes 35 --write benchmarks/RESULTS.md
    python benchmarks/run.py questions exports     only these jobs
    python benchmarks/run.py --rounds 0 --write benchmarks/RESULTS.md     no measuring: tables of what was found before

A job is a module in `jobs/`: ours and each peer as a function. Peers that are not installed are left out
(`make bench` installs them apart); nothing of ours depends on them. What each process found is kept in `turns.jsonl` of
the folder, so that a run that was stopped, or had too few minutes, goes on where it was when it is started again.
"""

import argparse
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from figures import Rounds
from harness import HERE, Part, Place, find_job, job_names
from plan import Budget, Step, steps, ways_of
from report import conditions, put, table
from targets import summary
from turns import Log, Turn, take

LARGE = 100_000
"""Meetings above which a build takes so long that it is not made in passing."""
FOLDER = HERE.parent / "out" / "benchmarks"
Found = dict[tuple[str, int], Rounds]
"""Job and size -> its samples."""


def main() -> int:
    """Measure, print and write; return 2 when the file to write has no place for it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # an exception ends the process that is measured too
    given = _asked()
    sizes = [int(size) for size in given.sizes.split(",")]
    names, log = given.jobs or job_names(), Log(given.folder / "turns.jsonl")
    budget = Budget(given.minutes * 60, slow=given.slow)
    for size in sizes if given.rounds else ():
        make_all(given.folder, size, needs(names, size), may_build=given.prepare or may_build(size, given))
    if given.prepare:
        return 0
    cut = measure(list(steps(names, sizes, given.rounds)), log, budget, given)
    turns, found = gather(names, sizes, log)
    tables = [table(find_job(name), size, rounds) for (name, size), rounds in found.items()]
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
    asked.add_argument("--sizes", default="10000", help="meetings, comma between")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--minutes", type=float, default=4.5, help="that all of it may take; later rounds are cut")
    asked.add_argument("--slow", type=float, default=8, help="processor seconds after which a way is not repeated")
    asked.add_argument("--seconds", type=float, default=600, help="that one way may take in one round")
    asked.add_argument("--folder", type=Path, default=FOLDER, help="where registers and what was found are kept")
    asked.add_argument("--prepare", action="store_true", help="make the registers, and measure nothing")
    asked.add_argument("--as-is", action="store_true", help="use builds that are there, even if of earlier code")
    asked.add_argument("--write", type=Path, help="put the tables between their markers in this file, made if absent")
    return asked.parse_args()


def measure(planned: Sequence[Step], log: Log, budget: Budget, given: argparse.Namespace) -> list[str]:
    """Take the turns that are not taken yet, as far as the budget goes; say what was cut."""
    cut: dict[str, list[str]] = {}
    for step in planned:
        reason = budget.refusal(step, log)
        if reason is None:
            reason = _take(step, log, budget, given)
        if reason:
            cut.setdefault(reason, []).append(f"{step.job} ({step.way}, {step.meetings:,}, round {step.round})")
    return [f"{reason}: {', '.join(left)}." for reason, left in cut.items()]


def _take(step: Step, log: Log, budget: Budget, given: argparse.Namespace) -> str:
    """Take one turn, and keep it; return why that was not done."""
    print(f"{step.meetings:,}: {step.job}: {step.way}, round {step.round}", file=sys.stderr, flush=True)
    part = find_job(step.job).ways[step.way].needs
    if reason := make(given.folder, step.meetings, part, may_build=may_build(step.meetings, given)):
        return reason
    limit = min(given.seconds, budget.left)
    place = Place(given.folder / str(step.meetings), step.meetings)
    turn = take(step.job, step.way, place, step.round, seconds=limit)
    if turn.wall >= limit < given.seconds:
        return "Cut for lack of time"
    log.add(turn)
    return ""


def make_all(folder: Path, meetings: int, parts: tuple[Part, ...], *, may_build: bool) -> None:
    """Make what ways start from, all at once: the records first, since the rest is made of them."""
    make(folder, meetings, "records", may_build=may_build)
    apart = [part for part in parts if not (part == "build" and "graphs" in parts)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda part: make(folder, meetings, part, may_build=may_build), apart))


@cache
def make(folder: Path, meetings: int, part: Part, *, may_build: bool) -> str:
    """Make what a way starts from, once; return why that was not done.

    Raises:
        SystemExit: it cannot be made.
    """
    command = [sys.executable, str(HERE / "places.py"), str(folder), str(meetings), part]
    asked = command if may_build else [*command, "--as-is"]
    done = subprocess.run(asked, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603 - ours
    if done.returncode not in {0, 3}:
        raise SystemExit(done.stderr)
    return done.stderr.strip() if done.returncode else ""


def may_build(meetings: int, given: argparse.Namespace) -> bool:
    """Say whether a register of so many meetings is built in passing."""
    return meetings <= LARGE and not given.as_is


def needs(names: Sequence[str], meetings: int) -> tuple[Part, ...]:
    """Return what the ways of jobs start from."""
    return tuple(sorted({find_job(name).ways[way].needs for name in names for way in ways_of(name, meetings)}))


def gather(names: Sequence[str], sizes: Sequence[int], log: Log) -> tuple[list[Turn], Found]:
    """Return the turns of the latest code of each job and size, and their samples by way."""
    turns: list[Turn] = []
    found: Found = {}
    for size in sizes:
        for name in names:
            latest = log.latest(name, size)
            rounds = {way: [t.samples for t in latest if t.way == way] for way in find_job(name).ways}
            if latest:
                found[name, size] = {way: samples for way, samples in rounds.items() if samples}
                turns += latest
    return turns, found


if __name__ == "__main__":
    sys.exit(main())
