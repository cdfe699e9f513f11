"""`kg init`: a new collection that builds."""

from pathlib import Path

import click

from kg.cli._print import tell


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--demo", is_flag=True, help="Copy the shipped collection around Makassar instead of the small example.")
def init(folder: Path, *, demo: bool) -> None:
    """Make a new collection in FOLDER; it builds as it is, and its comments teach.

    \b
    kg init talks && cd talks && kg build
    kg init makassar --demo

    FOLDER must be empty or not exist yet: nothing is overwritten.
    """
    from kg.new import new_collection

    files = new_collection(folder, demo=demo)
    tell(f"{len(files)} files in {folder}; next: kg -C {folder} build")
