"""CSV and TSV in, rows out, one at a time: ragged rows, repeated headers and open quotes are named, not mended."""

import csv
import io
import zlib
from collections.abc import Iterator, Sequence

from kg.errors import Location, TableError, count, shown
from kg.tables.cells import one_line, tidy
from kg.tables.encodings import detect_encoding, known_encoding
from kg.tables.mapping import TableRule
from kg.tables.opening import Bytes, text_of
from kg.tables.row import Fault, Row, Rows, Table

MAX_LINE = 16 * 1024 * 1024
_DELIMITERS = ",;\t|"
_NAMES = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}


def read_delimited(data: Bytes, rule: TableRule) -> Table:
    """Open a CSV or TSV table.

    Raises:
        TableError: the header cannot be read. Later, from the rows: the file is cut off or not in its encoding.
    """
    if rule.encoding:
        encoding, because = known_encoding(rule.encoding), "as the mapping says"
    else:
        try:
            encoding, because = detect_encoding(data.open, data.name)
        except (OSError, EOFError, zlib.error) as error:
            raise TableError(f"cut off or not to be unpacked: {error}", Location(data.name)) from error
    stream = text_of(data, encoding)
    delimiter = _delimiter(data, encoding, rule)
    lines = _Lines(stream, data.name)
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    try:
        for _ in range(rule.header - 1):
            next(reader)
        header = next(reader)
    except StopIteration:
        raise TableError("found no rows; expected a header", Location(data.name)) from None
    except csv.Error as error:
        raise TableError(f"cannot read the header: {error}", Location(data.name, rule.header)) from error
    except UnicodeDecodeError as error:
        raise _not_text(error, data.name) from error
    while header and not header[-1].strip():
        header = header[:-1]
    if not header:
        raise TableError("the header is empty; expected the names of the columns", Location(data.name, rule.header))
    columns = tuple(one_line(tidy(cell, lambda _: None)) for cell in header)
    facts = {
        "format": data.format,
        "encoding": f"{encoding} ({because})",
        "delimiter": _NAMES.get(delimiter, delimiter),
    }
    return Table(data.name, columns, _rows(reader, lines, header, rule.header), facts)


class _Lines:
    """Lines of bounded length for the csv module, which would join a file without line ends into one."""

    def __init__(self, stream: io.TextIOWrapper, name: str) -> None:
        """Start before the first line; `last` is the line that was read last."""
        self.name = name
        self.last = ""
        self._stream = stream

    def __iter__(self) -> Iterator[str]:
        """Yield each line, or say why there is none."""
        number = 0
        with self._stream as stream:
            while True:
                try:
                    line = stream.readline(MAX_LINE + 1)
                except UnicodeDecodeError as error:
                    raise _not_text(error, self.name) from error
                except (OSError, EOFError, zlib.error) as error:
                    raise self._error(number, f"cut off or damaged after line {number}: {error}") from error
                if not line:
                    return
                number += 1
                if len(line) > MAX_LINE:
                    raise self._error(number, f"found a line of more than {MAX_LINE:,} characters")
                if "\0" in line:
                    raise self._error(number, "found a zero byte; expected text")
                self.last = line
                yield line

    def _error(self, number: int, message: str) -> TableError:
        return TableError(message, Location(self.name, number))


def _not_text(error: UnicodeDecodeError, name: str) -> TableError:
    """Say which byte does not fit."""
    byte = error.object[error.start]
    return TableError(f"found byte 0x{byte:02X}, which is not {error.encoding}: {error.reason}", Location(name))


def _delimiter(data: Bytes, encoding: str, rule: TableRule) -> str:
    """Tell what parts the cells: as said, or what the header has most of."""
    if rule.delimiter:
        said = {"tab": "\t", "\\t": "\t"}.get(rule.delimiter, rule.delimiter)
        if len(said) != 1 or said in '"\r\n':
            raise TableError(f"found the delimiter {shown(rule.delimiter)}; expected one character, or tab")
        return said
    if data.format == "tsv":
        return "\t"
    with text_of(data, encoding) as stream:
        try:
            lines = [stream.readline(MAX_LINE) for _ in range(rule.header)]
        except (UnicodeDecodeError, OSError, EOFError, zlib.error):
            return ","  # whoever reads the rows says what is wrong
    counts = {sign: lines[-1].count(sign) for sign in _DELIMITERS}
    return max(_DELIMITERS, key=lambda sign: counts[sign])


def _rows(
    reader: "csv._reader",  # type: ignore[name-defined]
    lines: _Lines,
    header: Sequence[str],
    number: int,
) -> Rows:
    """Yield the rows under the header; a blank line is no row, but counts as a spreadsheet counts it."""
    width = len(header)
    while True:
        number += 1
        before = reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(number, (), _bad_csv(error, lines, Location(lines.name, number), reader.line_num - before))
            continue
        if len(cells) == width:
            if cells == header:
                yield Row(number, cells, Fault(-1, "", "repeated-header", "the header stands here again"))
            elif any(cells):
                yield Row(number, cells)
            continue
        fault = _ragged(cells, width)
        if any(map(str.strip, cells)):
            yield Row(number, cells[:width], fault)


def _bad_csv(error: csv.Error, lines: _Lines, at: Location, read: int) -> Fault:
    """Say what is wrong with a row of which so many lines were read.

    Raises:
        TableError: it cannot be told where the next row begins: what follows may still stand inside quotes.
    """
    if "unexpected end of data" in str(error):
        raise TableError("the file ends inside quotes; a quote is never closed", at) from error
    if "field limit" not in str(error):
        return Fault(-1, "", "bad-csv", f"not valid CSV: {error}; is a quote never closed?")
    reason = f"a cell is longer than {csv.field_size_limit():,} characters"
    if read > 1 or lines.last.count('"') % 2:
        raise TableError(f"{reason} and goes over several lines; is a quote never closed?", at) from error
    return Fault(-1, "", "bad-csv", f"not valid CSV: {reason}; is a quote never closed?")


def _ragged(cells: list[str], width: int) -> Fault | None:
    """Say how many cells there are; empty ones beyond the header are none."""
    beyond = cells[width:]
    if beyond and not any(map(str.strip, beyond)):
        return None
    if beyond:
        return Fault(
            width, beyond[0], "ragged-row", f"found {count(len(cells), 'cell')}; expected {width}, as in the header"
        )
    return Fault(-1, "", "ragged-row", f"found {count(len(cells), 'cell')}; expected {width}, as in the header")


__all__ = ["read_delimited"]
