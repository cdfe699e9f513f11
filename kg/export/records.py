"""The records of a collection -> one CSV a kind, from which `kg check` and `kg build` read the same records."""

from collections.abc import Container
from functools import partial
from pathlib import Path

from kg.collection import Collection
from kg.errors import ExportError, Issue, require
from kg.export.files import write_folder
from kg.read import Entry, read_folder
from kg.records import BY_PLURAL
from kg.tables.flat import to_csv
from kg.tables.ledger import to_line


def export_records(collection: Collection, folder: Path) -> None:
    """Write a CSV of every kind that the collection holds, `cities.csv`, `meetings.csv`, ..., into a folder.

    Records stand in the order of the collection's files, as written there: what `identity.yaml` decides stays decided
    there, and what sources disagree about is kept.

    Raises:
        RecordError: a record cannot be read, so that the files would not hold all of them.
        ExportError: there is no record, the folder holds records that are not written now, or cannot be written.
        TableError: a record is too long for a CSV.
    """
    issues: list[Issue] = []
    lines: dict[str, list[bytes]] = {}
    for found in read_folder(collection.records, root=collection.root):
        if isinstance(found, Entry):
            lines.setdefault(found.record.plural, []).append(to_line(found.record))
        else:
            issues.append(found)
    require(issues)
    if not lines:
        raise ExportError(f"found no records in {collection.records}")
    _require_room(folder, lines, collection)
    write_folder(folder, {f"{plural}.csv": to_csv(partial(iter, lines[plural])) for plural in sorted(lines)})


def _require_room(folder: Path, plurals: Container[str], collection: Collection) -> None:
    """Refuse a folder where the files would stand beside records that are read too, and make them stand twice."""
    if folder.resolve().is_relative_to(collection.records.resolve()):
        raise ExportError(f"{folder} belongs to the records themselves, which would then stand twice; name another")
    left = [f"{plural}.csv" for plural in BY_PLURAL if plural not in plurals and (folder / f"{plural}.csv").exists()]
    if left:
        raise ExportError(f"{folder} holds {', '.join(left)} of other records; remove what is old, or name another")
