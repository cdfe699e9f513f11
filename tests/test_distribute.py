"""Conversion in parts: whatever the engine and the slices, the parts are the sorted quads a build asserts."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import tiny

from kg.collection import find_collection
from kg.convert import Settings
from kg.distribute import convert
from kg.distribute.slices import cut, read_slice
from kg.distribute.tasks import Job, map_slice, put_aside, reduce_range
from kg.errors import RecordError, StoreError
from kg.read import Entry, read_folder
from kg.store import require_version

Run = Callable[..., Any]
MADE = {"graph/derived", "graph/identity", "graph/dataset"}
JSONL = "".join(
    json.dumps(
        {
            "kind": "city",
            "id": f"city-{n}",
            "name": f"City {n}",
            "evidence": [{"source": f"s-{n % 7}", "says": "It is."}],
        }
    )
    + "\n"
    for n in range(400)
) + "".join(json.dumps({"kind": "source", "id": f"s-{n}", "outlet": f"Outlet {n}"}) + "\n" for n in range(7))


def here(function: Callable[[Any], Any], things: Sequence[Any], /) -> list[Any]:
    """Run tasks one after the other, in this process."""
    return [function(thing) for thing in things]


def asserted(folder: Path) -> bytes:
    """Return the quads of a build that records, schemes and ontology state."""
    lines = (require_version(folder / "build") / "data.nq").read_bytes().splitlines(keepends=True)
    graphs = tuple(f"{name}> .\n".encode() for name in MADE)
    return b"".join(line for line in lines if not line.endswith(graphs))


def parts_of(out: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(out.glob("part-*.nq")))


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Give a collection of four hundred records, built."""
    folder = tmp_path / "many"
    (folder / "records").mkdir(parents=True)
    (folder / "kg.toml").write_text('title = "Many"\n', encoding="utf-8")
    (folder / "records" / "all.jsonl").write_text(JSONL, encoding="utf-8")
    return tiny.build(folder)


@pytest.mark.parametrize(
    ("parts", "slice_bytes"),
    [(1, 10**9), (3, 1000), (50, 5000), (7, 1)],
    ids=["one part of one slice", "fewer parts than slices", "more parts than slices", "a line a slice"],
)
def test_the_parts_are_what_a_build_asserts(parts: int, slice_bytes: int, many: Path, tmp_path: Path) -> None:
    made = convert(find_collection(many), tmp_path / "out", here, parts=parts, slice_bytes=slice_bytes)
    assert parts_of(tmp_path / "out") == asserted(many)
    assert made.records == 407
    assert 1 <= len(made.parts) <= parts
    told = json.loads((tmp_path / "out" / "parts.json").read_text(encoding="utf-8"))
    assert [part["name"] for part in told["parts"]] == sorted(p.name for p in (tmp_path / "out").glob("part-*"))
    assert sorted(p.name for p in (tmp_path / "out").iterdir() if p.name.startswith(".")) == []


def test_files_of_every_format_are_converted(built: Path, tmp_path: Path) -> None:
    convert(find_collection(built), tmp_path / "out", here, parts=5)
    assert parts_of(tmp_path / "out") == asserted(built)


@pytest.mark.parametrize("size", [1, 100, 1000, 10**6])
def test_slices_hold_each_record_once(size: int, many: Path) -> None:
    collection = find_collection(many)
    whole = [found.record for found in read_folder(collection.records, root=many) if isinstance(found, Entry)]
    cuts = [
        found.record for part in cut(collection, size=size) for found in read_slice(part) if isinstance(found, Entry)
    ]
    assert cuts == whole


def named(files: Sequence[Path]) -> str:
    return " ".join(path.name for path in files)


@pytest.mark.parametrize(
    ("size", "slices"),
    [
        (10**6, ["a.jsonl b.jsonl c.yaml d.jsonl"]),
        (5000, ["a.jsonl b.jsonl c.yaml", "d.jsonl"]),
        (100, ["a.jsonl", "b.jsonl c.yaml", "d.jsonl"]),
        (60, ["a.jsonl", "b.jsonl", "c.yaml", "d.jsonl"]),
    ],
    ids=["all in one", "a long one is cut", "two small ones", "one by one"],
)
def test_small_files_share_a_slice(size: int, slices: list[str], many: Path) -> None:
    records = many / "records"
    (records / "all.jsonl").rename(records / "d.jsonl")
    for name in "ab":
        (records / f"{name}.jsonl").write_text(
            f'{{"kind": "source", "id": "{name}", "outlet": "The Daily"}}\n', "utf-8"
        )
    (records / "c.yaml").write_text("sources: [{id: c, outlet: The Daily}]\n", encoding="utf-8")
    (records / "c.txt").write_text("No records.\n", encoding="utf-8")
    found = dict.fromkeys(named(part.paths) for part in cut(find_collection(many), size=size))
    assert list(found) == slices


def test_a_slice_holds_so_many_files(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every slice leaves a run a range: a slice a file would make files by the square of their number."""
    monkeypatch.setattr("kg.distribute.slices._MOST", 2)
    for name in "abc":
        (many / "records" / f"{name}.jsonl").write_text("", encoding="utf-8")
    assert [named(part.paths) for part in cut(find_collection(many))] == ["a.jsonl all.jsonl", "b.jsonl c.jsonl"]


def test_a_task_that_runs_twice_changes_nothing(many: Path, tmp_path: Path) -> None:
    collection = find_collection(many)
    (part,) = cut(collection)
    job = Job(Settings(), tmp_path / "work", (f"<{Settings().base}city",))
    made = [map_slice((0, part), job) for _ in range(2)]
    put_aside([], "nothing", job)
    (tmp_path / "out").mkdir()
    ranges = [[reduce_range(number, job, tmp_path / "out") for _ in range(2)] for number in range(2)]
    assert made[0] == made[1]
    assert [one for one, _ in ranges] == [two for _, two in ranges]


def test_an_invalid_record_leaves_no_part_and_is_told_with_its_line(many: Path, tmp_path: Path) -> None:
    records = many / "records" / "all.jsonl"
    records.write_text(JSONL + '{"kind": "city", "id": "Bad Id", "name": "x"}\n', encoding="utf-8")
    with pytest.raises(RecordError, match=r"records/all.jsonl:408:"):
        convert(find_collection(many), tmp_path / "out", here, slice_bytes=3000)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(many: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="is not empty"):
        convert(find_collection(many), tmp_path, here)


def test_a_file_is_no_folder_for_parts(many: Path) -> None:
    with pytest.raises(StoreError, match=r"kg.toml is a file; name a new folder"):
        convert(find_collection(many), many / "kg.toml", here)


@pytest.mark.parametrize("parts", ["0", "10001"])
def test_how_many_parts_there_may_be(parts: str, many: Path, tmp_path: Path, run: Run) -> None:
    ran = run("-C", many, "convert", "-o", tmp_path / "out", "--parts", parts)
    assert (ran.code, "1<=x<=10000" in ran.err) == (2, True)
    assert not (tmp_path / "out").exists()


def test_decisions_need_all_records_at_once(many: Path, tmp_path: Path) -> None:
    entry = "{entry: 1, merge: {kind: party, from: city-2, into: city-1}, reason: one, author: me, date: 2026-01-02}"
    (many / "identity.yaml").write_text(f"- {entry}\n", encoding="utf-8")
    with pytest.raises(StoreError, match="need all records at once"):
        convert(find_collection(many), tmp_path / "out", here)


@pytest.mark.slow
def test_several_workers_make_the_same_parts(built: Path, tmp_path: Path, run: Run) -> None:
    ran = run("-C", built, "convert", "-o", tmp_path / "out", "--workers", "3", "--parts", "4")
    assert (ran.code, "quads in 4 parts" in ran.err) == (0, True)
    assert parts_of(tmp_path / "out") == asserted(built)


@pytest.mark.parametrize(
    "scheduler", ["tcp://127.0.0.1:9", "rubbish", "tcp://:x"], ids=["nobody listens", "no port", "no number as port"]
)
def test_a_scheduler_that_is_not_there_is_told(built: Path, tmp_path: Path, run: Run, scheduler: str) -> None:
    ran = run("-C", built, "convert", "-o", tmp_path / "out", "--scheduler", scheduler)
    assert (ran.code, f"cannot reach the scheduler at {scheduler}: " in ran.err) == (3, True)
    assert "Traceback" not in ran.err
    assert not (tmp_path / "out").exists()
