"""The wheel in an empty environment: it carries what it needs, and its command works far from any checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
QUIET = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_QUIET": "1"}
ASK = """
from pathlib import Path
import kg
from kg.resources import demo_folder, ontology_file, ontology_files
assert Path(kg.__file__).is_relative_to({venv!r}), kg.__file__
print(ontology_file("ontology.ttl"))
print(len(ontology_files("queries")))
print(demo_folder() / "kg.toml")
"""


def _run(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed, without this checkout or this environment in sight."""
    hidden = ("PYTHONPATH", "VIRTUAL_ENV", "COV_CORE_SOURCE", "COV_CORE_CONFIG", "COV_CORE_DATAFILE")
    env = {name: value for name, value in os.environ.items() if name not in hidden} | QUIET
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT, cwd=folder)
    (built,) = folder.glob("cooperation_kg-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel and its pinned dependencies where there was nothing; return the environment's commands."""
    venv = tmp_path_factory.mktemp("empty") / "venv"
    _run(sys.executable, "-m", "venv", venv, cwd=venv.parent)
    commands = venv / "bin"
    _run(commands / "python", "-m", "pip", "install", "-c", ROOT / "constraints.txt", wheel, cwd=venv.parent)
    return commands


def test_the_wheel_carries_the_folders_whole(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    folders = {"ontology": "kg/_ontology", "mappings": "kg/_mappings", "kg": "kg", "data/records": "kg/_demo/records"}
    for folder, inside in folders.items():
        tracked = _run("git", "ls-files", folder, cwd=ROOT).split()
        assert [name for name in tracked if f"{inside}{name.removeprefix(folder)}" not in held] == []
    assert [name for name in held if name.startswith(("kg/_demo/build", "kg/_demo/sources"))] == []


def test_the_same_tree_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    _run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT, cwd=tmp_path)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_an_installed_package_finds_its_own_files(installed: Path, tmp_path: Path) -> None:
    answer = _run(installed / "python", "-c", ASK.format(venv=str(installed.parent)), cwd=tmp_path).splitlines()
    assert Path(answer[0]).parts[-3:] == ("kg", "_ontology", "ontology.ttl")
    assert int(answer[1]) >= 10
    assert Path(answer[2]).is_file()


def test_a_new_collection_is_made_built_and_drawn(installed: Path, tmp_path: Path) -> None:
    _run(installed / "kg", "init", "new", cwd=tmp_path)
    _run(installed / "kg", "build", cwd=tmp_path / "new")
    _run(installed / "kg", "map", "--output", "map.html", cwd=tmp_path / "new")
    assert "vis" in (tmp_path / "new" / "map.html").read_text(encoding="utf-8")
