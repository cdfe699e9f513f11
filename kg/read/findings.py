"""What is wrong with one record, in plain words: pydantic's errors in, issues with places out."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kg.allowed import (
    COUNTRY_PATTERN,
    ID_PATTERN,
    LANGUAGE_PATTERN,
    SHA256_PATTERN,
    STRANGE,
    URL_PATTERN,
    WORDS_PATTERN,
)
from kg.errors import Issue, article, count, did_you_mean, shown
from kg.read.entry import Entry, FieldPath, Locate, spell
from kg.read.fields import form_at
from kg.records import (
    Part,
    R,
    Record,
    from_builtins,
)


class Hole:
    """Stands where a reader has already complained, so that nobody complains twice."""

    def __repr__(self) -> str:
        """Show what it is."""
        return "HOLE"


HOLE: Final = Hole()

_EXPECTED: Mapping[str, tuple[str, str]] = {
    ID_PATTERN: ("bad-id", "an id of small letters a-z, digits and single hyphens, such as 'makassar-mayor'"),
    LANGUAGE_PATTERN: ("bad-language", "a language tag such as 'id', 'en' or 'ja'"),
    COUNTRY_PATTERN: ("bad-country", "a country as two capital letters (ISO 3166-1), such as 'ID' or 'JP'"),
    SHA256_PATTERN: ("bad-hash", "a SHA-256 as 64 digits 0-9 and small letters a-f"),
    URL_PATTERN: ("bad-url", "an address that starts with http://, https:// or mailto:, with %20 for a blank"),
}
_SORTS: Mapping[str, str] = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping of fields",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}
_BOUNDS: Mapping[str, str] = {
    "greater_than_equal": "at least {ge:g}",
    "less_than_equal": "at most {le:g}",
    "finite_number": "a finite number",
}
_LANGUAGES: Mapping[str, str] = {
    "bahasa": "id",
    "chinese": "zh",
    "english": "en",
    "german": "de",
    "indonesian": "id",
    "japanese": "ja",
    "jp": "ja",
    "korean": "ko",
}
_STRANGE = re.compile(f"[{STRANGE}]")


def admit(kind: type[R], fields: Mapping[str, Any], locate: Locate) -> Iterator[Entry | Issue]:
    """Yield the record that `fields` make, or every reason why they make none."""
    try:
        record = from_builtins(kind, fields)
    except ValidationError as error:
        name = fields.get("id")
        about = f"{kind.namespace}:{name}" if isinstance(name, str) and re.fullmatch(ID_PATTERN, name) else ""
        for issue in findings(kind, error, locate):
            yield issue._replace(about=about)
    else:
        yield Entry(record, locate(()), locate)


def findings(kind: type[Record], error: ValidationError, locate: Locate) -> Iterator[Issue]:
    """Yield one issue for each thing that is wrong with a record of `kind`, at its place."""
    for detail in error.errors(include_url=False):
        unknown = detail["type"] == "extra_forbidden"
        if _is_echo(detail) or (detail["input"] is HOLE and not unknown):
            continue
        path, key = _path(detail)
        at = locate(path, key=key or unknown)
        code, message = explain(kind, detail)
        yield Issue(at, "error", code, message)


def _is_echo(detail: ErrorDetails) -> bool:
    """Say whether a list is called too short only because its items were refused."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _path(detail: ErrorDetails) -> tuple[FieldPath, bool]:
    """Return the path without pydantic's own marks, and whether the finding is about a key."""
    *before, last = detail["loc"]
    is_mark = str(last).startswith("=") and detail["type"] != "extra_forbidden"
    parts = tuple(part for part in before if not str(part).startswith("=")) + (() if is_mark else (last,))
    return (parts[:-1], True) if last == "[key]" else (parts, False)


def explain(kind: type[Part], detail: ErrorDetails) -> tuple[str, str]:
    """Return the code and the message of one of pydantic's errors about a record or part of one."""
    path = _path(detail)[0]
    if detail["type"] == "extra_forbidden":
        return "unknown-field", _unknown(kind, path)
    if detail["type"] == "missing":
        return "missing-field", f"missing field {shown(spell(path[-1:]))}; {_owner(kind, path)} needs it"
    if detail["type"] == "string_pattern_mismatch":
        return _mismatch(str(detail["input"]), detail["ctx"]["pattern"])
    if detail["type"] == "literal_error":
        return "bad-word", _word(detail["input"], detail["ctx"]["expected"])
    return _value(detail["type"], detail["input"], detail.get("ctx", {}))


def _value(sort: str, found: object, context: Mapping[str, Any]) -> tuple[str, str]:
    """Return code and message for a value that its field does not take."""
    if sort == "value_error":
        code, wanted = "bad-date", str(context["error"])
    elif sort == "string_too_long":
        code, wanted = "bad-id", f"expected at most {context['max_length']} characters"
    elif sort == "too_short":
        code, wanted = "too-few", f"expected at least {context['min_length']}"
    elif sort in _BOUNDS:
        code, wanted = "bad-number", f"expected {_BOUNDS[sort].format(**context)}"
    elif sort == "string_unicode":
        code, wanted = "bad-text", "expected whole characters, found half of a pair (a lone surrogate)"
    else:
        code, wanted = "wrong-type", f"expected {context.get('wanted') or _SORTS.get(sort, 'another sort of value')}"
    amount = count(context["actual_length"], "item") if sort == "too_short" else shown(found)
    return code, f"found {amount}; {wanted}"


def _unknown(kind: type[Part], path: FieldPath) -> str:
    """Name the unknown field and the nearest one that exists there."""
    form = form_at(kind, path[:-1])
    known = sorted(form.fields) if form else []
    name = str(path[-1])
    return f"unknown field {shown(name)} of {_owner(kind, path)}" + (
        did_you_mean(name, known) or f"; expected one of {', '.join(known)}"
    )


def _owner(kind: type[Part], path: FieldPath) -> str:
    """Say what holds the field: the kind of record, or the field that the part stands under."""
    names = [part for part in path[:-1] if isinstance(part, str)]
    noun = str(getattr(kind, "kind", kind.__name__.lower()))
    return f"{article(noun)}'s {names[-1]!r}" if names else article(noun)


def _mismatch(found: str, pattern: str) -> tuple[str, str]:
    """Say what a text should have looked like, with the nearest that would do."""
    if pattern == WORDS_PATTERN:
        strange = _STRANGE.search(found)
        if strange:
            return "bad-text", f"found the control character U+{ord(strange[0]):04X} in {shown(found)}; expected text"
        return "empty-text", f"found {shown(found)}; expected something to read"
    code, wanted = _EXPECTED[pattern]
    return code, f"found {shown(found)}; expected {wanted}{_nearest(found, pattern)}"


def _nearest(found: str, pattern: str) -> str:
    """Guess what was meant by an id, country or language that is nearly right."""
    guess = ""
    if pattern == ID_PATTERN:
        guess = "-".join(re.findall(r"[a-z0-9]+", found.lower()))
    elif pattern == COUNTRY_PATTERN:
        guess = found.strip().upper()
    elif pattern == LANGUAGE_PATTERN:
        guess = _LANGUAGES.get(found.strip().lower(), found.strip().replace("_", "-"))
    elif pattern == SHA256_PATTERN:
        guess = found.strip().lower()
    elif pattern == URL_PATTERN and re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", found):
        guess = f"https://{found}"
    fits = guess != found and re.fullmatch(pattern, guess)
    return f"; did you mean {shown(guess)}?" if fits else ""


def _word(found: object, expected: str) -> str:
    """Say which words are known and which is nearest."""
    known = re.findall(r"'([^']+)'", expected)
    hint = did_you_mean(found, known) if isinstance(found, str) else ""
    return f"found {shown(found)}; expected one of {', '.join(known)}{hint}"
