"""A line of JSONL that is plainly right, as a record: the quick way for nearly all, which never says what is wrong."""

import json
from collections.abc import Sequence
from typing import Any

from kg.records import BY_KIND, Record, from_builtins


def plain_record(text: str) -> Record | None:
    """Return the record of a line, or None when anything about it needs a closer look."""
    if "null" in text or text[:1] != "{":
        return None
    try:
        fields = _DECODER.decode(text)
        return from_builtins(BY_KIND[fields.pop("kind")], fields)
    except (ValueError, LookupError, TypeError, RecursionError):
        return None


def _once(members: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object, unless a key stands twice."""
    fields = dict(members)
    if len(fields) != len(members):
        raise ValueError("a key stands twice")
    return fields


def _refuse(constant: str) -> float:
    """Refuse NaN and the infinities, for which JSON has no word."""
    raise ValueError(constant)


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_refuse)
