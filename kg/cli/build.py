"""`kg build`: the whole flow, and what came of it."""

from collections.abc import Mapping
from pathlib import Path

import click

from kg.cli._options import collection_of
from kg.cli._print import clean, print_counts, print_json


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def build(ctx: click.Context, path: Path | None, *, as_json: bool, quiet: bool) -> None:
    """Check, convert, store and derive the collection.

    \b
    kg build
    kg build data --json

    Nothing is built from records with errors, and the previous build stays until the new one is whole.
    Exit 1 when the records have errors.
    """
    from kg.build import build_collection

    collection = collection_of(ctx, path)
    made = build_collection(collection)
    for issue in made.issues:
        click.echo(clean(str(issue)), err=True)
    if as_json:
        print_json({"records": made.records, "classes": made.classes, "graphs": made.graphs, "new": made.is_new})
    elif not quiet:
        print_counts("records read", {**made.records, "total": sum(made.records.values())})
        print_counts("things per class", made.classes)
        print_counts("triples per graph", _in_short(made.graphs))
        click.echo(
            f"{'built' if made.is_new else 'nothing changed since the last build of'} {collection.build}", err=True
        )


def _in_short(graphs: Mapping[str, int]) -> dict[str, int]:
    """Add up the graphs of sources: there is one for each."""
    sources = {name: count for name, count in graphs.items() if name.startswith("source:")}
    rest = {name: count for name, count in graphs.items() if name not in sources}
    return {**rest, f"source graphs ({len(sources)})": sum(sources.values())}
