"""`kg same` on a collection of one screen: pairs suggested, decisions written, built, undone."""

import errno
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from kg.store import current_version

Run = Callable[..., Any]

RECORDS = """
officials:
  - {id: muhammad-roem, name: Muhammad Roem, evidence: [{source: outlet-one, says: It says so.}]}
  - {id: muh-roem, name: Muh Roem, evidence: [{source: outlet-two, says: It says so.}]}
cities:
  - {id: makassar, name: Makassar, country: ID, evidence: [{source: outlet-one, says: It says so.}]}
  - {id: kawasaki, name: Kawasaki, country: JP, evidence: [{source: outlet-one, says: It says so.}]}
meetings:
  - id: first
    date: 2025-11-25
    parties: [makassar, kawasaki]
    people: [{official: muhammad-roem}]
    evidence: [{source: outlet-one, says: It says so.}]
  - id: second
    date: 2025-11-29
    parties: [makassar, kawasaki]
    people: [{official: muh-roem}]
    evidence: [{source: outlet-two, says: It says so.}]
sources:
  - {id: outlet-one, outlet: One}
  - {id: outlet-two, outlet: Two}
"""
BY = ("--reason", "one man", "--author", "A. Reader", "--date", "2026-01-02")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "kg.toml").write_text('title = "Small"\n', encoding="utf-8")
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "all.yaml").write_text(RECORDS, encoding="utf-8")
    return tmp_path


def built(run: Run, collection: Path) -> str:
    """Build, and return the digest of all that was written."""
    assert run("-C", collection, "build").code == 0
    version = current_version(collection / "build")
    assert version is not None
    files = sorted(path for path in version.iterdir() if path.is_file())
    return " ".join(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files)


def test_a_pair_is_suggested_until_it_is_decided(small: Path, run: Run) -> None:
    suggested = run("-C", small, "same", "suggest", "--json")
    assert suggested.code == 0
    assert '"a": "muh-roem"' in suggested.out
    assert "1 pair; none is certain" in suggested.err
    assert run("-C", small, "same", "not-same", "muh-roem", "muhammad-roem", *BY).code == 0
    assert run("-C", small, "same", "suggest", "--json").out.strip() == "[]"


def test_a_merge_is_written_listed_and_undone(small: Path, run: Run) -> None:
    merged = run("-C", small, "same", "merge", "muh-roem", "muhammad-roem", "--evidence", "outlet-one", *BY)
    assert (merged.code, merged.out) == (0, "")
    assert "entry 1: official muh-roem is muhammad-roem" in merged.err
    assert (
        (small / "identity.yaml")
        .read_text(encoding="utf-8")
        .endswith(
            "\n- entry: 1\n"
            "  merge: {kind: official, from: muh-roem, into: muhammad-roem}\n"
            "  reason: one man\n"
            "  evidence: [outlet-one]\n"
            "  author: A. Reader\n"
            "  date: 2026-01-02\n"
        )
    )
    assert run("-C", small, "same", "undo", "1", *BY).code == 0
    listed = run("-C", small, "same", "list")
    assert listed.code == 0
    assert [line.split()[0] for line in listed.out.splitlines()[2:]] == ["1", "2"]
    assert "entry 1 is undone" in listed.out


def test_merge_build_undo_build_gives_the_bytes_of_the_start(small: Path, run: Run) -> None:
    start = built(run, small)
    run("-C", small, "same", "merge", "muh-roem", "muhammad-roem", *BY)
    merged = built(run, small)
    run("-C", small, "same", "undo", "1", *BY)
    assert merged != start
    assert built(run, small) == start


def test_a_split_moves_what_it_names(small: Path, run: Run) -> None:
    run("-C", small, "same", "merge", "muh-roem", "muhammad-roem", *BY)
    split = ("split", "muhammad-roem", "roem-the-other", "--move", "second", "--name", "M. Roem")
    assert run("-C", small, "same", *split, *BY).code == 0
    assert run("-C", small, "build").code == 0
    version = current_version(small / "build")
    assert version is not None
    data = (version / "data.nq").read_text(encoding="utf-8")
    assert "participation/second.roem-the-other>" in data
    assert "participation/first.roem-the-other>" not in data


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("merge", "muh-roam", "muhammad-roem", *BY), 2, "no record 'muh-roam'; did you mean 'muh-roem'?"),
        (("merge", "muh-roem", "makassar", *BY), 2, "only two of one kind can be one"),
        (("merge", "muh-roem", "muhammad-roem"), 2, "Missing option '--reason'"),
        (("merge", "muh-roem", "muh-roem", *BY), 1, "merged into itself"),
        (
            ("merge", "muh-roem", "muhammad-roem", "--evidence", "outlet-on", *BY),
            1,
            "no source 'outlet-on'; did you mean 'outlet-one'?",
        ),
        (("split", "muh-roem", "other", "--move", "first", *BY), 1, "no record 'first' names official 'muh-roem'"),
        (("split", "muh-roem", "muhammad-roem", "--move", "second", *BY), 1, "already an official"),
        (("undo", "7", *BY), 1, "no entry 7 before this one to undo"),
        (("suggest", "--kind", "oficial"), 2, "did you mean 'official'?"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    small: Path, run: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    refused = run("-C", small, "same", *words)
    assert refused.code == code
    assert said in refused.err
    assert not (small / "identity.yaml").exists()


def test_nobody_is_made_up(small: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    merge = ("-C", small, "same", "merge", "muh-roem", "muhammad-roem", "--reason", "one man", "--date", "2026")
    monkeypatch.delenv("KG_AUTHOR", raising=False)
    monkeypatch.setenv("PATH", "")
    refused = run(*merge)
    assert refused.code == 2
    assert "who decides?" in refused.err
    monkeypatch.setenv("KG_AUTHOR", "A. Reader")
    assert run(*merge).code == 0
    assert "author: A. Reader" in (small / "identity.yaml").read_text(encoding="utf-8")


def test_a_broken_ledger_is_told_and_left_alone(small: Path, run: Run) -> None:
    (small / "identity.yaml").write_text("- entry: [\n", encoding="utf-8")
    assert run("-C", small, "same", "list").code == 1
    assert run("-C", small, "same", "merge", "muh-roem", "muhammad-roem", *BY).code == 1
    assert (small / "identity.yaml").read_text(encoding="utf-8") == "- entry: [\n"


def test_a_folder_that_refuses_is_told(run: Run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: object) -> NoReturn:
        raise OSError(errno.EROFS, "Read-only file system", str(small / ".identity.yaml.new"))

    monkeypatch.setattr("kg.identity.ledger.NamedTemporaryFile", refused)
    done = run("-C", small, "same", "merge", "muh-roem", "muhammad-roem", *BY)
    assert (done.code, done.out) == (3, "")
    assert done.err == f"kg: cannot use {small / '.identity.yaml.new'}: Read-only file system\n"
