"""`kg analyze`: a network drawn from the graph, measured, with what was counted said beside it."""

from typing import TYPE_CHECKING, cast

import click

from kg.cli._networks import (
    PROJECTIONS,
    draw,
    known_by,
    leave_out,
    sharing_option,
    span_option,
    window_of,
    without_option,
)
from kg.cli._options import (
    Finite,
    as_of_option,
    collection_of,
    day_or_today,
    json_option,
    lang_option,
    seed_option,
    since_option,
    until_option,
)
from kg.cli._tables import print_answer, table_format_option
from kg.dates import PartialDate

if TYPE_CHECKING:
    from kg.network import EdgeList, Weighing, Weight
    from kg.tabular import Table

NODE_MEASURES = (
    "degree",
    "strength",
    "betweenness",
    "closeness",
    "eigenvector",
    "pagerank",
    "core",
    "constraint",
    "effective-size",
    "degree-share",
)
REPORTS = ("summary", "components", "communities", "bridges", "cut-points", "backbone")


@click.command()
@click.option("--projection", type=click.Choice(PROJECTIONS), default=PROJECTIONS[0], show_default=True)
@sharing_option
@click.option(
    "--measure", "measures", multiple=True, type=click.Choice([*NODE_MEASURES, *REPORTS]), help="May be repeated."
)
@click.option("--weight", type=click.Choice(["meetings", "newman", "recency"]), default="meetings", show_default=True)
@click.option("--half-life", type=Finite(min=1), default=730, show_default=True, help="Days, for recency.")
@since_option
@until_option
@span_option
@as_of_option
@without_option
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help="Ranks to show, ties included.")
@seed_option
@lang_option
@table_format_option
@json_option
@click.pass_context
def analyze(
    ctx: click.Context,
    *,
    projection: str,
    sharing: str,
    measures: tuple[str, ...],
    weight: str,
    half_life: float,
    since: PartialDate | None,
    until: PartialDate | None,
    span: tuple[int, str] | None,
    as_of: PartialDate | None,
    without: tuple[str, ...],
    top: int,
    seed: int,
    lang: str | None,
    table_format: str,
    as_json: bool,
) -> None:
    """Measure a network of who shares meetings, or cooperations, with whom.

    \b
    kg analyze                                         officials by degree
    kg analyze --projection city-city --measure summary
    kg analyze --projection city-city --sharing cooperations    sister cities, who need not have met
    kg analyze --measure constraint --window 5y        brokers first
    kg analyze --projection party-sector --weight newman --format csv

    What was counted and what a weight means goes to stderr, the table to stdout. The first measure named ranks;
    a report on the whole (summary, components, communities, bridges, cut-points, backbone) stands alone. Between two
    modes (party-sector, official-party, ...-meeting) there is degree-share, but no constraint. Paths count steps, not
    weights. Recency counts from --as-of, and meetings after it are left out.
    """
    from kg.dataset import open_dataset

    names = measures or NODE_MEASURES[:3]
    _require_kinds(names)
    window, collection = window_of(since, until, span, as_of), collection_of(ctx)
    base = collection.config.base
    dataset = open_dataset(collection.store, base=base)
    window, weighing = known_by(dataset, window, as_of), _weighing(weight, half_life, as_of)
    network = draw(dataset, projection, sharing=sharing, window=window, weighing=weighing, language=lang)
    (network,) = leave_out([network], without, dataset, base)
    print_answer(_measured(network, names, top, seed), "json" if as_json else table_format, base=base)


def _weighing(weight: str, half_life: float, as_of: PartialDate | None) -> "Weighing":
    """Return how meetings weigh; only recency looks at a day."""
    from kg.network import Weighing

    return Weighing(cast("Weight", weight), half_life, day_or_today(as_of) if weight == "recency" else None)


def _require_kinds(names: tuple[str, ...]) -> None:
    """Refuse what does not fit in one table."""
    reports = [name for name in names if name in REPORTS]
    if reports and len(names) > 1:
        raise click.UsageError(f"{reports[0]} is a table of its own: ask for it alone")
    if len(set(names)) < len(names):
        raise click.UsageError("the same measure twice")


def _measured(network: "EdgeList", names: tuple[str, ...], top: int, seed: int) -> "Table":
    """Return the table of one report, or of the measures side by side."""
    from kg.measures import measure, report

    if names[0] in REPORTS:
        return report(network, names[0], seed=seed)
    try:
        return measure(network, names, top=top, seed=seed)
    except ValueError as error:  # two-mode networks have measures of their own
        raise click.UsageError(str(error)) from error
