"""What a ledger entry can decide, as values: merge, not-same, split or undo, with who, when and why."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from kg.errors import Location
from kg.records import Date, Id, Part, SourceId, Text, Words

Namespace = Literal["official", "party", "post", "tenure", "forum", "meeting", "cooperation", "sector"]
"""What can be merged. Sources cannot: a copy is a fact of its own (`copy_of`), and each keeps its statements."""

Number = Annotated[int, Field(ge=1)]


class Merge(Part):
    """Two records are one thing: `from` disappears into `into`, whose IRI the thing keeps."""

    kind: Namespace
    from_: Id = Field(alias="from")
    into: Id

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that must exist."""
        return (self.from_, self.into)


class NotSame(Part):
    """Two records look alike and are two things: never suggested, never merged."""

    kind: Namespace
    a: Id
    b: Id

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that must exist."""
        return (self.a, self.b)


class Split(Part):
    """One record is two things: a new one, `into`, takes over the records named in `move`."""

    kind: Namespace
    id: Id
    into: Id
    move: tuple[Words, ...] = Field(min_length=1)
    name: Text | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that must exist."""
        return (self.id,)


class Written(Part):
    """One entry as it is written: exactly one of the four decisions, and its account."""

    entry: Number
    merge: Merge | None = None
    not_same: NotSame | None = Field(default=None, alias="not-same")
    split: Split | None = None
    undo: Number | None = None
    reason: Words
    evidence: tuple[SourceId, ...] = ()
    author: Words
    date: Date

    @property
    def action(self) -> "Action":
        """The decision itself; the reader has made sure that there is exactly one."""
        found = self.merge or self.not_same or self.split or self.undo
        if found is None:
            raise ValueError("an entry decides one thing: merge, not-same, split or undo")
        return found


Action = Merge | NotSame | Split | int
"""A decision; an int is the number of the entry that is undone."""

ACTIONS = ("merge", "not-same", "split", "undo")


@dataclass(frozen=True)
class Decision:
    """An entry of the ledger with its place; `undone_by` is the number of the entry that took it back."""

    number: int
    action: Action
    written: Written
    at: Location
    undone_by: int | None = None

    @property
    def in_force(self) -> bool:
        """Say whether the decision still stands and changes or protects records."""
        return self.undone_by is None and not isinstance(self.action, int)
