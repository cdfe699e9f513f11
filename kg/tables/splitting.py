"""One cell in, the several values it holds out: by separators, with exceptions, or as a list a program wrote."""

import ast
import json
import re
from collections.abc import Callable, Sequence

from kg.errors import shown
from kg.tables.row import CellFault

_MOST = 10_000


def splitter(split: Sequence[str] | str, keep: Sequence[str], whole: Sequence[str]) -> Callable[[str], list[str]]:
    """Return what splits a cell; empty values are dropped, repeated ones stand once.

    Raises:
        ValueError: a separator is empty, or a regular expression cannot be read.
    """
    if isinstance(split, str):
        return _python_list if split == "python-list" else _json_list
    if not all(split):
        raise ValueError("a separator is empty; expected a character or more")
    between = re.compile("|".join(re.escape(one) for one in sorted(split, key=len, reverse=True)))
    kept = re.compile("|".join(re.escape(one) for one in sorted(keep, key=len, reverse=True))) if keep else None
    entire = [compile_pattern(one) for one in whole]

    def parts(cell: str) -> list[str]:
        if any(pattern.search(cell) for pattern in entire):
            return [cell]
        spans = [match.span() for match in kept.finditer(cell)] if kept else []
        made, start = [], 0
        for cut in between.finditer(cell):
            if not any(low <= cut.start() < high for low, high in spans):
                made.append(cell[start : cut.start()])
                start = cut.end()
        return _clean([*made, cell[start:]])

    return parts


def compile_pattern(text: str) -> re.Pattern[str]:
    """Compile a regular expression of a mapping.

    Raises:
        ValueError: it cannot be read.
    """
    try:
        return re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(f"{shown(text)} is no regular expression: {error}") from error


def _clean(values: Sequence[str]) -> list[str]:
    """Drop what is empty or stands already."""
    return list(dict.fromkeys(filter(None, (value.strip() for value in values))))


def _python_list(cell: str) -> list[str]:
    """Read `['ENVI', 'ITRE']`."""
    if cell == "[]":
        return []
    try:
        found = ast.literal_eval(cell)
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        raise CellFault("bad-list", "expected a list as Python writes it, such as ['a', 'b']") from error
    return _scalars(found)


def _json_list(cell: str) -> list[str]:
    """Read `["ENVI", "ITRE"]`."""
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError) as error:
        raise CellFault("bad-list", 'expected a JSON list, such as ["a", "b"]') from error
    return _scalars(found)


def _scalars(found: object) -> list[str]:
    """Return the texts and numbers of a list, and nothing else."""
    if not isinstance(found, list | tuple) or len(found) > _MOST:
        raise CellFault("bad-list", f"expected a list of at most {_MOST} values")
    if not all(isinstance(one, str | int | float) and not isinstance(one, bool) for one in found):
        raise CellFault("bad-list", "expected a list of texts or numbers, nothing inside each other")
    return _clean([str(one) for one in found])
