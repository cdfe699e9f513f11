"""Parquet in, rows out, a batch at a time."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from kg.errors import Location, TableError
from kg.tables.mapping import TableRule
from kg.tables.objects import to_text
from kg.tables.opening import Bytes
from kg.tables.row import MAX_COLUMNS, DayText, Row, Rows, Table

_BATCH = 4096


def read_columnar(data: Bytes, rule: TableRule) -> Table:
    """Open a Parquet file.

    Raises:
        TableError: it is none, or the library is not installed.
    """
    del rule
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise TableError("to read Parquet: pip install 'cooperation-kg[import]'") from error
    wrong = (pa.ArrowException, OSError, ValueError, TypeError)
    try:
        file = pq.ParquetFile(data.open())
        columns = tuple(file.schema_arrow.names)
    except wrong as error:
        raise TableError(f"no Parquet file, or a damaged one: {error}", Location(data.name)) from error
    if len(columns) > MAX_COLUMNS:
        raise TableError(f"found {len(columns):,} columns; expected at most {MAX_COLUMNS:,}", Location(data.name))

    def batches() -> Iterator[list[list[object]]]:
        try:
            for batch in file.iter_batches(batch_size=_BATCH):
                yield [column.to_pylist() for column in batch.columns]
        except wrong as error:
            raise TableError(f"damaged: {error}", Location(data.name)) from error

    return Table(data.name, columns, _rows(batches), {"format": data.format})


def _rows(batches: Callable[[], Iterator[list[list[object]]]]) -> Rows:
    """Yield rows, counted from 1."""
    number = 0
    for batch in batches():
        for values in zip(*batch, strict=True):
            number += 1
            cells = [value if type(value) is str else _cell(value) for value in values]
            if any(cells):
                yield Row(number, cells)


def _cell(value: object) -> str:
    """Return a value as the text of a cell."""
    if isinstance(value, datetime):
        return DayText(
            value.date().isoformat() if not (value.hour or value.minute or value.second) else value.isoformat()
        )
    if isinstance(value, date):
        return DayText(value.isoformat())
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return to_text(value if isinstance(value, str | int | float | list | dict) or value is None else str(value))
