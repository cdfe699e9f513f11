"""`kg same`: which records may be one thing, and the decisions about it, each of which can be undone."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli._options import DATE, Finite, collection_of, day_or_today, json_option
from kg.cli._print import clean, print_rows, tell
from kg.dates import PartialDate

if TYPE_CHECKING:
    from kg.collection import Collection
    from kg.records import Record


F = TypeVar("F", bound=Callable[..., Any])

SUGGESTED = ("score", "kind", "a", "b", "because")
LISTED = ("entry", "date", "decision", "reason", "author", "undone by")


@click.group()
def same() -> None:
    """Suggest which records are one thing, and decide: merge, tell apart, split, undo.

    \b
    kg same suggest --kind official
    kg same merge muh-roem muhammad-roem --reason "same post on the same day"
    kg same undo 1 --reason "they were two"

    Decisions stand in identity.yaml, are applied by kg build, and can each be undone.
    """


@same.command()
@click.option("--kind", "kinds", multiple=True, help="Only this kind: official, party, post, forum, meeting ...")
@click.option("--min", "minimum", type=Finite(0, 1), default=0.8, show_default=True, help="Least score.")
@click.option("--limit", type=click.IntRange(1), help="At most this many, the most alike first.")
@json_option
@click.pass_context
def suggest(ctx: click.Context, *, kinds: tuple[str, ...], minimum: float, limit: int | None, as_json: bool) -> None:
    """List pairs that may be one thing, with a score and why.

    \b
    kg same suggest --kind official --min 0.9
    kg same suggest --json
    """
    from kg.check import check_collection
    from kg.errors import did_you_mean
    from kg.identity import read_ledger
    from kg.same import KINDS
    from kg.same import suggest as run

    for kind in kinds:
        if kind not in KINDS:
            known = ", ".join(KINDS)
            raise click.BadParameter(f"no such kind {kind!r}{did_you_mean(kind, KINDS)}; known: {known}", ctx)
    collection = collection_of(ctx)
    decisions = read_ledger(collection.identity, root=collection.root).decisions
    records = [entry.record for entry in check_collection(collection).entries]
    found = run(records, decisions, kinds=kinds or KINDS, minimum=minimum)
    rows = [(f"{one.score:.2f}", one.kind, one.a, one.b, "; ".join(one.reasons)) for one in found[:limit]]
    print_rows(SUGGESTED, rows, as_json=as_json)
    tell(f"{len(found)} pair{'' if len(found) == 1 else 's'}; none is certain")


def _account(function: F) -> F:
    """Add the options that every decision answers to: why, on what evidence, who, and when."""
    for option in (
        click.option("--date", "on", type=DATE, help="The day of the decision; today unless said."),
        click.option("--author", envvar="KG_AUTHOR", help="Who decides; else KG_AUTHOR, else the name git knows."),
        click.option("--evidence", multiple=True, metavar="SOURCE", help="A source it rests on; may be repeated."),
        click.option("--reason", required=True, help="Why, in a sentence."),
    ):
        function = option(function)
    return function


@same.command()
@click.argument("gone")
@click.argument("into")
@_account
@click.pass_context
def merge(ctx: click.Context, /, gone: str, into: str, **account: Any) -> None:  # noqa: ANN401 - the account's options
    """Let record GONE go up in INTO, which keeps its name and IRI.

    \b
    kg same merge muh-roem muhammad-roem --reason "same post on the same day"
    kg same merge meeting:a meeting:b --reason "two reports of one meeting" --evidence some-source
    """
    collection, records = _read(ctx)
    kind, (old, new) = _one_kind(records, gone, into)
    _decide(collection, records, {"merge": {"kind": kind, "from": old, "into": new}}, account)


@same.command("not-same")
@click.argument("one")
@click.argument("other")
@_account
@click.pass_context
def not_same(ctx: click.Context, /, one: str, other: str, **account: Any) -> None:  # noqa: ANN401
    """Note that two records are two things, so that they are not suggested again.

    \b
    kg same not-same m-roem-dprd muhammad-roem --reason "different posts in the same year"
    """
    collection, records = _read(ctx)
    kind, (a, b) = _one_kind(records, one, other)
    _decide(collection, records, {"not-same": {"kind": kind, "a": a, "b": b}}, account)


@same.command()
@click.argument("record")
@click.argument("into")
@click.option(
    "--move", multiple=True, required=True, metavar="ID", help="A record that is about INTO; may be repeated."
)
@click.option("--name", help="The name of the new record; else that of the old one.")
@_account
@click.pass_context
def split(
    ctx: click.Context,
    /,
    record: str,
    into: str,
    *,
    move: tuple[str, ...],
    name: str | None,
    **account: Any,  # noqa: ANN401
) -> None:
    """Make of one RECORD two: the new record INTO takes over the records named by --move.

    \b
    kg same split muhammad-roem muhammad-roem-2 --move makassar-visit-2019-02-07 --reason "another man"
    """
    collection, records = _read(ctx)
    kind, (old,) = _one_kind(records, record)
    named = {"name": name} if name else {}
    _decide(
        collection, records, {"split": {"kind": kind, "id": old, "into": into, "move": list(move), **named}}, account
    )


@same.command()
@click.argument("entry", type=click.IntRange(1))
@_account
@click.pass_context
def undo(ctx: click.Context, /, entry: int, **account: Any) -> None:  # noqa: ANN401
    """Take back entry number ENTRY; the entry stays and is marked by the new one.

    \b
    kg same undo 3 --reason "they were two men"
    """
    collection, records = _read(ctx)
    _decide(collection, records, {"undo": entry}, account)


@same.command("list")
@json_option
@click.pass_context
def list_entries(ctx: click.Context, *, as_json: bool) -> None:
    """List every decision, undone ones too.

    \b
    kg same list
    """
    from kg.errors import require
    from kg.identity import read_ledger

    collection = collection_of(ctx)
    ledger = read_ledger(collection.identity, root=collection.root)
    rows = [
        (one.number, one.written.date, describe(one.action), one.written.reason, one.written.author, one.undone_by)
        for one in ledger.decisions
    ]
    print_rows(LISTED, rows, as_json=as_json)
    require(ledger.issues)


def describe(action: object) -> str:
    """Say a decision in a few words."""
    from kg.identity import Merge, NotSame, Split

    if isinstance(action, Merge):
        return f"{action.kind} {action.from_} is {action.into}"
    if isinstance(action, NotSame):
        return f"{action.kind} {action.a} is not {action.b}"
    if isinstance(action, Split):
        return f"{action.kind} {action.into} is split from {action.id}"
    return f"entry {action} is undone"


def _read(ctx: click.Context) -> "tuple[Collection, list[Record]]":
    """Read the records as they are written, before any decision."""
    from kg.read import Entry, read_folder

    collection = collection_of(ctx)
    found = read_folder(collection.records, root=collection.root)
    return collection, [entry.record for entry in found if isinstance(entry, Entry)]


def _one_kind(records: "list[Record]", *names: str) -> tuple[str, tuple[str, ...]]:
    """Find the kind of the ids; one that is unknown is a wrong use of the command."""
    from kg.errors import RecordError
    from kg.identity import one_kind

    try:
        return one_kind(records, names)
    except RecordError as error:
        raise click.UsageError(clean(error.message)) from error


def _decide(
    collection: "Collection", records: "list[Record]", decision: Mapping[str, object], account: Mapping[str, Any]
) -> None:
    """Append a decision with its account, and say what was written."""
    from kg.identity import append_entry, next_number, read_ledger

    on: PartialDate | None = account["on"]
    fields = {
        "entry": next_number(read_ledger(collection.identity, root=collection.root)),
        **decision,
        "reason": account["reason"],
        **({"evidence": list(account["evidence"])} if account["evidence"] else {}),
        "author": account["author"] or _git_name(collection.root),
        "date": on.text if on else day_or_today(None).isoformat(),
    }
    made = append_entry(collection.identity, fields, root=collection.root, records=records)
    words = clean(describe(made.action))
    tell(f"{collection.identity.name}: entry {made.number}: {words}; `kg build` applies it")


def _git_name(folder: Path) -> str:
    """Return the name git knows, for want of a better; nobody is made up."""
    git = shutil.which("git")
    if git:
        asked = [git, "config", "user.name"]
        found = subprocess.run(asked, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - no shell
        if found.stdout.strip():
            return found.stdout.strip()
    raise click.UsageError("who decides? Say --author NAME, or set KG_AUTHOR")
