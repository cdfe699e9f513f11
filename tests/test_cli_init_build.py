"""`kg init` and `kg build`: what they make, what they print, and what they never overwrite."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tiny

Run = Callable[..., Any]


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_init_then_build_then_ask(tmp_path: Path, run: Run) -> None:
    told = run("init", tmp_path / "talks")
    assert (told.code, told.out) == (0, "")
    assert told.err == f"3 files in {tmp_path / 'talks'}; next: kg -C {tmp_path / 'talks'} build\n"
    assert run("check", tmp_path / "talks").code == 0
    told = run("-C", tmp_path / "talks", "build")
    assert told.code == 0
    assert "built" in told.out + told.err
    assert told.err.count("\n") <= 1
    assert "springfield-mayor" in run("-C", tmp_path / "talks", "show", "post:springfield-mayor").out


def test_init_demo_builds_the_whole_collection(tmp_path: Path, run: Run) -> None:
    assert run("init", tmp_path / "m", "--demo").code == 0
    made = json.loads(run("build", tmp_path / "m", "--json").out)
    assert (made["records"]["meetings"], made["classes"]["Meeting"], made["new"]) == (121, 121, True)


@pytest.mark.parametrize("more", [(), ("--demo",)])
def test_init_overwrites_nothing(tmp_path: Path, run: Run, more: tuple[str, ...]) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "mine", tmp_path / "mine" / "below"):
        told = run("init", folder, *more)
        assert (told.code, told.out) == (3, "")
        assert told.err.startswith("kg: ")
        assert told.err.count("\n") == 1
    assert files_of(tmp_path) == {"mine": b"mine"}


def test_init_wants_a_folder(run: Run) -> None:
    told = run("init")
    assert told.code == 2
    assert "Missing argument 'FOLDER'" in told.err


def test_build_prints_records_classes_and_graphs(tmp_path: Path, run: Run) -> None:
    root = tiny.write(tmp_path / "c", tiny.WORLD)
    first, second = run("build", root), run("build", root)
    for heading in ("records read:", "things per class:", "triples per graph:", "  source graphs (3)"):
        assert heading in first.out
    assert ["meetings", "5"] in [line.split() for line in first.out.splitlines()]
    assert second.out == first.out
    assert "nothing changed since the last build" in second.err
    assert run("--quiet", "build", root).out == ""


def test_build_by_c_or_argument_from_a_folder_below(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tiny.write(tmp_path / "c", tiny.WORLD)
    monkeypatch.chdir(root / "records")
    assert json.loads(run("build", "--json").out)["new"] is True
    assert json.loads(run("-C", root, "build", "--json").out)["new"] is False


@pytest.mark.parametrize("name", ["nowhere", "file.yaml"])
def test_build_of_what_is_no_folder(tmp_path: Path, run: Run, name: str) -> None:
    root = tiny.write(tmp_path / "c", tiny.WORLD)
    (root / "file.yaml").write_text("cities: []\n", encoding="utf-8")
    for told in (run("build", root / name), run("-C", root / name, "build")):
        assert (told.code, told.out) == (3, "")
        assert told.err == f"kg: {root / name} is no folder; name one that holds kg.toml\n"
    assert not (root / "build").exists()


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("", "title is missing; expected a text"),
        ("title = \n", "not valid TOML"),
        ('title = "T"\nlicence = "x"\n', "unknown key 'licence'; did you mean 'license'?"),
        ('title = "T"\n[stale]\ndisgussed = 3\n', "unknown stage 'disgussed'"),
        ('title = "T"\nbase = "ftp://x/"\n', "base: "),
        (b"\xff\xfe", "cannot read kg.toml"),
    ],
    ids=["empty", "broken", "unknown key", "unknown stage", "a base that is no web address", "not UTF-8"],
)
def test_build_with_a_bad_configuration(tmp_path: Path, run: Run, config: str | bytes, said: str) -> None:
    root = tiny.write(tmp_path / "c", tiny.WORLD)
    (root / "kg.toml").write_bytes(config if isinstance(config, bytes) else config.encode())
    told = run("build", root)
    assert (told.code, told.out) == (3, "")
    assert told.err.count("\n") == 1
    assert said in told.err
    assert "kg.toml" in told.err


def test_build_of_records_with_errors_says_each_and_keeps_the_old_build(world: Path, tmp_path: Path, run: Run) -> None:
    root = tmp_path / "c"
    shutil.copytree(world, root)
    before = files_of(root / "build")
    path = root / "records" / "all.yaml"
    text = path.read_text(encoding="utf-8").replace("date: 2020-07-27", "date: 2025-13-40")
    path.write_text(text.replace("[makassar, iforcom]", "[makassar, iforkom]"), encoding="utf-8")
    told = run("build", root)
    assert (told.code, told.out) == (1, "")
    lines = told.err.splitlines()
    assert lines[-1].startswith("kg: 3 errors in the records; the first: records/all.yaml:")
    assert sum("there is no month 13" in line for line in lines[:-1]) == 1
    assert sum("did you mean 'iforcom'?" in line for line in lines[:-1]) == 2
    assert all(line.startswith("records/all.yaml:") for line in lines[:-1])
    assert files_of(root / "build") == before
    assert run("-C", root, "show", "second").code == 0


def test_build_without_records_is_told(tmp_path: Path, run: Run) -> None:
    (tmp_path / "kg.toml").write_text('title = "Nothing"\n', encoding="utf-8")
    told = run("build", tmp_path)
    assert told.code == 0
    assert "found no records" in told.err


def test_a_file_where_the_build_belongs(tmp_path: Path, run: Run) -> None:
    root = tiny.write(tmp_path / "c", tiny.WORLD)
    (root / "build").write_text("mine", encoding="utf-8")
    told = run("build", root)
    assert (told.code, told.out) == (3, "")
    assert told.err.startswith("kg: cannot write the build in")
    assert (root / "build").read_text(encoding="utf-8") == "mine"


def test_warnings_do_not_stop_a_build(built: Path, run: Run) -> None:
    told = run("build", built, "--json")
    assert told.code == 0
    assert all("warning: " in line for line in told.err.splitlines())
