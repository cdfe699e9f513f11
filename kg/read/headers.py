"""The header of a CSV file as the fields its columns stand for, and back from a field to its cell."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.errors import Issue, Location, article, nearest, shown
from kg.read.entry import FieldPath, spell
from kg.read.fields import Form, form_of
from kg.records import Record

MAX_ITEMS = 9999


class Column(NamedTuple):
    """What one column holds: the header, the path it stands for, and whether its cells are lists."""

    header: str
    path: FieldPath
    many: bool


def read_header(kind: type[Record], cells: list[str], at: Location) -> tuple[list[Column], list[Issue]]:
    """Return what each column holds, and what is wrong with the header; a column without meaning has no path."""
    columns: list[Column] = []
    issues: list[Issue] = []
    if len(cells) == 1 and re.search(r"[;\t]", cells[0]):
        return [], [
            Issue(at, "error", "bad-csv", "found one column; expected commas between the fields, not ';' or tabs")
        ]
    for number, cell in enumerate(cells, start=1):
        header = cell.strip()
        place = Location(at.file, at.line, number, spell((header,)))
        found = _path(kind, header)
        if isinstance(found, str):
            issues.append(Issue(place, "error", "unknown-field", found))
            found = (), False
        elif header in {column.header for column in columns}:
            issues.append(Issue(place, "error", "duplicate-key", f"the column {shown(header)} stands twice"))
            found = (), False
        columns.append(Column(header, *found))
    issues += _missing(kind, columns, at)
    return columns, issues


def _missing(kind: type[Record], columns: list[Column], at: Location) -> Iterator[Issue]:
    """Yield the fields that every record needs and no column holds."""
    tops = {column.path[0] for column in columns if column.path}
    for name, info in kind.model_fields.items():
        if info.is_required() and (info.alias or name) not in tops:
            yield Issue(at, "error", "missing-field", f"missing column {name!r}; {article(kind.kind)} needs it")


def _path(kind: type[Record], header: str) -> tuple[FieldPath, bool] | str:
    """Return the path a header stands for and whether its cells are lists, or what is wrong with it."""
    form, before, rest = form_of(kind), list[str](), header.split(".")
    path: list[str | int] = []
    while rest:
        part, *rest = rest
        if form.item:  # items count from 1; without a number the first is meant
            index = _item(part)
            path.append(max(index - 1, 0))
            form = form.item
            if index:
                before.append(part)
                continue
        inner = form.fields.get(part) or (form.value if part else None)
        if inner is None:
            return f"unknown column {shown(header)} for {kind.plural}{_hint(form, before, part)}"
        if form.value and not form.word:  # a key of its own may name a field inside a field: `at.city`
            last = len(rest) - bool(inner.item and rest and _item(rest[-1]))
            part, rest = ".".join([part, *rest[:last]]), rest[last:]
        before.append(part)
        path.append(part)
        form = inner
    plain = form.word or (form.item and (form.item.word or path == ["people"]))
    if not plain:
        inside = ", ".join(f"{header}.{name}" for name in (form.item or form).fields)
        return f"the column {shown(header)} cannot be one cell; expected columns such as {inside}"
    return tuple(path), form.item is not None and not form.word


def _item(part: str) -> int:
    """Return the number of an item, or 0 for a word that is none."""
    return int(part) if part.isascii() and part.isdecimal() and len(part) <= len(str(MAX_ITEMS)) else 0


def _hint(form: Form, before: list[str], part: str) -> str:
    """Say which header was meant, or which there are."""
    known = {name: ".".join([*before, name]) for name in form.fields}
    near = nearest(part, known)
    if near:
        return f"; did you mean {known[near]!r}?"
    return f"; expected one of {', '.join(known.values())}" if known else ""


def dense(paths: Sequence[FieldPath]) -> list[FieldPath]:
    """Number the items of lists without gaps: where only item 3 is filled, it is the first."""
    seen: dict[FieldPath, set[int]] = {}
    for path in paths:
        for depth, part in enumerate(path):
            if isinstance(part, int):
                seen.setdefault(path[:depth], set()).add(part)
    order = {before: {index: rank for rank, index in enumerate(sorted(found))} for before, found in seen.items()}
    return [
        tuple(order[path[:depth]][part] if isinstance(part, int) else part for depth, part in enumerate(path))
        for path in paths
    ]


def find_cell(
    at: Location, columns: Sequence[Column], filled: Sequence[int], path: FieldPath, *, key: bool = False
) -> Location:
    """Return the place of a field in the row at `at`, whose `filled` cells (by index) hold something."""
    del key  # the header is far away; the cell is what to look at
    found: tuple[int, int] = (0, 0)
    for index, held in zip(filled, dense([columns[index].path for index in filled]), strict=True):
        shared = len(held)
        if path[:shared] == held and shared > found[0]:
            found = shared, index + 1
    if not found[0]:
        return Location(at.file, at.line, path=spell(path))
    rest = spell(path[found[0] :])
    header = spell((columns[found[1] - 1].header,))
    return Location(at.file, at.line, found[1], header + (rest if rest.startswith("[") or not rest else f".{rest}"))
