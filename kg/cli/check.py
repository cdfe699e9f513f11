"""`kg check`: every finding in the records, each with its place."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from kg.cli._options import collection_of
from kg.cli._print import clean, print_json
from kg.errors import Issue, KgError, count, is_error


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.pass_context
def check(ctx: click.Context, path: Path | None, *, form: str) -> None:
    """Report every finding in the records, with file, line and column.

    \b
    kg check
    kg check data --format sarif > findings.sarif

    PATH is a collection, or a file or folder of one: then only its findings are told. Nothing is written.
    Exit 1 when there are errors; warnings alone leave it at 0.
    """
    from kg.check import check_collection

    if path is not None and not path.exists():
        raise KgError(f"there is no {path}")
    collection = collection_of(ctx, path)
    result = check_collection(collection)
    issues = _below(result.issues, path, collection.root)
    _print(issues, len(result.entries), form)
    ctx.exit(1 if any(map(is_error, issues)) else 0)


def _below(issues: Iterable[Issue], path: Path | None, root: Path) -> list[Issue]:
    """Return the findings in a file or folder of the collection."""
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
    warnings = len(issues) - errors
    click.echo(f"{count(records, 'record')}: {count(errors, 'error')}, {count(warnings, 'warning')}", err=True)
