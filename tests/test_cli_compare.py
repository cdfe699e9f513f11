"""`kg compare` and `kg similar`: tables for parties by any name, and a line for those that have none."""

import json
from pathlib import Path

import pytest
from small_build import Run, runner, small_collection


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return runner(small_collection(tmp_path))


def test_side_by_side(run: Run) -> None:
    rows = json.loads(run("compare", "川崎市", "yokohama", "--as-of", "2026-01-01", "--json").stdout)["rows"]
    assert rows[3] == {
        "fact": "partners",
        "Kawasaki": 1,
        "Yokohama": 2,
        "in common": "1: Makassar",
        "record": "https://w3id.org/cooperation-kg/id/meeting/water-2",
        "other record": "https://w3id.org/cooperation-kg/id/meeting/yokohama",
        "proof": "",
    }


def test_like_a_city(run: Run) -> None:
    done = run("similar", "kawasaki", "--kind", "city", "--as-of", "2026-01-01")
    assert done.exit_code == 0
    assert "2 of 3 parties" in done.stderr
    assert "party:yokohama" in done.stdout
    assert "party:iforcom" not in done.stdout


def test_one_and_the_same(run: Run) -> None:
    done = run("compare", "kawasaki", "kawasaki")
    assert done.exit_code == 2
    assert "are one and the same" in done.stderr


@pytest.mark.parametrize("args", [("compare", "kawasaki", "yokohama"), ("similar", "kawasaki")])
def test_no_held_meeting_is_a_sentence(run: Run, args: tuple[str, ...]) -> None:
    done = run(*args, "--since", "2030")
    assert done.exit_code == 0
    assert "Kawasaki was at no held meeting that counts." in done.stderr
    assert "nan" not in done.stdout.lower()
