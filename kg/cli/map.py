"""`kg map`: one offline HTML file."""

from pathlib import Path

import click

from kg.cli._options import collection_of, since_option, until_option
from kg.dates import PartialDate


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
    title: str | None,
) -> None:
    """Draw one HTML file that opens offline and shows the proof behind every line.

    \b
    kg map -o map.html
    kg map --focus makassar --depth 2 --since 2025 --lang ja -o makassar.html
    """
    from kg.map import draw, write
    from kg.store import open_dataset

    collection = collection_of(ctx)
    html = draw(
        open_dataset(collection.build, base=collection.config.base),
        focus=focus,
        depth=depth,
        sector=sector,
        since=since.text if since else None,
        until=until.text if until else None,
        lang=lang,
        title=title,
        stale_days=collection.stale_days,
    )
    if output == "-":
        click.echo(html, nl=False)
        return
    write(html, Path(output))
    click.echo(f"wrote {output}", err=True)


map = map_  # noqa: A001 - the command line finds a command under its own name
