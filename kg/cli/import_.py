"""`kg import`: a register's table into records, by a mapping."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli._print import clean, print_json, tell

if TYPE_CHECKING:
    from kg.tables import LoadedMapping, Outcome, TableRule
    from kg.tables.writing import Written

FORMATS = ("csv", "tsv", "json", "jsonl", "xlsx", "parquet")


@click.command("import")
@click.argument("table", required=False)
@click.option("--mapping", "-m", metavar="FILE", help="The mapping: a YAML file, or the name of a shipped one.")
@click.option(
    "-o", "--output", metavar="DIR", default="records", show_default=True, help="Where records go; - prints them."
)
@click.option("--rejects", type=click.Path(path_type=Path), help="Where rejected rows are listed.")
@click.option("--format", "form", type=click.Choice(["jsonl", "yaml", "csv"]), default="jsonl", show_default=True)
@click.option("--strict", is_flag=True, help="Write nothing, and exit 1, when a row is rejected.")
@click.option(
    "--from", "format_", type=click.Choice(FORMATS), help="The table's format, when its name does not say it."
)
@click.option("--encoding", help="The table's encoding, such as cp932; found out unless said.")
@click.option("--sheet", help="The sheet of an Excel file; the first unless said.")
@click.option("--header", type=click.IntRange(1, 1000), help="The row that names the columns; the first unless said.")
@click.option("--draft", is_flag=True, help="Print a mapping proposed from the header and the first rows.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of mappings.")
@click.option("--list", "as_list", is_flag=True, help="Print the shipped mappings.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON, to standard output.")
@click.pass_context
def import_command(
    ctx: click.Context,
    /,
    table: str | None,
    mapping: str | None,
    output: str,
    rejects: Path | None,
    *,
    form: "Written",
    strict: bool,
    as_json: bool,
    **asked: Any,  # noqa: ANN401 - the options that say how the table is written, and what to print instead
) -> None:
    """Make records of TABLE, a CSV, TSV, JSON, JSONL, Excel or Parquet file, packed by gzip or not.

    \b
    kg import sistercities.tsv --mapping eu-sister-cities -o records/
    kg import --draft register.csv > register.yaml
    kg import register.csv --mapping register.yaml --strict
    zcat register.csv.gz | kg import - --mapping register.yaml -o -

    Every row makes records, repeats another, is left out or rejected, and the counts add up. Rejected rows stand
    in rejects-MAPPING.csv beside the output, with cell, value and reason; what was mended or differs, in
    notes-MAPPING.csv. Nothing is written until all of it is. Exit 1 with --strict when a row is rejected.
    """
    if asked["schema"] or asked["as_list"]:
        return _print_about(schema=asked["schema"])
    if table is None:
        raise click.UsageError("name a TABLE; - is standard input")
    if asked["draft"]:
        return _draft(table, asked)
    if mapping is None:
        raise click.UsageError("name a mapping with --mapping; kg import --draft TABLE proposes one")
    if output == "-" and as_json:
        raise click.UsageError("-o - and --json would both write to standard output; choose one")
    from kg.tables import import_table, load_mapping

    loaded = load_mapping(mapping)
    into = None if output == "-" else _below(ctx, output)
    listed = rejects or (into.parent / f"rejects-{loaded.name}.csv" if into else None)
    outcome = import_table(
        table, mapping=loaded, into=into, rejects=listed, form=form, strict=strict, rule=_rule(asked, loaded)
    )
    return print_json(outcome.to_json()) if as_json else _tell(outcome, listed)


def _tell(outcome: "Outcome", rejects: Path | None) -> None:
    """Say what became of the rows, and where those that were rejected are listed."""
    from kg.tables import summary

    for line in summary(outcome):
        tell(line)
    if rejects and outcome.rejected:
        tell(f"rejected rows are in {clean(str(rejects))}")


def _below(ctx: click.Context, output: str) -> Path:
    """Return the folder to write to, under the one of `kg -C DIR`."""
    return Path(ctx.find_root().obj or ".") / output


def _rule(asked: dict[str, Any], loaded: "LoadedMapping | None") -> "TableRule":
    """Return how the table is written: as asked on the command line, else as the mapping says."""
    from kg.tables import TableRule

    rule = loaded.rules.table if loaded else TableRule()
    said = {"format": asked["format_"], **{name: asked[name] for name in ("encoding", "sheet", "header")}}
    return rule.model_copy(update={name: value for name, value in said.items() if value is not None})


def _print_about(*, schema: bool) -> None:
    """Print what mappings may say, or which there are."""
    from kg.tables import Mapping, load_mapping, shipped_mappings

    if schema:
        print_json(Mapping.model_json_schema(by_alias=True))
    else:
        for name in shipped_mappings():
            click.echo(f"{name}  {load_mapping(name).rules.title}")


def _draft(table: str, asked: dict[str, Any]) -> None:
    """Print a proposed mapping."""
    from kg.tables.draft import draft_mapping

    click.echo(draft_mapping(table, rule=_rule(asked, None)), nl=False)


globals()["import"] = import_command  # the group asks for a command by its name, which here is Python's word
