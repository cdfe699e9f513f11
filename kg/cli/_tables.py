"""Print a table with its notes: words to stderr, the table to stdout, as columns, CSV or JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from kg.cli._print import clean, print_json, print_table, tell, to_csv

if TYPE_CHECKING:
    from kg.tabular import Cell, Table

table_format_option = click.option(
    "--format", "table_format", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
_SHOWN = 4  # decimals on a terminal; CSV and JSON hold all


def print_answer(table: "Table", form: str, *, base: str) -> None:
    """Print a table: for people with CURIEs and four decimals, for programs with IRIs and all of them."""
    if form == "json":
        print_json(_plain(table))
        return
    for note in table.notes:
        tell(note)
    if form == "csv":
        click.echo(to_csv(table.columns, table.rows), nl=False)
    elif table.rows:
        tell("")
        print_table(table.columns, ([_shown(cell, base) for cell in row] for row in table.rows))


def print_answers(tables: "Sequence[Table]", form: str, *, base: str) -> None:
    """Print several tables one below the other, each under its title; as JSON, a list of them."""
    if form == "json":
        print_json([_plain(table) for table in tables])
        return
    for number, table in enumerate(tables):
        click.echo(("\n" if number else "") + clean(table.title))
        print_answer(table, form, base=base)


def _plain(table: "Table") -> dict[str, object]:
    """Return a table for programs."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return {"title": table.title, "notes": table.notes, "rows": rows}


def _shown(cell: "Cell", base: str) -> object:
    """Return a cell as people read it."""
    from kg.iris import to_curie

    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else f"{cell:.{_SHOWN}f}"
    return to_curie(cell, base=base) if isinstance(cell, str) else cell
