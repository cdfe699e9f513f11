"""Excel in, rows out: looked at for bombs before a library unpacks it, formulas without a value and errors named."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from kg.errors import Location, TableError, did_you_mean, shown
from kg.tables.bombs import Seen, look
from kg.tables.cells import one_line, tidy
from kg.tables.mapping import TableRule
from kg.tables.opening import Bytes
from kg.tables.row import DayText, Fault, NumberText, Row, Rows, Table


def read_sheet(data: Bytes, rule: TableRule) -> Table:
    """Open a sheet of an Excel file (.xlsx).

    Raises:
        TableError: it is none, it unpacks to too much, the sheet is not there, or the library is not installed.
    """
    try:
        import python_calamine as calamine
    except ImportError as error:
        raise TableError("to read Excel files: pip install 'cooperation-kg[import]'") from error
    at = Location(data.name)
    seen = look(data)
    try:
        with data.open() as stream:
            book = calamine.CalamineWorkbook.from_filelike(stream)
            names = list(book.sheet_names)
            name = _sheet(names, rule.sheet, at)
            sheet = book.get_sheet_by_name(name)
    except (TableError, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic in Rust is no Exception
        raise TableError(f"no Excel file, or a damaged one: {error}", at) from error
    top, left = sheet.start or (0, 0)
    rows = _rows(sheet.iter_rows(), top, left, _hollow_in(seen, names.index(name)))
    header: list[str] = []
    for row in rows:
        if row.number >= rule.header:
            header = [*row.cells] if row.number == rule.header else []
            break
    if not any(header):
        raise TableError(f"the sheet {shown(name)} has no header in row {rule.header}", at)
    columns = tuple(one_line(tidy(str(cell), lambda _: None)) for cell in header)
    facts = {"format": "xlsx", "sheet": name + (f" (of {len(names)})" if len(names) > 1 else "")}
    return Table(data.name, columns, _named(rows, header), facts)


def _sheet(names: list[str], wanted: str | None, at: Location) -> str:
    """Return the name of the sheet wanted: the first unless said."""
    if not names:
        raise TableError("found no sheets", at)
    if wanted is not None and wanted not in names:
        hint = did_you_mean(wanted, names) or f"; the file has {', '.join(map(shown, names[:12]))}"
        raise TableError(f"there is no sheet {shown(wanted)}{hint}", at)
    return names[0] if wanted is None else wanted


def _hollow_in(seen: Mapping[int, Seen], number: int) -> Mapping[tuple[int, int], str]:
    """Return the cells of a sheet that only seem to be empty; sheets are numbered as their files are."""
    return seen[number].hollow if number in seen else {}


def _named(rows: Rows, header: list[str]) -> Rows:
    """Yield the rows that are not the header again."""
    for row in rows:
        if [*row.cells] == header:
            yield Row(row.number, row.cells, Fault(-1, "", "repeated-header", "the header stands here again"))
        elif any(row.cells):
            yield row


def _rows(values: Iterable[Sequence[object]], top: int, left: int, hollow: Mapping[tuple[int, int], str]) -> Rows:
    """Yield every row with its number on the sheet; columns begin with A even where the first cells are empty."""
    for index, cells in enumerate(values):
        row = index + top
        texts = [""] * left + [value if type(value) is str else _cell(value) for value in cells]
        for column in range(len(texts)) if hollow else ():
            texts[column] = texts[column] or hollow.get((row, column), "")
        yield Row(row + 1, texts)


def _cell(value: object) -> str:
    """Return a value as the text of a cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15  # noqa: PLR2004
        return NumberText(int(value) if whole else value)
    if isinstance(value, datetime):
        return DayText(value.date().isoformat() if value.time() == time() else value.isoformat())
    if isinstance(value, date):
        return DayText(value.isoformat())
    return str(value) if isinstance(value, time | timedelta | str) else ""
