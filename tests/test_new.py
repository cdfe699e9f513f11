"""A new collection builds as it is, teaches, and never overwrites."""

from pathlib import Path

import pytest

from kg.build import build_collection
from kg.check import check_collection
from kg.collection import open_collection
from kg.errors import KgError
from kg.new import new_collection
from kg.resources import demo_folder


def test_a_new_collection_builds_without_a_finding(tmp_path: Path) -> None:
    files = new_collection(tmp_path / "new" / "deep")
    assert [path.relative_to(tmp_path / "new" / "deep").as_posix() for path in files] == [
        ".gitignore",
        "kg.toml",
        "records/first.yaml",
    ]
    collection = open_collection(tmp_path / "new" / "deep")
    assert check_collection(collection).issues == ()
    assert build_collection(collection).records["meetings"] == 1


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert len(new_collection(tmp_path)) == 3


def test_every_line_of_configuration_that_is_commented_out_is_valid(tmp_path: Path) -> None:
    new_collection(tmp_path / "c")
    path = tmp_path / "c" / "kg.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("# base =", "base ="), encoding="utf-8")
    assert open_collection(tmp_path / "c").config.base == "https://example.org/id/"


def test_the_demo_is_the_shipped_collection(tmp_path: Path) -> None:
    new_collection(tmp_path / "c", demo=True)
    for path in sorted((demo_folder() / "records").rglob("*.yaml")):
        copy = tmp_path / "c" / path.relative_to(demo_folder())
        assert copy.read_bytes() == path.read_bytes()
    assert not (tmp_path / "c" / "build").exists()
    assert "build/" in (tmp_path / "c" / ".gitignore").read_text(encoding="utf-8")


@pytest.mark.parametrize("demo", [False, True])
def test_nothing_is_overwritten(tmp_path: Path, *, demo: bool) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    for folder in (tmp_path, mine):
        with pytest.raises(KgError, match="nothing is overwritten"):
            new_collection(folder, demo=demo)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(KgError, match="cannot write"):
        new_collection(tmp_path / "file" / "below")
