"""A YAML file in, its records out one by one, with every finding on the way.

What we take is plain YAML: one mapping of plural kinds to lists of records. Every scalar stays the text
that was written, so that `no`, `0123` and `2025-11` survive; what a field holds is the record's business.
The text of a block scalar (`|`, `>`) ends where its last line does. Empty values, duplicate keys, tags,
aliases and further documents are findings: an alias can make a small file enormous, and nobody needs one here.

Events are read from libyaml one at a time. PyYAML's own composer recurses in C and can be made to
overflow the stack by `[[[[...`; ours stops at `MAX_DEPTH`.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from kg.errors import Issue, Location, article, did_you_mean, shown
from kg.read.content import empty, read_text
from kg.read.entry import Entry, FieldPath, spell
from kg.read.findings import HOLE, admit
from kg.records import BY_PLURAL, Record

MAX_BYTES = 32 * 1024 * 1024
MAX_DEPTH = 20
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class _Place(NamedTuple):
    """Where a value stands, where its key does, and what it holds."""

    line: int
    column: int
    key: tuple[int, int]
    inside: "dict[str | int, _Place]"


class _Stop(Exception):  # noqa: N818  (it ends the file; what is wrong is already an issue)
    """Nothing more can be read from this file."""


class YamlFile:
    """One YAML file; it finds the places of its records' fields by reading itself again."""

    def __init__(self, path: Path, name: str) -> None:
        """Remember the path and the name to show."""
        self.path = path
        self.name = name
        self._places: list[_Place] | None = None

    def locate(self, index: int, path: FieldPath, *, key: bool = False) -> Location:
        """Return the place of a field of the record that is number `index` in the file."""
        if self._places is None:
            text = read_text(self.path, self.name, limit=MAX_BYTES)
            found = _Parser(text, self.name).records() if isinstance(text, str) else ()
            self._places = [item.place for item in found if isinstance(item, _Found)]
        if index >= len(self._places):  # the file has changed since
            return Location(self.name, path=spell(path))
        return _find(self.name, self._places[index], path, key=key)


class _Found(NamedTuple):
    """A record that is not checked yet."""

    kind: type[Record]
    value: Mapping[str, Any]
    place: _Place


def read_yaml(path: Path, name: str) -> Iterator[Entry | Issue]:
    """Yield the records of a YAML file and everything wrong with it."""
    text = read_text(path, name, limit=MAX_BYTES)
    if isinstance(text, Issue):
        yield text
        return
    file, index = YamlFile(path, name), 0
    for found in _Parser(text, name).records():
        if isinstance(found, Issue):
            yield found
            continue
        for result in admit(found.kind, found.value, partial(_find, name, found.place)):
            if isinstance(result, Entry):
                yield Entry(result.record, result.at, partial(file.locate, index))
            else:
                yield result
        index += 1


def _find(name: str, place: _Place, path: FieldPath, *, key: bool = False) -> Location:
    """Follow the path as far as it goes."""
    deepest = place
    for part in path:
        inner = deepest.inside.get(part)
        if inner is None:
            key = False
            break
        deepest = inner
    line, column = deepest.key if key and path else (deepest.line, deepest.column)
    return Location(name, line, column, spell(path))


def _mark(event: yaml.Event) -> tuple[int, int]:
    """Return line and column of an event, from 1."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


class _Parser:
    """Builds values and their places from libyaml's events; findings gather in `issues`."""

    def __init__(self, text: str, name: str) -> None:
        """Start at the beginning of the text."""
        self.text = text
        self.name = name
        self.loader = yaml.CSafeLoader(text)
        self.issues: list[Issue] = []

    def records(self) -> Iterator[_Found | Issue]:
        """Yield every record and every finding, in the order of the file."""
        try:
            for found in self._document():
                yield from self._told()
                yield found
        except yaml.YAMLError as error:
            self._broken(error)
        except _Stop:
            pass
        finally:
            self.loader.dispose()
        yield from self._told()

    def _told(self) -> Iterator[Issue]:
        """Yield the issues gathered so far, and forget them."""
        yield from self.issues
        self.issues.clear()

    def _document(self) -> Iterator[_Found]:
        """Yield the records of the one document."""
        self._next()  # the stream starts
        if isinstance(self._next(), yaml.StreamEndEvent):
            self.issues.append(empty(self.name))
            return
        event = self._next()
        if isinstance(event, yaml.MappingStartEvent):
            yield from self._kinds(event)
        else:
            self._say(event, "wrong-type", "expected kinds of records, such as `meetings:`, with a list under each")
            raise _Stop
        self._next()  # the document ends
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            self._say(event, "bad-yaml", "found a second document (`---`); expected one")

    def _kinds(self, start: yaml.Event) -> Iterator[_Found]:
        """Yield the records of each kind."""
        self._plain(start)
        seen: dict[str, int] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            plural = self._key(event)
            if plural in seen:
                self._say(event, "duplicate-key", f"{shown(plural)} stands twice; first in line {seen[plural]}")
            seen.setdefault(plural, _mark(event)[0])
            kind = BY_PLURAL.get(plural)
            if kind is None:
                hint = did_you_mean(plural, BY_PLURAL) or f"; expected one of {', '.join(BY_PLURAL)}"
                self._say(event, "unknown-kind", f"unknown kind of record {shown(plural)}{hint}")
            yield from self._list(kind, plural)

    def _list(self, kind: type[Record] | None, plural: str) -> Iterator[_Found]:
        """Yield the records of a list; a list of no known kind is read past."""
        event = self._next()
        if not isinstance(event, yaml.SequenceStartEvent):
            value, _ = self._node(event, (0, 0), 1)
            if kind and value is not HOLE:
                self._say(
                    event, "wrong-type", f"found {shown(value)} under {shown(plural)}; expected a list of records"
                )
            return
        self._plain(event)
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            value, place = self._node(event, (0, 0), 2)
            if kind and isinstance(value, dict):
                yield _Found(kind, value, place)
            elif kind and value is not HOLE:
                self._say(
                    event, "wrong-type", f"found {shown(value)}; expected {article(kind.kind)} as a mapping of fields"
                )

    def _next(self) -> yaml.Event:
        """Return the next event; the stream's end stops whoever asks for more."""
        event: yaml.Event | None = self.loader.get_event()
        if event is None:
            raise _Stop
        return event

    def _node(self, event: yaml.Event, key: tuple[int, int], depth: int) -> tuple[Any, _Place]:
        """Return a value and its place."""
        place = _Place(*_mark(event), key, {})
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event), place
        if isinstance(event, yaml.AliasEvent):
            self._say(event, "alias", f"found the alias {shown(f'*{event.anchor}')}; expected the value itself")
            return HOLE, place
        if depth > MAX_DEPTH:
            self._say(event, "too-deep", f"found more than {MAX_DEPTH} values inside each other")
            raise _Stop
        self._plain(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place, depth), place
        return self._mapping(place, depth), place

    def _scalar(self, event: yaml.ScalarEvent) -> Any:  # noqa: ANN401  (text, or the mark that there is none)
        """Return the text of a scalar."""
        self._plain(event)
        if event.implicit[0] and event.value in _NULLS:
            word = f"`{event.value}`" if event.value else "no value"
            self._say(event, "empty-value", f"found {word}; expected a value: leave the field out, or quote the text")
            return HOLE
        return event.value.rstrip("\n") if event.style in ("|", ">") else event.value

    def _sequence(self, place: _Place, depth: int) -> list[Any]:
        """Return the items of a list."""
        items: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            value, place.inside[len(items)] = self._node(event, (0, 0), depth + 1)
            items.append(value)
        return items

    def _mapping(self, place: _Place, depth: int) -> dict[str, Any]:
        """Return the fields of a mapping; of a key that stands twice the first value counts."""
        fields: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            name, mark = self._key(event), _mark(event)
            value, inner = self._node(self._next(), mark, depth + 1)
            if name in fields:
                first = place.inside[name].key[0]
                self._say(event, "duplicate-key", f"{shown(name)} stands twice; first in line {first}")
                continue
            fields[name], place.inside[name] = value, inner
        return fields

    def _key(self, event: yaml.Event) -> str:
        """Return the text of a key."""
        if not isinstance(event, yaml.ScalarEvent):
            self._say(event, "bad-yaml", "found a list, mapping or alias as a key; expected the name of a field")
            raise _Stop
        self._plain(event)
        return str(event.value)

    def _plain(self, event: yaml.Event) -> None:
        """Refuse a tag: with it, YAML would make something else of the value than its text."""
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._say(event, "bad-yaml", f"found the tag {shown(tag)}; expected a plain value")

    def _say(self, event: yaml.Event, code: str, message: str) -> None:
        """Note a finding at an event."""
        self.issues.append(Issue(Location(self.name, *_mark(event)), "error", code, message))

    def _broken(self, error: yaml.YAMLError) -> None:
        """Note where and why the text is no YAML."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        if mark is None:  # a character that YAML does not allow: only its position is known
            at, reason = self._character(int(getattr(error, "position", 0)))
        else:
            at, reason = Location(self.name, mark.line + 1, mark.column + 1), self._reason(error, mark.line)
        self.issues.append(Issue(at, "error", "bad-yaml", f"not valid YAML: {reason}"))

    def _character(self, position: int) -> tuple[Location, str]:
        """Place a character that YAML does not allow."""
        before = self.text[:position]
        at = Location(self.name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        return at, f"found {shown(self.text[position : position + 1])}; expected no control characters"

    def _reason(self, error: yaml.YAMLError, line: int) -> str:
        """Say the two mistakes people make in their own words, the rest in libyaml's."""
        lines = self.text.splitlines()
        here = lines[line] if line < len(lines) else ""
        if "\t" in here[: len(here) - len(here.lstrip())]:
            return "found a tab; expected blanks as indentation"
        problem = str(getattr(error, "problem", None) or "cannot be parsed")
        if "mapping values are not allowed" in problem:
            return "found ': ' inside a plain text; put the text in quotes"
        return problem
