"""`kg gaps`: two tables, or one of them."""

import json
from pathlib import Path

import pytest
from small_build import Run, runner, small_collection


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return runner(small_collection(tmp_path))


def test_both_tables_under_their_titles(run: Run) -> None:
    done = run("gaps", "--as-of", "2026-01-01")
    assert done.exit_code == 0
    assert [line for line in done.stdout.splitlines() if line.startswith(("talks", "parties that"))] == [
        "talks without a paper",
        "parties that never met",
    ]
    assert "3 cooperations with held meetings and no paper by 2026-01-01." in done.stderr


def test_both_tables_as_json(run: Run) -> None:
    found = json.loads(run("gaps", "--sector", "water-supply", "--json").stdout)
    assert [table["title"] for table in found] == ["talks without a paper", "parties that never met"]


def test_pairs_are_seen_from_a_day(run: Run) -> None:
    done = run("gaps", "--of", "pairs", "--as-of", "2024")
    assert "1 meeting counted to 2024-12-31 (left out: 2 outside the window, 1 without a date" in done.stderr


@pytest.mark.parametrize("kind", ["talks", "pairs"])
def test_one_table_as_csv(run: Run, kind: str) -> None:
    done = run("gaps", "--of", kind, "--format", "csv", "--without", "makassar")
    assert done.exit_code == 0
    assert done.stdout.startswith("id,label")


def test_csv_holds_one_table(run: Run) -> None:
    done = run("gaps", "--format", "csv")
    assert done.exit_code == 2
    assert "choose --of talks or --of pairs" in done.stderr
