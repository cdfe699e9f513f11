"""Limits that stop: of time, of memory, and a worker that dies; nothing is left running and nothing half printed."""

import faulthandler
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, TypeVar

import pytest
from small_world import small_dataset

from kg.errors import QueryError
from kg.query import Limits, run_limited
from kg.query.run import run_query

Found = TypeVar("Found")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"


def is_gone(pid: int) -> bool:
    """Say whether a process is no more, or only waits for somebody to ask how it ended."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return True
    return status.rpartition(")")[2].split()[0] == "Z"


def test_the_answer_is_handed_over() -> None:
    output = BytesIO()
    run_limited(lambda stream: _write(stream, b"answer" * 100_000), output, Limits())
    assert output.getvalue() == b"answer" * 100_000


def _write(stream: BinaryIO, data: bytes) -> None:
    stream.write(data)


def test_a_shell_that_allows_less_is_heard(built: Path) -> None:
    asked = (sys.executable, "-m", "kg", "-C", str(built), "query", "-q", "ASK {}")
    shell = ("sh", "-c", 'ulimit -d 2000000; ulimit -t 50; exec "$@"', "sh")
    done = subprocess.run((*shell, *asked), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "yes\n", "")


def test_a_query_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    dataset = small_dataset()

    def work(stream: BinaryIO) -> None:
        (tmp_path / "pid").write_text(str(os.getpid()), encoding="ascii")
        stream.write(b"half an answer")
        stream.flush()
        stream.write(repr(list(run_query(dataset, ENDLESS).rows)).encode())

    output, start = BytesIO(), time.monotonic()
    with pytest.raises(QueryError, match=r"longer than 0\.5 s; .*--timeout"):
        run_limited(work, output, Limits(seconds=0.5))
    assert time.monotonic() - start < 20
    assert not output.getvalue()
    assert is_gone(int((tmp_path / "pid").read_text(encoding="ascii")))
    assert not multiprocessing.active_children()


def test_a_query_that_takes_too_much_memory_is_stopped() -> None:
    with pytest.raises(QueryError, match=r"256 MiB; .*--memory"):
        run_limited(lambda stream: _write(stream, bytes(1 << 30)), BytesIO(), Limits(mebibytes=256))


@pytest.mark.parametrize("deadly", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL])
def test_a_worker_that_dies_is_an_error(deadly: signal.Signals) -> None:
    def work(stream: BinaryIO) -> None:
        stream.write(b"half an answer")
        stream.flush()
        faulthandler.disable()  # pytest's own would tell of a death that is meant
        os.kill(os.getpid(), deadly)

    output = BytesIO()
    with pytest.raises(QueryError, match="ended its process"):
        run_limited(work, output, Limits())
    assert not output.getvalue()


def test_a_query_too_deep_for_the_engine_takes_only_the_worker() -> None:
    dataset = small_dataset()

    def work(stream: BinaryIO) -> None:
        from kg.store import native

        store = native(dataset)
        assert store is not None
        faulthandler.disable()
        text = "ASK " + "{" * 50_000 + "}" * 50_000
        stream.write(str(bool(store.query(text))).encode())

    with pytest.raises(QueryError, match="ended its process"):
        run_limited(work, BytesIO(), Limits())


def test_what_the_worker_says_is_said() -> None:
    dataset = small_dataset()
    with pytest.raises(QueryError, match="does not parse"):
        run_limited(lambda stream: _write(stream, repr(run_query(dataset, "SELECT")).encode()), BytesIO(), Limits())


def test_no_limits_are_no_limits() -> None:
    output = BytesIO()
    run_limited(lambda stream: _write(stream, b"x"), output, Limits(seconds=None, mebibytes=None))
    assert output.getvalue() == b"x"


ORPHAN = """
import os, sys
from io import BytesIO
from pathlib import Path
from small_world import small_dataset
from kg.query import Limits, run_limited
from kg.query.run import run_query

dataset = small_dataset()

def work(stream):
    Path(sys.argv[1]).write_text(str(os.getpid()))
    list(run_query(dataset, sys.argv[2]).rows)

run_limited(work, BytesIO(), Limits(seconds=1))
"""


def test_a_worker_whose_parent_is_killed_ends_by_itself(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    parent = subprocess.Popen([sys.executable, "-c", ORPHAN, told, ENDLESS], env=environment)
    worker = wait_for(lambda: told.exists() and told.read_text(encoding="ascii"))
    parent.kill()
    parent.wait()
    assert worker
    assert wait_for(lambda: is_gone(int(worker)))


def wait_for(happened: Callable[[], Found]) -> Found:
    """Ask again and again, for a minute at most; return what was found."""
    deadline = time.monotonic() + 60
    while not (found := happened()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found
