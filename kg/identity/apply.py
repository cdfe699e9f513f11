"""Apply decisions to records: merged things become one, split things two, and every reference follows.

Pure: records in, records out, in the same order every time. Undone entries change nothing at all, so a
merge that is undone leaves the records, and every byte made from them, as they were.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, get_args

from kg.errors import Issue, Location, did_you_mean
from kg.identity.decisions import Decision, Merge, Namespace, NotSame, Split
from kg.identity.parts import renamed_parts
from kg.identity.references import Key, key_of, references, renamed
from kg.identity.split import divide
from kg.identity.unite import unite
from kg.records import Cooperation, Record

_CODE_UNKNOWN = "identity-unknown-id"


class Redirect(NamedTuple):
    """An id that is no more, and the one that its IRI now leads to; the kind is the one in IRIs.

    A merge renames participations and steps too: their keys are ids joined with `.`.
    """

    kind: str
    old: str
    new: str


@dataclass(frozen=True)
class Resolved:
    """Records after identity.

    `origins` gives for each record the index of the input record it continues (a split's new record
    continues the one it was split from), so that places can be kept beside records. `redirects` are
    sorted and lead straight to what is left. `issues` are faults of the ledger that only records show.
    """

    records: tuple[Record, ...]
    origins: tuple[int, ...]
    redirects: tuple[Redirect, ...]
    issues: tuple[Issue, ...]


@dataclass
class _State:
    """Records by key, who refers to whom, and what has been merged so far."""

    languages: Sequence[str]
    records: dict[Key, Record] = field(default_factory=dict)
    origins: dict[Key, int] = field(default_factory=dict)
    referring: dict[Key, dict[Key, None]] = field(default_factory=dict)
    merged: dict[Key, str] = field(default_factory=dict)
    parts: dict[Key, str] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def put(self, record: Record) -> None:
        """Keep a record and note what it refers to."""
        self.records[key_of(record)] = record
        for target in references(record):
            self.referring.setdefault(target, {})[key_of(record)] = None

    def current(self, key: Key) -> Key:
        """Follow merges to the key that is left."""
        while key in self.merged:
            key = (key[0], self.merged[key])
        return key

    def note_parts(self, before: Record, after: Record, old: str, new: str) -> None:
        """Note which participations and steps go by another name now."""
        for kind, key, renamed_key in renamed_parts(before, after, old, new):
            self.parts[kind, key] = renamed_key

    def redirects(self) -> Iterator["Redirect"]:
        """Yield where each lost id and each renamed part leads."""
        for kind, old in self.merged:
            yield Redirect(kind, old, self.current((kind, old))[1])
        for kind, old in self.parts:
            new = old
            while (kind, new) in self.parts:
                new = self.parts[kind, new]
            yield Redirect(kind, old, new)

    def fault(self, at: Location, code: str, message: str) -> None:
        """Note an error of the ledger."""
        self.issues.append(Issue(at, "error", code, message))


def apply(records: Iterable[Record], decisions: Iterable[Decision], *, languages: Sequence[str] = ("en",)) -> Resolved:
    """Return the records as the decisions in force make them.

    `languages` is the collection's order: which name of a merged thing its sources are said to claim.
    A decision that cannot be carried out is an issue and changes nothing.
    """
    given = tuple(records)
    standing = [decision for decision in decisions if decision.in_force]
    if not standing:
        return Resolved(given, tuple(range(len(given))), (), ())
    state = _State(languages)
    for index, record in enumerate(given):
        if key_of(record) not in state.records:
            state.put(record)
            state.origins[key_of(record)] = index
    for decision in standing:
        _carry_out(decision, state)
    order = sorted(state.records, key=lambda key: (state.origins[key], key))
    return Resolved(
        tuple(state.records[key] for key in order),
        tuple(state.origins[key] for key in order),
        tuple(sorted(state.redirects())),
        tuple(sorted(state.issues)),
    )


def _carry_out(decision: Decision, state: _State) -> None:
    """Apply one decision, or say why it cannot be."""
    action = decision.action
    faults = len(state.issues)
    _require_sources(decision, state)
    if not isinstance(action, int):
        for name in action.ids:
            _require_known((action.kind, name), decision.at, state)
    if len(state.issues) > faults:
        return
    if isinstance(action, Merge):
        _merge(action, decision.at, state)
    elif isinstance(action, Split):
        _split(action, decision.at, state)
    elif isinstance(action, NotSame) and action.a == action.b:
        state.fault(decision.at, "identity-cycle", f"{action.a!r} cannot be told apart from itself")


def _require_sources(decision: Decision, state: _State) -> None:
    """Every source that a decision rests on must exist."""
    for source in decision.written.evidence:
        if ("source", source) not in state.records:
            known = [name for kind, name in state.records if kind == "source"]
            message = f"no source {source!r}{did_you_mean(source, known)}"
            state.fault(decision.at, _CODE_UNKNOWN, message)


def _require_known(key: Key, at: Location, state: _State) -> None:
    """The id must be that of a record of the kind, merged or not."""
    kind, name = key
    if key in state.records or key in state.merged:
        return
    others = sorted(record.kind for (_, other), record in state.records.items() if other == name)
    if others:
        state.fault(at, "identity-kind", f"{name!r} is {_article(others[0])}, expected {_article(kind)}")
    else:
        known = [other for namespace, other in state.records if namespace == kind]
        state.fault(at, _CODE_UNKNOWN, f"no {kind} {name!r}{did_you_mean(name, known)}")


def _article(noun: str) -> str:
    """Put `a` or `an` before a noun."""
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def _merge(action: Merge, at: Location, state: _State) -> None:
    """Let one record go up in another, and everything that named it name the survivor."""
    old, new = state.current((action.kind, action.from_)), state.current((action.kind, action.into))
    if old == new:
        return
    state.merged[old] = new[1]
    for key in list(state.referring.pop(old, {})):
        if key in state.records:
            before = state.records[key]
            state.put(_named_anew(before, old, new[1]))
            state.note_parts(before, state.records[key], old[1], new[1])
    gone = _named_anew(state.records.pop(old), old, new[1])
    survivor, lost = unite(state.records[new], gone, state.languages)
    state.put(survivor)
    state.note_parts(gone, survivor, old[1], new[1])
    for name in lost:
        message = f"{survivor.kind} {survivor.id!r} cannot hold the {name} of {old[1]!r}; it is left out"
        state.issues.append(Issue(at, "warning", "identity-lost-field", message))
    for key in state.referring.get(new, {}) if action.kind == "party" else ():
        record = state.records.get(key)
        if isinstance(record, Cooperation) and len(record.parties) < 2:  # noqa: PLR2004 - the model's minimum
            state.fault(at, "identity-one-party", f"this leaves cooperation {record.id!r} with one party")


def _named_anew(record: Record, old: Key, new: str) -> Record:
    """Rename one thing in a record."""
    return renamed(record, lambda kind, name: new if (kind, name) == old else name)


def _split(action: Split, at: Location, state: _State) -> None:
    """Make the new record, and let the records named in `move` name it instead."""
    old, new = state.current((action.kind, action.id)), (action.kind, action.into)
    if new in state.records or new in state.merged:
        state.fault(at, "identity-exists", f"there is already {_article(action.kind)} {action.into!r}")
        return
    moving = [found for name in action.move if (found := _moving(name, old, at, state))]
    if len(moving) < len(action.move):
        return
    staying = [key for key in _referring(old, state) if key not in moving]
    moved = [_named_anew(state.records[key], old, action.into) for key in moving]
    rest = [state.records[key] for key in staying]
    kept, fresh = divide(state.records[old], action, moved, rest)
    state.origins[new] = state.origins[old]
    for record in (kept, fresh, *moved):
        state.put(record)
    for key in moving:
        state.referring[old].pop(key, None)


def _referring(target: Key, state: _State) -> Iterator[Key]:
    """Yield the records that name a thing."""
    return (key for key in state.referring.get(target, {}) if key in state.records)


def _moving(name: str, old: Key, at: Location, state: _State) -> Key | None:
    """Find the record that `move` names: an id, or `kind:id` where two kinds share the id."""
    kind, colon, bare = name.rpartition(":")
    current = {state.current((namespace, bare)) for namespace in get_args(Namespace)}
    found = sorted(key for key in _referring(old, state) if key in current and (not colon or key[0] == kind))
    if len(found) == 1:
        return found[0]
    if found:
        choices = " or ".join(f"{key[0]}:{key[1]}" for key in found)
        state.fault(at, "identity-ambiguous", f"{name!r} is more than one record; say {choices}")
    else:
        known = [key[1] for key in _referring(old, state)]
        hint = did_you_mean(bare, known)
        state.fault(at, _CODE_UNKNOWN, f"no record {name!r} names {old[0]} {old[1]!r}{hint}")
    return None
