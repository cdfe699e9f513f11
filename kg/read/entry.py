"""A record together with the place it was read from; what every reader yields."""

from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from kg.errors import Location
from kg.records import Record

FieldPath: TypeAlias = tuple[str | int, ...]


class Locate(Protocol):
    """Finds the place of a field inside one record; `key` asks for the field's name, not its value."""

    def __call__(self, path: FieldPath, *, key: bool = False) -> Location:
        """Return the place of the field at `path`, or of the nearest thing around it."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One record and where it begins.

    `at` is the line of the record's first key. The place of a field is found only when somebody asks,
    by reading the file again, because nearly all records are never asked.
    """

    record: Record
    at: Location
    find: Locate = field(repr=False, compare=False)

    def locate(self, path: FieldPath) -> Location:
        """Return the place of a nested field, such as `("people", 1, "as")`; indexes count from 0."""
        return self.find(path)


def spell(path: FieldPath) -> str:
    """Write a path as people do: `people[1].as`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text if text.isprintable() else ascii(text)[1:-1]
