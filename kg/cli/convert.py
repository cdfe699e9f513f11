"""`kg convert`: the records as sorted parts of N-Quads, on as many workers as there are."""

from pathlib import Path

import click

from kg.cli._options import collection_of
from kg.cli._print import tell
from kg.errors import count

MOST = 10_000
"""Parts: each is a task, and may be a file of every other task on the way."""


@click.command()
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="A new folder for the parts.")
@click.option("--workers", type=click.IntRange(min=1), default=2, show_default=True, help="Processes on this machine.")
@click.option("--scheduler", metavar="ADDRESS", default="", help="A Dask scheduler instead, such as tcp://host:8786.")
@click.option(
    "--parts",
    type=click.IntRange(1, MOST),
    help="At most so many; unless said, one for 32 MB of records or 1,000 files.",
)
@click.pass_context
def convert(ctx: click.Context, output: Path, *, workers: int, scheduler: str, parts: int | None) -> None:
    """Convert the records on several workers, into parts that concatenate to the sorted quads of a build.

    \b
    kg convert -o parts/ --workers 8
    kg convert -o /shared/parts --scheduler tcp://host:8786

    What the records, sectors, stages and the ontology state, without what rules derive: for more records than one
    machine builds. Every worker sees the collection and the folder under the same paths. Records are validated one
    by one; kg check says whether what they refer to exists. Exit 1 when a record is not valid.
    """
    from kg.distribute import convert as convert_on
    from kg.distribute.dask_map import dask_engine

    collection = collection_of(ctx)
    with dask_engine(scheduler, workers=workers) as engine:
        made = convert_on(collection, output, engine, parts=parts or 0)
    quads = sum(part.quads for part in made.parts)
    tell(f"{made.records:,} records, {quads:,} quads in {count(len(made.parts), 'part')} in {output}")
