"""The values a report is made of: charts, sheets of numbers, sections, and the words around them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kg.tabular import Table

Tone = Literal["main", "pale", "light", "mid", "dark", "warn"]
"""How a part of a bar is coloured: by meaning, so that light and dark pages and printers each choose their own."""


@dataclass(frozen=True)
class Series:
    """One part of every bar: its name in the legend, its tone, one count a label."""

    name: str
    tone: Tone
    values: tuple[float, ...]


@dataclass(frozen=True)
class Bars:
    """Bars, upright over time or lying beside names; several series are stacked; `marks` are thin strokes across.

    `told` is the text alternative: what a reader sees in the chart, in a sentence.
    """

    title: str
    told: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    upright: bool = False
    mark_name: str = ""
    marks: tuple[float | None, ...] = ()


@dataclass(frozen=True)
class Curve:
    """A falling step curve with its band: (day, share, low, high), the bounds None where there is no band."""

    title: str
    told: str
    points: tuple[tuple[int, float, float | None, float | None], ...]
    until: int
    unit: str


Chart = Bars | Curve


@dataclass(frozen=True)
class Sheet:
    """A table of the report and of a CSV file of its `name`.

    The page shows `shown` rows at most and leaves out the columns in `csv_only`; a `folded` sheet stands behind
    its chart; cells from column `shaded` on are shaded by their size.
    """

    name: str
    table: Table
    shown: int = 15
    csv_only: tuple[int, ...] = ()
    folded: bool = False
    shaded: int | None = None


@dataclass(frozen=True)
class Section:
    """One question of the report: what it finds in sentences, charts, sheets, and how it was counted."""

    key: str
    title: str
    said: tuple[str, ...]
    charts: tuple[Chart, ...]
    sheets: tuple[Sheet, ...]
    counted: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """Everything a report tells; `figures` are (name, number as text) for the head of the page."""

    title: str
    about: str
    facts: tuple[tuple[str, str], ...]
    as_of: date
    language: str
    figures: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
