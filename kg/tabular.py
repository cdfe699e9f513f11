"""What a measure answers with: a table that says what it holds, with no cell that is not a number for no reason."""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Cell = str | int | float | None
DIGITS = 6
"""Scores are kept to this many decimals: the same on every machine, and what a tie is judged by."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns, with sentences that say what they rest on.

    A cell is None where a measure has no value; `notes` say why.

    Raises:
        ValueError: a row of another length, or a number that is not finite.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what would read as an answer and is none."""
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{len(row)} cells under {len(self.columns)} columns: {row}")
            if any(isinstance(cell, float) and not math.isfinite(cell) for cell in row):
                raise ValueError(f"a number that is not finite: {row}")

    def column(self, name: str) -> list[Cell]:
        """Return the cells of one column."""
        place = self.columns.index(name)
        return [row[place] for row in self.rows]


def score(value: float | None) -> float | None:
    """Return a score rounded to `DIGITS` decimals, and None for what is not finite."""
    return round(float(value), DIGITS) + 0.0 if value is not None and math.isfinite(value) else None


def ranks(scores: Mapping[str, float | None]) -> dict[str, int | None]:
    """Return name -> place from the highest score down; equal scores share a place, and the next one is skipped.

    No score is no place. Standard competition ranking: 1, 2, 2, 4.
    """
    ordered = sorted((value for value in scores.values() if value is not None), reverse=True)
    first: dict[float, int] = {}
    for place, value in enumerate(ordered, 1):
        first.setdefault(value, place)
    return {name: None if value is None else first[value] for name, value in scores.items()}


def by_size(groups: Iterable[Iterable[Hashable]]) -> list[list[str]]:
    """Return groups of names, each sorted, the largest first and equal ones by their first name."""
    listed = [sorted(str(name) for name in group) for group in groups]
    return sorted(listed, key=lambda group: (-len(group), group))


def plural(count: int, word: str, words: str = "") -> str:
    """Return a count with its word: `1 node`, `2 nodes`."""
    return f"{count} {word if count == 1 else words or word + 's'}"


def listed(names: Sequence[str], most: int = 5) -> str:
    """Return names in a row, the rest as a count."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
