"""Column rules in, functions from a cell's text to values out; a cell that makes none says why."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from kg.errors import shown
from kg.tables.cells import one_line
from kg.tables.gazetteer import Gazetteer, read_gazetteer
from kg.tables.loading import LoadedMapping
from kg.tables.lookup import Lookup, lookup
from kg.tables.mapping import ColumnRule
from kg.tables.patterns import date_reader
from kg.tables.row import MAX_CELL, CellFault, FormulaText
from kg.tables.splitting import compile_pattern, splitter

Step = Callable[[str], tuple[str, ...]]
"""What makes values of one value: none, one or several."""
Linked = list[tuple[str, str]]
"""Names of places that were recognised since somebody last looked, each with the reason."""

_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
_FORMULA = re.compile(r"=[A-Z@+(-]", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


def check_cell(text: str) -> None:
    """Refuse what a spreadsheet put where a value should be.

    Raises:
        CellFault: a formula, the name of an error, or more text than any value has.
    """
    if len(text) > MAX_CELL:
        raise CellFault("too-long", f"found {len(text):,} characters; expected at most {MAX_CELL:,}")
    if isinstance(text, FormulaText):
        raise CellFault("formula", "found a formula that was never calculated; save the file in a spreadsheet program")
    if text[:1] == "=" and _FORMULA.match(text):
        raise CellFault("formula", "found a formula; expected its value: save the values, not the formulas")
    if text[:1] == "#" and text in _ERRORS:
        raise CellFault("spreadsheet-error", f"found the spreadsheet's error {text}; expected a value")


def column_reader(rule: ColumnRule, mapping: LoadedMapping, linked: Linked) -> Step:
    """Return what makes the values of one column's cell; `linked` hears each name that a gazetteer knows, once.

    Raises:
        ValueError: a pattern or separator makes no sense.
        TableError: the value table is not there.
    """
    steps = list(_steps(rule, mapping, linked))

    def read(text: str) -> tuple[str, ...]:
        values: tuple[str, ...] = (text,)
        for step in steps:
            values = tuple([made for value in values for made in step(value)])
        return tuple(dict.fromkeys(map(one_line, values)))

    return read


def _steps(rule: ColumnRule, mapping: LoadedMapping, linked: Linked) -> Iterator[Step]:  # noqa: C901 - one step a line, in order
    """Yield the steps of a rule in the order they are taken."""
    if rule.remove:
        yield partial(_remove, [compile_pattern(text) for text in rule.remove])
    if rule.missing:
        yield partial(_missing, frozenset(text.casefold() for text in rule.missing))
    if rule.split:
        split = splitter(rule.split, rule.keep, rule.whole)
        yield lambda value: tuple(split(value))
        if rule.missing:
            yield partial(_missing, frozenset(text.casefold() for text in rule.missing))
    if rule.dates:
        read = date_reader(rule.dates, rule.months)
        yield lambda value: (read(value),)
    if rule.digits:
        yield partial(_code, rule.digits)
    if rule.decimal:
        yield partial(_number, rule.decimal)
    if rule.table:
        yield partial(_look_up, lookup(mapping, rule.table), rule.otherwise)
    if rule.gazetteer:
        yield partial(_recognise, read_gazetteer(rule.gazetteer), rule.within, linked, set())
    if rule.longest:
        yield partial(_bounded, rule.longest)


def _remove(patterns: list[re.Pattern[str]], value: str) -> tuple[str, ...]:
    """Cut out what is not wanted."""
    for pattern in patterns:
        value = pattern.sub("", value)
    return (value.strip(),) if value.strip() else ()


def _missing(words: frozenset[str], value: str) -> tuple[str, ...]:
    """Drop what says nothing."""
    return () if value.casefold() in words else (value,)


def _code(digits: int, value: str) -> tuple[str, ...]:
    """Put the zeros back that a program took for a number's."""
    if not (value.isascii() and value.isdigit()):
        raise CellFault("bad-code", f"expected a code of {digits} digits")
    if len(value) > digits:
        raise CellFault("bad-code", f"expected a code of {digits} digits, found {len(value)}")
    return (value.zfill(digits),)


def _number(decimal: str, value: str) -> tuple[str, ...]:
    """Read a number written with a comma or a point."""
    other = "." if decimal == "," else ","
    plain = value.replace(" ", "")
    if other in plain and not re.fullmatch(rf"[+-]?\d{{1,3}}(\{other}\d{{3}})+(\{decimal}\d+)?", plain, re.ASCII):
        raise CellFault("bad-number", f"expected a number with {decimal!r} before its fraction")
    plain = plain.replace(other, "").replace(decimal, ".")
    if not _NUMBER.fullmatch(plain):
        raise CellFault("bad-number", f"expected a number with {decimal!r} before its fraction")
    return (plain,)


def _look_up(table: Lookup, otherwise: str, value: str) -> tuple[str, ...]:
    """Return what a word stands for."""
    found = table.find(one_line(value))
    if found is not None:
        return found
    if otherwise == "reject":
        raise CellFault("unknown-value", f"the value table {table.name!r} does not know it{table.hint(value)}")
    return (value,) if otherwise == "keep" else ()


def _recognise(gazetteer: Gazetteer, within: str | None, linked: Linked, seen: set[str], value: str) -> tuple[str, ...]:
    """Return the id of the place that a name means, and tell why."""
    place, how = gazetteer.find(one_line(value), within=within)
    if value not in seen:
        seen.add(value)
        linked.append((value, f"is {place.id} {place.title}, by its {how}"))
    return (place.id,)


def _bounded(longest: int, value: str) -> tuple[str, ...]:
    """Refuse what is too long to be what it should be."""
    if len(value) > longest:
        raise CellFault(
            "too-long", f"found {len(value)} characters, beginning {shown(value, 40)}; expected at most {longest}"
        )
    return (value,)
