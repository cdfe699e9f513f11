"""References between records: what each names, whether that exists, and whether a chain of them is a circle."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, NewType, TypeAlias, Union, cast, get_args, get_origin

from pydantic import BaseModel

from kg import records
from kg.check.index import Index, Key, finding, name_of, place
from kg.errors import Issue, shown
from kg.read import Entry
from kg.read.entry import FieldPath


class Reference(NamedTuple):
    """An id that stands in a record: what it is an id of, and where it stands."""

    namespace: str
    name: str
    path: FieldPath


Trail: TypeAlias = "tuple[Trail, str | int] | None"
"""A path from its end: a part, and before it the trail that leads there. Most are never asked for as a path."""
Named: TypeAlias = tuple[str, str, Trail]
"""A namespace, an id of it, and where that stands."""

# Adds what a value names to a list: nested generators would take three times as long here.
_Walk: TypeAlias = Callable[[Any, Trail, list[Named]], None]

NAMESPACES: Mapping[object, str] = {
    records.CooperationId: "cooperation",
    records.ForumId: "forum",
    records.MeetingId: "meeting",
    records.OfficialId: "official",
    records.PartyId: "party",
    records.PostId: "post",
    records.SectorId: "sector",
    records.SourceId: "source",
}
"""What each type of id names."""

CHAINS: Mapping[str, tuple[str, ...]] = {
    "meeting": ("follows",),
    "party": ("part_of", "unit_of"),
    "post": ("acting_for",),
    "sector": ("broader",),
    "source": ("copy_of",),
}
"""Fields that lead from a record to others of its namespace and must never lead back."""


def references(part: BaseModel) -> list[Reference]:
    """Return every id in a record or part of one, in the order of its fields."""
    return [Reference(namespace, name, _path(trail)) for namespace, name, trail in names(part)]


def names(part: BaseModel) -> list[Named]:
    """Return what `references` does, without working out the paths."""
    found: list[Named] = []
    _of_model(part, None, found)
    return found


def _path(trail: Trail) -> FieldPath:
    """Return the path that a trail is."""
    path: list[str | int] = []
    while trail:
        trail, part = trail
        path.append(part)
    return tuple(reversed(path))


def check_references(entry: Entry, index: Index) -> Iterator[Issue]:
    """Yield the ids in a record that name nothing, and those that name the record itself."""
    record = entry.record
    chained = CHAINS.get(record.namespace, ())
    for namespace, name, path in references(record):
        if path[0] in chained and name == record.id:
            yield finding(entry, path, "self-reference", f"{name_of(record)} names itself in {path[0]!r}")
        elif not index.knows(namespace, name):
            message = f"there is no {namespace} {shown(name)}{index.hint(namespace, name)}"
            yield finding(entry, path, "dangling-reference", message)


def check_circles(index: Index) -> Iterator[Issue]:
    """Yield each circle of references once, at its first record in the order read."""
    done: set[Key] = set()
    for key in index.entries:
        if key not in done and key[0] in CHAINS:
            circle = _circle(key, index, done)
            if len(circle) > 1:
                first = min(circle, key=lambda one: (index.entries[one].at, one))
                turn = circle.index(first)
                names = [shown(name) for _, name in circle[turn:] + circle[: turn + 1]]
                message = f"{' -> '.join(names)} is a circle; expected it to end somewhere"
                yield finding(index.entries[first], _link(index.entries[first], circle), "circle", message)


def _circle(start: Key, index: Index, done: set[Key]) -> list[Key]:
    """Return the first circle met from a record, or nothing; every record passed is done."""
    path: dict[Key, Iterator[Key]] = {start: _next(start, index)}
    while path:
        key = next(reversed(path))
        following = next(path[key], None)
        if following is None:
            done.add(key)
            path.pop(key)
        elif following in path:
            keys = list(path)
            done.update(keys)
            return keys[keys.index(following) :]
        elif following not in done and following != key:
            path[following] = _next(following, index)
    return []


def _next(key: Key, index: Index) -> Iterator[Key]:
    """Yield what a record leads to along the fields that must not lead back."""
    for _, name in links(index.entries[key]):
        following = key[0], name
        if name != key[1] and following in index.entries:
            yield following


def links(entry: Entry) -> Iterator[tuple[FieldPath, str]]:
    """Yield path and id of what a record names of its own namespace and must not lead back from."""
    for field in CHAINS[entry.record.namespace]:
        found = getattr(entry.record, field, None)
        if isinstance(found, tuple):
            yield from (((field, number), name) for number, name in enumerate(found))
        elif found is not None:
            yield (field,), found


def _link(entry: Entry, circle: Iterable[Key]) -> FieldPath:
    """Return the field by which a record is part of a circle."""
    names = {name for _, name in circle}
    return next((path for path, name in links(entry) if name in names), ())


def check_ids(entries: Iterable[Entry], index: Index) -> Iterator[Issue]:
    """Yield the records whose id is another's, or a shipped sector's."""
    for entry in entries:
        record = entry.record
        first = index.entries[record.namespace, record.id]
        if first is not entry:
            message = f"{name_of(record)} stands twice; first a {first.record.kind} in {place(first)}"
            yield finding(entry, ("id",), "duplicate-id", message)
        elif record.namespace == "sector" and record.id in index.shared:
            yield finding(entry, ("id",), "duplicate-id", f"{name_of(record)} is one of the shipped sectors")


@cache
def _walk(annotation: Any) -> _Walk | None:  # noqa: ANN401  (annotations are any object; one return a sort)
    """Return what yields the references in a value of this type; None when there can be none."""
    if isinstance(annotation, NewType):
        return _of_id(NAMESPACES[annotation]) if annotation in NAMESPACES else None
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _walk(arguments[0])
    if origin in (Union, UnionType):
        return _of_union([walk for member in arguments if (walk := _walk(member))])
    if origin is tuple:
        inner = _walk(arguments[0])
        return _of_items(inner) if inner else None
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _of_model
    return None


def _of_id(namespace: str) -> _Walk:
    def walk(value: object, trail: Trail, found: list[Named]) -> None:
        if isinstance(value, str):
            found.append((namespace, value, trail))

    return walk


def _of_union(walks: list[_Walk]) -> _Walk | None:
    def walk(value: object, trail: Trail, found: list[Named]) -> None:
        for one in walks:
            one(value, trail, found)

    return walks[0] if len(walks) == 1 else walk if walks else None


def _of_items(inner: _Walk) -> _Walk:
    def walk(value: Iterable[object], trail: Trail, found: list[Named]) -> None:
        for number, item in enumerate(value):
            inner(item, (trail, number), found)

    return walk


def _of_model(value: object, trail: Trail, found: list[Named]) -> None:
    if isinstance(value, BaseModel):
        fields = value.__dict__
        for attribute, name, walk in _plan(type(value)):
            inner = fields[attribute]
            if inner:
                walk(inner, (trail, name), found)


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, str, _Walk], ...]:
    """Return the fields of a model that may hold references: attribute, name in files, and how to walk them."""
    return tuple(
        (attribute, info.alias or attribute, walk)
        for attribute, info in model.model_fields.items()
        if (walk := _walk(cast("Hashable", info.annotation)))
    )
