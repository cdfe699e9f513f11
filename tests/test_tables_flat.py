"""Round trips: records written as CSV, JSONL or YAML are the records read back, whatever they say."""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from strategies import records
from test_tables import HEAD, MEETINGS, World

from kg.errors import TableError
from kg.read import Entry, iter_entries
from kg.read.csv import MAX_LINE
from kg.records import City, Meeting, Official, Record, from_builtins
from kg.tables.flat import to_csv
from kg.tables.ledger import to_line

again = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def csv_of(record: Record) -> bytes:
    """Return a record as a CSV of its own."""
    return b"".join(to_csv(lambda: [to_line(record) + b"\n"]))


def read_back(folder: Path, record: Record) -> list[Record | str]:
    """Return what reading finds where a record was written as CSV."""
    path = folder / f"{record.plural}.csv"
    path.write_bytes(csv_of(record))
    return [one.record if isinstance(one, Entry) else str(one) for one in iter_entries(path)]


@again
@given(record=records())
def test_a_record_written_as_csv_is_read_back(tmp_path: Path, record: Record) -> None:
    assert read_back(tmp_path, record) == [record]


def statement(**fields: object) -> dict[str, object]:
    """Return a meeting whose one statement says this."""
    return {"id": "m", "parties": ["a"], "evidence": [{"source": "s", "says": "It was.", **fields}]}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        pytest.param(Official, {"id": "a", "name": " padded "}, id="blanks at both ends"),
        pytest.param(Official, {"id": "a", "name": "'s-Hertogenbosch"}, id="an apostrophe that is a name's own"),
        pytest.param(Official, {"id": "a", "name": "'=1+1"}, id="an apostrophe before what a spreadsheet runs"),
        pytest.param(Official, {"id": "a", "name": " =1"}, id="blanks before what a spreadsheet runs"),
        pytest.param(Official, {"id": "a", "name": "''quoted''"}, id="two apostrophes"),
        pytest.param(Official, {"id": "a", "name": "-1.5"}, id="a name that is a number"),
        pytest.param(Official, {"id": "a", "name": "a\r\nb\rc\n"}, id="lines of every kind"),
        pytest.param(Official, {"id": "a", "name": "A", "aliases": ["b;c", "d"]}, id="a separator inside an item"),
        pytest.param(Official, {"id": "a", "name": "A", "aliases": [" b", "d"]}, id="a padded item"),
        pytest.param(Official, {"id": "a", "name": "A", "aliases": ["=1", "d"]}, id="an item that runs"),
        pytest.param(Official, {"id": "a", "name": "A", "aliases": ["b", {"ja": "い"}]}, id="items of two sorts"),
        pytest.param(Meeting, statement(supports=[]), id="a statement that supports nothing"),
        pytest.param(Meeting, statement(supports=["date", "parties"]), id="a statement that supports two fields"),
        pytest.param(Meeting, statement(claims={"at.city": "osaka"}), id="a claim about a field inside a field"),
        pytest.param(Meeting, statement(claims={"parties": ["a", "b"], "date": "2025"}), id="a claim of a list"),
        pytest.param(Meeting, statement(claims={"parties": ["a"]}), id="a claim of a list of one"),
        pytest.param(Meeting, statement(claims={"parties": "a;b"}), id="a claim of one word with a separator"),
        pytest.param(Meeting, {"id": "m", "parties": ["a", {"party": "b", "role": "host"}]}, id="a party in a role"),
        pytest.param(Meeting, {"id": "m", "parties": ["a", {"party": "b"}]}, id="a party in no role"),
        pytest.param(
            Meeting,
            {"id": "m", "parties": ["a"], "people": [{"official": "o", "as": "p", "for": "b", "role": "host"}]},
            id="a person who acted for somebody",
        ),
        pytest.param(Meeting, {"id": "m", "parties": ["a"], "rulings": {"at.city": "who knew"}}, id="a ruling"),
        pytest.param(Meeting, {"id": "m", "parties": ["a"], "follow_up": True}, id="a flag"),
        pytest.param(City, {"id": "c", "name": "C", "latitude": 1e-07, "longitude": -119.41}, id="numbers"),
    ],
)
def test_what_a_record_says_survives_its_cells(tmp_path: Path, kind: type[Record], fields: dict[str, object]) -> None:
    record = from_builtins(kind, fields)
    assert read_back(tmp_path, record) == [record]


def test_columns_stand_as_the_model_has_them() -> None:
    one = {"id": "m", "parties": ["a", {"party": "b", "role": "host"}], "date": "2025", "at": {"city": "c"}}
    header, row, *rest = csv_of(from_builtins(Meeting, one)).decode().splitlines()
    assert (header, row, rest) == ("id,date,at.city,parties", "m,2025,c,a;b:host", [])


@pytest.mark.parametrize("size", [csv.field_size_limit() + 1, MAX_LINE])
def test_what_would_not_be_read_back_is_not_written(size: int) -> None:
    with pytest.raises(TableError, match="the row that begins 'a' is longer than"):
        csv_of(from_builtins(Official, {"id": "a", "name": "n" * size}))


@pytest.mark.parametrize("form", ["jsonl", "yaml", "csv"])
def test_every_form_holds_the_same_records(tmp_path: Path, form: str) -> None:
    world = World(tmp_path)
    table = 'date,city,met,about\n25-11-2025,@NO,"A; B",=1\n26-11-2025,川崎,A,"1,5"\n'
    done = world.take(table, MEETINGS, form=form)
    found = list(iter_entries(tmp_path / "records"))
    assert len([one for one in found if isinstance(one, Entry)]) == sum(done.records.values()) == len(found)
    notes = {one.record.note for one in found if isinstance(one, Entry) and one.record.kind == "meeting"}  # type: ignore[attr-defined]
    assert notes == {"About =1.", "About 1,5."}


def test_a_table_of_records_imported_again_gives_the_same_records(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.take("date,city,met,about\n25-11-2025,Osaka,A,x\n26-11-2025,Kobe,B,\n", MEETINGS, form="csv")
    first = tmp_path / "records" / "cities-m.csv"
    mapping = HEAD.replace("id: register", "id: own") + (
        'records: {city: {kind: city, id: "{id}", name: "{name}", says: "{evidence.1.says}"}}\n'
    )
    other = World(tmp_path / "again")
    other.folder.mkdir()
    other.take(first.read_bytes(), mapping)
    assert [(one["id"], one["name"]) for one in other.records("cities")] == [("osaka", "Osaka"), ("kobe", "Kobe")]
