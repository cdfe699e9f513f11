"""`kg map`: one offline HTML file."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._options import collection_of, require_order, since_option, until_option
from kg.cli._print import tell
from kg.dates import PartialDate

if TYPE_CHECKING:
    from kg.map import Map

PATH = click.Path(path_type=Path)


@click.command(name="map")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="map.html",
    show_default=True,
    help="Where to write; - is standard output.",
)
@click.option("--focus", metavar="ID", help="Draw only what is near this thing, such as makassar.")
@click.option(
    "--depth", type=click.IntRange(min=0), default=1, show_default=True, help="How many lines away from the focus."
)
@click.option("--sector", metavar="ID", help="Only lines about this sector or a narrower one.")
@since_option
@until_option
@click.option("--lang", type=click.Choice(("en", "id", "ja")), help="The language the map opens in.")
@click.option("--story", type=PATH, metavar="FILE", help="Captions to step through, in YAML.")
@click.option("--keep", type=PATH, metavar="FILE", help="An earlier map; what it shows stays where it was.")
@click.option("--data", is_flag=True, help="Write the drawn data beside the page, as JSON and GEXF.")
@click.option("--title", help="The heading, instead of the collection's title.")
@click.pass_context
def map_(
    ctx: click.Context,
    *,
    output: str,
    focus: str | None,
    depth: int,
    sector: str | None,
    since: PartialDate | None,
    until: PartialDate | None,
    lang: str | None,
    story: Path | None,
    keep: Path | None,
    data: bool,
    title: str | None,
) -> None:
    """Draw one HTML file that opens offline and shows the proof behind every line.

    \b
    kg map -o map.html
    kg map --focus makassar --depth 2 --since 2025 --lang ja -o makassar.html
    """
    from kg.dataset import open_dataset
    from kg.map import make_map

    require_order(since, until)
    collection = collection_of(ctx)
    made = make_map(
        open_dataset(collection.store, base=collection.config.base),
        focus=focus,
        depth=depth,
        sector=sector,
        since=since.text if since else None,
        until=until.text if until else None,
        lang=lang,
        title=title,
        config=collection.config,
        story=story,
        keep=keep,
    )
    if output == "-":
        click.echo(made.html(), nl=False)
    else:
        _write(made, Path(output), data=data)


def _write(made: "Map", output: Path, *, data: bool) -> None:
    """Write the page, and what it draws beside it."""
    from kg.map import write

    texts = {output: made.html}
    if data:
        texts |= {output.with_suffix(".json"): made.json, output.with_suffix(".gexf"): made.gexf}
    for path, text in texts.items():
        write(text(), path)
        tell(f"wrote {path}")


map = map_  # noqa: A001 - the command line finds a command under its own name
