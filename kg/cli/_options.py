"""Options that mean the same in every command, and the collection a command works on."""

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli._store import STORE

if TYPE_CHECKING:
    from kg.collection import Collection
    from kg.dates import PartialDate

F = TypeVar("F", bound=Callable[..., Any])


class PartialDateType(click.ParamType["PartialDate"]):
    """`2025`, `2025-11` or `2025-11-25`."""

    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> "PartialDate":
        """Parse, or say why not."""
        from kg.dates import PartialDate  # most commands are given none

        if isinstance(value, PartialDate):
            return value
        try:
            return PartialDate(str(value))
        except ValueError as error:
            self.fail(f"{value!r}: {error}", param, ctx)


class Finite(click.FloatRange):
    """A number within bounds; click lets `nan` and `inf` through, which no bound keeps out."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401 - click's
        """Read the number, or say what is expected."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r}: expected a finite number", param, ctx)
        return float(number)


DATE = PartialDateType()

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
lang_option = click.option("--lang", metavar="TAG", help="Prefer labels in this language: id, en, ja ...")
since_option = click.option("--since", type=DATE, help="Only what may be on or after this date.")
until_option = click.option("--until", type=DATE, help="Only what may be on or before this date.")
output_option = click.option(
    "-o", "--output", metavar="FILE", default="-", show_default=True, help="Where to write; - is standard output."
)
seed_option = click.option("--seed", type=int, default=0, show_default=True, help="Seed of every random choice.")


def require_order(since: "PartialDate | None", until: "PartialDate | None") -> None:
    """Refuse a span that ends before it begins."""
    if since and until and since.earliest > until.latest:
        raise click.UsageError(f"--since {since} is after --until {until}")


def as_of_option(function: F) -> F:
    """Add `--as-of DAY`; its default is the only clock in the program."""
    return click.option("--as-of", type=DATE, help="The day to count from; today unless said.")(function)


def day_or_today(as_of: "PartialDate | None") -> date:
    """Return the last day `--as-of` can mean, or today."""
    return as_of.latest if as_of else datetime.now(tz=UTC).astimezone().date()


def collection_of(ctx: click.Context, path: Path | None = None) -> "Collection":
    """Open the collection named as an argument, by `kg -C`, or around the current folder; `--store` moves its graph."""
    from kg.collection import find_collection

    return find_collection(path or Path(ctx.find_root().obj or ".")).stored_at(ctx.meta.get(STORE))
