"""`kg check` as it is typed: formats, exits, and what is said where."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

DATA = Path(__file__).parent / "data"
Run = Callable[..., Ran]


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """Lay a case with several findings over the good collection."""
    world = shutil.copytree(DATA / "good", tmp_path / "world")
    shutil.copy(DATA / "bad" / "many-at-once" / "extra.yaml", world / "records")
    shutil.copy(DATA / "bad" / "follows-later" / "extra.yaml", world / "records" / "warned.yaml")
    return world


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder that belongs to no collection."""
    monkeypatch.chdir(tmp_path)


def test_findings_go_to_stdout_and_the_summary_to_stderr(run: Run, world: Path) -> None:
    ran = run("check", world)
    assert ran.code == 1
    assert len(ran.out.splitlines()) == 8
    assert ran.out.splitlines()[0].startswith("records/extra.yaml:2:5 parties: error: missing field 'parties'")
    assert ran.err == "20 records: 7 errors, 1 warning\n"


def test_the_collection_may_be_around_the_current_folder(
    run: Run, world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(world / "records")
    assert run("check").code == 1
    assert run("-C", DATA / "good", "check").code == 0


def test_a_part_of_a_collection_is_checked_against_the_whole(run: Run, world: Path) -> None:
    ran = run("check", world / "records" / "warned.yaml")
    assert ran.code == 0
    assert ran.out.startswith("records/warned.yaml:5:15 follows[0]: warning: ")
    assert run("check", world / "records" / "officials.json").out == ""
    assert len(run("check", world / "records").out.splitlines()) == 8


def test_json_has_one_object_a_finding(run: Run, world: Path) -> None:
    ran = run("check", world, "--format", "json")
    found = json.loads(ran.out)
    assert ran.code == 1
    assert found[-1] == {
        "file": "records/warned.yaml",
        "line": 5,
        "column": 15,
        "path": "follows[0]",
        "severity": "warning",
        "code": "follows-later",
        "message": "follows 'waterworks-2025-11-25' of 2025-11-25, but is itself of 2024",
        "about": "meeting:a",
    }


def test_sarif_names_rules_and_places(run: Run, world: Path) -> None:
    (world / "records" / "é #.yaml").write_text("", encoding="utf-8")
    ran = run("check", world, "--format", "sarif")
    log = json.loads(ran.out)
    (only,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in only["tool"]["driver"]["rules"]] == sorted(
        {one["ruleId"] for one in only["results"]}
    )
    assert only["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "records/extra.yaml"},
        "region": {"startLine": 2, "startColumn": 5},
    }
    assert {one["level"] for one in only["results"]} == {"error", "warning"}
    assert only["results"][-1]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "records/%C3%A9%20%23.yaml"}
    }


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["check", "nowhere"], 3, "there is no nowhere"),
        (["check", "."], 3, "no kg.toml"),
        (["check", "--format", "xml"], 2, "'xml' is not one of"),
        (["-C", "nowhere", "check"], 3, "nowhere is no folder"),
    ],
)
@pytest.mark.usefixtures("elsewhere")
def test_what_cannot_be_checked_is_one_line(run: Run, arguments: list[str], code: int, message: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err
    assert "Traceback" not in ran.err


def test_names_cannot_steer_the_terminal(run: Run, world: Path) -> None:
    (world / "records" / "evil.yaml").write_text('officials:\n  - {id: "\\e[31m\\u202e", name: A}\n', encoding="utf-8")
    ran = run("check", world)
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
