"""`kg brokers`: who stands between others, with chance beside it, and what is left out said."""

import json
from pathlib import Path

import pytest
from small_build import Run, runner, small_collection


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return runner(small_collection(tmp_path))


def test_officials_between_others(run: Run) -> None:
    done = run("brokers", "--samples", "9")
    assert done.exit_code == 0
    assert "9 networks drawn with the same attendance" in done.stderr
    assert "official:amir" in done.stdout


def test_without_the_one_everybody_met(run: Run) -> None:
    found = json.loads(run("brokers", "--of", "party", "--samples", "2", "--without", "makassar", "--json").stdout)
    assert found["rows"] == []
    assert "Left out: Makassar." in found["notes"][0]
    assert "Nobody stands between two others." in found["notes"]


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
        pytest.param(["--without", "party:nowhere"], "has no such node", id="a node that is not there"),
        pytest.param(["--without", "nowhere"], "has no such node", id="a bare id that is not there"),
        pytest.param(["--without", "https://example.org/x"], "has no such node", id="an IRI that is not there"),
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
