"""In which order turns are taken, and which are left out because they are slow or time runs out."""

import time
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from harness import PEERS, Register, Way, find_job
from turns import Log, code_of

SPARE = 1.2
"""How much longer than before a turn may take: what does not fit that is not begun."""


class Step(NamedTuple):
    """One turn of one way, to be taken."""

    job: str
    way: str
    register: Register
    round: int

    @property
    def how(self) -> Way:
        """The way itself."""
        return find_job(self.job).ways[self.way]

    @property
    def slow(self) -> float:
        """The seconds a slow way is known to take, whatever was measured here; nothing for others."""
        return self.how.slow * self.register.meetings / 10_000


def steps(jobs: Sequence[str], registers: Sequence[Register], rounds: int) -> Iterator[Step]:
    """Yield all turns: a round of every register and job, what is slow last, the slowest at the end; the next round.

    Each round of a job begins with another of its ways.
    """
    for number in range(1, rounds + 1):
        planned = []
        for register, name in product(registers, jobs):
            ways = ways_of(name, register)
            first = (number - 1) % len(ways) if ways else 0
            planned += [Step(name, way, register, number) for way in ways[first:] + ways[:first]]
        yield from sorted(planned, key=lambda step: step.slow)


def ways_of(name: str, register: Register) -> list[str]:
    """Return the ways of a job that a register is asked in, with the interpreters that are here."""
    job = find_job(name)
    if job.sizes and register.meetings not in job.sizes:
        return []
    ways = job.ways.items()
    return [way for way, how in ways if register.meetings <= how.most and (PEERS.exists() or not how.is_peer)]


class Budget:
    """Seconds that a run has, and processor seconds after which a way is not repeated."""

    def __init__(self, seconds: float, *, slow: float) -> None:
        """Begin now."""
        self._end, self._slow = time.monotonic() + seconds, slow

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return max(self._end - time.monotonic(), 0)

    def refusal(self, step: Step, log: Log) -> str | None:
        """Return why a turn is not taken: nothing when it is there already; None when it is to be taken."""
        taken = log.find(step.job, step.way, step.register, code_of(step.job))
        if any(turn.round == step.round for turn in taken) or any(turn.processor > self._slow for turn in taken):
            return ""
        return "Cut for lack of time" if self.left < expected(step, log) * SPARE else None


def expected(step: Step, log: Log) -> float:
    """Return the processor seconds the way took last, if need be on a smaller register in proportion; or some."""
    found = [t for t in log.turns if (t.job, t.way) == (step.job, step.way) and t.register <= step.register]
    if not found:
        return max(step.slow, 1)
    last = max(reversed(found), key=lambda turn: turn.register)
    return last.processor * step.register.meetings / last.register.meetings
