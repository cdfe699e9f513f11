"""Ids as a person types them, bare or as `kind:id`, to the one kind they are all of."""

from collections.abc import Iterable, Sequence
from typing import get_args

from kg.errors import RecordError, did_you_mean
from kg.identity.decisions import Namespace
from kg.records import BY_KIND, Record

_KINDS: tuple[str, ...] = get_args(Namespace)


def one_kind(records: Iterable[Record], names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the kind that all the names are ids of, and the bare ids.

    Raises:
        RecordError: an id is unknown, the ids are of different kinds, or they are of more than one kind.
    """
    known: dict[str, list[str]] = {}
    for record in records:
        if record.namespace in _KINDS:
            known.setdefault(record.id, []).append(record.namespace)
    found: list[tuple[str, set[str]]] = []
    for name in names:
        said, _, bare = name.rpartition(":")
        wanted = BY_KIND[said].namespace if said in BY_KIND else said
        if bare not in known or (wanted and wanted not in known[bare]):
            ids = [key for key, kinds in known.items() if not wanted or wanted in kinds]
            raise RecordError(f"no {wanted or 'record'} {bare!r}{did_you_mean(bare, ids)}")
        found.append((bare, {wanted} if wanted else set(known[bare])))
    bare_ids = tuple(bare for bare, _ in found)
    shared = sorted(set.intersection(*(kinds for _, kinds in found)))
    if len(shared) == 1:
        return shared[0], bare_ids
    if shared:
        raise RecordError(f"{names[0]!r} is the id of more than one kind; say {shared[0]}:{names[0]}")
    said_kinds = " and ".join(f"{bare!r} is of kind {min(kinds)}" for bare, kinds in found)
    raise RecordError(f"{said_kinds}: only two of one kind can be one")
