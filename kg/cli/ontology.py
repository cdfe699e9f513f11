"""`kg ontology`: the vocabulary as one page for people."""

import sys

import click

from kg.cli._options import output_option
from kg.cli._print import tell, write_page


@click.command()
@output_option
@click.option(
    "--lang", type=click.Choice(["en", "id", "ja"]), default="en", show_default=True, help="The page's words."
)
def ontology(output: str, *, lang: str) -> None:
    """Write the ontology as one HTML page: every term, scheme and example, in three languages.

    \b
    kg ontology -o ontology.html
    kg ontology --lang ja > ontology.ja.html

    The page opens offline and holds no script; its anchors are the names of the terms (#Meeting).
    """
    from kg.reference import reference_page

    page = reference_page(lang).encode()
    if output == "-":
        sys.stdout.buffer.write(page)
        return
    write_page(output, page)
    tell(f"{output}: {len(page):,} bytes")
