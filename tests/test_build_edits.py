"""Whatever is done to the files of a collection: a build upon the last one says and writes what one anew does."""

import random
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from edits import edited, put, register, ways_of_builds

from kg.build import build_collection
from kg.collection import open_collection
from kg.errors import RecordError

EDITS = 8
SEEDS = range(6)


def outcome(root: Path, into: Path) -> tuple[list[str], Path | None]:
    """Build; return what is told, and the version made when there is one."""
    try:
        made = build_collection(open_collection(root), into=into)
    except RecordError as error:
        return [*map(str, error.issues), str(error)], None
    return [*map(str, made.issues), repr((made.records, made.classes, made.graphs))], made.version


def held(version: Path | None) -> dict[str, bytes]:
    """Return the files of a version and what its store holds."""
    if version is None:
        return {}
    store = ox.Store.read_only(str(version / "store"))
    dumped = ox.serialize(store, format=ox.RdfFormat.N_QUADS) or b""
    files = {path.name: path.read_bytes() for path in version.iterdir() if path.is_file()}
    return files | {"store": b"".join(sorted(dumped.splitlines(keepends=True)))}


@pytest.mark.parametrize("seed", SEEDS)
def test_edits_one_after_the_other(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ways = ways_of_builds(monkeypatch)
    monkeypatch.setattr("os.fsync", lambda _: None)  # what outlives a power cut is asked elsewhere
    chance = random.Random(seed)  # noqa: S311 - edits, not secrets
    files, root = register(), tmp_path / "c"
    (root / "records").mkdir(parents=True)
    (root / "kg.toml").write_text('title = "T"\n', encoding="utf-8")
    put(files, root / "records")
    outcome(root, root / "build")
    done: list[str] = []
    for _ in range(EDITS):
        name, after = edited(files, chance)
        done.append(name)
        put(after, root / "records")
        told, version = outcome(root, root / "build")
        clean_told, clean_version = outcome(root, tmp_path / "clean")
        assert told == clean_told, done
        patched, clean = held(version), held(clean_version)
        assert patched.keys() == clean.keys(), done
        assert [file for file, data in clean.items() if patched[file] != data] == [], done
        if version:
            files = after
        shutil.rmtree(tmp_path / "clean", ignore_errors=True)
    assert any(ways), done
