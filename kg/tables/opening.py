"""A file, or standard input, in; the bytes of a table out, unpacked if need be, as often as they are asked for."""

import gzip
import io
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast, get_args

from kg.errors import TableError, shown
from kg.tables.mapping import Format

FORMATS: tuple[str, ...] = get_args(Format)
_GZIP = b"\x1f\x8b"
_ALIASES = {"ndjson": "jsonl", "txt": "tsv", "xlsm": "xlsx", "pq": "parquet", "tab": "tsv"}
_UNPACKED = 2 * 1024**3  # a packed Excel or Parquet file is unpacked to disk first, and never beyond this


class Bytes(NamedTuple):
    """A table's bytes: the name to show, the format by suffix or content, and what opens them anew."""

    name: str
    format: Format
    open: Callable[[], BinaryIO]


@contextmanager
def open_bytes(table: Path | str, format_: Format | None) -> Iterator[Bytes]:
    """Open a table; `-` is standard input, which is kept on disk meanwhile because it can be read only once.

    Raises:
        TableError: there is no such file, it cannot be read, or its format cannot be told.
    """
    with ExitStack() as cleaning:
        name, path = str(table), Path(table)
        if name == "-":
            kept = cleaning.enter_context(tempfile.NamedTemporaryFile())
            shutil.copyfileobj(sys.stdin.buffer, kept)
            kept.flush()
            name, path = "standard input", Path(kept.name)
        start = _start(path, name)
        packed = start.startswith(_GZIP)
        found = format_ or _format(Path(name), start)
        if packed and found in ("xlsx", "parquet"):
            path, packed = _unpacked(path, cleaning), False
        shown_name = name if name.isprintable() else ascii(name)[1:-1]

        def opened() -> BinaryIO:
            return cleaning.enter_context(cast("BinaryIO", gzip.open(path, "rb")) if packed else path.open("rb"))

        yield Bytes(Path(shown_name).name, found, opened)


def _start(path: Path, name: str) -> bytes:
    """Return the first bytes, once it is sure that there is a file to read."""
    if path.exists() and not path.is_file():
        raise TableError(f"{shown(name)} is no regular file; give `-` and pipe it in")
    try:
        with path.open("rb") as file:
            return file.read(8)
    except OSError as error:
        raise TableError(f"cannot read {shown(name)}: {error.strerror or 'the system refused'}") from error
    except ValueError as error:
        raise TableError(f"cannot read {shown(name)}: no such name is possible") from error


def _format(path: Path, start: bytes) -> Format:
    """Tell the format by the suffix, else by the first bytes."""
    suffixes = [suffix.lower()[1:] for suffix in path.suffixes if suffix.lower() != ".gz"]
    last = _ALIASES.get(suffixes[-1], suffixes[-1]) if suffixes else ""
    if last in FORMATS:
        return cast("Format", last)
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    if last in ("xls", "ods", "xlsb"):
        raise TableError(f"cannot read .{last}; save the table as .xlsx or .csv")
    if not last:
        return "csv"
    raise TableError(f"cannot tell the format of {shown(path.name)}; say --from with one of {', '.join(FORMATS)}")


def _unpacked(path: Path, cleaning: ExitStack) -> Path:
    """Unpack to disk."""
    made = cleaning.enter_context(tempfile.NamedTemporaryFile())  # noqa: SIM115 - closed by the caller
    try:
        with gzip.open(path, "rb") as packed:
            while piece := packed.read(1 << 20):
                if made.tell() > _UNPACKED:
                    raise TableError(f"{shown(path.name)} unpacks to more than {_UNPACKED:,} bytes")
                made.write(piece)
    except (OSError, EOFError) as error:
        raise TableError(f"{shown(path.name)} is cut off or no gzip: {error}") from error
    made.flush()
    return Path(made.name)


def text_of(data: Bytes, encoding: str) -> io.TextIOWrapper:
    """Open the bytes as text; line ends stay as they are."""
    return io.TextIOWrapper(data.open(), encoding=encoding, newline="")
