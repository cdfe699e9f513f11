"""`kg sources`: what the records rest on, folded into families of copies."""

from typing import TYPE_CHECKING

import click

from kg.cli._options import collection_of, json_option
from kg.cli._print import print_rows, tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.check import CheckResult

FAMILIES = ("family", "articles", "outlets", "sources", "because")
MEETINGS = ("meeting", "date", "independent", "articles")
SOURCES = ("source", "published", "outlet", "family", "records")


@click.command()
@click.option(
    "--families", "as_families", is_flag=True, help="Only families of more than one source, and what ties them."
)
@click.option("--meeting", metavar="ID", help="Only the sources of this meeting, and how many are independent.")
@click.option("--by-meeting", is_flag=True, help="One line a meeting: how many of its articles are independent.")
@json_option
@click.pass_context
def sources(ctx: click.Context, /, *, as_families: bool, meeting: str | None, by_meeting: bool, as_json: bool) -> None:
    """List the sources, and the families that copies of one report form.

    \b
    kg sources --families
    kg sources --meeting makassar-kawasaki-waterworks-2025-11-25
    kg sources --by-meeting --json

    Sources are of one family when declared so, or when their kept texts, headlines or quotes are nearly the same.
    A copy more changes the number of articles, not the number of independent ones.
    """
    if as_families + by_meeting + (meeting is not None) > 1:
        raise click.UsageError("choose one of --families, --meeting and --by-meeting")
    from kg.check import check_collection
    from kg.families import families, family_links, read_texts, said_of
    from kg.records import Source
    from kg.sources import list_families, list_meetings, list_sources

    collection = collection_of(ctx)
    result = check_collection(collection)
    records = [entry.record for entry in result.entries]
    known = [record for record in records if isinstance(record, Source)]
    texts, said = read_texts(collection, known), list(said_of(records))
    family_of = families(known, texts, said)
    if as_families:
        found = list_families(records, family_of, family_links(known, texts, said))
        print_rows(FAMILIES, [(row.family, row.articles, *map("; ".join, row[2:])) for row in found], as_json=as_json)
        tell(f"{len(family_of)} articles, {len(set(family_of.values()))} independent")
    elif by_meeting:
        print_rows(MEETINGS, list_meetings(records, family_of), as_json=as_json)
    elif meeting is not None:
        _of_meeting(result, meeting, family_of, as_json=as_json)
    else:
        print_rows(SOURCES, list_sources(records, family_of), as_json=as_json)


def _of_meeting(result: "CheckResult", name: str, family_of: "Mapping[str, str]", *, as_json: bool) -> None:
    """Print the sources of one meeting, and how many of them are independent."""
    from kg.families import independent
    from kg.sources import list_sources, meeting_called, supporting

    records = [entry.record for entry in result.entries]
    speaking = supporting(meeting_called(records, name, result.redirects))
    rows = [row for row in list_sources(records, family_of) if row.id in speaking]
    print_rows(SOURCES, rows, as_json=as_json)
    apart, articles = independent(speaking, family_of)
    tell(f"{apart} independent of {articles}")
