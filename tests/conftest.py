"""What every test may ask for, and what is said where there is no browser to test in."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import pytest
import tiny
from browser import NO_BROWSER, Visit, find_browser, launched, visited
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

browser_path = cache(find_browser)
IN_CI = os.environ.get("CI") == "true"
ROOT = Path(__file__).parent.parent

# A busy machine is no fault of the code; and CI looks where it looked before, so that it fails for a reason.
settings.register_profile("kg", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=IN_CI)
settings.load_profile("kg")


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run the command as a shell would, in this process: ``run("query", "--list").code``."""

    def kg(*arguments: object) -> Ran:
        from kg.cli import main

        monkeypatch.setattr("sys.argv", ["kg", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        assert isinstance(stop.value.code, int)
        return Ran(stop.value.code, out, err)

    return kg


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """Copy the shipped collection, without what was built from it."""
    copy = tmp_path / "data"
    shutil.copytree(ROOT / "data", copy, ignore=shutil.ignore_patterns("build"))
    return copy


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder made once a run, by whichever test process comes first; it is only read afterwards."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = shared / name
        if not (folder / "build" / "CURRENT").is_file():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the shipped collection, built; for reading only."""

    def make(folder: Path) -> None:
        shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("build"))
        tiny.build(folder)

    return _once(tmp_path_factory, "built", make)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the tiny world, built; for reading only."""
    return _once(tmp_path_factory, "world", lambda folder: tiny.made(folder, tiny.WORLD))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser that is started once for the tests of a file."""
    path = browser_path()
    if path is None:
        pytest.fail(NO_BROWSER)
    with launched(path) as started:
        yield started


@pytest.fixture(scope="module")
def visit(browser: Browser) -> Callable[..., AbstractContextManager[Visit]]:
    """Open an HTML file offline: ``with visit(file) as seen: seen.page, seen.requests, seen.errors``."""
    return partial(visited, browser)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the browser tests out where there is no browser, except in CI: there they fail."""
    wanted = [item for item in items if item.get_closest_marker("browser")]
    if wanted and not IN_CI and browser_path() is None:
        config.hook.pytest_deselected(items=wanted)
        items[:] = [item for item in items if item not in wanted]


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run that only left browser tests out did what it could."""
    if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and not IN_CI and browser_path() is None:
        session.exitstatus = pytest.ExitCode.OK


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that browser tests did not run."""
    if browser_path() is None:
        terminalreporter.section("NO BROWSER", sep="!", red=True, bold=True)
        terminalreporter.line(NO_BROWSER, red=True, bold=True)
