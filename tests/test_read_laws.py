"""What holds of every reader: what is written is read back, places are right, and nothing ever raises."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from strategies import records

from kg.errors import Issue, Location
from kg.read import READERS, Entry, iter_entries, read_file
from kg.records import KINDS, Official, Record, to_builtins

GOOD = Path(__file__).parent / "data" / "good" / "records"
relaxed = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60
)


def to_yaml(found: Iterable[Record]) -> str:
    return yaml.safe_dump(_grouped(found), allow_unicode=True, sort_keys=False)


def to_json(found: Iterable[Record]) -> str:
    return json.dumps(_grouped(found), ensure_ascii=False, indent=1)


def to_jsonl(found: Iterable[Record]) -> str:
    return "".join(json.dumps({"kind": record.kind, **to_builtins(record)}) + "\n" for record in found)


def _grouped(found: Iterable[Record]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for record in found:
        groups.setdefault(record.plural, []).append(to_builtins(record))
    return groups


WRITERS: Mapping[str, Callable[[Iterable[Record]], str]] = {".yaml": to_yaml, ".json": to_json, ".jsonl": to_jsonl}


def read(path: Path) -> list[Entry | Issue]:
    return list(read_file(path, root=path.parent))


@pytest.mark.parametrize("suffix", WRITERS)
@given(record=records())
@relaxed
def test_a_record_that_is_written_is_read_back(suffix: str, record: Record, tmp_path: Path) -> None:
    path = tmp_path / f"all{suffix}"
    path.write_text(WRITERS[suffix]([record]), encoding="utf-8", newline="\n")
    assert [entry.record if isinstance(entry, Entry) else str(entry) for entry in read(path)] == [record]


@given(record=records(Official))
@example(record=Official(id="a", name="A", aliases=(" =1",)))
@relaxed
def test_a_csv_row_that_is_written_is_read_back(record: Official, tmp_path: Path) -> None:
    path = tmp_path / "officials.csv"
    fields = flat(to_builtins(record))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([fields, [_guarded(value) for value in fields.values()]])
    path.write_text(stream.getvalue(), encoding="utf-8", newline="")
    (entry,) = read(path)
    assert isinstance(entry, Entry)
    assert flat(to_builtins(entry.record)) == {name: value.strip() for name, value in fields.items()}


def flat(value: object, header: str = "") -> dict[str, str]:
    """Return header -> cell of nested values; items of lists count from 1."""
    if isinstance(value, str):
        return {header: value}
    pairs = value.items() if isinstance(value, dict) else enumerate(value, 1) if isinstance(value, list) else ()
    return {name: cell for key, inner in pairs for name, cell in flat(inner, f"{header}.{key}".strip(".")).items()}


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.lstrip().startswith(("=", "+", "-", "@")) else cell


contents = st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))
SEEDS = sorted(path for path in GOOD.iterdir() if path.is_file())


@pytest.mark.parametrize("suffix", READERS)
@given(data=contents)
@example(data=b"[" * 100_000)
@example(data=b"- " * 100_000)
@example(data=b'{"meetings": ' + b"[" * 100_000)
@example(data=b'{"a":' * 100_000)
@example(data=b'{"meetings": [{"id": ' + b"9" * 5000 + b"}]}")
@example(data=b'"' * 200_000)
@example(data=b"a,b\r\rc\n" * 10)
@example(data=b"\xef\xbb\xbf")
@example(data=b"%YAML 9.9\n---\n")
@example(data=b"? [a]\n: b\n")
@example(data=b"*a : b\n")
@example(data=b"&a a: *a\n")
@example(data=b"meetings: !!binary aGk=\n")
@example(data="meetings:\n  - {id: \U0001f600, \u2028: \x85}\n".encode())
@relaxed
def test_no_content_makes_a_reader_raise(suffix: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"officials{suffix}"
    path.write_bytes(data)
    assert all(isinstance(found, Entry | Issue) for found in read(path))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name)
@given(data=st.data())
@relaxed
def test_no_slip_in_a_good_file_makes_a_reader_raise(seed: Path, data: st.DataObject, tmp_path: Path) -> None:
    good = seed.read_bytes()
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(start + 20, len(good))))
    slip = data.draw(
        st.sampled_from([b"", b"\t", b'"', b"{", b"]", b": ", b"\n", b"\x00", b"\xff", b"~", b"*a", b"NaN"])
    )
    path = tmp_path / seed.name
    path.write_bytes(good[:start] + slip + good[end:])
    for found in read(path):
        if isinstance(found, Entry):
            assert found.locate(("evidence", 0, "says")).file == seed.name
        else:
            assert found.message.isprintable()
            assert str(found.at).isprintable()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
@given(data=st.data())
@relaxed
def test_unknown_and_misshapen_fields_never_raise(kind: type[Record], data: st.DataObject, tmp_path: Path) -> None:
    scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    names = st.sampled_from([*(info.alias or name for name, info in kind.model_fields.items()), "en", "x"]) | st.text(
        max_size=3
    )
    values = st.recursive(
        scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3)
    )
    record = data.draw(st.dictionaries(names, values, max_size=6))
    path = tmp_path / "a.json"
    path.write_text(json.dumps({kind.plural: [record]}), encoding="utf-8")
    for found in read(path):
        assert isinstance(found, Entry) or (found.at.line == 1 and found.at.column > 0)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_the_place_of_every_field_is_where_its_text_stands(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    asked = 0
    for entry in iter_entries(path):
        assert isinstance(entry, Entry)
        for where, text in _leaves(to_builtins(entry.record)):
            at = entry.locate(where)
            assert at.line, where
            if path.suffix != ".csv" and isinstance(text, str):
                rest = lines[at.line - 1][at.column - 1 :].lstrip("\"'")
                assert rest.replace('\\"', '"').startswith(text), at
                asked += 1
    assert asked or path.suffix == ".csv"


def _leaves(value: object, path: tuple[str | int, ...] = ()) -> Iterable[tuple[tuple[str | int, ...], object]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if pairs is None:
        yield path, value
    else:
        for key, inner in pairs:
            yield from _leaves(inner, (*path, key))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_places_survive_a_file_that_is_gone_or_changed(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    entries = [entry for entry in read(copy) if isinstance(entry, Entry)]
    copy.write_text("{", encoding="utf-8")
    assert {entry.locate(("id",)).file for entry in entries} == {path.name}
    copy.unlink()
    assert {entry.locate(("evidence", 3, "says")).file for entry in entries} == {path.name}
    assert all(entry.at != Location(path.name) for entry in entries)
