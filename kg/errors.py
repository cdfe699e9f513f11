"""The words for what can be wrong: places and issues as values, errors as a small tree.

    KgError                      message, at: Location | None
    ├── RecordError              a record is malformed, or points at something absent
    ├── ShapeError               the graph does not conform to the shapes
    ├── OntologyError            an ontology file is missing or will not parse
    ├── QueryError               a query cannot be found, parsed or run
    ├── StoreError               a graph cannot be opened, read or written
    ├── ExportError              a format is unknown, or cannot hold what was asked
    └── TableError               a table, or the mapping that imports it, cannot be used

`KgError` is the input's fault; a caller's slip is `ValueError` or `TypeError`. The command line
maps these to exits in one place. This module imports nothing of ours.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]
DAMAGED = "Corruption"
"""How RocksDB begins to say that a file of a store is damaged; Python is told of it by a plain RuntimeError."""


class Location(NamedTuple):
    """Where something stands: a file, then a line and column (from 1; 0 is unknown), then a field path."""

    file: str
    line: int = 0
    column: int = 0
    path: str = ""

    def __str__(self) -> str:
        """Say the place the way compilers do: `file:line:column path`."""
        parts = [self.file]
        parts += [str(number) for number in (self.line, self.column) if number]
        place = ":".join(parts)
        return f"{place} {self.path}" if self.path else place


class Issue(NamedTuple):
    """One finding: where, how bad, which rule (`code`), and what was found and expected; sorted in this order.

    `about` is the CURIE of the record it is about, such as `party:makassar`, where that is known.
    """

    at: Location
    severity: Severity
    code: str
    message: str
    about: str = ""

    def __str__(self) -> str:
        """One line: place, severity, message and the rule's code."""
        return f"{self.at}: {self.severity}: {self.message} [{self.code}]"


class KgError(Exception):
    """The input cannot be used as it is; `at` says where, when known."""

    def __init__(self, message: str, at: Location | None = None) -> None:
        """Keep the message and its place."""
        super().__init__(f"{at}: {message}" if at else message)
        self.message = message
        self.at = at


class RecordError(KgError):
    """A record is malformed, or points at something absent; `issues` holds every finding."""

    def __init__(self, message: str, at: Location | None = None, issues: Sequence[Issue] = ()) -> None:
        """Keep all findings beside the message."""
        super().__init__(message, at)
        self.issues = tuple(issues)


class ShapeError(KgError):
    """The graph does not conform to the shapes."""


class OntologyError(KgError):
    """An ontology file is missing or will not parse."""


class QueryError(KgError):
    """A query cannot be found, parsed or run."""


class StoreError(KgError):
    """A graph cannot be opened, read or written."""


class ExportError(KgError):
    """A format is unknown, or cannot hold what was asked."""


class TableError(KgError):
    """A table, or the mapping that imports it, cannot be used; `issues` holds every finding."""

    def __init__(self, message: str, at: Location | None = None, issues: Sequence[Issue] = ()) -> None:
        """Keep all findings beside the message."""
        super().__init__(message, at)
        self.issues = tuple(issues)


def is_error(issue: Issue) -> bool:
    """Say whether an issue stops a build."""
    return issue.severity == "error"


def require(issues: Iterable[Issue]) -> None:
    """Raise `RecordError` with every issue when at least one is an error."""
    found = sorted(issues)
    errors = [issue for issue in found if is_error(issue)]
    if errors:
        raise RecordError(f"{count(len(errors), 'error')} in the records; the first: {errors[0]}", issues=found)


def shown(value: object, width: int = 80) -> str:
    """Show what was found in one short line that no terminal can mistake for anything but text."""
    if isinstance(value, str):
        text = repr(value if len(value) <= width else value[: width - 1] + "…")
        return text if text.isprintable() else ascii(text)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value) if isinstance(value, float) or abs(value) < 10**width else "a very long number"
    return "a mapping" if isinstance(value, Mapping) else "a list" if isinstance(value, Iterable) else "nothing"


def count(number: int, noun: str) -> str:
    """Say how many: `1 record`, `2 records`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def article(noun: str) -> str:
    """Put `a` or `an` before a noun."""
    return f"{'an' if noun[:1] in 'aeio' else 'a'} {noun}"


def nearest(found: str, known: Iterable[str]) -> str | None:
    """Return the known word nearest to `found`, if any is near; capitals do not count."""
    from difflib import get_close_matches

    words = {word.lower(): word for word in sorted(known)}
    near = get_close_matches(found[:120].lower(), words, n=1, cutoff=0.6)
    return words[near[0]] if near else None


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?` for the known word nearest to `found`, or nothing."""
    near = nearest(found, known)
    return f"; did you mean {shown(near)}?" if near else ""
