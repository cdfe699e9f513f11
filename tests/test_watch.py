"""Watching a collection: built now and after each change; what cannot be built leaves the last good build."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import tiny
from tiny import names_of

from kg.errors import KgError, RecordError
from kg.iris import mint
from kg.store import current_version
from kg.watch import Outcome, watch

LATER = "2020-09-01"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tiny.write(tmp_path / "c", tiny.WORLD)


@pytest.fixture
def outcomes(root: Path) -> Iterator[Iterator[Outcome]]:
    stop = Event()
    yield watch(root, stop=stop)
    stop.set()


def edit(root: Path, old: str, new: str) -> None:
    path = root / "records" / "all.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_a_change_is_built_and_named(root: Path, outcomes: Iterator[Outcome]) -> None:
    first = next(outcomes)
    assert (first.changed, first.error) == ((), None)
    assert first.made is not None and first.made.is_new  # noqa: PT018
    edit(root, LATER, "2020-09-02")
    second = next(outcomes)
    assert second.changed == ("records/all.yaml",)
    assert second.made is not None
    assert second.made.version != first.made.version
    assert second.made.version == current_version(root / "build")


def test_what_cannot_be_built_leaves_the_last_good_build(root: Path, outcomes: Iterator[Outcome]) -> None:
    good = next(outcomes).made
    assert good is not None
    edit(root, LATER, "2020-13-40")
    broken = next(outcomes)
    assert isinstance(broken.error, RecordError)
    assert "bad-date" in {issue.code for issue in broken.error.issues}
    assert current_version(root / "build") == good.version
    assert names_of(root).label(mint("official", "amir")) == "Amir"
    edit(root, "2020-13-40", LATER)
    mended = next(outcomes).made
    assert mended is not None
    assert not mended.is_new, "it is what was built before"


def test_a_broken_configuration_is_an_outcome_too(root: Path, outcomes: Iterator[Outcome]) -> None:
    next(outcomes)
    (root / "kg.toml").write_text("title = ", encoding="utf-8")
    assert "not valid TOML" in str(next(outcomes).error)


def test_it_ends_when_asked(root: Path) -> None:
    stop = Event()
    found = watch(root, stop=stop)
    next(found)
    stop.set()
    assert list(found) == []


def test_it_says_what_is_missing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "watchfiles", None)
    with pytest.raises(KgError, match=r"pip install 'cooperation-kg\[watch\]'"):
        next(watch(root))


def test_the_command_says_what_changed_and_what_is_wrong(
    root: Path, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def changing(folder: Path) -> Iterator[Outcome]:
        found = watch(folder)
        yield next(found)
        edit(root, LATER, "2020-13-40")
        yield next(found)
        edit(root, "2020-13-40", LATER)
        (root / "records" / "more.yaml").write_text(
            f"cities: [{{id: town, name: Town, country: ID, {tiny.SAYS}}}]\n", encoding="utf-8"
        )
        while not (last := next(found)).made or not last.made.is_new:  # two files may be noticed one by one
            yield last
        yield last
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.watch.watch", changing)
    done = run("-C", root, "watch")
    assert done.code == 0
    assert done.out.startswith("built: ")
    assert "changed: records/all.yaml" in done.out
    assert done.out.rstrip().endswith("City 3 to 4") or "City" in done.out.splitlines()[-1]
    assert "[bad-date]" in done.err
    assert "not built: " in done.err


@pytest.mark.parametrize(("quiet", "told"), [((), 1), (("--quiet",), 0)], ids=["aloud", "quiet"])
def test_a_warning_is_told_unless_words_are_not_wanted(
    quiet: tuple[str, ...], told: int, root: Path, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "records" / "aside.txt").write_text("not a record", encoding="utf-8")
    monkeypatch.setattr("kg.watch.watch", lambda folder: islice(watch(folder), 1))
    done = run(*quiet, "-C", root, "watch")
    assert (done.code, done.err.count("[unknown-format]")) == (0, told)
