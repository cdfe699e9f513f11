"""A checked mapping and the columns of a table in, a plan out: what to read of each row, and what to make of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.errors import Issue, TableError, count, did_you_mean, shown
from kg.records import BY_KIND, Record
from kg.tables.columns import Linked, Step, column_reader
from kg.tables.loading import LoadedMapping
from kg.tables.making import Compiler, Uses
from kg.tables.mapping import Again, ColumnRule, LeaveOut, RecordRule
from kg.tables.row import MAX_COLUMNS
from kg.tables.splitting import compile_pattern

EVENTS = ("meeting", "cooperation")
"""Kinds a row is about: a row that makes none of one it should make is lost, whatever things it names."""
_AGAIN: Mapping[str, Again] = {**dict.fromkeys(EVENTS, "refuse"), "tenure": "join"}
"""What becomes of an id that comes again, by kind; `same` for the rest."""


class Cell(NamedTuple):
    """A column that the plan reads: where it stands, what makes its values, and cells whose values are known."""

    name: str
    at: int
    read: Step | None
    known: dict[str, tuple[str, ...]]
    linked: Linked
    lenient: bool = False
    keyed: bool = False


@dataclass
class Maker:
    """One record rule, ready to make records."""

    name: str
    kind: type[Record]
    rule: RecordRule
    again: Again
    compiled: Compiler
    uses: Uses
    seen: dict[object, str] = field(default_factory=dict)

    def column_of(self, name: str) -> str | None:
        """Return the first column that a field is made of."""
        columns = self.compiled.columns
        return next(iter(columns.get(name) or columns.get("id") or ()), None)


@dataclass(frozen=True)
class Left:
    """A rule for rows that are not wanted."""

    index: int
    because: str
    wanted: Callable[[str], bool]


@dataclass(frozen=True)
class Plan:
    """Everything a row goes through."""

    mapping: LoadedMapping
    columns: tuple[str, ...]
    cells: tuple[Cell, ...]
    missing: frozenset[str]
    left: tuple[Left, ...]
    makers: tuple[Maker, ...]
    unused: tuple[str, ...]


def make_plan(mapping: LoadedMapping, columns: Sequence[str]) -> Plan:
    """Join a mapping to the columns of a table.

    Raises:
        TableError: the mapping names a column, record, field or value table that is not there; all of it is said.
    """
    if len(columns) > MAX_COLUMNS:
        raise TableError(f"found {len(columns):,} columns; expected at most {MAX_COLUMNS:,}")
    issues: list[Issue] = []
    makers = _makers(mapping, issues)
    used = list(dict.fromkeys(column for maker in makers for column in maker.uses.columns))
    index, twice = _index(columns)
    where = _uses(mapping, makers)
    cells: list[Cell] = []
    keyed = {column for maker in makers for column in maker.compiled.columns.get("id", ())}
    for name in used:
        rule = mapping.rules.columns.get(name)
        wanted = (rule.from_ if rule else None) or name
        path: tuple[str | int, ...] = ("columns", name, "from") if rule else where.get(name, ())
        if wanted in twice:
            issues.append(_issue(mapping, path, "column-twice", f"the table has several columns {shown(wanted)}"))
        elif wanted not in index:
            hint = (
                did_you_mean(wanted, index)
                or f"; the table has {', '.join(map(shown, [name for name in columns if name][:12]))}"
            )
            issues.append(_issue(mapping, path, "no-column", f"there is no column {shown(wanted)}{hint}"))
        else:
            cell = _cell(name, index[wanted], rule, mapping, issues)
            cells.append(cell._replace(keyed=name in keyed and not (rule and (rule.digits or rule.dates))))
    left = tuple(_left(mapping, number, one, index, issues) for number, one in enumerate(mapping.rules.leave_out))
    if issues:
        raise TableError(
            f"{count(len(issues), 'error')} in the mapping {mapping.manual.name} for this table", issues=sorted(issues)
        )
    known = {cell.at for cell in cells} | {one.index for one in left}
    unused = tuple(name for number, name in enumerate(columns) if number not in known)
    missing = frozenset(word.casefold() for word in mapping.rules.missing)
    return Plan(mapping, tuple(columns), tuple(cells), missing, left, tuple(makers), unused)


def _issue(mapping: LoadedMapping, path: tuple[str | int, ...], code: str, message: str) -> Issue:
    return Issue(mapping.manual.locate(path), "error", f"mapping-{code}", message)


def _makers(mapping: LoadedMapping, issues: list[Issue]) -> list[Maker]:
    """Compile every record rule."""
    makers: list[Maker] = []
    for name, rule in mapping.rules.records.items():
        compiled = Compiler(mapping, name, rule, known=[maker.name for maker in makers])
        issues += compiled.issues
        again = rule.again or _AGAIN.get(rule.kind, "same")
        makers.append(Maker(name, BY_KIND[rule.kind], rule, again, compiled, compiled.uses()))
    return makers


def _index(columns: Sequence[str]) -> tuple[dict[str, int], set[str]]:
    """Return where each column stands, by name and by `#number`, and the names that stand twice."""
    index: dict[str, int] = {}
    twice = (
        {name for name in columns if name and columns.count(name) > 1} if len(set(columns)) < len(columns) else set()
    )
    for number, name in enumerate(columns):
        if name:
            index.setdefault(name, number)
        index.setdefault(f"#{number + 1}", number)
    return index, twice


def _uses(mapping: LoadedMapping, makers: Sequence[Maker]) -> dict[str, tuple[str | int, ...]]:
    """Return where in the mapping each column is named first."""
    del mapping
    found: dict[str, tuple[str | int, ...]] = {}
    for maker in makers:
        for name, columns in maker.compiled.columns.items():
            for column in columns:
                found.setdefault(column, ("records", maker.name, name))
        if maker.rule.each:
            found.setdefault(maker.rule.each, ("records", maker.name, "each"))
    return found


def _cell(name: str, index: int, rule: ColumnRule | None, mapping: LoadedMapping, issues: list[Issue]) -> Cell:
    """Compile one column."""
    linked: Linked = []
    try:
        read = column_reader(rule, mapping, linked) if rule else None
    except ValueError as error:
        issues.append(_issue(mapping, ("columns", name), "bad-column", str(error)))
        read = None
    return Cell(name, index, read, {}, linked, lenient=bool(rule and rule.bad == "leave-out"))


def _left(mapping: LoadedMapping, number: int, rule: LeaveOut, index: Mapping[str, int], issues: list[Issue]) -> Left:
    """Compile one rule for rows that are not wanted."""
    path = ("leave_out", number, "column")
    if rule.column not in index:
        hint = did_you_mean(rule.column, index)
        issues.append(_issue(mapping, path, "no-column", f"there is no column {shown(rule.column)}{hint}"))
    words = None if rule.values is None else frozenset(word.casefold() for word in rule.values)
    pattern: re.Pattern[str] | None = None
    try:
        pattern = compile_pattern(rule.matches) if rule.matches is not None else None
    except ValueError as error:
        issues.append(_issue(mapping, ("leave_out", number, "matches"), "bad-pattern", str(error)))

    def wanted(text: str) -> bool:
        return (words is None or text.casefold() in words) and (pattern is None or bool(pattern.fullmatch(text)))

    return Left(index.get(rule.column, 0), rule.because, wanted)
