"""A report as one HTML page: no script, nothing asked of the network, for screens of either light and for A4."""

import re

from kg.pages import environment, own_style
from kg.report.parts import Report, Sheet
from kg.report.svg import draw
from kg.report.words import TEMPLATES, Words
from kg.tabular import Cell

_SHADES = 4
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


def to_html(report: Report, *, tables: str = "") -> str:
    """Return the report as a page; `tables` is the folder, seen from the page, that holds a CSV file per sheet."""
    templates = environment(TEMPLATES)
    templates.filters |= {"shown": shown, "draw": draw, "heads": heads, "lines": lines}
    css, css_hash = own_style(TEMPLATES / "report.css")
    page = templates.get_template("report.html.j2")
    return page.render(r=report, w=Words(report.language), tables=tables, css=css, css_hash=css_hash)


def heads(sheet: Sheet) -> list[tuple[str, bool]]:
    """Return the columns shown on the page, and whether they hold numbers."""
    columns = [number for number in range(len(sheet.table.columns)) if number not in sheet.csv_only]
    first = sheet.table.rows[0] if sheet.table.rows else sheet.table.columns
    return [(sheet.table.columns[each], place > 0 and is_numeric(first[each])) for place, each in enumerate(columns)]


def lines(sheet: Sheet) -> list[list[tuple[Cell, str]]]:
    """Return the rows shown on the page: each cell with its class."""
    most = 0
    if sheet.shaded is not None:
        most = max((int(cell or 0) for row in sheet.table.rows for cell in row[sheet.shaded :]), default=0)
    return [
        [
            (cell, _kind(cell, most if sheet.shaded is not None and number >= sheet.shaded else None))
            for number, cell in enumerate(row)
            if number not in sheet.csv_only
        ]
        for row in sheet.table.rows[: sheet.shown]
    ]


def _kind(cell: Cell, most: int | None) -> str:
    """Return the class of a cell: a number, a date, and how dark it is where the most is known."""
    if not is_numeric(cell):
        return "d" if isinstance(cell, str) and _DATE.fullmatch(cell) else ""
    if most is None or not isinstance(cell, int | float):
        return "n"
    return f"n l{min(_SHADES, 1 + int((_SHADES - 1) * (cell - 1) / max(most - 1, 1)))}" if cell else "n l0"


def shown(cell: Cell) -> str:
    """Return a cell as people read it: counts in groups of three, scores with three decimals, nothing for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else f"{cell:.3f}"
    return str(cell)


def is_numeric(cell: Cell) -> bool:
    """Say whether a cell is a number, or a share in per cent; a year, as text, is a date."""
    return isinstance(cell, int | float) or (isinstance(cell, str) and cell.endswith("%"))
