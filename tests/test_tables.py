"""Registers become records: every row is accounted for, and the mapping says what each column means."""

import gzip
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RecordError, TableError
from kg.read import Entry, iter_entries
from kg.tables import Outcome, import_table, load_mapping, shipped_mappings, summary
from kg.tables.cells import tidy
from kg.tables.ids import to_id
from kg.tables.patterns import date_reader
from kg.tables.row import CellFault, letters
from kg.tables.splitting import splitter
from kg.tables.template import parse_template

HEAD = "title: A register\nsource: {id: register, outlet: The Office}\n"
MEETINGS = (
    HEAD
    + """\
columns:
  day: {from: date, dates: [DD-MM-YYYY]}
records:
  city: {kind: city, id: "{city}", name: "{city}"}
  other: {kind: organization, each: met, id: "{met}", name: "{met}"}
  meeting:
    kind: meeting
    id: {text: "{city} {day}", key: [city, day, met]}
    date: "{day}"
    parties: [{party: $city, role: host}, $other]
    note: "[About {about}.]"
"""
).replace("records:", "  met: {split: [';', ', '], keep: [', Inc.'], whole: [' : ']}\nrecords:")


class World:
    """A folder to import in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rejects = folder / "rejects.csv"

    def take(self, table: str | bytes, mapping: str, *, name: str = "t.csv", **options: object) -> Outcome:
        path = self.folder / name
        path.write_bytes(table.encode() if isinstance(table, str) else table)
        rules = self.folder / "m.yaml"
        rules.write_text(mapping, encoding="utf-8")
        return import_table(path, mapping=rules, into=self.folder / "records", rejects=self.rejects, **options)  # type: ignore[arg-type]

    def records(self, plural: str) -> list[dict[str, Any]]:
        path = self.folder / "records" / f"{plural}-m.jsonl"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []

    def rejected(self) -> list[list[str]]:
        import csv

        return list(csv.reader(io.StringIO(self.rejects.read_text(encoding="utf-8"))))[1:]

    def snapshot(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file()}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_row_becomes_its_records(world: World) -> None:
    done = world.take("date,city,met,about\n25-11-2025,Makassar,Waterworks; Port : A; B,pumps\n", MEETINGS)
    assert (done.rows, done.made, done.rejected, done.adds_up) == (1, 1, 0, True)
    (meeting,) = world.records("meetings")
    assert meeting["id"].startswith("makassar-2025-11-25-")
    assert meeting["parties"][0] == {"party": "makassar", "role": "host"}
    assert meeting["note"] == "About pumps."
    assert meeting["evidence"] == [{"source": "register", "at": "row 2", "says": "A register."}]
    assert [one["name"] for one in world.records("organizations")] == ["Waterworks; Port : A; B"]
    assert world.records("sources") == [{"kind": "source", "id": "register", "outlet": "The Office"}]


def test_what_is_written_is_read_back_without_a_finding(world: World) -> None:
    world.take('date,city,met,about\n25-11-2025,Makassar,"A Ltd; B, Inc.; C",\n01-01-2024,Jakarta,C,x\n', MEETINGS)
    found = list(iter_entries(world.folder / "records"))
    assert all(isinstance(one, Entry) for one in found)
    assert [one["name"] for one in world.records("organizations")] == ["A Ltd", "B, Inc.", "C"]


def test_rejects_name_the_cell_the_value_and_the_reason(world: World) -> None:
    done = world.take(
        "city,date,met,about\nMakassar,31-02-2025,A,\nMakassar,2025/1/2,A,\nOsaka,01-02-2025,B,\n", MEETINGS
    )
    assert (done.rows, done.made, done.rejected) == (3, 1, 2)
    assert [row[:5] for row in world.rejected()] == [
        ["2", "B2", "date", "31-02-2025", "bad-date"],
        ["3", "B3", "date", "2025/1/2", "bad-date"],
    ]
    assert "there is no day 31 in 2025-02" in world.rejected()[0][5]
    assert "expected a date as DD-MM-YYYY" in world.rejected()[1][5]


def test_a_rejected_row_leaves_nothing_behind(world: World) -> None:
    world.take("city,date,met,about\nNowhere,bad,Nobody,\nOsaka,01-02-2025,B,\n", MEETINGS)
    assert [one["id"] for one in world.records("cities")] == ["osaka"]
    assert [one["id"] for one in world.records("organizations")] == ["b"]


def test_strict_writes_nothing(world: World) -> None:
    with pytest.raises(RecordError, match="1 row of 1 rejected; nothing is written") as refused:
        world.take("city,date,met,about\nOsaka,bad,B,\n", MEETINGS, strict=True)
    assert [issue.code for issue in refused.value.issues] == ["bad-date"]
    assert sorted(world.snapshot()) == ["m.yaml", "t.csv"]


def test_importing_again_changes_nothing_and_more_rows_only_add(world: World) -> None:
    rows = "date,city,met,about\n25-11-2025,Makassar,A,\n26-11-2025,Makassar,B,\n"
    world.take(rows, MEETINGS)
    first, before = world.snapshot(), (world.folder / "records" / "meetings-m.jsonl").stat().st_mtime_ns
    world.take(rows, MEETINGS)
    assert world.snapshot() == first
    assert (world.folder / "records" / "meetings-m.jsonl").stat().st_mtime_ns == before
    world.take(rows + "27-11-2025,Makassar,C,\n", MEETINGS)
    for name, data in world.snapshot().items():
        assert data.startswith(first[name].rstrip())


def test_a_row_that_says_the_same_again_is_counted_and_another_under_its_id_refused(world: World) -> None:
    mapping = MEETINGS.replace("key: [city, day, met]", "key: [city, day]")
    done = world.take("date,city,met,about\n25-11-2025,Osaka,A,\n25-11-2025,Osaka,A,\n25-11-2025,Osaka,B,\n", mapping)
    assert (done.made, done.repeated, done.rejected, done.adds_up) == (1, 1, 1, True)
    assert world.rejected()[0][4] == "id-collision"
    assert "(row 2)" in world.rejected()[0][5]


def test_rows_left_out_are_counted_with_the_reason(world: World) -> None:
    mapping = MEETINGS + "leave_out:\n  - {column: met, values: ['', '-'], because: nobody is named}\n"
    mapping += "  - {column: city, matches: 'Q[0-9]+', because: a number is no name}\n"
    done = world.take("date,city,met,about\nx,A,-,\nx,A,,\nx,Q42,B,\n25-11-2025,A,B,\n", mapping)
    assert done.left_out == {"nobody is named": 2, "a number is no name": 1}
    assert (done.rows, done.made) == (4, 1)
    assert done.adds_up


def test_the_same_thing_in_other_letters_is_one_with_an_alias(world: World) -> None:
    mapping = HEAD + 'records: {firm: {kind: company, id: "{name}", name: "{name}", country: "{country}"}}\n'
    done = world.take("name,country\nBaté,\nBATÉ,FR\nBaté,DE\n", mapping)
    (firm,) = world.records("companies")
    assert (firm["id"], firm["name"], firm["aliases"], firm["country"]) == ("bate", "Baté", ["BATÉ"], "FR")
    assert firm["evidence"][1]["supports"] == ["country"]
    assert done.notes == {("country", "differs"): 1}


def test_a_pair_given_twice_is_one_whichever_way_round(world: World) -> None:
    mapping = (
        HEAD
        + """\
records:
  a: {kind: city, id: "{a}", name: "{a}"}
  b: {kind: city, id: "{b}", name: "{b}"}
  tie:
    kind: cooperation
    id: {pair: [$a, $b], swap: {a: b}}
    again: join
    name: "{a} and {b}"
    parties: [$a, $b]
"""
    )
    done = world.take("a,b\nZ,A\nA,Z\nA,A\n", mapping)
    (tie,) = world.records("cooperations")
    assert (tie["id"], tie["name"], tie["parties"]) == ("a-and-z", "A and Z", ["a", "z"])
    assert [one["at"] for one in tie["evidence"]] == ["row 2", "row 3"]
    assert (done.made, done.joined, done.rejected) == (2, 1, 1)
    assert world.rejected()[0][4] == "same-twice"


def test_one_event_over_several_rows_is_joined(world: World) -> None:
    mapping = (
        HEAD
        + """\
records:
  body: {kind: organization, id: "{body}", name: "{body}"}
  person: {kind: official, id: "{person}", name: "{person}"}
  meeting:
    kind: meeting
    id: "event {event}"
    again: join
    name: "{title}"
    parties: [$body]
    people: [{official: $person, for: $body, role: guest}]
"""
    )
    done = world.take("event,title,body,person\n1,T,X,P\n2,U,X,P\n1,T,Y,Q\n1,other,X,P\n", mapping)
    first, second = world.records("meetings")
    assert first["parties"] == ["x", "y"]
    assert [one["official"] for one in first["people"]] == ["p", "q"]
    assert [one["at"] for one in first["evidence"]] == ["row 2", "row 4", "row 5"]
    assert second["parties"] == ["x"]
    assert done.notes == {("title", "differs"): 1}


def test_a_row_that_cannot_make_its_event_is_rejected_though_its_rows_are_joined(world: World) -> None:
    mapping = (
        HEAD
        + """\
records:
  body: {kind: organization, id: "{body}", name: "{body}"}
  other: {kind: organization, id: "{other}", name: "{other}"}
  tie: {kind: cooperation, id: {pair: [$body, $other]}, again: join, name: A tie, parties: [$body, $other]}
"""
    )
    done = world.take("body,other\nX,Y\nZ,\n", mapping)
    assert (done.made, done.rejected, done.records["organizations"]) == (1, 1, 2)
    assert [row[4] for row in world.rejected()] == ["no-id"]


def test_a_day_that_differs_is_told_as_it_was_written(world: World) -> None:
    mapping = (
        HEAD + 'records: {m: {kind: meeting, id: "event {event}", again: join, date: "{day}", parties: [{party: x}]}}\n'
    )
    mapping += "given: {organizations: [{id: x, name: X}]}\n"
    world.take("event,day\n1,2025-01-02\n1,2025-01-03\n", mapping)
    told = (world.folder / "notes.csv").read_text(encoding="utf-8")
    assert "date was '2025-01-02' in row 2, which stands; here '2025-01-03'" in told


def test_places_of_one_name_far_apart_are_two(world: World) -> None:
    mapping = HEAD + (
        'records: {c: {kind: city, id: "{c}", name: "{c}", latitude: "{x}", longitude: "{y}", apart: 25}}\n'
    )
    done = world.take(
        "c,x,y\nVouillé,46.64,0.17\nVouillé,46.31,-0.37\nVouillé,46.65,0.18\nVouillé,46.3,-0.4\n", mapping
    )
    assert [one["id"] for one in world.records("cities")] == ["vouille", "vouille-n4631-w00037"]
    assert done.notes["c", "namesake"] == 1


def test_value_tables_extend_each_other_and_say_what_they_do_not_know(world: World) -> None:
    mapping = (
        HEAD
        + """\
columns: {code: {from: country, table: mine}}
tables: {mine: {extends: countries, values: {Holland: NL}}}
records: {c: {kind: city, id: "{c}", name: "{c}", country: "{code}"}}
"""
    )
    done = world.take("c,country\nA,holland\nB,Japan\nC,Jpan\n", mapping)
    assert [one["country"] for one in world.records("cities")] == ["NL", "JP"]
    assert done.rejected == 1
    assert "did you mean 'japan'" in world.rejected()[0][5]


def test_codes_get_their_zeros_back_and_bad_values_may_be_left_out(world: World) -> None:
    mapping = (
        HEAD
        + """\
columns: {code: {digits: 5}, lat: {decimal: ',', bad: leave-out}, lon: {decimal: ',', bad: leave-out}}
records: {c: {kind: city, id: "jp {code}", name: "{name}", latitude: "{lat}", longitude: "{lon}"}}
"""
    )
    done = world.take("code;name;lat;lon\n1100;Sapporo;43,06;141,35\n14130;Kawasaki;north;\n", mapping)
    first, second = world.records("cities")
    assert (first["id"], first["latitude"]) == ("jp-01100", 43.06)
    assert "latitude" not in second
    assert done.notes == {("lat", "bad-number"): 1}
    assert done.facts["delimiter"] == "semicolon"


def test_what_a_spreadsheet_computes_is_no_value(world: World) -> None:
    done = world.take("city,date,met,about\n=A1,01-01-2024,B,\n#REF!,01-01-2024,B,\n", MEETINGS)
    assert [row[4] for row in world.rejected()] == ["formula", "spreadsheet-error"]
    assert world.rejected()[0][3] == "'=A1"  # and the list of rejects is not run either
    assert done.adds_up


@pytest.mark.parametrize(
    ("cell", "text", "marks"),
    [
        ("  padded ", "padded", ["padded"]),
        ("a\u00a0b", "a b", ["unusual blank"]),
        ("a\u200bb\ufeff", "ab", ["zero-width character"]),
        ("a\x07b\u202ec", "abc", ["control character"]),
        ("Cafe\u0301", "Café", ["decomposed accents"]),
        ("FÃ©dÃ©ration Bancaire FranÃ§aise", "Fédération Bancaire Française", ["double-encoded"]),
        ("lost \ufffd", "lost \ufffd", ["lost character"]),
        ("two\r\nlines", "two\nlines", []),
        ("CAFÉ»", "CAFÉ»", []),
        ("川崎市", "川崎市", []),
    ],
    ids=["padding", "nbsp", "zero-width", "control", "nfd", "mojibake", "lost", "newline", "no mojibake", "kanji"],
)
def test_cells_are_mended_by_name(cell: str, text: str, marks: list[str]) -> None:
    told: list[str] = []
    assert tidy(cell, told.append) == text
    assert told == marks


@pytest.mark.parametrize(
    ("patterns", "language", "text", "iso"),
    [
        (["DD-MM-YYYY"], "en", "05-11-2025", "2025-11-05"),
        (["D/M/YYYY"], "en", "5/11/2025", "2025-11-05"),
        (["D MONTH YYYY"], "id", "5 Agustus 2025", "2025-08-05"),
        (["D MONTH YYYY"], "en", "5 Nov. 2025", "2025-11-05"),
        (["MONTH YYYY", "YYYY"], "fr", "février 2024", "2024-02"),
        (["YYYY年M月D日"], "en", "2025年1月5日", "2025-01-05"),
        (["YYYY-MM-DD..."], "en", "2025-01-05T10:30:00Z", "2025-01-05"),
        (["EXCEL"], "en", "45000", "2023-03-15"),
        (["EXCEL"], "en", "45000.75", "2023-03-15"),
        (["D/M/YYYY", "M/D/YYYY"], "en", "5/5/2025", "2025-05-05"),
    ],
)
def test_dates_are_read_by_patterns(patterns: list[str], language: str, text: str, iso: str) -> None:
    assert date_reader(patterns, language)(text) == iso


@pytest.mark.parametrize(
    ("patterns", "text", "code"),
    [
        (["D/M/YYYY", "M/D/YYYY"], "5/6/2025", "ambiguous-date"),
        (["DD-MM-YYYY"], "45000", "bad-date"),
        (["YYYY-MM-DD"], "2025-02-30", "bad-date"),
        (["D MONTH YYYY"], "5 Ju 2025", "bad-date"),
        (["EXCEL"], "60", "bad-date"),
        (["DD-MM-YYYY"], "\u0660\u0665-11-2025", "bad-date"),
    ],
)
def test_dates_are_never_guessed(patterns: list[str], text: str, code: str) -> None:
    with pytest.raises(CellFault) as refused:
        date_reader(patterns, "en")(text)
    assert refused.value.code == code


@given(st.dates(), st.sampled_from(["DD-MM-YYYY", "YYYY/M/D", "D MONTH YYYY"]))
def test_a_date_written_by_a_pattern_is_read_back(day: date, pattern: str) -> None:
    from kg.tables.patterns import MONTHS

    month = MONTHS["de"].split()[day.month - 1]
    written = {
        "DD-MM-YYYY": f"{day.day:02d}-{day.month:02d}-{day.year:04d}",
        "YYYY/M/D": f"{day.year:04d}/{day.month}/{day.day}",
        "D MONTH YYYY": f"{day.day} {month} {day.year:04d}",
    }
    assert date_reader([pattern], "de")(written[pattern]) == day.isoformat()


@given(st.text(max_size=300))
def test_any_text_makes_an_id_or_none(text: str) -> None:
    import re

    found = to_id(text)
    assert found == to_id(text)
    assert found == "" or (re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found) and len(found) <= 100)


def test_ids_keep_scripts_apart_and_fold_dress() -> None:
    assert to_id("Kraków") == to_id("KRAKOW") == "krakow"
    assert to_id("川崎市") != to_id("川崎町")
    assert to_id("Straße & Weg") == "strasse-and-weg"
    assert to_id("../../etc/passwd") == "etc-passwd"
    assert to_id("…") == ""


@pytest.mark.parametrize(
    ("split", "keep", "whole", "cell", "values"),
    [
        ([";"], [], [], "A; B;;A", ["A", "B"]),
        ([", "], [", Inc."], [], "A, Inc., B", ["A, Inc.", "B"]),
        ([";"], [], [r" ?: "], "X : a; b", ["X : a; b"]),
        ("python-list", [], [], "['A', 'B, C']", ["A", "B, C"]),
        ("json-list", [], [], '["A", 1]', ["A", "1"]),
    ],
)
def test_cells_are_split(
    split: list[str] | str, keep: list[str], whole: list[str], cell: str, values: list[str]
) -> None:
    assert splitter(split, keep, whole)(cell) == values


@pytest.mark.parametrize("cell", ["__import__('os')", "['a'", "{'a': 1}", "[[1]]", "[" * 5000, "1"])
def test_a_list_that_is_none_is_refused(cell: str) -> None:
    with pytest.raises(CellFault, match="expected a list"):
        splitter("python-list", [], [])(cell)


def test_templates_leave_out_what_is_empty() -> None:
    template = parse_template("{a}[ of {b}] {{x}}")
    assert template.columns == ("a", "b")
    assert template.fill({"a": ("1",), "b": ()}) == "1 {x}"
    assert template.fill({"a": ("1",), "b": ("2", "3")}) == "1 of 2, 3 {x}"
    assert template.fill({"a": (), "b": ("2",)}) is None


@pytest.mark.parametrize("text", ["{a", "a}", "[a", "a]", "[[[a", "{ }", "{a{b}}"])
def test_a_template_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="found"):
        parse_template(text)


def test_columns_are_lettered_as_spreadsheets_do() -> None:
    assert [letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


# -- formats and encodings -------------------------------------------------------------------------------------------

TEXT = "date,city,met,about\n25-11-2025,Café 川崎,Waterworks,\n"
LATIN = "date,city,met,about\n25-11-2025,Café,Waterworks,\n"
JAPANESE = "date,city,met,about\r\n25-11-2025,川崎市,水道局,\r\n"


@pytest.mark.parametrize(
    ("data", "encoding", "city"),
    [
        (TEXT.encode(), "utf-8 ", "Café 川崎"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig", "Café 川崎"),
        (TEXT.encode("utf-16"), "utf-16", "Café 川崎"),
        (LATIN.encode("utf-16-le"), "utf-16-le", "Café"),
        (LATIN.encode("cp1252"), "cp1252", "Café"),
        (LATIN.replace("Café", "Orléans").encode("cp1252"), "cp1252", "Orléans"),
        (LATIN.replace("Café", "Mayor\u2019s São Paulo").encode("cp1252"), "cp1252", "Mayor\u2019s São Paulo"),
        (JAPANESE.encode("cp932"), "cp932", "川崎市"),
        (JAPANESE.replace("川崎市", "IT特区A").encode("cp932"), "cp932", "IT特区A"),
    ],
)
def test_encodings_are_found_out_and_told(world: World, data: bytes, encoding: str, city: str) -> None:
    done = world.take(data, MEETINGS)
    assert done.facts["encoding"].startswith(encoding)
    assert world.records("cities")[0]["name"] == city


def _rows() -> list[dict[str, Any]]:
    return [
        {"date": "25-11-2025", "city": "Osaka", "met": "A; B", "about": None},
        {"date": "1", "city": "X", "met": "C"},
    ]


def _xlsx() -> bytes:
    return workbook([["date", "city", "met", "about"], ["25-11-2025", "Osaka", "A; B", ""], ["1", "X", "C", ""]])


def _parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(_rows()), stream)
    return stream.getvalue()


def workbook(rows: list[list[str]], extra: str = "") -> bytes:
    """Write a small Excel file: texts inline; `extra` is XML put after the rows."""
    import zipfile

    name = "http://schemas.openxmlformats.org"
    sheet = "".join(
        f'<row r="{n}">'
        + "".join(
            f'<c r="{letters(i)}{n}" t="inlineStr"><is><t>{cell}</t></is></c>'
            if not cell.startswith("<")
            else cell.replace("<c", f'<c r="{letters(i)}{n}"', 1)
            for i, cell in enumerate(row)
        )
        + "</row>"
        for n, row in enumerate(rows, 1)
    )
    kind = f"{name}/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{name}/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{name}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{name}/spreadsheetml/2006/main" xmlns:r="{kind}">'
        '<sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{name}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{name}/spreadsheetml/2006/main">'
        f"<sheetData>{sheet}{extra}</sheetData></worksheet>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("t.csv", lambda: b"date,city,met,about\n25-11-2025,Osaka,A; B,\n1,X,C,\n"),
        ("t.tsv", lambda: b"date\tcity\tmet\tabout\n25-11-2025\tOsaka\tA; B\t\n1\tX\tC\t\n"),
        ("t.csv.gz", lambda: gzip.compress(b"date,city,met,about\n25-11-2025,Osaka,A; B,\n1,X,C,\n")),
        ("t.json", lambda: json.dumps(_rows()).encode()),
        ("t.json", lambda: json.dumps({"count": 2, "rows": _rows()}).encode()),
        ("t.jsonl", lambda: "".join(json.dumps(row) + "\n" for row in _rows()).encode()),
        ("t.xlsx", _xlsx),
        ("t.parquet", _parquet),
        ("t.parquet.gz", lambda: gzip.compress(_parquet())),
    ],
    ids=["csv", "tsv", "gz", "json", "json-inside", "jsonl", "xlsx", "parquet", "parquet-gz"],
)
def test_every_format_gives_the_same_records(world: World, name: str, data: Callable[[], bytes]) -> None:
    done = world.take(data(), MEETINGS, name=name)
    assert (done.rows, done.made, done.rejected, done.adds_up) == (2, 1, 1, True)
    assert [one["name"] for one in world.records("organizations")] == ["A", "B"]
    assert world.rejected()[0][3] == "1"


def test_excel_cells_keep_what_they_are(world: World) -> None:
    rows = [
        ["date", "city", "met", "about"],
        ["<c><v>45000</v></c>", "Osaka", "A", ""],
        ["25-11-2025", "<c><f>B2</f><v></v></c>", "A", ""],
        ["25-11-2025", '<c t="str"><f>B2</f><v>Kobe</v></c>', "A", ""],
        ["25-11-2025", '<c s="1" t="e"><v>#REF!</v></c>', "A", ""],
        ["25-11-2025", "Kobe", '<c t="e"><f>VLOOKUP(1,A1:B2,2)</f><v>#N/A</v></c>', ""],
    ]
    done = world.take(workbook(rows), MEETINGS, name="t.xlsx")
    assert [row[1:5:3] for row in world.rejected()] == [
        ["A2", "bad-date"],
        ["B3", "formula"],
        ["B5", "spreadsheet-error"],
        ["C6", "spreadsheet-error"],
    ]
    assert [row[3] for row in world.rejected()[2:]] == ["#REF!", "#N/A"]
    assert "add the pattern EXCEL" in world.rejected()[0][5]
    assert [one["name"] for one in world.records("cities")] == ["Kobe"]
    assert done.facts["sheet"] == "One"


def test_a_number_that_makes_an_id_is_noted_for_its_zeros_may_be_gone(world: World) -> None:
    mapping = HEAD + 'records: {c: {kind: city, id: "jp {code}", name: "{name}"}}\n'
    rows = [["code", "name"], ["<c><v>1100</v></c>", "Sapporo"]]
    done = world.take(workbook(rows), mapping, name="t.xlsx")
    assert done.notes == {("code", "number-as-text"): 1}
    assert world.records("cities")[0]["id"] == "jp-1100"
    done = world.take(workbook(rows), mapping + "columns: {code: {digits: 5}}\n", name="t.xlsx")
    assert done.notes == {}
    assert world.records("cities")[0]["id"] == "jp-01100"


def test_rows_are_numbered_as_a_spreadsheet_shows_them(world: World) -> None:
    table = (
        'date,city,met,about\n\n25-11-2025,"Osa\nka",A,\nbad,X,B,\ndate,city,met,about\n25-11-2025,short\n,,,,extra\n'
    )
    done = world.take(table, MEETINGS)
    assert [(row[0], row[4]) for row in world.rejected()] == [
        ("4", "bad-date"),
        ("6", "ragged-row"),
        ("7", "ragged-row"),
    ]
    assert done.left_out == {"the header stands here again": 1}
    assert world.records("cities")[0]["name"] == "Osa ka"
    assert done.adds_up


def test_yaml_holds_the_same_records(world: World) -> None:
    table = 'date,city,met,about\n25-11-2025,NO,"null; yes; 1,5",~\n'
    world.take(table, MEETINGS)
    as_jsonl = [one.record for one in iter_entries(world.folder / "records") if isinstance(one, Entry)]
    world.take(table, MEETINGS, form="yaml")
    assert sorted(path.suffix for path in (world.folder / "records").iterdir()) == [".yaml"] * 4  # the others are gone
    as_yaml = [one.record for one in iter_entries(world.folder / "records") if isinstance(one, Entry)]
    assert as_yaml == as_jsonl


# -- the mapping -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("title:", "titel:", ":1:8", "did you mean 'title'"),
        ("kind: city", "kind: cty", ":7:16", "input should be 'official'"),
        ("from: date", "from: datum", ":4:15", "there is no column 'datum'; did you mean 'date'"),
        ("{city} {day}", "{town} {day}", ":11:9", "there is no column 'town'"),
        ("party: $city", "party: $citi", ":13:23", "there is no record '$citi'; did you mean 'city'"),
        ("party: $city", "parti: $city", ":13:23", "unknown field 'parti'; did you mean 'party'"),
        ('date: "{day}"', 'dat: "{day}"', ":12:10", "'dat' is no field of meeting; did you mean 'date'"),
        ("[About {about}.]", "[About {about}.", ":14:11", "found '[' without ']'"),
        ("DD-MM-YYYY", "DD-MM", ":4:8", "a date needs its year"),
        ("' : '", "'('", ":5:8", "no regular expression"),
        ("split: [';', ', ']", "split: ['']", ":5:8", "a separator is empty"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_mapping_has_a_place(world: World, old: str, new: str, place: str, message: str) -> None:
    assert old in MEETINGS
    with pytest.raises(TableError) as refused:
        world.take("date,city,met,about\n", MEETINGS.replace(old, new, 1))
    said = [str(issue) for issue in refused.value.issues]
    assert any(message in one for one in said), said
    assert any(one.startswith(f"m.yaml{place}") for one in said), said
    assert not (world.folder / "records").exists()


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ("", "expected a mapping"),
        ("- a\n", "expected a mapping"),
        ("a: [", "not valid YAML"),
        ("a: &x 1\nb: *x\n", "found an alias"),
        ("a: 1\na: 2\n", "'a' stands twice"),
        (HEAD, "missing 'records'"),
        (MEETINGS + "tables: {a: {extends: b}, b: {extends: a}}\n", "circle: a -> b -> a"),
        (MEETINGS + "given: {planets: [{id: x}]}\n", "unknown kind of record 'planets'"),
        (MEETINGS + "given: {cities: [{id: X}]}\n", "did you mean 'x'"),
        (HEAD + "\x00", "not valid YAML"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused(world: World, mapping: str, message: str) -> None:
    mapping = mapping.replace("  met: {", "  about: {table: a}\n  met: {") if "circle" in message else mapping
    with pytest.raises(TableError) as refused:
        world.take("date,city,met,about\n", mapping)
    assert message in " ".join([str(refused.value), *map(str, refused.value.issues)])
    assert not (world.folder / "records").exists()


@pytest.mark.parametrize("name", shipped_mappings())
def test_every_shipped_mapping_can_be_loaded(name: str) -> None:
    loaded = load_mapping(name)
    assert loaded.name == name
    assert loaded.rules.about


def test_the_summary_says_every_count(world: World) -> None:
    done = world.take("date,city,met,about\n25-11-2025,A,B,\nbad,A,B,\n", MEETINGS)
    text = "\n".join(summary(done))
    assert "2 rows read" in text
    assert "1 made records" in text
    assert "1 rejected" in text
    assert "1 bad-date in date" in text
    assert "1 cities, 1 meetings, 1 organizations, 1 sources" in text
    assert done.to_json()["reasons"] == [{"column": "date", "code": "bad-date", "rows": 1}]
