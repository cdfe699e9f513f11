"""What each format may look like: forms of values, byte order marks, limits, and which files of a folder are read."""

import os
from pathlib import Path
from typing import Any

import pytest

from kg.errors import Issue
from kg.read import Entry, iter_entries, read_folder
from kg.read import json as json_reader
from kg.read import yaml as yaml_reader
from kg.records import to_builtins


def read(folder: Path, name: str, content: str | bytes) -> list[dict[str, Any] | str]:
    """Write a file and return its records as plain values, its issues as text."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [to_builtins(one.record) if isinstance(one, Entry) else str(one) for one in iter_entries(path)]


def one(folder: Path, name: str, content: str | bytes) -> dict[str, Any]:
    (found,) = read(folder, name, content)
    assert isinstance(found, dict), found
    return found


@pytest.mark.parametrize("text", ["no", "yes", "on", "2025-11", "0123", "1e3", "0x1F", "12:30", ".5", "null x", "true"])
def test_a_yaml_scalar_stays_the_text_that_was_written(text: str, tmp_path: Path) -> None:
    assert one(tmp_path, "a.yaml", f"officials:\n  - {{id: no, name: {text}}}\n") == {"id": "no", "name": text}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("|\n      two\n      lines\n", "two\nlines"),
        (">\n      one\n      line\n", "one line"),
        ("|+\n      kept\n\n", "kept"),
        ("'it''s'\n", "it's"),
        ('"tab\\tand \\u5ddd"\n', "tab\tand 川"),
        ('"~"\n', "~"),
        ("'null'\n", "null"),
        ("plain # comment\n", "plain"),
        ("two\n      lines\n", "two lines"),
    ],
)
def test_a_yaml_text_may_be_written_in_every_style(written: str, text: str, tmp_path: Path) -> None:
    assert one(tmp_path, "a.yml", f"officials:\n  - id: a\n    name: {written}")["name"] == text


@pytest.mark.parametrize("flag", ["true", "True", "yes", "on"])
def test_a_yaml_flag_may_be_written_as_people_do(flag: str, tmp_path: Path) -> None:
    text = f"meetings:\n  - {{id: a, parties: [b], follow_up: {flag}, at: {{online: no}}}}\n"
    assert one(tmp_path, "a.yaml", text)["follow_up"] is True


@pytest.mark.parametrize("name", ["a.yaml", "A.YAML"])
def test_a_byte_order_mark_is_no_text(name: str, tmp_path: Path) -> None:
    assert one(tmp_path, name, b"\xef\xbb\xbfofficials:\r\n  - id: a\r\n    name: A\r\n") == {"id": "a", "name": "A"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b'\xef\xbb\xbf{"officials": [{"id": "a", "name": "A"}]}'),
        ("a.jsonl", b'\xef\xbb\xbf{"kind": "official", "id": "a", "name": "A"}\r\n\r\n'),
        ("officials.csv", b"\xef\xbb\xbfid,name\r\na,A\r\n"),
    ],
)
def test_a_byte_order_mark_is_no_text_elsewhere(name: str, content: bytes, tmp_path: Path) -> None:
    assert one(tmp_path, name, content) == {"id": "a", "name": "A"}


def test_the_place_after_a_byte_order_mark_is_right(tmp_path: Path) -> None:
    assert read(tmp_path, "a.jsonl", b'\xef\xbb\xbf{"kind": "official", "id": "a", "name": ""}\n') == [
        "a.jsonl:1:41 name: error: found ''; expected something to read [empty-text]"
    ]


@pytest.mark.parametrize(
    ("header", "cells", "fields"),
    [
        ("sectors,at.city", "a; b;,makassar", {"sectors": ["a", "b"], "at": {"city": "makassar"}}),
        ("name.en,name.ja", "A,川崎", {"name": {"en": "A", "ja": "川崎"}}),
        ("name.en,name", ",A", {"name": "A"}),
        (
            "people",
            "x@p:host;y:guest;z@q;w",
            {
                "people": [
                    {"official": "x", "as": "p", "role": "host"},
                    {"official": "y", "role": "guest"},
                    {"official": "z", "as": "q"},
                    {"official": "w"},
                ]
            },
        ),
        (
            "people.1.official,people.1.for,people.2.official",
            "x,c,y",
            {"people": [{"official": "x", "for": "c"}, {"official": "y"}]},
        ),
        (
            "evidence.source,evidence.supports,evidence.claims.date",
            "s,date; at.city,2025",
            {"evidence": [{"source": "s", "supports": ["date", "at.city"], "claims": {"date": "2025"}}]},
        ),
        ("evidence.1.source,evidence.3.source", ",s", {"evidence": [{"source": "s"}]}),
        ("rulings.date,note", '"two\nlines","a ""b"""', {"rulings": {"date": "two\nlines"}, "note": 'a "b"'}),
        ("note,aims", "'=1+1,'tis", {"note": "=1+1", "aims": "'tis"}),
        ("follow_up,at.online", "TRUE,no", {"follow_up": True, "at": {"online": False}}),
    ],
)
def test_a_csv_cell_says_what_its_header_means(header: str, cells: str, fields: dict[str, Any], tmp_path: Path) -> None:
    found = one(tmp_path, "meetings-2025.csv", f"id,parties,{header}\nm,makassar; kawasaki:host,{cells}\n")
    parties = ["makassar", {"party": "kawasaki", "role": "host"}]
    assert found == {"id": "m", "parties": parties, **fields}


def test_lists_of_texts_are_parted_or_numbered(tmp_path: Path) -> None:
    content = 'id,name,aliases,same_as\na,A,"B; C",\nb,B,,https://example.org/1;https://example.org/2\n'
    assert [found["aliases"] if "aliases" in found else found["same_as"] for found in _records(tmp_path, content)] == [
        ["B", "C"],
        ["https://example.org/1", "https://example.org/2"],
    ]
    content = "id,name,aliases.1.ja,aliases.2\na,A,川,B; C\n"
    assert [found["aliases"] for found in _records(tmp_path, content)] == [[{"ja": "川"}, "B; C"]]


def _records(folder: Path, content: str) -> list[dict[str, Any]]:
    return [found for found in read(folder, "officials.csv", content) if isinstance(found, dict)]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("evidence", "cannot be one cell; expected columns such as evidence.source"),
        ("at", "cannot be one cell; expected columns such as at.city"),
        ("at.town", "unknown column 'at.town' for meetings; expected one of at.city"),
        ("people.official.x", "unknown column 'people.official.x'"),
        ("date.en", "unknown column 'date.en'"),
        ("name.", "unknown column 'name.'"),
        ("", "unknown column ''"),
        ("evidence.99999.source", "unknown column 'evidence.99999.source'"),
    ],
)
def test_a_header_that_means_nothing_is_told(header: str, message: str, tmp_path: Path) -> None:
    found = read(tmp_path, "meetings.csv", f"id,parties,{header}\nm,makassar,\n")
    assert [text for text in found if isinstance(text, str) and message in text and ":1:3" in text], found


def test_lines_are_counted_through_quoted_newlines(tmp_path: Path) -> None:
    content = 'id,name,note\na,A,"1\n2\n3"\n\nb,,x\n'
    assert read(tmp_path, "officials.csv", content)[1] == (
        "officials.csv:6 name: error: missing field 'name'; an official needs it [missing-field]"
    )


def test_a_csv_line_that_is_no_text_is_told_with_its_place(tmp_path: Path) -> None:
    found = read(tmp_path, "officials.csv", b"id,name\na,A\nb,caf\xe9\nc,C\n")
    assert found == [
        {"id": "a", "name": "A"},
        "officials.csv:3:6: error: found byte 0xE9 at offset 17; expected UTF-8: save the file as that [not-utf8]",
        {"id": "c", "name": "C"},
    ]


def test_files_and_lines_have_a_size_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_reader, "MAX_BYTES", 10)
    monkeypatch.setattr(json_reader, "MAX_BYTES", 10)
    monkeypatch.setattr(json_reader, "MAX_LINE", 10)
    for name in ("a.yaml", "a.json", "a.jsonl"):
        (text,) = read(tmp_path, name, "officials: []\n")
        assert str(text).endswith("[too-big]"), text


def test_a_folder_is_read_in_the_order_of_paths(tmp_path: Path) -> None:
    passed_over = (".hidden.yaml", ".git/x.yaml", "README.md", "b.yaml~", "#b.yaml#")
    for name in ("b/x.yaml", "b.yaml", "a/z.json", "a/B.jsonl", "a/~x.tmp", *passed_over):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    found = [one.at.file for one in read_folder(tmp_path, root=tmp_path)]
    assert found == ["a/B.jsonl", "a/z.json", "a/~x.tmp", "b.yaml", "b/x.yaml"]


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere.yaml")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "café\x1b[31m.yaml").write_text("", encoding="utf-8")
    found = list(iter_entries(tmp_path))
    assert [(issue.at.file, issue.code) for issue in found if isinstance(issue, Issue)] == [
        ("caf\\xe9\\x1b[31m.yaml", "empty-file"),
        ("gone.yaml", "unreadable"),
        ("pipe.yaml", "unreadable"),
    ]
    assert [str(issue) for name in ("no.yaml", "no.xlsx") for issue in iter_entries(tmp_path / name)] == [
        "no.yaml: error: cannot be read: No such file or directory [unreadable]",
        "no.xlsx: error: unknown format '.xlsx'; expected one of .csv, .json, .jsonl, .yaml, .yml [unknown-format]",
    ]


def test_paths_below_a_field_that_is_not_there_lead_to_what_is_around(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("officials:\n  - id: a\n    name: {en: A}\n", encoding="utf-8")
    (entry,) = iter_entries(path)
    assert isinstance(entry, Entry)
    assert str(entry.locate(("name", "ja"))) == "a.yaml:3:11 name.ja"
    assert str(entry.locate(("evidence", 2, "says"))) == "a.yaml:2:5 evidence[2].says"
