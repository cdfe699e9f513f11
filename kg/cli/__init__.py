"""The command line: one lazy group, and the only place where errors become exit codes.

| exit | meaning |
|---|---|
| 0 | done, and nothing wrong |
| 1 | the data was read and found wanting |
| 2 | the command was used wrongly (click's own) |
| 3 | could not say: unreadable file, broken query, missing ontology |
"""

import errno
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click

from kg.cli._commands import SECTIONS, SUMMARIES, module_of
from kg.cli._store import store_option
from kg.errors import DAMAGED, KgError, RecordError, ShapeError, did_you_mean

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name every command, in the order a newcomer meets them."""
        return list(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return one command."""
        if cmd_name not in SUMMARIES:
            return None
        command = getattr(import_module(module_of(cmd_name)), cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 - a slip of ours, not of the caller
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for one that does not exist."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in SUMMARIES:
            ctx.fail(f"no such command {name!r}{did_you_mean(name, SUMMARIES)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands under their headings, from their one-line texts, without importing any."""
        most = max(map(len, SUMMARIES))
        for heading, commands in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(most), said) for name, said in commands.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list["CompletionItem"]:
        """Complete options and command names, without importing any command."""
        from click.shell_completion import CompletionItem

        names = [CompletionItem(name, help=said) for name, said in SUMMARIES.items() if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; that somebody stops it is no fault, and what it was writing is cleared away by then."""
        import signal

        before = signal.signal(signal.SIGTERM, _terminate)
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            raise Stopped(signal.SIGTERM if isinstance(stop, _Terminated) else signal.SIGINT) from None
        except BrokenPipeError:
            raise ReaderGone from None  # click would exit with 1, which is said of data
        finally:
            signal.signal(signal.SIGTERM, before)


class _Terminated(KeyboardInterrupt):
    """Asked to end by SIGTERM, as service managers do: the same as Ctrl-C, but for the exit code."""


def _terminate(number: int, frame: object) -> NoReturn:  # noqa: ARG001 - a signal handler's signature
    """Stop as Ctrl-C does."""
    raise _Terminated


class Stopped(Exception):  # noqa: N818 - not an error
    """Somebody stopped the command by a signal; the exit code is 128 and its number, as shells have it."""

    def __init__(self, number: int) -> None:
        """Keep the exit code."""
        super().__init__("stopped")
        self.exit_code = 128 + number


class ReaderGone(Exception):  # noqa: N818 - not an error
    """Whoever read the answer has seen enough: `kg query ... | head`."""


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "folder",
    metavar="DIR",
    default=".",
    help="Work on the collection in DIR instead of the current folder.",
)
@store_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but what went wrong.")
@click.version_option(package_name="cooperation-kg", prog_name="kg")
@click.pass_context
def cli(ctx: click.Context, folder: str, *, quiet: bool) -> None:
    """Reports of cooperation as a knowledge graph that proves itself.

    \b
    kg init talks && cd talks     a new collection
    kg build                      its graph, in build/
    kg find --city makassar       ask, without SPARQL
    """
    from kg.cli._print import QUIET

    ctx.obj = folder
    ctx.meta[QUIET] = quiet
    if not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        from kg.cli._progress import Bars
        from kg.progress import listening

        ctx.with_resource(listening(Bars(sys.stderr)))


def main() -> NoReturn:
    """Run the command line; turn an error into one clear line and its exit code."""
    # Names come from every script; a terminal with a narrower encoding gets escapes, not a traceback.
    if sys.stdout is None:
        click.echo("kg: standard output is closed, so that no answer can be given", err=True)
        sys.exit(3)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except (Stopped, click.Abort) as stop:  # click's own: stopped before a command ran
        click.echo("stopped", err=True)
        sys.exit(stop.exit_code if isinstance(stop, Stopped) else 130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (ReaderGone, BrokenPipeError):
        _close_stdout()
        sys.exit(0)
    except KgError as error:
        sys.exit(report(error))
    except (OSError, RuntimeError) as error:
        sys.exit(_refused(error))
    # Outside standalone mode click returns what `ctx.exit(code)` was given.
    sys.exit(code if isinstance(code, int) else 0)


def _refused(error: OSError | RuntimeError) -> int:
    """Say which file is refused or damaged, or that the answer has no space; return the exit code.

    Anything else is a fault of ours, and is raised again.
    """
    from kg.cli._print import clean

    if str(error).startswith(DAMAGED):
        said = f"the store of the build is damaged ({error}); delete its folder and run `kg build` again"
    elif isinstance(error, OSError) and error.filename:
        said = f"cannot use {error.filename}: {error.strerror}"
    elif isinstance(error, OSError) and error.errno == errno.ENOSPC:
        _close_stdout()
        said = "the answer is cut short: no space is left where it goes"
    else:
        raise error
    click.echo(f"kg: {clean(said)}", err=True)
    return 3


def _close_stdout() -> None:
    """Let what is still to be written go nowhere, so that no late flush complains."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def report(error: KgError) -> int:
    """Print an error, every issue it carries, and return its exit code."""
    from kg.cli._print import clean

    for issue in getattr(error, "issues", ()):
        click.echo(clean(str(issue)), err=True)
    click.echo(f"kg: {clean(str(error))}", err=True)
    return 1 if isinstance(error, RecordError | ShapeError) else 3
