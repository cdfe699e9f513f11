"""Tables in, records out: a CSV, TSV, JSON, JSONL, Excel or Parquet file by a mapping that a person can read.

Every row ends as records or in the rejects, and the counts add up. Nothing stands in its place before all of it is
written; the same table and mapping give the same bytes.
"""

import sys
from contextlib import ExitStack
from pathlib import Path

from kg.errors import Issue, Location, RecordError, count
from kg.progress import track
from kg.tables.flow import Flow
from kg.tables.ledger import Ledger
from kg.tables.loading import LoadedMapping, load_mapping, shipped_mappings
from kg.tables.mapping import Mapping, TableRule
from kg.tables.outcome import Listing, Outcome, summary
from kg.tables.plan import make_plan
from kg.tables.reading import open_table
from kg.tables.row import Table
from kg.tables.writing import Beside, Written, write_records

__all__ = [
    "LoadedMapping",
    "Mapping",
    "Outcome",
    "TableRule",
    "import_table",
    "load_mapping",
    "open_table",
    "shipped_mappings",
    "summary",
]


def import_table(  # noqa: PLR0913 - each is an option of the command
    table: Path | str,
    *,
    mapping: LoadedMapping | Path | str,
    into: Path | None,
    rejects: Path | None = None,
    form: Written = "jsonl",
    strict: bool = False,
    rule: TableRule | None = None,
) -> Outcome:
    """Make records of a table and write them to `into`, one file for each kind; None writes to standard output.

    `rejects` is where rows that made nothing are listed, with cell, value and reason; what was mended or set aside in
    rows that did make records goes to a file beside it, with `-notes` for `-rejects`. `strict` makes any reject an
    error. `rule` says how the file is written, in place of what the mapping says.

    Raises:
        TableError: the table or the mapping cannot be used; nothing is written.
        RecordError: `strict` is set and a row was rejected; nothing is written.
    """
    loaded = mapping if isinstance(mapping, LoadedMapping) else load_mapping(mapping)
    with ExitStack() as cleaning:
        opened = cleaning.enter_context(open_table(table, rule or loaded.rules.table))
        beside = Beside(cleaning)
        outcome = Outcome(opened.name, opened.facts)
        listings = _listings(opened, rejects, beside)
        ledger = Ledger(cleaning)
        _fill(opened, loaded, ledger, outcome, listings)
        if strict and outcome.rejected:
            raise _too_many(outcome)
        stale = write_records(ledger, into, loaded.name, form, beside) if into else _print(ledger)
        beside.move()
        for path in stale:
            path.unlink(missing_ok=True)
    return outcome


def _listings(opened: Table, rejects: Path | None, beside: Beside) -> tuple[Listing, Listing]:
    """Open the lists of rejects and notes."""
    if rejects is None:
        return Listing(None, opened.columns), Listing(None, opened.columns)
    notes = rejects.with_name(rejects.name.replace("rejects", "notes"))
    if notes == rejects:
        notes = rejects.with_name(f"{rejects.stem}-notes{rejects.suffix}")
    return Listing(beside.open(rejects), opened.columns), Listing(beside.open(notes), opened.columns)


def _fill(
    opened: Table, loaded: LoadedMapping, ledger: Ledger, outcome: Outcome, listings: tuple[Listing, Listing]
) -> None:
    """Take every row."""
    plan = make_plan(loaded, opened.columns)
    outcome.unused = plan.unused
    flow = Flow(plan, ledger, outcome, *listings)
    for row in track(opened.rows, "importing", unit="rows"):
        flow.take(row)
    outcome.records = {plural: ledger.counts[plural] for plural in ledger.plurals()}


def _too_many(outcome: Outcome) -> RecordError:
    """Say why a strict import ends."""
    at = Location(outcome.table)
    issues = [
        Issue(Location(outcome.table, path=column), "error", code, f"{count(number, 'row')} rejected")
        for (column, code), number in sorted(outcome.reasons.items())
    ]
    return RecordError(f"{count(outcome.rejected, 'row')} of {outcome.rows:,} rejected; nothing is written", at, issues)


def _print(ledger: Ledger) -> list[Path]:
    """Write all records to standard output, as JSONL."""
    sys.stdout.flush()
    for plural in ledger.plurals():
        sys.stdout.buffer.writelines(ledger.lines(plural))
    sys.stdout.buffer.flush()
    return []
