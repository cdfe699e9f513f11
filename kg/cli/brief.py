"""`kg brief`: a page to read before a visit."""

import click

from kg.cli._ask import ask
from kg.cli._options import as_of_option, day_or_today, lang_option, output_option
from kg.cli._print import tell, write_page
from kg.dates import PartialDate

FORMATS = ("html", "markdown")


@click.command()
@click.argument("party")
@click.option("--with", "ours", metavar="PARTY", help="Who reads it; unless said, whoever it met has met most.")
@click.option("--format", "page_format", type=click.Choice(FORMATS), help="HTML unless the file ends in .md.")
@click.option("--full", is_flag=True, help="All of it, on as many pages as that takes.")
@as_of_option
@lang_option
@output_option
@click.pass_context
def brief(
    ctx: click.Context,
    party: str,
    *,
    ours: str | None,
    page_format: str | None,
    full: bool,
    as_of: PartialDate | None,
    lang: str | None,
    output: str,
) -> None:
    """Write a brief on PARTY: where things stand, promises, people, history, open points, all cited.

    \b
    kg brief kawasaki -o brief.html
    kg brief kawasaki --lang ja -o brief.html
    kg brief maniwa --with makassar --as-of 2026-03-01 -o brief.md

    One page of A4 without scripts or outside requests, made to be printed: the first lines of each part, and how many
    more there are; --full has all. Units of a party count as the party. What came after --as-of is left out; a source
    may be younger when it tells of days before. Exit 1 when PARTY has met nobody.
    """
    from kg.brief import NobodyMetError, gather, to_html, to_markdown, to_one_page

    asked = ask(ctx, lang)
    names = asked.names
    sides = names.resolve(party, ("party",)), names.resolve(ours, ("party",)) if ours is not None else None
    try:
        gathered = gather(
            names, sides[0], as_of=day_or_today(as_of), stale_days=asked.collection.stale_days, ours=sides[1]
        )
    except NobodyMetError as error:  # an answer, not a fault
        tell(str(error))
        ctx.exit(1)
    as_markdown = page_format == "markdown" or (page_format is None and output.endswith(".md"))
    text = (to_markdown if as_markdown else to_html)(gathered if full else to_one_page(gathered), names.languages)
    if output == "-":
        click.echo(text, nl=False)
    else:
        write_page(output, text.encode())
        tell(f"wrote {output}")
