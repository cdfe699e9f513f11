"""What sources are said to say: evidence that is there, that names real fields, and claims that can be meant."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

from pydantic import BaseModel, ValidationError

from kg.check.index import Index, finding, name_of
from kg.check.references import references
from kg.errors import Issue, did_you_mean, shown
from kg.read import Entry
from kg.read.entry import FieldPath
from kg.read.fields import form_of
from kg.read.findings import explain
from kg.records import Cooperation, Evidence, Meeting, Party, Post, Record, Step, Tenure

PROVEN: Mapping[type[Record], tuple[str, ...]] = {
    Post: ("of",),
    Tenure: ("official", "post"),
    Meeting: ("parties", "people", "stage"),
    Cooperation: ("parties",),
}
"""Kinds that state a relation by being there, and the fields that state it."""
_UNPROVEN = frozenset({"id", "evidence", "rulings"})


class _Part(NamedTuple):
    """A record, or a step of one, with its place inside the record."""

    part: Record | Step
    path: FieldPath
    noun: str


Claims: TypeAlias = Mapping[str, str | tuple[str, ...]]


def check_statements(entry: Entry, index: Index) -> Iterator[Issue]:
    """Yield what is wrong with the evidence of a record and of its steps."""
    for part in _parts(entry.record):
        statements: tuple[Evidence, ...] = getattr(part.part, "evidence", ())
        yield from _missing(entry, part, statements)
        for number, evidence in enumerate(statements):
            yield from _statement(entry, part, evidence, (*part.path, "evidence", number))
            yield from _claims(entry, part, evidence.claims or {}, (*part.path, "evidence", number, "claims"), index)
        yield from _unproven(entry, part, statements)
    yield from _rulings(entry)


def _parts(record: Record) -> Iterator[_Part]:
    """Yield the record and its steps."""
    yield _Part(record, (), name_of(record))
    if isinstance(record, Cooperation):
        for number, step in enumerate(record.steps):
            yield _Part(step, ("steps", number), f"step {shown(step.id)}")


@cache
def provable(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields that evidence can stand for: `date`, `at`, `at.city`, ..."""
    names: list[str] = []
    for name, form in form_of(model).fields.items():
        if name not in _UNPROVEN:
            names += [name, *(f"{name}.{inner}" for inner in form.fields)]
    return tuple(names)


def _missing(entry: Entry, part: _Part, statements: Sequence[Evidence]) -> Iterator[Issue]:
    """Every relation needs somebody who says so."""
    if statements:
        return
    record = part.part
    relates = isinstance(record, Step) or type(record) in PROVEN
    if relates or (isinstance(record, Party) and (record.part_of or getattr(record, "unit_of", None))):
        message = f"{part.noun} has no evidence; expected at least one source that says so"
        yield finding(entry, part.path, "missing-evidence", message)


def _statement(entry: Entry, part: _Part, evidence: Evidence, path: FieldPath) -> Iterator[Issue]:
    """Yield what is wrong with one statement."""
    if not (evidence.says or evidence.quote or evidence.claims):
        message = f"the evidence does not tell what {shown(evidence.source)} says; expected says, quote or claims"
        yield finding(entry, path, "bare-evidence", message)
    known = provable(type(part.part))
    for number, field in enumerate(evidence.supports or ()):
        at = (*path, "supports", number)
        if field not in known:
            message = f"{part.noun} has no field {shown(field)} to support"
            yield finding(entry, at, "unknown-supported", message + _choose(field, known))
        elif evidence.claims and field in evidence.claims:
            message = f"one source cannot support {field!r} and claim something else for it"
            yield finding(entry, at, "supports-and-claims", message)


def _choose(field: str, known: Collection[str]) -> str:
    """Name the field that may have been meant, or all."""
    return did_you_mean(field, known) or f"; expected one of {', '.join(known)}"


def _claims(entry: Entry, part: _Part, claims: Claims, path: FieldPath, index: Index) -> Iterator[Issue]:
    """Yield the claims about fields of the record that such a field cannot hold, or that dispute nothing."""
    known = provable(type(part.part))
    for field in (field for field in claims if field in known):
        value = claims[field]
        claimed = [*value] if isinstance(value, tuple) else value
        top, _, inner = field.partition(".")
        ruled = part.part.model_dump(mode="json", by_alias=True).get(top)
        if claimed == ((ruled or {}).get(inner) if inner else ruled):
            message = f"the claim of {field!r} is what the record says; expected it under supports"
            yield finding(entry, (*path, field), "needless-claim", message, severity="warning")
        variant = {**(ruled or {}), inner: claimed} if inner else claimed
        for code, message in _refusals(part.part, top, variant, index):
            yield finding(entry, (*path, field), code, f"the claim of {field!r} cannot be meant: {message}")


def _refusals(part: Record | Step, top: str, value: object, index: Index) -> Iterator[tuple[str, str]]:
    """Yield code and message of each reason why a field of the record cannot hold a value."""
    plain = part.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {top: value}
    try:
        made = type(part).model_validate(plain, by_alias=True, by_name=False)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            yield "bad-claim", explain(type(part), detail)[1]
        return
    for namespace, name, path in references(made):
        if path[0] == top and not index.knows(namespace, name):
            yield "dangling-reference", f"there is no {namespace} {shown(name)}{index.hint(namespace, name)}"


def _unproven(entry: Entry, part: _Part, statements: Sequence[Evidence]) -> Iterator[Issue]:
    """Yield the relations that no statement supports."""
    fields = PROVEN.get(type(part.part), ()) if isinstance(part.part, Record) else ()
    for field in (name for name in fields if getattr(part.part, name)):
        if statements and not any(_supports(evidence, field) for evidence in statements):
            message = f"no evidence of {part.noun} supports {field!r}; expected a source that does"
            yield finding(entry, (*part.path, field), "unsupported", message)


def _supports(evidence: Evidence, field: str) -> bool:
    """Say whether a statement stands for a field."""
    named = evidence.supports is None or field in evidence.supports
    return named and field not in (evidence.claims or {})


def _rulings(entry: Entry) -> Iterator[Issue]:
    """Yield the rulings on fields that do not exist or that nobody disputes."""
    record = entry.record
    if not isinstance(record, Meeting | Cooperation):
        return
    known = provable(type(record))
    disputed = {field for evidence in record.evidence for field in evidence.claims or {}}
    for field in record.rulings or {}:
        if field not in known and field not in disputed:
            message = f"{name_of(record)} has no field {shown(field)} to rule on{_choose(field, known)}"
            yield finding(entry, ("rulings", field), "unknown-ruled", message)
        elif field not in disputed:
            message = f"no source claims another {field!r}; expected a claim that the ruling decides against"
            yield finding(entry, ("rulings", field), "needless-ruling", message, severity="warning")
