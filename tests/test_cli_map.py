"""`kg map`: a page, its data beside it, and what cannot be drawn."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_build import small_collection

Runner = Callable[..., Any]


@pytest.fixture
def kg(run: Runner, tmp_path: Path) -> Runner:
    root = small_collection(tmp_path)
    return lambda *arguments: run("-C", root, "map", *arguments)


def test_a_page_is_written_and_named(kg: Runner, tmp_path: Path) -> None:
    done = kg("-o", tmp_path / "map.html", "--lang", "ja")
    assert (done.code, done.out, done.err) == (0, "", f"wrote {tmp_path / 'map.html'}\n")
    assert '<html lang="ja"' in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_a_dash_is_standard_output(kg: Runner) -> None:
    done = kg("-o", "-", "--title", "Mine", "--focus", "makassar", "--since", "2023", "--until", "2025-12")
    assert done.code == 0
    assert "<title>Mine</title>" in done.out


def test_the_data_is_written_beside_the_page(kg: Runner, tmp_path: Path) -> None:
    assert kg("-o", tmp_path / "map.html", "--data").code == 0
    assert sorted(path.name for path in tmp_path.glob("map.*")) == ["map.gexf", "map.html", "map.json"]


def test_the_same_call_writes_the_same_bytes(kg: Runner, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        kg("-o", tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--focus", "makasar"], 3, "kg: no such thing: 'makasar'; did you mean 'makassar'?"),
        (["--sector", "water"], 3, "no such sector: 'water'"),
        (["--since", "2025-13"], 2, "2025-13"),
        (["--since", "2025", "--until", "2024-12"], 2, "--since 2025 is after --until 2024-12"),
        (["--lang", "fr"], 2, "'fr' is not one of"),
        (["--depth", "-1"], 2, "--depth"),
        (["--story", "none.yaml"], 3, "cannot read the story"),
        (["--keep", "none.html"], 3, "cannot read none.html"),
        (["-o", "missing/map.html"], 3, "cannot write missing/map.html"),
        (["-o", "."], 3, "cannot write ."),
    ],
    ids=[
        "nobody",
        "no sector",
        "no month",
        "no span",
        "no language",
        "no depth",
        "no story",
        "no map",
        "no folder",
        "a folder",
    ],
)
def test_what_cannot_be_drawn_is_one_clear_line(  # noqa: PLR0913, PLR0917 - three fixtures, three columns
    kg: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    root = tmp_path / "elsewhere"
    root.mkdir()
    monkeypatch.chdir(root)
    done = kg(*arguments)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert "Traceback" not in done.err
    assert list(root.iterdir()) == []


def test_nothing_built_is_one_clear_line(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('title = "Empty"\n', encoding="utf-8")
    done = run("-C", tmp_path, "map", "-o", tmp_path / "map.html")
    assert (done.code, done.err.count("\n")) == (3, 1)
    assert not (tmp_path / "map.html").exists()
