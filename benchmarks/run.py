"""Measure what we do beside what people would use instead, in one run, each in turn.

    python benchmarks/run.py                       every job at 10,000 meetings, a few minutes
    python benchmarks/run.py --sizes 10000,100000 --rounds 5 --write benchmarks/RESULTS.md
    python benchmarks/run.py questions exports     only these jobs

A job is a module in `jobs/`: ours and each peer as a function. Peers that are not installed are left out
(`make bench` installs them apart); nothing of ours depends on them.
"""

import argparse
import sys
from pathlib import Path

from harness import HERE, PEERS, Place, Sample, find_job, job_names, measure_apart, measure_here
from report import conditions, table

SIZES, FOLDER = "10000", HERE.parent / "out" / "benchmarks"


def main() -> None:
    """Measure and print; with `--one`, be the process that does one way."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("jobs", nargs="*", help=f"of {', '.join(job_names())}; all of them unless named")
    asked.add_argument("--sizes", default=SIZES, help="meetings, comma between")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--seconds", type=float, default=600, help="that one way may take in one round")
    asked.add_argument(
        "--folder", type=Path, default=HERE.parent / "out" / "benchmarks", help="where registers are made"
    )
    asked.add_argument("--write", type=Path, help="write the tables to this file too")
    asked.add_argument("--one", nargs=4, metavar=("JOB", "WAY", "FOLDER", "MEETINGS"), help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.one:
        name, way, folder, meetings = given.one
        measure_here(name, way, Place(Path(folder), int(meetings)))
        return
    sizes = [int(size) for size in given.sizes.split(",")]
    parts = [conditions(sizes, given.rounds)]
    for size in sizes:
        parts += _measured(size, given.jobs or job_names(), given)
    if given.write:
        given.write.write_text("\n".join(parts), encoding="utf-8")


def _measured(size: int, names: list[str], given: argparse.Namespace) -> list[str]:
    """Measure jobs on a register of one size, and return their tables."""
    from places import prepare

    place = prepare(given.folder, size)
    tables = []
    for name in names:
        tables.append(table(find_job(name), size, rounds(name, place, given)))
        print(tables[-1], flush=True)
    return tables


def rounds(name: str, place: Place, given: argparse.Namespace) -> dict[str, list[list[Sample]]]:
    """Return for each way its samples, a list a round; the ways take turns, each round beginning with another."""
    ways = [
        way
        for way, how in find_job(name).ways.items()
        if place.meetings <= how.most and (PEERS.exists() or not how.is_peer)
    ]
    found: dict[str, list[list[Sample]]] = {way: [] for way in ways}
    for turn in range(given.rounds):
        start = turn % len(ways)
        for way in ways[start:] + ways[:start]:
            print(f"{name}: {way}, round {turn + 1}", file=sys.stderr, flush=True)
            found[way].append(measure_apart(name, way, place, seconds=given.seconds))
    return found


if __name__ == "__main__":
    main()
