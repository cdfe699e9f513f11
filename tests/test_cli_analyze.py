"""`kg analyze`: the table on stdout, what was counted on stderr, and a sentence where there is nothing."""

import csv
import io
import json
from pathlib import Path

import pytest
from small_build import Run, runner, small_collection

from kg.cli._networks import PROJECTIONS, SHARINGS
from kg.cli.analyze import NODE_MEASURES, REPORTS
from kg.measures import MEASURES, TWO_MODE
from kg.measures import REPORTS as ALL_REPORTS
from kg.network import PROJECTIONS as ALL_PROJECTIONS
from kg.network import SHARINGS as ALL_SHARINGS


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return runner(small_collection(tmp_path))


def test_the_choices_are_what_the_library_has() -> None:
    assert {*MEASURES, *TWO_MODE} == set(NODE_MEASURES)
    assert tuple(ALL_REPORTS) == REPORTS
    assert ALL_PROJECTIONS == PROJECTIONS
    assert ALL_SHARINGS == SHARINGS


def test_officials_by_degree(run: Run) -> None:
    done = run("analyze")
    assert done.exit_code == 0
    assert "officials are tied when they attended the same held meeting; 4 meetings counted" in done.stderr
    assert "Weight: the number of meetings shared." in done.stderr
    first = done.stdout.splitlines()[2].split()
    assert first[:6] == ["1", "official:amir", "Amir", "official", "ID", "3"]


def test_cooperations_can_be_counted_in_place_of_meetings(run: Run) -> None:
    done = run("analyze", "--projection", "city-city", "--sharing", "cooperations")
    assert done.exit_code == 0
    assert "no cooperation counted" in done.stderr


def test_csv_and_json_hold_the_same_rows(run: Run) -> None:
    as_csv = list(csv.DictReader(io.StringIO(run("analyze", "--format", "csv").stdout)))
    as_json = json.loads(run("analyze", "--json").stdout)
    assert [row["id"] for row in as_csv] == [row["id"] for row in as_json["rows"]]
    assert as_json["title"] == "official-official by degree"
    assert "4 meetings counted" in as_json["notes"][0]
    assert run("analyze", "--format", "json").stdout == run("analyze", "--json").stdout


@pytest.mark.parametrize("name", [*MEASURES, *REPORTS])
def test_every_measure_runs(run: Run, name: str) -> None:
    done = run("analyze", "--measure", name, "--projection", "party-party")
    assert done.exit_code == 0
    assert "parties are tied" in done.stderr
    assert "nan" not in done.stdout.split()


def test_recency_counts_from_a_day(run: Run) -> None:
    done = run("analyze", "--weight", "recency", "--as-of", "2025-12-31", "--half-life", "365")
    assert "halved for every 365 days before 2025-12-31" in done.stderr
    assert "to 2025-12-31" in done.stderr


def test_windows_and_languages(run: Run) -> None:
    done = run("analyze", "--since", "2025", "--until", "2025-06", "--lang", "ja")
    assert "2 meetings counted from 2025-01-01 to 2025-06-30" in done.stderr
    assert "千恵" in done.stdout


def test_nothing_in_the_window_is_a_sentence(run: Run) -> None:
    done = run("analyze", "--since", "2030")
    assert done.exit_code == 0
    assert "no meeting counted from 2030-01-01" in done.stderr
    assert "The network is empty: there is nothing to measure." in done.stderr
    assert done.stdout == ""


def test_top_keeps_ties(run: Run) -> None:
    assert len(json.loads(run("analyze", "--top", "2", "--json").stdout)["rows"]) == 3


def test_the_same_seed_gives_the_same_bytes(run: Run) -> None:
    args = ("analyze", "--measure", "communities", "--seed", "7", "--json")
    assert run(*args).stdout == run(*args).stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(["--projection", "cat-dog"], "'cat-dog' is not one of", id="an unknown projection"),
        pytest.param(["--measure", "gold"], "'gold' is not one of", id="an unknown measure"),
        pytest.param(["--measure", "summary", "--measure", "degree"], "ask for it alone", id="a report beside"),
        pytest.param(["--measure", "degree", "--measure", "degree"], "the same measure twice", id="twice"),
        pytest.param(["--measure", "degree-share"], "no such measure here", id="a measure of two modes"),
        pytest.param(["--since", "2026", "--until", "2025"], "--since 2026 is after --until 2025", id="a window"),
        pytest.param(["--since", "soon"], "expected a date as", id="a date"),
        pytest.param(["--sharing", "cooperations"], "by cooperations there are party-party", id="officials of none"),
        pytest.param(["--top", "0"], "x>=1", id="no rank"),
    ],
)
def test_a_slip_exits_2(run: Run, args: list[str], said: str) -> None:
    done = run("analyze", *args)
    assert done.exit_code == 2
    assert said in done.stderr


def test_help_opens_with_examples(run: Run) -> None:
    assert "kg analyze --projection city-city --measure summary" in run("analyze", "--help").stdout
