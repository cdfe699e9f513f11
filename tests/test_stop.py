"""Stopped by a signal at any moment, a command says so, leaves what was there before, and nothing half-written."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import tiny

from kg.store import current_version

# The command, held at the first call of a function until the signal is there: no moment is missed or hit by luck.
HELD = """
import signal, sys, time
from pkgutil import resolve_name

signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts in the background ignores it

home, name = resolve_name(sys.argv.pop(1)), sys.argv.pop(1)

def held(*arguments, **options):
    print("held", flush=True)
    while True:  # a signal just before a single long wait would be seen only after it
        time.sleep(0.01)

setattr(home, name, held)
from kg.cli import main
main()
"""


def stopped(cwd: Path, where: tuple[str, str], number: signal.Signals, *arguments: str) -> tuple[int, str]:
    """Run a command, stop it where it is held; return its exit code and what it said."""
    command = [sys.executable, "-c", HELD, *where, *arguments]
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        while process.stdout.readline() != "held\n":
            assert process.poll() is None, process.stderr.read()
        process.send_signal(number)
        said = process.stderr.read()
    return process.returncode, said


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, but for the lock, which holds nothing."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """Give a collection that is built, and has changed since."""
    root = tiny.made(tmp_path / "c", tiny.WORLD)
    (root / "records" / "more.yaml").write_text("sources: [{id: yearly, outlet: The Yearly}]\n", encoding="utf-8")
    return root


MOMENTS = {
    "while records are read": ("kg.build", "check_collection"),
    "just before it is renamed": ("kg.store", "_put_in_place"),
    "while its name is written": ("kg.store", "write_atomically"),
    "while it is loaded": ("kg.build.storing", "load_native"),
    "while rules derive": ("kg.rules", "derive"),
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["SIGINT", "SIGTERM"])
def test_a_build_that_is_stopped_leaves_the_one_before(
    moment: str, number: signal.Signals, code: int, changed: Path
) -> None:
    version, before = current_version(changed / "build"), files(changed)
    assert stopped(changed, MOMENTS[moment], number, "build") == (code, "stopped\n")
    assert current_version(changed / "build") == version
    assert before.items() <= files(changed).items()
    assert not [path for path in changed.rglob("*") if path.name.startswith(".") and path.name != ".lock"]
    tiny.build(changed)
    assert current_version(changed / "build") != version


WRITERS = {
    "an export": (("pathlib:Path", "replace"), ("export", "turtle", "-o", "out.ttl")),
    "an export of several files": (("pathlib:Path", "replace"), ("export", "csv-network", "-o", "out")),
    "a map": (("os", "fsync"), ("map", "-o", "out.html")),
    "a report": (("os", "fsync"), ("report", "-o", "out.html", "--as-of", "2026-01-01")),
    "an import": (("pathlib:Path", "replace"), ("import", "t.csv", "-m", "m.yaml", "-o", "out")),
    "an import as it reads": (("kg.tables:Flow", "take"), ("import", "t.csv", "-m", "m.yaml", "-o", "out")),
}
"""What is written -> where it is stopped, at the last step before it stands, and the command."""


MAPPING = """
title: A register
source: {id: register, outlet: The Office}
records:
  city: {kind: city, id: "{name}", name: "{name}"}
"""


@pytest.mark.parametrize("what", WRITERS)
def test_what_is_stopped_is_not_half_written(what: str, tmp_path: Path) -> None:
    root = tiny.made(tmp_path / "c", tiny.WORLD)
    (root / "t.csv").write_text("name\nSpringfield\n", encoding="utf-8")
    (root / "m.yaml").write_text(MAPPING, encoding="utf-8")
    before = files(root)
    where, arguments = WRITERS[what]
    assert stopped(root, where, signal.SIGINT, "--quiet", *arguments) == (130, "stopped\n")
    assert files(root) == before


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["SIGINT", "SIGTERM"])
def test_a_question_is_stopped_with_its_worker(number: signal.Signals, code: int, tmp_path: Path) -> None:
    root = tiny.made(tmp_path / "c", tiny.WORLD)
    # The worker is held; its own group would get the signal from a terminal, here only the parent does.
    assert stopped(root, ("kg.cli._answer", "write_answer"), number, "query", "-q", "ASK {}") == (code, "stopped\n")


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="this system has no device that is always full")
@pytest.mark.parametrize(
    "command", [("find",), ("query", "cq14", "--format", "csv"), ("export", "turtle")], ids=" ".join
)
def test_an_answer_that_finds_no_space_is_told_in_one_line(command: tuple[str, ...], world: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "-C", world, *command],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (3, "kg: the answer is cut short: no space is left where it goes\n")


@pytest.mark.parametrize(
    "command", [("find",), ("export", "turtle"), ("export", "turtle", "-o", "/dev/stdout")], ids=" ".join
)
def test_a_reader_who_has_seen_enough_ends_it_without_a_word(command: tuple[str, ...], world: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as stream:
        kg = [sys.executable, "-m", "kg", "-C", str(world), *command]
        done = subprocess.run(kg, stdout=stream, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_closed_output_is_told_in_one_line(world: Path) -> None:
    kg = [sys.executable, "-m", "kg", "-C", str(world), "find"]
    done = subprocess.run(["sh", "-c", 'exec "$@" >&-', "sh", *kg], stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (3, "kg: standard output is closed, so that no answer can be given\n")
