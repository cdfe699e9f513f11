"""What each command may load: an import that creeps into a cold start fails here, without a clock."""

import gc
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from kg import __main__, cli
from kg.cli._commands import SUMMARIES

MODELS = {"annotated_types", "pydantic", "pydantic_core", "typing_extensions", "typing_inspection"}
FILES = MODELS | {"numpy", "rapidfuzz", "yaml"}
STORE = {"pyoxigraph"}

RUNS: dict[str, set[str]] = {
    "query cq02-who-met-us --param party=kawasaki": STORE,
    "query cq02-who-met-us --param party=kawasaki --format csv": STORE,
    "query --list": STORE,
    "find kawasaki": STORE,
    "find --city kawasaki": STORE,
    "show makassar": STORE,
    "who makassar": STORE,
    "why makassar kawasaki": STORE,
    "status": STORE,
    "promises": STORE,
    "conflicts": STORE,
    "export turtle": STORE,
    "export trig": STORE,
    "export jsonld": STORE,
    "export rdfxml": STORE,
    "same list": MODELS | {"yaml"},
    "sources": FILES,
    "check": FILES,
    "import --list": MODELS | {"yaml"},
}
"""Command -> the libraries beside click that it may load, itself or in the process that answers its query."""

STANDARD = {
    "asyncio",
    "csv",
    "email",
    "http",
    "importlib.metadata",
    "importlib.resources",
    "logging",
    "multiprocessing",
    "random",
    "shutil",
    "socket",
    "ssl",
    "subprocess",
    "tempfile",
    "urllib.request",
}
"""Heavy parts of the standard library that no short answer needs."""
OURS = {"kg.convert", "kg.dataset", "kg.query.server", "kg.records", "kg.remote.server", "kg.terms"}
"""What of ours is for other work than answering from a build on disk."""


def loaded(*arguments: object) -> set[str]:
    """Run the command in a new process; return every module that it or its worker loaded."""
    command = [sys.executable, "-X", "importtime", "-m", "kg", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr[-500:]
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


def outside(modules: set[str], before: set[str]) -> set[str]:
    """Return the libraries among modules, without what a bare Python of this environment loads."""
    tops = {module.partition(".")[0] for module in modules - before if not module.startswith("_")}
    return (
        tops - set(sys.stdlib_module_names) - {"kg", "imported package", "org"}
    )  # `copy` asks for Jython's org.python


@pytest.fixture(scope="module")
def bare() -> set[str]:
    """Return what starting Python loads here: a coverage hook, an editable install's, and what these pull in."""
    command = [sys.executable, "-X", "importtime", "-c", "pass"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}


def test_help_is_click_and_little_more(bare: set[str]) -> None:
    found = loaded("--help")
    assert {module for module in found if module.partition(".")[0] == "kg"} == {
        "kg",
        "kg.cli",
        "kg.cli._commands",
        "kg.cli._store",
        "kg.errors",
    }
    assert outside(found, bare) == {"click"}
    assert not (found - bare) & {"tomllib", "pathlib", "json", "difflib", "signal"}


def test_the_version_needs_no_more(bare: set[str]) -> None:
    assert outside(loaded("--version"), bare) == {"click"}


@pytest.mark.parametrize("command", SUMMARIES)
def test_the_help_of_a_command_loads_no_library(command: str, bare: set[str]) -> None:
    assert outside(loaded(command, "--help"), bare) == {"click"}


@pytest.mark.parametrize("command", RUNS)
def test_a_command_loads_what_it_needs(command: str, bare: set[str], built: Path) -> None:
    found = loaded("-C", built, *command.split())
    assert outside(found, bare) <= {"click", *RUNS[command]}
    if RUNS[command] == STORE:
        assert not (found - bare) & (STANDARD | OURS)


@pytest.mark.parametrize("command", ["brokers --samples 2", "trends turnover", "gaps", "similar kawasaki", "analyze"])
def test_statistics_are_loaded_only_where_something_is_estimated(command: str, built: Path) -> None:
    assert "scipy.stats" not in loaded("-C", built, *command.split())


def test_where_nobody_watches_nothing_draws(bare: set[str], built: Path) -> None:
    assert "rich" not in outside(loaded("-C", built, "export", "nquads", "-o", built.parent / "x.nq"), bare)


def test_cycles_are_looked_for_seldom_and_not_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    before, seen = gc.get_threshold(), []

    def run() -> NoReturn:
        seen.append(gc.get_threshold()[0])
        raise SystemExit

    monkeypatch.setattr(cli, "main", run)
    try:
        with pytest.raises(SystemExit):
            __main__.main()
        assert seen == [50_000]
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


LEAVE = """
import sys
sys.argv = ["kg", "--version"]
from kg.__main__ import main
{before}
try:
    main()
finally:
    print("the end is waited for")
    {after}
"""


@pytest.mark.parametrize(
    ("before", "after", "waits"),
    [
        pytest.param("", "", False, id="nothing waits"),
        pytest.param("import atexit; atexit.register(int)", "", True, id="somebody asked to be called"),
        pytest.param(
            "import threading; done = threading.Event(); threading.Thread(target=done.wait).start()",
            "done.set()",
            True,
            id="a thread is at work",
        ),
        pytest.param("sys.setprofile(lambda *_: None)", "", True, id="a profiler"),
        pytest.param("sys.settrace(lambda *_: None)", "", True, id="a debugger"),
    ],
)
def test_a_process_is_left_as_it_is_where_nothing_waits_for_its_end(before: str, after: str, *, waits: bool) -> None:
    code = LEAVE.format(before=before, after=after)
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=bare, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.startswith("kg, version ")
    assert ("the end is waited for" in done.stdout) == waits
    assert not done.stderr


@pytest.mark.parametrize("fault", [OSError("gone"), ValueError("closed"), None], ids=["gone", "closed", "open"])
def test_a_process_is_not_left_with_words_unsaid(fault: Exception | None, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stream:
        def flush(self) -> None:
            if fault:
                raise fault

    left: list[int] = []
    monkeypatch.setattr(sys, "stdout", Stream())
    monkeypatch.setattr(os, "_exit", left.append)
    __main__.leave(3)
    assert left == ([] if fault else [3])


def test_a_written_question_loads_only_what_asks_it(bare: set[str], built: Path) -> None:
    found = loaded("-C", built, "query", "-q", "ASK { ?s ?p ?o }", "--format", "csv") - bare
    assert not found & {"calendar", "dataclasses", "unicodedata"}
    assert not found & {"kg.dates", "kg.query.bind", "kg.query.faults", "kg.query.recipes"}
