"""Progress is told to whoever listens, costs nothing otherwise, and a terminal shows it only when work is long."""

import io
import os
import pty
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from kg.cli import _progress
from kg.cli._progress import Bars, amount
from kg.progress import listening, meter, track


class Heard:
    """A listener that writes down what it is told."""

    def __init__(self) -> None:
        self.log: list[object] = []

    def begin(self, label: str, total: int | None, unit: str) -> "Heard":
        self.log.append((label, total, unit))
        return self

    def advance(self, more: int) -> None:
        self.log.append(more)

    def end(self) -> None:
        self.log.append("end")


def test_with_nobody_listening_things_come_as_they_are() -> None:
    things = [1, 2]
    assert track(things, "counting") is things
    with meter("loading") as advance:
        advance(3)


def test_each_thing_taken_is_told() -> None:
    heard = Heard()
    with listening(heard):
        assert list(track(["a", "b"], "reading", unit="files")) == ["a", "b"]
        assert list(track(iter("x"), "checking")) == ["x"]
    assert heard.log == [("reading", 2, "files"), 1, 1, "end", ("checking", None, ""), 1, "end"]
    assert list(track("y", "not heard")) == ["y"]
    assert len(heard.log) == 7


def test_work_that_fails_ends_too() -> None:
    heard = Heard()
    with pytest.raises(ValueError, match="broken"), listening(heard), meter("loading", 10, unit="B"):
        raise ValueError("broken")
    assert heard.log == [("loading", 10, "B"), "end"]


@pytest.mark.parametrize(
    ("done", "total", "unit", "seconds", "said"),
    [
        (1200, 5000, "records", 4.0, "1,200 of 5,000 records, 300/s"),
        (1200, None, "rows", 4.0, "1,200 rows, 300/s"),
        (2_500_000, 10_000_000, "B", 2.0, "2.5 of 10.0 MB, 1.2 MB/s"),
        (0, 7, "files", 0.0, "0 of 7 files"),
        (0, None, "", 3.0, ""),
    ],
    ids=["counted", "without a total", "bytes", "not begun", "nothing to count"],
)
def test_how_far_it_is_in_words(done: int, total: int | None, unit: str, seconds: float, said: str) -> None:
    assert amount(done, total, unit, seconds) == said


def test_quick_work_is_not_drawn_and_long_work_is(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(_progress, "time", SimpleNamespace(monotonic=lambda: now))
    stream = io.StringIO()
    bars = Bars(stream)
    quick = bars.begin("reading", 10, "files")
    quick.advance(5)
    quick.end()
    assert not stream.getvalue()
    long = bars.begin("checking", 10, "records")
    now = 2.0
    long.advance(4)
    assert bars.draw().tasks[0].fields["amount"] == "4 of 10 records, 2/s"
    inner = bars.begin("loading", None, "")
    assert [task.description for task in bars.draw().tasks] == ["checking", "loading"]
    inner.end()
    assert [task.description for task in bars.draw().tasks] == ["checking"]
    drawn = bars.draw()
    assert drawn.live.is_started
    long.end()
    assert not drawn.live.is_started


def on_a_terminal(*arguments: object, **environment: str) -> str:
    """Run the command with a terminal as standard error; return what came there."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", SLOW, *map(str, arguments)]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, "TERM": "xterm", **environment}
    ) as process:
        os.close(theirs)
        told = b""
        while chunk := _read(ours):
            told += chunk
    os.close(ours)
    assert process.returncode == 0, told
    return told.decode()


def _read(terminal: int) -> bytes:
    """Read from a terminal; its other end being closed is its end."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


# Everything counts as long, so that the test need not wait.
SLOW = "import sys, kg.cli._progress as p; p._PATIENCE = 0; from kg.cli import main; main()"


def test_a_terminal_shows_bars_that_go_again(built: Path) -> None:
    told = on_a_terminal("-C", built, "check")
    assert "checking" in told
    assert "records" in told
    assert "0 errors" in told.splitlines()[-1]


@pytest.mark.parametrize("how", ["--quiet", "dumb", "file"])
def test_no_bars_where_none_are_wanted(how: str, built: Path) -> None:
    if how == "file":
        command = [sys.executable, "-c", SLOW, "-C", str(built), "check"]
        told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stderr
    elif how == "dumb":
        told = on_a_terminal("-C", built, "check", TERM="dumb")
    else:
        told = on_a_terminal("--quiet", "-C", built, "check")
        assert told == ""
    assert "checking" not in told
    assert "\x1b" not in told


def test_no_colour_where_none_is_wanted(built: Path) -> None:
    told = on_a_terminal("-C", built, "check", NO_COLOR="1")
    assert "checking" in told
    assert "\x1b[3" not in told
    assert "\x1b[38" not in told
