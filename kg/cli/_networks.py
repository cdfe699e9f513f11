"""Draw the network a command measures from the build, with its window and without what is left out."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

import click

from kg.cli._options import day_or_today, require_order
from kg.dates import PartialDate

if TYPE_CHECKING:
    from rdflib import Dataset

    from kg.names import Names
    from kg.network import EdgeList, ProjectionName, Sharing, Weighing, Window

without_option = click.option(
    "--without", multiple=True, metavar="THING", help="Leave a node out, by id or name; may be repeated."
)

# As in `kg.network`, which a command that only parses its options does not load.
PROJECTIONS = (
    "official-official",
    "party-party",
    "city-city",
    "party-sector",
    "sector-sector",
    "official-meeting",
    "official-party",
    "party-meeting",
)
SHARINGS = ("meetings", "cooperations")
sharing_option = click.option(
    "--sharing", type=click.Choice(SHARINGS), default=SHARINGS[0], show_default=True, help="What ties two nodes."
)


class SpanType(click.ParamType[tuple[int, str]]):
    """A length of time back from a day: `5y`, `18m` or `90d`."""

    name = "SPAN"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, str]:
        """Read number and unit, or say what is expected."""
        if isinstance(value, tuple):
            return value
        match = re.fullmatch(r"([1-9]\d{0,4})([ymd])", str(value))
        return (int(match[1]), match[2]) if match else self.fail(f"{value!r}: expected 5y, 18m or 90d", param, ctx)


span_option = click.option("--window", "span", type=SpanType(), help="Only this long before --as-of: 5y, 18m, 90d.")


def window_of(
    since: PartialDate | None,
    until: PartialDate | None,
    span: tuple[int, str] | None = None,
    as_of: PartialDate | None = None,
) -> "Window":
    """Return the window of `--since` and `--until`, or of `--window` and `--as-of`.

    A partial date reaches to its farther end.
    """
    from kg.network import Window

    if span:
        if since or until:
            raise click.UsageError("--window is a window of its own: give no --since and no --until")
        day = day_or_today(as_of)
        return Window(_back(day, *span), day)
    require_order(since, until)
    return Window(since.earliest if since else None, until.latest if until else None)


def known_by(dataset: "Dataset", window: "Window", as_of: PartialDate | None) -> "Window":
    """Return the window up to `--as-of`, where one is given."""
    from kg.network.window import seen_until

    return seen_until(dataset, as_of.latest, window) if as_of else window


def _back(day: date, count: int, unit: str) -> date:
    """Return the first day of the span that ends on `day`; a month too short for the day starts at its end."""
    try:
        if unit == "d":
            return day - timedelta(days=count - 1)
        year, month = divmod(day.year * 12 + day.month - 1 - count * (12 if unit == "y" else 1), 12)
        start = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
        return start + timedelta(days=1)
    except (ValueError, OverflowError):  # before the calendar begins
        return date.min


def draw(
    dataset: "Dataset",
    projection: str,
    *,
    sharing: str,
    window: "Window | None" = None,
    weighing: "Weighing | None" = None,
    language: str | None = None,
) -> "EdgeList":
    """Project the graph by the words of the options.

    Raises:
        click.UsageError: the projection has none of what is shared.
    """
    from kg.network import Weighing, Window, project_edges

    try:
        return project_edges(
            dataset,
            cast("ProjectionName", projection),
            sharing=cast("Sharing", sharing),
            window=window or Window(),
            weighing=weighing or Weighing(),
            language=language,
        )
    except ValueError as error:
        raise click.UsageError(f"--sharing {sharing}: {error}") from error


def leave_out(
    networks: Iterable["EdgeList"], without: Iterable[str], dataset: "Dataset", base: str
) -> list["EdgeList"]:
    """Return every network less some nodes, named in any script, and with a sentence that says so.

    Raises:
        QueryError: nothing is called that.
        click.UsageError: none of the networks has such a node.
    """
    drawn = list(networks)
    if not without:
        return drawn
    from kg.names import Names

    names = Names(dataset, base=base)
    for thing in without:
        node = str(names.resolve(thing, ("party", "official", "sector", "meeting")))
        if not any(node in network.place for network in drawn):
            raise click.UsageError(f"--without {thing}: the network has no such node")
        drawn = [_less(network, node, names) for network in drawn]
    return drawn


def _less(network: "EdgeList", node: str, names: "Names") -> "EdgeList":
    """Return a network without a node, if it has it; its sentence names the node in any case."""
    there = network.place.get(node)
    label = names.label(node) if there is None else network.facts[there]["label"]
    return network.without({node}, counted=f"{network.about['counted']} Left out: {label}.")
