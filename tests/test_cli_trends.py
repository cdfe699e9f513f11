"""`kg trends`: five tables over time, on a day, in a window."""

import json
from pathlib import Path

import pytest
from small_build import Run, runner, small_collection

from kg.cli.trends import TABLES


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return runner(small_collection(tmp_path))


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_every_table_in_every_form(run: Run, name: str, form: str) -> None:
    done = run("trends", name, "--as-of", "2026-01-01", "--format", form)
    assert done.exit_code == 0
    assert "nan" not in done.stdout.lower().split()


def test_growth_of_officials(run: Run) -> None:
    found = json.loads(run("trends", "growth", "--of", "official", "--since", "2025", "--json").stdout)
    assert [row["official there"] for row in found["rows"]] == [3]


def test_silence_is_counted_from_a_day(run: Run) -> None:
    done = run("trends", "dormant", "--of", "official", "--days", "200d", "--as-of", "2026-01-01")
    assert "3 of 4 ties without a meeting for more than 200 days on 2026-01-01." in done.stderr


def test_growth_is_seen_from_a_day(run: Run) -> None:
    found = json.loads(run("trends", "growth", "--as-of", "2024", "--json").stdout)
    assert [row["year"] for row in found["rows"]] == [2023]
    done = run("trends", "sectors", "--as-of", "2024", "--format", "csv")
    assert done.stdout.splitlines()[0] == "id,label,all,2023"


def test_nothing_is_said(run: Run) -> None:
    done = run("trends", "sectors", "--since", "2030")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "no held meeting with a date counted from 2030-01-01" in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(["weather"], "'weather' is not one of", id="an unknown table"),
        pytest.param(["survival", "--since", "2020"], "takes no window", id="a window of survival"),
        pytest.param(["growth", "--since", "2026", "--until", "2025"], "is after", id="a window that ends first"),
        pytest.param(["dormant", "--days", "long"], "expected days", id="no number of days"),
    ],
)
def test_a_slip_exits_2(run: Run, args: list[str], said: str) -> None:
    done = run("trends", *args)
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize("name", ["dormant", "turnover"])
def test_a_window_after_the_day_holds_nothing(run: Run, name: str) -> None:
    done = run("trends", name, "--since", "2030", "--as-of", "2026-01-01")
    assert (done.exit_code, done.stdout) == (0, "")
