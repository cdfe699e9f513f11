"""`kg watch`: build again as files change, and say what changed or what is wrong."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli._options import collection_of
from kg.cli._print import clean, tell
from kg.errors import RecordError, count, is_error

if TYPE_CHECKING:
    from kg.build import Build
    from kg.watch import Outcome

_MOST = 5


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.pass_context
def watch(ctx: click.Context, path: Path | None) -> None:
    """Build the collection now, and again whenever its files change.

    \b
    kg watch
    kg watch data

    Says what changed, and every finding when records cannot be built: the last good build stays in use.
    Ctrl-C ends it, with exit 0.
    """
    from kg.watch import watch as watched

    before: Mapping[str, int] = {}
    try:
        for outcome in watched(collection_of(ctx, path).root):
            _tell(outcome, before)
            before = outcome.made.classes if outcome.made else before
    except KeyboardInterrupt:
        ctx.exit(0)


def _tell(outcome: "Outcome", before: Mapping[str, int]) -> None:
    """Say what changed and what came of it."""
    if outcome.changed:
        more = len(outcome.changed) - _MOST
        names = ", ".join(outcome.changed[:_MOST]) + (f" and {more:,} more" if more > 0 else "")
        click.echo(clean(f"changed: {names}"))
    error = outcome.error
    for issue in error.issues if isinstance(error, RecordError) else outcome.made.issues if outcome.made else ():
        if is_error(issue):
            click.echo(clean(str(issue)), err=True)
        else:
            tell(str(issue))
    if error:
        click.echo(clean(f"not built: {error}"), err=True)
    elif outcome.made:
        click.echo(clean(f"{'built' if outcome.made.is_new else 'nothing new'}: {_counted(outcome.made, before)}"))


def _counted(made: "Build", before: Mapping[str, int]) -> str:
    """Say how many things there are of what changed in number; of everything, the records, when nothing did."""
    moved = {name: number for name, number in made.classes.items() if before and before.get(name, 0) != number}
    moved |= {name: 0 for name in before if name not in made.classes}
    if not moved:
        return count(sum(made.records.values()), "record")
    return ", ".join(f"{name} {before.get(name, 0):,} to {number:,}" for name, number in sorted(moved.items()))
