"""What is written for people is true: README examples run, and every command says what it does."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.cli._commands import SUMMARIES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

NEEDS_MORE = frozenset({"init", "import", "check", "build", "watch", "convert", "same", "diff"})
"""Commands whose examples take files of the reader's own, write into the collection, or do not end."""

every_command = pytest.mark.parametrize("command", SUMMARIES)


def _blocks(heading: str, language: str) -> list[str]:
    """Return the fenced blocks of one language under one heading of the README."""
    section = README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    assert section, f"the README has no section {heading!r}"
    blocks = re.findall(rf"```{language}\n(.*?)```", section, flags=re.DOTALL)
    assert blocks, f"the section {heading!r} has no {language} example"
    return blocks


def _in(folder: Path, *command: str) -> str:
    """Run a command as a newcomer would, in a folder that holds data/."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_python_example_runs(demo: Path) -> None:
    for block in _blocks("Five lines of Python", "python"):
        assert len(block.strip().splitlines()) <= 7
        assert _in(demo.parent, sys.executable, "-c", block).strip()


def test_the_command_line_example_runs(demo: Path) -> None:
    for block in _blocks("The same on the command line", "sh"):
        assert _in(demo.parent, "bash", "-euo", "pipefail", "-c", block).strip()


def test_python_and_the_command_line_answer_alike(demo: Path) -> None:
    (python,) = _blocks("Five lines of Python", "python")
    (shell,) = _blocks("The same on the command line", "sh")
    printed = _in(demo.parent, sys.executable, "-c", python)
    rows = [word for word in printed.split() if "://" not in word and word != "None"]
    table = _in(demo.parent, "bash", "-euo", "pipefail", "-c", shell)
    assert [word for word in rows if word not in table] == []


def test_the_record_shown_is_valid(demo: Path, run: Callable[..., Any]) -> None:
    (record,) = _blocks("A record", "yaml")
    again = record.replace("makassar-kawasaki-waterworks-2025-11-25", "from-the-readme")
    (demo / "records" / "readme.yaml").write_text(again, encoding="utf-8")
    assert run("check", demo).code == 0


@every_command
def test_the_readme_names_every_command(command: str) -> None:
    assert f"`kg {command}" in README


def test_the_readme_names_every_module() -> None:
    found = {path.stem for path in (ROOT / "kg").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert [name for name in sorted(found - {"__init__", "__main__"}) if f"`{name}`" not in README] == []


@pytest.mark.parametrize("code", ["0", "1", "2", "3"])
def test_the_readme_says_what_an_exit_code_means(code: str) -> None:
    assert re.search(rf"^\| {code} \| \S", README, flags=re.MULTILINE)


@every_command
def test_help_leads_with_an_example(command: str, run: Callable[..., Any]) -> None:
    asked = run(command, "--help")
    assert (asked.code, asked.err) == (0, "")
    usage, summary, examples, *_ = re.split(r"\n\s*\n", asked.out)
    assert usage.startswith(f"Usage: kg {command}")
    assert summary.endswith(".")
    assert examples.strip().startswith(("kg ", "$ kg "))
    assert command in examples


@pytest.mark.parametrize("command", [name for name in SUMMARIES if name not in NEEDS_MORE])
def test_what_help_shows_has_an_answer(
    command: str, run: Callable[..., Any], built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    examples = re.findall(r"^  kg (.*?)(?: {2,}.*| > .*)?$", run(command, "--help").out, flags=re.MULTILINE)
    assert examples
    for line in examples:
        done = run("-C", built, *shlex.split(line))
        assert done.code == 0, f"kg {line}\n{done.err}"
        assert done.out.strip() not in {"", "[]"} or list(tmp_path.iterdir()), f"kg {line}"


def test_the_links_of_the_readme_lead_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)", README) if "://" not in link]
    assert [link for link in links if not (ROOT / link).exists()] == []
