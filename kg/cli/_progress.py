"""Progress of long work on a terminal: one bar a step, with rate and time left; gone when the step is done."""

import time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_PATIENCE = 0.5
"""Seconds a step must have taken to be shown: what is quick needs no bar, and does not load what draws it."""
_BETWEEN = 0.1
"""Seconds between two notes to the bar; it draws itself ten times a second."""


class Bars:
    """Draws the steps of a command on a terminal, innermost last; without colour where `NO_COLOR` is set."""

    def __init__(self, stream: TextIO) -> None:
        """Draw on a stream, which is a terminal."""
        self.began = time.monotonic()
        self._stream = stream
        self._drawn: Progress | None = None

    def begin(self, label: str, total: int | None, unit: str) -> "Bar":
        """Note a step; it is drawn once it has taken a while, or at once if it will not tell how far it is."""
        bar = Bar(self, label, total, unit)
        bar.tell()
        return bar

    def draw(self) -> "Progress":
        """Return what draws, started if it is not."""
        if self._drawn is None:
            self._drawn = _drawing(self._stream)
            self._drawn.start()
        return self._drawn

    def erase(self, task: "TaskID") -> None:
        """Take a bar away, and the whole drawing with the last."""
        if self._drawn is not None:
            self._drawn.remove_task(task)
            if not self._drawn.tasks:
                self._drawn.stop()
                self._drawn = None


class Bar:
    """One step: how far it is, and its bar once there is one."""

    def __init__(self, bars: Bars, label: str, total: int | None, unit: str) -> None:
        """Begin with nothing done."""
        self._bars, self._label, self._total, self._unit = bars, label, total, unit
        self._began = time.monotonic()
        self._done, self._next = 0, 0.0
        self._task: TaskID | None = None

    def advance(self, more: int) -> None:
        """Count, and now and then tell."""
        self._done += more
        if time.monotonic() >= self._next:
            self.tell()

    def tell(self) -> None:
        """Pass on what is done."""
        now = time.monotonic()
        self._next = now + _BETWEEN
        counts = self._total is not None or self._unit
        if now - (self._began if counts else self._bars.began) < _PATIENCE:
            return
        said, drawn = amount(self._done, self._total, self._unit, now - self._began), self._bars.draw()
        if self._task is None:
            self._task = drawn.add_task(self._label, total=self._total, amount=said)
        drawn.update(self._task, completed=self._done, amount=said)

    def end(self) -> None:
        """Take the bar away."""
        if self._task is not None:
            self._bars.erase(self._task)


def _drawing(stream: TextIO) -> "Progress":
    """Return an empty drawing: what is done, a bar, how much and how fast, and the time left."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[amount]}"),
        TimeRemainingColumn(),
        console=Console(file=stream),
        transient=True,
    )


def amount(done: int, total: int | None, unit: str, seconds: float) -> str:
    """Say how much of how much, and how much a second: `1,200 of 5,000 records, 300/s`."""
    if not done and total is None:
        return ""
    number = _megabytes if unit == "B" else _whole
    whole = "" if total is None else f" of {number(total)}"
    word = "MB" if unit == "B" else unit
    rate = f", {number(done / seconds)}{' MB' if unit == 'B' else ''}/s" if seconds > 0 else ""
    return f"{number(done)}{whole} {word}".rstrip() + rate


def _whole(number: float) -> str:
    """Write a count."""
    return f"{number:,.0f}"


def _megabytes(number: float) -> str:
    """Write bytes as megabytes."""
    return f"{number / 1e6:,.1f}"
