"""The command line: one lazy group, and the only place where errors become exit codes.

| exit | meaning |
|---|---|
| 0 | done, and nothing wrong |
| 1 | the data was read and found wanting |
| 2 | the command was used wrongly (click's own) |
| 3 | could not say: unreadable file, broken query, missing ontology |
"""

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import NoReturn

import click

from kg.cli._options import store_option
from kg.errors import KgError, RecordError, ShapeError, did_you_mean

COMMANDS: Mapping[str, str] = {
    "init": "init",
    "check": "check",
    "build": "build",
    "watch": "watch",
    "query": "query",
    "find": "find",
    "show": "show",
    "who": "who",
    "why": "why",
    "status": "status",
    "conflicts": "conflicts",
    "sources": "sources",
    "same": "same",
    "analyze": "analyze",
    "brokers": "brokers",
    "path": "path",
    "gaps": "gaps",
    "compare": "compare",
    "similar": "compare",
    "promises": "promises",
    "trends": "trends",
    "brief": "brief",
    "report": "report_",
    "map": "map",
    "ontology": "ontology",
    "export": "export",
    "convert": "convert",
    "diff": "diff",
    "import": "import_",
}
"""Command -> module in `kg.cli` that defines it, in the order help shows them."""


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name every command, in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"kg.cli.{COMMANDS[cmd_name]}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 - a slip of ours, not of the caller
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for one that does not exist."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            ctx.fail(f"no such command {name!r}{did_you_mean(name, COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands from their one-line texts, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in COMMANDS])


SUMMARIES: Mapping[str, str] = {
    "init": "make a new collection that builds",
    "check": "report every finding in the records, with its place",
    "build": "check, convert, store and derive",
    "watch": "build again whenever files change",
    "query": "answer a named or written SPARQL query",
    "find": "find meetings by city, sector, person and date",
    "show": "show one thing with all that is known of it",
    "who": "say who held a post on a day",
    "why": "show the statements behind a thing or a relation",
    "status": "say how far each cooperation got, and which are stale",
    "conflicts": "list what sources disagree about",
    "sources": "list sources and the families of copies they form",
    "same": "suggest, merge and split names of one thing",
    "analyze": "measure a network drawn from the graph",
    "promises": "list what was promised and what came of it",
    "compare": "set two parties side by side",
    "similar": "list the parties most like one",
    "gaps": "find talks without a paper, and parties that never met",
    "path": "find who leads from one to another",
    "trends": "say how things went over time: growth, sectors, silent ties, turnover, survival",
    "brokers": "list who stands between others, and what chance would give",
    "brief": "write a page to read before a visit",
    "report": "write a page about the whole collection",
    "map": "draw one offline HTML map",
    "ontology": "write the vocabulary as one page for people",
    "export": "write the graph in another format",
    "convert": "convert more records than one machine builds, on several workers",
    "diff": "say what changed between two builds",
    "import": "make records of a register's table",
}


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "folder",
    metavar="DIR",
    default=".",
    help="Work on the collection in DIR instead of the current folder.",
)
@store_option
@click.version_option(package_name="cooperation-kg", prog_name="kg")
@click.pass_context
def cli(ctx: click.Context, folder: str) -> None:
    """Reports of cooperation as a knowledge graph that proves itself.

    \b
    kg init talks && cd talks     a new collection
    kg build                      its graph, in build/
    kg find --city makassar       ask, without SPARQL
    """
    ctx.obj = folder


def main() -> NoReturn:
    """Run the command line; turn an error into one clear line and its exit code."""
    # Names come from every script; a terminal with a narrower encoding gets escapes, not a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(prog_name="kg", standalone_mode=False)
    except click.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader has gone (`kg query ... | head`); let no late flush complain about it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KgError as error:
        sys.exit(report(error))
    # Outside standalone mode click returns what `ctx.exit(code)` was given.
    sys.exit(code if isinstance(code, int) else 0)


def report(error: KgError) -> int:
    """Print an error, every issue it carries, and return its exit code."""
    from kg.cli._print import clean

    for issue in getattr(error, "issues", ()):
        click.echo(clean(str(issue)), err=True)
    click.echo(f"kg: {clean(str(error))}", err=True)
    return 1 if isinstance(error, RecordError | ShapeError) else 3
