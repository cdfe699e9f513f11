"""A place in a JSON text that moves on: values and offsets out, one member or item at a time."""

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from kg.errors import Location
from kg.read.entry import FieldPath, spell

_BLANK = re.compile(r"[ \t\n\r]*")
_LONG = 30


class Pairs(list[tuple[str, Any]]):
    """The members of an object in order, duplicates and all."""


class Constant(str):
    """NaN, Infinity or -Infinity, for which JSON has no word."""

    __slots__ = ()


def _integer(digits: str) -> float:
    """Read a whole number; Python refuses very long ones, and nothing here needs them exactly."""
    return int(digits) if len(digits) < _LONG else float(digits)


_DECODER = json.JSONDecoder(object_pairs_hook=Pairs, parse_constant=Constant, parse_int=_integer)


class Cursor:
    """Walks one JSON text; everything that cannot go on raises `json.JSONDecodeError`."""

    def __init__(self, text: str, start: Location) -> None:
        """Stand at the beginning; `start` names the file and, for a text from its middle, the line."""
        self.text = text
        self.at = 0
        self._start = start

    def peek(self) -> str:
        """Return the next character that is no blank, or nothing at the end."""
        blank = _BLANK.match(self.text, self.at)
        self.at = blank.end() if blank else self.at
        return self.text[self.at : self.at + 1]

    def value(self) -> Any:  # noqa: ANN401  (JSON)
        """Return the next value and stand behind it."""
        self.peek()
        found, self.at = _DECODER.raw_decode(self.text, self.at)
        return found

    def expect_end(self) -> None:
        """Refuse anything but blanks."""
        if self.peek():
            raise json.JSONDecodeError("Expected the end of the text", self.text, self.at)

    def members(self) -> Iterator[tuple[str, int]]:
        """Yield key and offset of the key, standing before each value; the caller takes the value."""
        for start in self._between("{", "}"):
            if self.peek() != '"':
                raise json.JSONDecodeError("Expected a key in double quotes", self.text, self.at)
            key = self.value()
            self._expect(":")
            self.peek()
            yield key, start

    def items(self) -> Iterator[int]:
        """Yield the offset of each item, standing before it; the caller takes the item."""
        yield from self._between("[", "]")

    def locate(self, offset: int, path: FieldPath, *, key: bool = False, last: bool = False) -> Location:
        """Return the place of the value (or key) at `path` inside the value at `offset`, as far as it goes.

        `last` asks for the last of the members that share a key.
        """
        return self.place(self._seek(offset, path, key=key, last=last), path)

    def _seek(self, offset: int, path: FieldPath, *, key: bool, last: bool) -> int:
        """Return the offset of what `locate` asks for."""
        walker = Cursor(self.text, self._start)
        walker.at, where = offset, (offset, offset)
        try:
            walker.peek()
            where = walker.at, walker.at
            for part in path:
                found = walker._step(part, last=last)
                if found is None:
                    return where[1]
                walker.at, where = found[1], found
        except (json.JSONDecodeError, RecursionError):  # the text has changed since
            return min(where[1], len(self.text))
        return where[0] if key else where[1]

    def place(self, offset: int, path: FieldPath = ()) -> Location:
        """Return the place of an offset."""
        line = bisect_left(self._newlines, offset)
        before = self._newlines[line - 1] if line else -1
        return Location(self._start.file, max(self._start.line, 1) + line, offset - before, spell(path))

    @cached_property
    def _newlines(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.text)]

    def _step(self, part: str | int, *, last: bool) -> tuple[int, int] | None:
        """Return the offsets of key and value of a member or item of the value here."""
        found = None
        if isinstance(part, str) and self.peek() == "{":
            for key, start in self.members():
                if key == part:
                    found = start, self.at
                    if not last:
                        break
                self.value()
        elif isinstance(part, int) and self.peek() == "[":
            for index, start in enumerate(self.items()):
                if index == part:
                    return start, start
                self.value()
        return found

    def _between(self, start: str, end: str) -> Iterator[int]:
        """Yield the offset of each thing between brackets, parted by commas."""
        self._expect(start)
        if self.peek() == end:
            self.at += 1
            return
        while True:
            self.peek()
            yield self.at
            if self.peek() == end:
                self.at += 1
                return
            self._expect(",")

    def _expect(self, mark: str) -> None:
        """Step over one mark."""
        if self.peek() != mark:
            raise json.JSONDecodeError(f"Expected {mark!r}", self.text, self.at)
        self.at += 1
