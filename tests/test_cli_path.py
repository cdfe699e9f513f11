"""`kg path`: chains on stdout, exit 1 where nothing joins the two."""

import json
from pathlib import Path

import pytest
from small_build import Run, runner, small_collection

from kg.errors import QueryError


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return runner(small_collection(tmp_path))


def test_a_chain_in_any_script(run: Run) -> None:
    done = run("path", "川崎市", "yokohama", "--json")
    assert done.exit_code == 0
    assert [row["met"] for row in json.loads(done.stdout)["rows"]][:2] == ["Amir", "Yokohama"]


def test_around_somebody(run: Run) -> None:
    done = run("path", "kawasaki", "yokohama", "--without", "amir", "--without", "makassar")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "No chain of held meetings joins Kawasaki and Yokohama." in done.stderr


def test_names_nobody_bears(run: Run) -> None:
    with pytest.raises(QueryError, match="nothing is called 'kawasakl'; did you mean 'kawasaki'"):
        run("path", "kawasakl", "yokohama")


def test_one_and_the_same(run: Run) -> None:
    done = run("path", "kawasaki", "川崎市")
    assert done.exit_code == 2
    assert "are one and the same" in done.stderr
