"""`kg check`: every finding in the records, each with its place."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._options import collection_of
from kg.cli._print import clean, print_json, tell
from kg.errors import Issue, KgError, count, is_error

if TYPE_CHECKING:
    from kg.collection import Collection
    from kg.read import Entry


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="How to tell the findings.",
)
@click.option("--shacl", is_flag=True, help="Check the graph of the records against the shapes too.")
@click.option("--evidence", is_flag=True, help="Check hashes and quotes against the texts in sources/ too.")
@click.pass_context
def check(ctx: click.Context, path: Path | None, *, form: str, shacl: bool, evidence: bool) -> None:
    """Report every finding in the records, with file, line and column.

    \b
    kg check
    kg check data --format sarif > findings.sarif
    kg check --shacl --evidence

    PATH is a collection, or a file or folder of one: then only its findings are told. Nothing is written.
    Exit 1 when there are errors; warnings alone leave it at 0.
    """
    from kg.check import check_collection, count_if_clean

    if path is not None and not path.exists():
        raise KgError(f"there is no {path}")
    collection = collection_of(ctx, path.parent if path and path.is_file() else path)
    clean_records = None if shacl or evidence else count_if_clean(collection)
    if clean_records is not None:
        _print([], clean_records, form)
        ctx.exit(0)
    result = check_collection(collection)
    issues = list(result.issues)
    if shacl:
        issues += _shapes(result.entries, collection, may=not result.errors)
    if evidence:
        issues += _texts(result.entries, collection)
    issues = _below(issues, path, collection.root)
    _print(issues, len(result.entries), form)
    ctx.exit(1 if any(map(is_error, issues)) else 0)


def _shapes(entries: "Iterable[Entry]", collection: "Collection", *, may: bool) -> Sequence[Issue]:
    """Return what the shapes find, unless the records already say that there is no graph."""
    if not may:
        tell("the graph was not checked: the records have errors")
        return ()
    from kg.check.graph import check_entries

    return check_entries(entries, base=collection.config.base, languages=collection.config.languages)


def _texts(entries: "Iterable[Entry]", collection: "Collection") -> Sequence[Issue]:
    """Return what the texts find, and say how many there were."""
    from kg.check.evidence import check_evidence

    result = check_evidence(entries, collection.sources)
    texts = f"{count(result.texts, 'text')} here, {result.absent:,} not"
    quotes = f"{count(result.found, 'quote')} found, {result.missing:,} not, {result.unseen:,} without a text"
    tell(f"evidence: {texts}; {quotes}")
    return result.issues


def _below(issues: Iterable[Issue], path: Path | None, root: Path) -> list[Issue]:
    """Return the findings in a file or folder of the collection, sorted."""
    part = path.resolve().relative_to(root.resolve()).as_posix() if path else "."
    return sorted(one for one in issues if part in (".", one.at.file) or one.at.file.startswith(f"{part}/"))


def _print(issues: Sequence[Issue], records: int, form: str) -> None:
    """Print the findings to stdout and a summary to stderr."""
    if form == "text":
        for issue in issues:
            click.echo(clean(str(issue)))
    else:
        from kg.check.report import to_json, to_sarif

        print_json(to_json(issues) if form == "json" else to_sarif(issues))
    errors = sum(map(is_error, issues))
    tell(f"{count(records, 'record')}: {count(errors, 'error')}, {count(len(issues) - errors, 'warning')}")
