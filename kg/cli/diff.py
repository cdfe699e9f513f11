"""`kg diff`: what changed between two states of a collection."""

from pathlib import Path

import click

from kg.cli._print import clean, tell

FORMATS = ("text", "json", "patch", "trig")


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "name", type=click.Choice(FORMATS), default="text", show_default=True, help="How to tell it.")
def diff(old: Path, new: Path, *, name: str) -> None:
    """Say what changed from OLD to NEW: collections, builds, or files of RDF.

    \b
    kg diff last-month/build build
    kg diff old.nq build --format patch > update.rdfp
    kg diff talks-before talks-after --format json

    A collection is compared as its records are now; a build as it was made. Quads are compared exactly, so what
    only stands in another order is no difference: then nothing is printed. Turtle, N-Triples and RDF/XML hold one
    graph, and only default graphs are compared with them. Patch is RDF Patch with every quad; TriG holds the facts.
    """
    from kg.diff import as_json, as_patch, as_text, as_trig, compare, read_state

    difference = compare(read_state(old), read_state(new))
    if name == "json":
        click.echo(as_json(difference))
        return
    lines = {"text": as_text, "patch": as_patch, "trig": as_trig}[name](difference)
    for line in lines:
        click.echo(clean(line))
    if not difference:
        tell("no difference")
