"""Why a query does not parse, in words that say what to change; the engine lists every letter it would take."""

import re
from collections.abc import Mapping
from itertools import pairwise

from kg.errors import did_you_mean
from kg.query.tokens import iter_tokens

_FORMS = ("ASK", "CONSTRUCT", "DESCRIBE", "SELECT")


def misread(text: str, error: str, known: Mapping[str, str]) -> str:
    """Say why a query does not parse: its first word, a prefix nobody declared, or where it stops making sense."""
    names = [token[0] for token in iter_tokens(text) if token.lastgroup == "name"]
    first = names[0].upper() if names else ""
    if first not in (*_FORMS, "PREFIX", "BASE", "VERSION"):
        found = f"found {names[0]!r}{did_you_mean(first, _FORMS)}" if names else "found nothing"
        return f"the query does not parse: a query begins with {', '.join(_FORMS)}; {found}"
    declared = {name.partition(":")[0] for before, name in pairwise(names) if before.upper() == "PREFIX"}
    used = {name.partition(":")[0] for name in names if ":" in name and name[0] not in "?$@"}
    if unknown := sorted(used - declared - set(known)):
        hint = did_you_mean(unknown[0], [*known, *declared])
        return f"the query does not parse: the prefix {unknown[0] + ':'!r} is not known{hint}"
    place = re.search(r"(\d+):(\d+)", error)
    if not place:
        return f"the query does not parse: {error}"
    line, column = int(place[1]), int(place[2])
    lines = text.splitlines() or [""]
    written = lines[min(line, len(lines)) - 1]
    rest = written[column - 1 :].strip()
    found = f"before {rest[:40]!r}" if rest else f"at its end: {written.strip()[-40:]!r}"
    return f"the query does not parse: near line {line}, column {column}, {found}"
