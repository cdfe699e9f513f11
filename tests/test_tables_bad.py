"""What tables should not be: each a clear error or a reject with its place; no traceback, nothing half-written."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from test_tables import HEAD, MEETINGS, World, workbook

from kg.errors import KgError, TableError
from kg.tables import import_table
from kg.tables.manual import read_manual

CITY = HEAD + 'records: {c: {kind: city, id: "{c}", name: "{c}"}}\n'
PACKED = ("t.xlsx", "t.csv.gz")
FORMATS = ("csv", "tsv", "json", "jsonl", "xlsx", "parquet", "csv.gz", "xlsx.gz")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def _bomb() -> bytes:
    """An Excel file that is a thousand times as large once unpacked."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"<c>" * 400_000)
    return stream.getvalue()


def _wide(cell: str) -> bytes:
    return workbook([["c"], ["A"]], f'<row r="1048576"><c r="{cell}" t="inlineStr"><is><t>x</t></is></c></row>')


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("t.csv", b"", "found no rows"),
        ("t.csv", b",,\nA,B,C\n", "the header is empty"),
        ("t.csv", b"c\n\xff\xfe\x00bad\n", "zero byte"),
        ("t.csv", b"c\n" + b"x" * 20_000_000, "a line of more than"),
        ("t.csv", b'c\nA\n"never closed\n', "the file ends inside quotes"),
        ("t.csv", b'c\nA\n"' + b"Osaka\n" * 90_000 + b'"\n', "t.csv:3: a cell is longer .* goes over several lines"),
        ("t.csv", b'c\nA\n"' + b"x" * 200_000 + b'\nOsaka\n"\n', "t.csv:3: a cell is longer .* over several lines"),
        ("t.csv", b"PK\0\0", "t.csv: found zero bytes"),
        ("t.csv.gz", lambda: gzip.compress(b"c\n" + b"Osaka\n" * 5000)[:-20], "cut off"),
        ("t.csv.gz", lambda: gzip.compress(b"c\nA\n") + b"rest", "cut off|damaged|Not a gzipped"),
        ("t.csv", b"\x81\x8d\x8f\x90", "t.csv: cannot tell the encoding"),
        ("t.json", b"{", "not valid JSON"),
        ("t.json", b'{"a": 1}', "expected a list of objects"),
        ("t.json", b"[" * 100_000, "not valid JSON"),
        ("t.json", b"[1, 2]", "found no objects"),
        ("t.jsonl", b"", "found no objects"),
        ("t.xlsx", b"PK\x03\x04 no zip", "no Excel file"),
        ("t.xlsx", lambda: _wide("XFD1048576"), "would unpack to 1,048,576 rows of 16,384 columns"),
        ("t.xlsx", lambda: workbook([["c"], ["x" * 20_000_000]]), "holds a text of more than 16,777,216 bytes"),
        ("t.xlsx", lambda: workbook([[""]]), "has no header"),
        ("t.parquet", b"PAR1 nothing more PAR1", "no Parquet file"),
        ("t.ods", b"PK", "cannot read .ods"),
        ("t.what", b"c\n", "cannot tell the format"),
        ("t.csv", ",".join(f"c{n}" for n in range(20_000)).encode() + b"\n", "expected at most 16,384"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",
)
def test_a_table_that_cannot_be_read_is_refused_whole(
    world: World, name: str, data: bytes | Callable[[], bytes], message: str
) -> None:
    with pytest.raises(TableError, match=message):
        world.take(data if isinstance(data, bytes) else data(), CITY, name=name)
    assert sorted(path.name for path in world.folder.rglob("*")) == sorted(["m.yaml", name])


def test_a_bomb_is_not_unpacked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.tables.bombs._UNPACKED", 4_000_000)  # a gigabyte would take long to pack
    with pytest.raises(TableError, match="would unpack to more than 4,000,000 bytes"):
        world.take(_bomb(), CITY, name="t.xlsx")
    assert not (world.folder / "records").exists()


def test_a_table_cut_off_later_leaves_what_stood_before(world: World) -> None:
    world.take(b"c\nOsaka\n", CITY)
    before = world.snapshot()
    with pytest.raises(TableError):
        world.take(gzip.compress(b"c\n" + b"Kobe\n" * 5000)[:-20], CITY, name="cut.csv.gz")
    after = world.snapshot()
    assert {name: after[name] for name in before} == before


def test_ten_thousand_columns_are_no_trouble(world: World) -> None:
    header = ",".join(["c", *(f"c{number}" for number in range(10_000))])
    done = world.take(f"{header}\nOsaka{',' * 10_000}\n", CITY)
    assert done.made == 1
    assert len(done.unused) == 10_000


def test_a_cell_too_long_is_a_reject_and_the_next_row_is_read(world: World) -> None:
    done = world.take(f'c\n"{"x" * 200_000}"\nOsaka\n', CITY)
    assert (done.made, done.rejected) == (1, 1)
    assert "longer than 131,072 characters" in world.rejected()[0][5]


def test_ids_cannot_leave_their_place(world: World) -> None:
    world.take("c\n../../../etc/passwd\n/etc/passwd\n..\n", CITY)
    assert [one["id"] for one in world.records("cities")] == ["etc-passwd"]
    assert sorted(path.name for path in (world.folder / "records").iterdir()) == ["cities-m.jsonl", "sources-m.jsonl"]


@pytest.mark.parametrize("table", ["/", "absent.csv", "no\0such.csv", "/dev/null"])
def test_a_path_that_is_no_file_is_refused(tmp_path: Path, table: str) -> None:
    rules = tmp_path / "m.yaml"
    rules.write_text(CITY, encoding="utf-8")
    with pytest.raises(KgError):
        import_table(table, mapping=rules, into=tmp_path / "records")
    assert not (tmp_path / "records").exists()


@pytest.mark.parametrize("mapping", ["eu-sister-citie", "../eu-sister-cities", "nothing.yaml", "tables/countries"])
def test_a_mapping_that_is_not_there_is_refused(tmp_path: Path, mapping: str) -> None:
    table = tmp_path / "t.csv"
    table.write_text("c\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"no mapping|cannot read"):
        import_table(table, mapping=mapping, into=tmp_path / "records")


@pytest.mark.parametrize("extends", ["../countries", "/etc/passwd", "countries.yaml"])
def test_a_value_table_is_a_name_not_a_path(world: World, extends: str) -> None:
    mapping = CITY.replace(
        "records:", f"columns: {{c: {{table: t}}}}\ntables: {{t: {{extends: '{extends}'}}}}\nrecords:"
    )
    with pytest.raises(TableError, match="there is no value table"):
        world.take("c\nA\n", mapping)


def test_a_mapping_too_deep_or_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    for text in ("[" * 10_000, "a: " * 3 + "{" * 30 + "}" * 30, "x: " + "y" * 5_000_000):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(TableError):
            read_manual(path)


def _import(folder: Path, name: str, data: bytes, mapping: str) -> None:
    """Import anything: it works and adds up, or says why not and leaves nothing."""
    import shutil

    shutil.rmtree(folder / "records", ignore_errors=True)
    (folder / name).write_bytes(data)
    (folder / "m.yaml").write_text(mapping, encoding="utf-8")
    try:
        done = import_table(folder / name, mapping=folder / "m.yaml", into=folder / "records")
    except KgError:
        assert not (folder / "records").exists()
    else:
        assert done.adds_up
        for path in (folder / "records").iterdir():
            for line in path.read_text(encoding="utf-8").splitlines():
                json.loads(line)


fuzz = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@fuzz
@given(name=st.sampled_from(FORMATS), data=st.binary(max_size=400))
def test_random_bytes_never_end_in_a_traceback(tmp_path: Path, name: str, data: bytes) -> None:
    starts = {"xlsx": b"PK\x03\x04", "parquet": b"PAR1", "csv.gz": b"\x1f\x8b", "xlsx.gz": b"\x1f\x8b"}
    for table in (data, starts.get(name, b"c,d\n") + data):
        _import(tmp_path, f"t.{name}", table, CITY)


@fuzz
@given(
    cut=st.integers(0, 2000), flip=st.integers(0, 2000), bit=st.integers(1, 255), form=st.sampled_from(["xlsx", "gz"])
)
def test_damaged_files_never_end_in_a_traceback(tmp_path: Path, cut: int, flip: int, bit: int, form: str) -> None:
    whole = workbook([["c"], ["Osaka"], ["Kobe"]]) if form == "xlsx" else gzip.compress(b"c\nOsaka\nKobe\n" * 9)
    data = bytearray(whole)
    data[flip % len(data)] ^= bit
    _import(tmp_path, f"t.{'xlsx' if form == 'xlsx' else 'csv.gz'}", bytes(data), CITY)
    _import(tmp_path, f"t.{'xlsx' if form == 'xlsx' else 'csv.gz'}", whole[: cut % len(whole)], CITY)


cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["", " ", "=1+1", "#N/A", "25-11-2025", "FÃ©d", "\ufeff", "a;b", '"', "a\r\nb", "\u0000", "\x85", "\u2028x"]
)


@fuzz
@given(rows=st.lists(st.lists(cells, min_size=3, max_size=5), max_size=8), delimiter=st.sampled_from(",;\t|"))
def test_any_cells_add_up_and_are_read_back(tmp_path: Path, rows: list[list[str]], delimiter: str) -> None:
    import csv

    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows([["date", "city", "met", "about"], *rows])
    said = "tab" if delimiter == "\t" else f"'{delimiter}'"
    mapping = MEETINGS.replace("records:", f"table: {{delimiter: {said}}}\nrecords:", 1)
    _import(tmp_path, "t.csv", stream.getvalue().encode("utf-8", "surrogatepass"), mapping)


@fuzz
@given(text=st.text('ab",;\n\r\t ', max_size=60))
@example(text='"a"b\na\n')
@example(text='a\n"a\n"b"\n')
def test_any_quotes_and_line_ends_add_up(tmp_path: Path, text: str) -> None:
    _import(tmp_path, "t.csv", f"c,d\n{text}".encode(), CITY)


@fuzz
@given(value=st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=9), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["c", "d", ""]), inner, max_size=3), max_leaves=8))  # fmt: skip # noqa: E501
def test_any_json_adds_up(tmp_path: Path, value: Any) -> None:  # noqa: ANN401
    _import(tmp_path, "t.json", json.dumps(value).encode(), CITY)
    _import(tmp_path, "t.jsonl", json.dumps(value).encode() + b"\n" + b'{"c": "A"}\n', CITY)


@fuzz
@given(text=st.text(max_size=60), where=st.integers(0, 400))
def test_any_mapping_is_used_or_refused(tmp_path: Path, text: str, where: int) -> None:
    place = where % len(MEETINGS)
    mapping = (MEETINGS[:place] + text + MEETINGS[place:]).encode("utf-8", "replace").decode()
    _import(tmp_path, "t.csv", b"date,city,met,about\n25-11-2025,Osaka,A,\n", mapping)
