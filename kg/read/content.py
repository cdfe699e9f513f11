"""The bytes of a file as text, or the reason why there is none."""

from collections.abc import Iterator
from pathlib import Path

from kg.errors import Issue, Location
from kg.progress import meter

BOM = b"\xef\xbb\xbf"


def read_text(path: Path, name: str, *, limit: int) -> str | Issue:
    """Return the text of a UTF-8 file of at most `limit` bytes, without its byte order mark."""
    try:
        size = path.stat().st_size
        if size > limit:
            return _issue(name, "too-big", f"found {size} bytes; expected at most {limit}: split the file")
        data = path.read_bytes()
    except OSError as error:
        return unreadable(name, error)
    data = data.removeprefix(BOM)
    if b"\0" in data:
        return binary(data, Location(name))
    if not data.strip():
        return empty(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        return not_utf8(error, Location(name, line, _column(before.rpartition(b"\n")[2])), error.start)


def iter_lines(
    path: Path, name: str, *, limit: int, within: tuple[int, int] | None = None
) -> Iterator[tuple[int, int, str] | Issue]:
    """Yield line number, byte offset and text of each line; a line that is not UTF-8 or too long is an issue.

    `within` are the offsets of the first line to read and of the first not to; lines count from the former.
    """
    offset, end = within or (0, None)
    number = 0
    try:
        size = (path.stat().st_size if end is None else end) - offset
        with path.open("rb") as file, meter(name, size, unit="B") as advance:
            file.seek(offset)
            while (end is None or offset < end) and (data := file.readline(limit + 1)):
                number, start, offset = number + 1, offset, offset + len(data)
                if len(data) > limit and not data.endswith(b"\n"):
                    yield Issue(Location(name, number), "error", "too-big", f"expected lines of at most {limit} bytes")
                    return
                yield _line(data, Location(name, number), start)
                advance(len(data))
                if b"\0" in data:
                    return
    except OSError as error:
        yield unreadable(name, error)


def _line(data: bytes, at: Location, offset: int) -> tuple[int, int, str] | Issue:
    """Decode one line."""
    if b"\0" in data:
        return binary(data, at)
    try:
        text = data.removeprefix(BOM if offset == 0 else b"").decode("utf-8")
    except UnicodeDecodeError as error:
        place = Location(at.file, at.line, _column(data[: error.start]))
        return not_utf8(error, place, offset + error.start)
    return at.line, offset, text


def _column(before: bytes) -> int:
    """Return the column that follows valid UTF-8."""
    return len(before.decode("utf-8", errors="replace")) + 1


def _issue(name: str, code: str, message: str) -> Issue:
    return Issue(Location(name), "error", code, message)


def unreadable(name: str, error: OSError) -> Issue:
    """Say why the system would not let us read."""
    return _issue(name, "unreadable", f"cannot be read: {error.strerror or 'the system refused'}")


def empty(name: str) -> Issue:
    """Say that a file holds no records at all."""
    return _issue(name, "empty-file", "found nothing; expected records: delete the file if it has none")


def binary(data: bytes, at: Location) -> Issue:
    """Say that this is no text, and what it may be instead."""
    hint = "; it looks like UTF-16: save the file as UTF-8" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
    return Issue(at, "error", "binary", f"found a zero byte; expected text in UTF-8{hint}")


def not_utf8(error: UnicodeDecodeError, at: Location, offset: int) -> Issue:
    """Name the first byte that is not UTF-8."""
    byte = error.object[error.start]
    return Issue(
        at, "error", "not-utf8", f"found byte 0x{byte:02X} at offset {offset}; expected UTF-8: save the file as that"
    )
