"""`kg brokers`: who stands between others, with chance beside it, and what is left out said."""

import json
from pathlib import Path

import pytest
from small_build import Run, runner, small_collection

from kg.errors import QueryError


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return runner(small_collection(tmp_path))


def test_officials_between_others(run: Run) -> None:
    done = run("brokers", "--samples", "9")
    assert done.exit_code == 0
    assert "9 networks drawn with the same attendance" in done.stderr
    assert "official:amir" in done.stdout
    head, amir = done.stdout.splitlines()[0], done.stdout.splitlines()[2]
    assert head.split()[-3:] == ["last", "meeting", "proof"]
    assert "meeting:yokohama" in amir


def test_without_the_one_everybody_met(run: Run) -> None:
    found = json.loads(run("brokers", "--of", "party", "--samples", "2", "--without", "makassar", "--json").stdout)
    assert found["rows"] == []
    assert "Left out: Makassar." in found["notes"][0]
    assert "Nobody stands between two others." in found["notes"]


def test_left_out_by_a_name_nobody_bears(run: Run) -> None:
    with pytest.raises(QueryError, match="nothing is called 'nowhere'"):
        run("brokers", "--without", "nowhere")


@pytest.mark.parametrize(
    ("span", "as_of", "said"),
    [
        pytest.param("5y", "2026-01-01", "from 2021-01-02 to 2026-01-01", id="years"),
        pytest.param("1m", "2025-03-31", "from 2025-03-01 to 2025-03-31", id="a month after a shorter one"),
        pytest.param("12m", "2024-02-29", "from 2023-03-01 to 2024-02-29", id="months from a leap day"),
        pytest.param("90d", "2025-03-31", "from 2025-01-01 to 2025-03-31", id="days"),
        pytest.param("9999y", "2025-03-31", "from 0001-01-01 to 2025-03-31", id="before the calendar"),
    ],
)
def test_a_window_back_from_a_day(run: Run, span: str, as_of: str, said: str) -> None:
    assert said in run("analyze", "--window", span, "--as-of", as_of).stderr
    assert said in run("brokers", "--window", span, "--as-of", as_of, "--samples", "1").stderr


@pytest.mark.parametrize("command", ["analyze", "brokers"])
def test_as_of_a_day_no_meeting_that_came_later(run: Run, command: str) -> None:
    said = "1 meeting counted to 2024-12-31 (left out: 2 outside the window, 1 without a date)"
    assert said in run(command, "--as-of", "2024").stderr
    assert "4 meetings counted (left out: 1 not held)" in run(command, "--as-of", "2026").stderr


def test_leaving_out_works_for_every_measure(run: Run) -> None:
    done = run("analyze", "--without", "official:amir", "--measure", "components")
    assert "Left out: Amir." in done.stderr
    assert "Amir" not in done.stdout


def test_nothing_in_the_window(run: Run) -> None:
    done = run("brokers", "--since", "2030")
    assert done.exit_code == 0
    assert "Nobody stands between two others." in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(["--without", "sector:sanitation"], "has no such node", id="a node that is not there"),
        pytest.param(["--window", "long"], "expected 5y, 18m or 90d", id="no span"),
        pytest.param(["--window", "5y", "--since", "2020"], "a window of its own", id="two windows"),
        pytest.param(["--samples", "0"], "1<=x<=10000", id="no sample"),
        pytest.param(["--of", "city"], "'city' is not one of", id="an unknown mode"),
    ],
)
def test_a_slip_exits_2(run: Run, args: list[str], said: str) -> None:
    done = run("brokers", *args)
    assert done.exit_code == 2
    assert said in done.stderr


def test_help_opens_with_examples(run: Run) -> None:
    assert "kg brokers --of party --without makassar" in run("brokers", "--help").stdout
