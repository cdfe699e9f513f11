"""In which order turns are taken, and which are left out because they are slow or time runs out."""

import time
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from harness import PEERS, find_job
from turns import Log, code_of

SPARE = 1.2
"""How much longer than before a turn may take: what does not fit that is not begun."""


class Step(NamedTuple):
    """One turn of one way, to be taken."""

    job: str
    way: str
    meetings: int
    round: int


def steps(jobs: Sequence[str], sizes: Sequence[int], rounds: int) -> Iterator[Step]:
    """Yield all turns: a round of every size and job, what is slow last, then the next round.

    Each round of a job begins with another of its ways.
    """
    for number in range(1, rounds + 1):
        for is_slow, size, name in product((False, True), sizes, jobs):
            ways = [way for way in ways_of(name, size) if find_job(name).ways[way].is_slow == is_slow]
            first = (number - 1) % len(ways) if ways else 0
            yield from (Step(name, way, size, number) for way in ways[first:] + ways[:first])


def ways_of(name: str, meetings: int) -> list[str]:
    """Return the ways of a job that a register of this size is asked in, with the interpreters that are here."""
    job = find_job(name)
    if job.sizes and meetings not in job.sizes:
        return []
    ways = job.ways.items()
    return [way for way, how in ways if meetings <= how.most and (PEERS.exists() or not how.is_peer)]


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
        taken = log.find(step.job, step.way, step.meetings, code_of(step.job))
        if any(turn.round == step.round for turn in taken) or any(turn.processor > self._slow for turn in taken):
            return ""
        return "Cut for lack of time" if self.left < expected(step, log) * SPARE else None


def expected(step: Step, log: Log) -> float:
    """Return the processor seconds the way took last, if need be on a smaller register in proportion; or 1."""
    found = [t for t in log.turns if (t.job, t.way) == (step.job, step.way) and t.meetings <= step.meetings]
    if not found:
        return 1
    last = max(reversed(found), key=lambda turn: turn.meetings)
    return last.processor * step.meetings / last.meetings
