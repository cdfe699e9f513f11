"""Round trips: records written as CSV, JSONL or YAML are the records read back, whatever they say."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from strategies import records
from test_tables import HEAD, MEETINGS, World

from kg.read import Entry, iter_entries
from kg.records import Record
from kg.tables.flat import flatten, to_csv
from kg.tables.ledger import to_line

again = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _as_spreadsheets_do(record: Record) -> bool:
    """Say whether a record survives cells: ends are stripped, `'=` is a guard, and an empty list is no cell."""
    if b"[]" in to_line(record):
        return False
    texts = flatten(json.loads(to_line(record))).values()
    return all(text == text.strip() and not text.startswith("'") and ";;" not in text for text in texts) and all(
        part == part.strip() and part for text in texts for part in text.split(";") if ";" in text
    )


@again
@given(record=records().filter(_as_spreadsheets_do))
def test_a_record_written_as_csv_is_read_back(tmp_path: Path, record: Record) -> None:
    path = tmp_path / f"{record.plural}.csv"
    path.write_bytes(b"".join(to_csv(lambda: [to_line(record) + b"\n"])))
    assert [one.record if isinstance(one, Entry) else str(one) for one in iter_entries(path)] == [record]


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
