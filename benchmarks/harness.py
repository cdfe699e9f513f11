"""Jobs and the ways to do them: each way runs in a process of its own, in turn, and their answers must agree.

A way opens what the job takes for granted (not measured), then answers each case (measured). `measure.py` is that
process; `turns.py` starts it.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal

HERE = Path(__file__).parent
PEERS = HERE.parent / ".venv" / "peers" / "bin" / "python"
"""Where `make bench` installs what benchmarks/requirements.txt names: morph-kgc needs another pyoxigraph than we do."""

Answer = str | Path | Callable[[], str]
"""Text, a file whose lines may come in any order and again, or how to get text, not measured."""
Ask = Callable[[str], Answer]
Part = Literal["records", "tables", "build", "graphs", "files"]
"""What of a register a way starts from; `places.py` makes each."""


class CannotAsk(Exception):  # noqa: N818 - no error: a way may not know every case
    """A way has no means to answer a case, with the reason."""


@dataclass(frozen=True, order=True)
class Register:
    """Which made-up register: how many meetings, and whether they and their sources are all it holds."""

    meetings: int
    is_plain: bool = False

    @classmethod
    def of(cls, name: str) -> "Register":
        """Return the register of a name like `10000` or `1000000-plain`.

        Raises:
            ValueError: there is none.
        """
        number, _, kind = name.partition("-")
        if kind not in {"", "plain"}:
            raise ValueError(f"{name} is no size: 10000 is, and 1000000-plain")
        return cls(int(number), kind == "plain")

    @property
    def name(self) -> str:
        """The name, which is that of its folder too."""
        return f"{self.meetings}-plain" if self.is_plain else str(self.meetings)

    def __str__(self) -> str:
        """Return what a person reads."""
        return f"{self.meetings:,} {'plain ' * self.is_plain}meetings"


@dataclass(frozen=True)
class Place:
    """A register on disk, and the files of one that the ways start from."""

    folder: Path
    register: Register

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
    def described(self) -> Path:
        """What the dataset says of itself, as sorted N-Triples."""
        return self.folder / "graphs" / "dataset.nt"

    @property
    def questions(self) -> Path:
        """Name -> query, values bound and prefixes declared, as JSON."""
        return self.folder / "questions.json"

    @property
    def tables(self) -> Path:
        """A table per predicate and type of object: the triples of the records as rows, for engines that map tables."""
        return self.folder / "tables"

    @property
    def files(self) -> Path:
        """The same records as a collection of 10,000 files, built."""
        return self.folder / "files"

    @property
    def scratch_folder(self) -> Path:
        """Where ways write; emptied after each."""
        return self.folder / "scratch"

    def scratch(self, name: str) -> Path:
        """Return an empty place to write to, made anew."""
        self.scratch_folder.mkdir(exist_ok=True)
        return self.scratch_folder / f"{os.getpid()}-{name}"


@dataclass(frozen=True)
class Way:
    """One way to do a job.

    `needs` is the part of a register it starts from. `is_peer` runs it with the interpreter of the peers; `most` is
    how many meetings the largest register has that it is asked about, since some would take hours. A way that is `slow`
    takes some so many seconds at 10,000 meetings: it is done after those that are quicker, and so is among the first
    that a run has no time for.
    """

    start: Callable[[Place], Ask]
    needs: Part = "build"
    is_peer: bool = False
    most: int = 10**9
    slow: float = 0


@dataclass(frozen=True)
class Job:
    """What is done, the ways to do it (ours first), and the cases: each is measured `times` times after one for warmth.

    A job of `times` 0 is measured once, cold. `compared` is how many meetings the largest register has at which answers
    are compared, and `sizes` of how many it is done, where it says any. A case is given up after `patience` seconds.
    """

    title: str
    ways: Mapping[str, Way]
    cases: Sequence[str] = ("",)
    times: int = 0
    compared: int = 100_000
    sizes: Sequence[int] = ()
    patience: int = 300


def find_job(name: str) -> Job:
    """Return the `JOB` of `jobs/<name>.py`."""
    job: Job = import_module(f"jobs.{name}").JOB
    return job


def job_names() -> list[str]:
    """Return the names of all jobs."""
    return sorted(path.stem for path in (HERE / "jobs").glob("*.py"))
