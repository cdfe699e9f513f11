"""Compose a ledger's YAML into plain values, and remember on which line each of them stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml
from pydantic import ValidationError

from kg.errors import Issue, Location, did_you_mean
from kg.identity.decisions import Merge, NotSame, Split, Written
from kg.records import Part

LARGEST = 20_000_000
"""Characters of a ledger that is still read; a hundred thousand entries fit."""
DEEPEST = 12
"""Levels of nesting; an entry needs four."""

Path = tuple[str | int, ...]
Value = str | list["Value"] | dict[str, "Value"] | None

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MODELS: dict[str, type[Part]] = {"": Written, "merge": Merge, "not-same": NotSame, "split": Split}
_FIELDS = {name: [field.alias or key for key, field in model.model_fields.items()] for name, model in _MODELS.items()}
_MESSAGES = {
    "missing": "missing field {name!r}",
    "int_parsing": "expected a number, found {found!r}",
    "tuple_type": "expected a list, found {found!r}",
    "model_type": "expected fields in braces, found {found!r}",
}


class Refused(Exception):  # noqa: N818 - a refusal is a finding, not our error tree
    """The text cannot be read at all; `issue` says where and why."""

    def __init__(self, issue: Issue) -> None:
        """Keep the finding."""
        super().__init__(str(issue))
        self.issue = issue


@dataclass
class Places:
    """Where each value of a ledger stands, and what was wrong on the way there."""

    file: str
    marks: dict[Path, tuple[int, int]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def at(self, path: Path) -> Location:
        """Return the place of a value, or of the nearest thing around it; the field path leaves out the index."""
        words = ".".join(str(part) for part in path[1:])
        while path and path not in self.marks:
            path = path[:-1]
        line, column = self.marks.get(path, (1, 1))
        return Location(self.file, line, column, words)

    def explain(self, error: ValidationError, index: int) -> Iterator[Issue]:
        """Turn what pydantic found in one entry into issues."""
        for found in error.errors():
            path = tuple(str(part) if isinstance(part, str) else part for part in found["loc"])
            at = self.at((index, *path))
            if found["type"] == "extra_forbidden":
                parent = str(path[0]) if len(path) > 1 else ""
                hint = did_you_mean(str(path[-1]), _FIELDS.get(parent, ()))
                yield Issue(at, "error", "identity-field", f"unknown field {path[-1]!r}{hint}")
            else:
                message = _MESSAGES.get(found["type"], f"{_lower(found['msg'])}, found {{found!r}}")
                yield Issue(at, "error", "identity-field", message.format(found=found["input"], name=path[-1]))


def _lower(message: str) -> str:
    """Start a message in lower case, as ours do."""
    message = message.removeprefix("Value error, ")
    return message[:1].lower() + message[1:]


def compose(text: str, name: str) -> tuple[list[Value], Places]:
    """Return the rows of a ledger and their places.

    Raises:
        Refused: the text is no YAML, is no list, or is larger or deeper than a ledger can be.
    """
    places = Places(name)
    if len(text) > LARGEST:
        raise Refused(_issue(name, 1, 1, f"longer than {LARGEST:,} characters"))
    try:
        _bound(text, name)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise Refused(_issue(name, line, column, f"not valid YAML: {error.problem or error.context}")) from error
    except yaml.YAMLError as error:
        raise Refused(_issue(name, 1, 1, f"not valid YAML: {error}")) from error
    if node is None:
        return [], places
    if not isinstance(node, yaml.SequenceNode):
        mark = node.start_mark
        raise Refused(_issue(name, mark.line + 1, mark.column + 1, "expected a list of entries, each `- entry: N`"))
    return [_value(row, (index,), places) for index, row in enumerate(node.value)], places


def _bound(text: str, name: str) -> None:
    """Refuse aliases, second documents and deep nesting before anything recurses."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line, column = _start(event)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if isinstance(event, yaml.AliasEvent):
            raise Refused(_issue(name, line, column, "an alias (`*`) is not read here; write the value out"))
        if documents > 1:
            raise Refused(_issue(name, line, column, "a second document starts here; a ledger is one list"))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise Refused(_issue(name, line, column, f"nested deeper than {DEEPEST} levels"))
        depth -= isinstance(event, yaml.CollectionEndEvent)


def _start(event: yaml.Event) -> tuple[int, int]:
    """Return the line and column at which an event starts, from 1."""
    return (event.start_mark.line + 1, event.start_mark.column + 1) if event.start_mark else (1, 1)


def _issue(name: str, line: int, column: int, message: str) -> Issue:
    """Return the finding that the file cannot be read."""
    return Issue(Location(name, line, column), "error", "identity-syntax", message)


def _value(node: yaml.Node, path: Path, places: Places) -> Value:
    """Return a node's value, every scalar as its text, and mark its place."""
    places.marks[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, index), places) for index, child in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return None if node.tag == "tag:yaml.org,2002:null" else str(node.value)
    fields: dict[str, Value] = {}
    for key, child in node.value:
        word = str(key.value) if isinstance(key, yaml.ScalarNode) else repr(key.tag)
        value = _value(child, (*path, word), places)
        if word in fields:
            at = Location(places.file, key.start_mark.line + 1, key.start_mark.column + 1)
            places.issues.append(Issue(at, "error", "identity-field", f"field {word!r} stands twice in this entry"))
        fields[word] = value
    return fields
