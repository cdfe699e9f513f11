"""A file, a stream or a path in, an open table out: the one place that knows which reader reads what."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.tables.columnar import read_columnar
from kg.tables.delimited import read_delimited
from kg.tables.mapping import TableRule
from kg.tables.objects import read_objects
from kg.tables.opening import open_bytes
from kg.tables.row import Table
from kg.tables.sheets import read_sheet

READERS = {
    "csv": read_delimited,
    "tsv": read_delimited,
    "json": read_objects,
    "jsonl": read_objects,
    "xlsx": read_sheet,
    "parquet": read_columnar,
}


@contextmanager
def open_table(table: Path | str, rule: TableRule | None = None) -> Iterator[Table]:
    """Open a table of any format we read; `-` is standard input. Its rows can be walked once.

    Raises:
        TableError: it cannot be opened; later, from the rows, that it is cut off or damaged.
    """
    rule = rule or TableRule()
    with open_bytes(table, rule.format) as data:
        opened = READERS[data.format](data, rule)
        try:
            yield opened
        finally:
            close = getattr(opened.rows, "close", None)
            if close:
                close()
