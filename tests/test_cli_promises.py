"""`kg promises`: what was promised, by a day, for a party, in a sector."""

import json
from pathlib import Path

import pytest
from small_build import Run, runner, small_collection

from kg.errors import QueryError


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return runner(small_collection(tmp_path))


def test_plans_come_due(run: Run) -> None:
    rows = json.loads(run("promises", "--as-of", "2026-06-01", "--overdue", "--json").stdout)["rows"]
    assert [(row["sort"], row["promise"], row["days"]) for row in rows] == [("plan", "To come", 92)]


@pytest.mark.parametrize(
    "args",
    [
        pytest.param(["--overdue", "--as-of", "2026-01-01"], id="nothing overdue yet"),
        pytest.param(["--party", "yokohama"], id="another party"),
        pytest.param(["--sector", "sanitation"], id="another sector"),
        pytest.param(["--sort", "paper", "--stale", "30d"], id="another sort"),
    ],
)
def test_none_is_a_sentence(run: Run, args: list[str]) -> None:
    done = run("promises", *args)
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"No {'overdue ' if '--overdue' in args else ''}promise by" in done.stderr


def test_a_party_nobody_knows(run: Run) -> None:
    with pytest.raises(QueryError, match="nothing is called 'atlantis'"):
        run("promises", "--city", "atlantis")
