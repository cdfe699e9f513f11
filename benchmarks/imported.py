"""From a register's file to a map: seconds and peak memory of each step, each in a process of its own.

    python benchmarks/imported.py mepmeetings.csv eu-mep-meetings

Importing, checking, building, opening (the store, and one question asked of it), suggesting what is one thing, drawing.
Processor seconds and memory are those of the step's own process and of what it waited for.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

_QUESTION = "SELECT (COUNT(?thing) AS ?things) WHERE { ?thing a ?class }"


class Step(NamedTuple):
    """A command of `kg`, without the collection it works on."""

    name: str
    arguments: tuple[str, ...]


def steps(table: str, mapping: str) -> tuple[Step, ...]:
    """Return what a person does with a register, in order."""
    return (
        Step("import", ("import", table, "--mapping", mapping)),
        Step("check", ("check",)),
        Step("build", ("build",)),
        Step("open", ("query", "-q", _QUESTION)),
        Step("suggest", ("same", "suggest", "--json")),
        Step("map", ("map", "-o", "map.html")),
    )


def run(arguments: tuple[str, ...], folder: Path) -> tuple[float, float, int]:
    """Return seconds, processor seconds and peak megabytes of one command; its words go to the folder.

    Raises:
        SystemExit: the command did not do its work.
    """
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        words = os.open("words.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(words, 1)
        os.dup2(words, 2)
        os.execv(sys.executable, [sys.executable, "-m", "kg", *arguments])  # noqa: S606 - no shell is wanted
    _, status, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status):
        said = (folder / "words.txt").read_text(encoding="utf-8")[-500:]
        raise SystemExit(f"kg {' '.join(arguments)} failed: {said}")
    return time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def main() -> None:
    """Measure every step of one register."""
    table, mapping = sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "kg.toml").write_text('title = "A register"\n', encoding="utf-8")
        print(f"{'step':<10}{'seconds':>10}{'processor':>11}{'peak MB':>9}")
        for step in steps(str(Path(table).resolve()), mapping):
            wall, processor, peak = run(step.arguments, folder)
            print(f"{step.name:<10}{wall:>10.1f}{processor:>11.1f}{peak:>9,}", flush=True)


if __name__ == "__main__":
    main()
