"""`kg report`: a page about the whole collection, with a CSV file per table.

Not `kg.cli.report`: the group has a function of that name.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from kg.cli._ask import ask
from kg.cli._options import as_of_option, day_or_today, lang_option, output_option, seed_option
from kg.cli._print import tell, to_csv, write_page
from kg.dates import PartialDate
from kg.errors import ExportError

if TYPE_CHECKING:
    from kg.report import Report


@click.command()
@as_of_option
@lang_option
@output_option
@click.option("--csv", "folder", metavar="DIR", type=click.Path(path_type=Path), help="Write every table to DIR, too.")
@click.option("--samples", type=click.IntRange(1, 10_000), help="Networks of chance: 200, fewer above 500 officials.")
@seed_option
@click.pass_context
def report(
    ctx: click.Context,
    *,
    as_of: PartialDate | None,
    lang: str | None,
    output: str,
    folder: Path | None,
    samples: int | None,
    seed: int,
) -> None:
    """Write a page about the whole collection: what is in it, what came of it, what it rests on.

    \b
    kg report -o report.html
    kg report --lang ja --as-of 2026-11-22 -o report.html --csv tables

    Meetings, sectors, stages, silence, promises, survival, brokers, countries, sources and what they disagree
    about, each with how it was counted. One file without scripts or outside requests, made to be printed, too.
    An empty collection gives a page that says so.
    """
    from kg.report import gather_report, to_html

    asked = ask(ctx, lang)
    day = day_or_today(as_of)
    gathered = gather_report(asked.names, asked.collection, as_of=day, samples=samples, seed=seed)
    text = to_html(gathered, tables=_write_tables(gathered, folder, output) if folder else "")
    if output == "-":
        click.echo(text, nl=False)
    else:
        _write(Path(output), text)
        tell(f"wrote {output}")


def _write_tables(gathered: "Report", folder: Path, output: str) -> str:
    """Write a CSV file per table; return the folder's address as seen from the page."""
    sheets = [sheet for section in gathered.sections for sheet in section.sheets]
    for sheet in sheets:
        _write(folder / f"{sheet.name}.csv", to_csv(sheet.table.columns, sheet.table.rows))
    tell(f"wrote {len(sheets)} tables to {folder}")
    page = Path() if output == "-" else Path(output).parent
    return quote(Path(os.path.relpath(folder, page)).as_posix())


def _write(path: Path, text: str) -> None:
    """Write a file, in a folder that is made when it is missing.

    Raises:
        ExportError: the place cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror}") from error
    write_page(path, text.encode())
