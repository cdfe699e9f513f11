"""`kg export csv`: the records as tables, from which the same graph is built again."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from hypothesis import HealthCheck, given, settings
from strategies import collections

from kg.collection import open_collection
from kg.errors import ExportError
from kg.export.records import export_records
from kg.read import Entry, iter_entries
from kg.records import Record, to_builtins
from kg.store import require_version

Run = Callable[..., Ran]
GOOD = Path(__file__).parent / "data" / "good"
again = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])


def entries(folder: Path) -> list[Record | str]:
    """Return the records of a folder, sorted, and what is wrong with it."""
    found = [one.record if isinstance(one, Entry) else str(one) for one in iter_entries(folder)]
    return sorted(found, key=str)


def swapped(root: Path, tables: Path) -> Path:
    """Return a copy of a collection that has its tables in the place of its records."""
    copy = root.with_name(f"{root.name}-again")
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("build", "records"))
    shutil.copytree(tables, copy / "records")
    return copy


def data_of(root: Path) -> bytes:
    """Return the quads of a build."""
    return (require_version(root / "build") / "data.nq").read_bytes()


@again
@given(made=collections())
def test_any_records_are_read_back(tmp_path: Path, made: list[Record]) -> None:
    shutil.rmtree(tmp_path / "tables", ignore_errors=True)
    (tmp_path / "kg.toml").write_text('title = "Made"\n', encoding="utf-8")
    (tmp_path / "records").mkdir(exist_ok=True)
    lines = [json.dumps({"kind": record.kind, **to_builtins(record)}) + "\n" for record in made]
    (tmp_path / "records" / "all.jsonl").write_text("".join(lines), encoding="utf-8")
    export_records(open_collection(tmp_path), tmp_path / "tables")
    assert entries(tmp_path / "tables") == sorted(made, key=str)


def test_the_shipped_collection_is_built_again_byte_for_byte(built: Path, tmp_path: Path, run: Run) -> None:
    tables = tmp_path / "tables"
    assert run("-C", built, "export", "csv", "-o", tables).code == 0
    shutil.copytree(built, tmp_path / "data", ignore=shutil.ignore_patterns("build"))
    again = swapped(tmp_path / "data", tables)
    assert run("build", again).code == 0
    assert data_of(again) == data_of(built)
    assert run("-C", again, "export", "csv", "-o", tmp_path / "more").code == 0
    for path in sorted(tables.iterdir()):
        assert (tmp_path / "more" / path.name).read_bytes() == path.read_bytes()


def test_every_form_of_record_file_goes_into_the_tables(tmp_path: Path) -> None:
    export_records(open_collection(GOOD), tmp_path / "tables")
    assert entries(tmp_path / "tables") == entries(GOOD / "records")


@pytest.mark.parametrize(
    ("prepare", "folder", "said"),
    [
        pytest.param(Path.exists, "records", "belongs to the records", id="the records themselves"),
        pytest.param(Path.exists, "records/csv", "belongs to the records", id="below the records"),
        pytest.param(
            lambda root: ((root / "out").mkdir(), (root / "out" / "sectors.csv").write_text("id\n")),
            "out",
            "holds sectors.csv of other records",
            id="beside records of another kind",
        ),
        pytest.param(lambda root: shutil.rmtree(root / "records"), "out", "found no records", id="no records"),
        pytest.param(lambda root: (root / "out").write_text(""), "out", "cannot make the folder", id="a file"),
    ],
)
def test_where_records_would_stand_twice_nothing_is_written(
    demo: Path, prepare: Callable[[Path], object], folder: str, said: str
) -> None:
    prepare(demo)
    before = sorted(demo.rglob("*"))
    with pytest.raises(ExportError, match=said):
        export_records(open_collection(demo), demo / folder)
    assert sorted(demo.rglob("*")) == before


def test_records_that_cannot_be_read_are_told_and_nothing_is_written(demo: Path, run: Run) -> None:
    (demo / "records" / "bad.jsonl").write_text('{"kind": "city"}\n', encoding="utf-8")
    ran = run("-C", demo, "export", "csv", "-o", demo / "out")
    assert ran.code == 1
    assert "bad.jsonl:1" in ran.err
    assert not (demo / "out").exists()
