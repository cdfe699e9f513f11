"""A mapping file in, plain values with the place of each out: a little YAML, read as text only, with bounds.

Every scalar is text: `NO` is Norway and `01100` keeps its zero. Aliases, tags and keys that stand twice are refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from kg.errors import Location, TableError

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 20

Path_: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True)
class Manual:
    """A mapping as written, and where each of its values stands."""

    name: str
    value: Mapping[str, Any]
    places: Mapping[Path_, tuple[int, int]]

    def locate(self, path: Path_) -> Location:
        """Return the place of a value, or of the nearest thing around it."""
        parts = path
        while parts and parts not in self.places:
            parts = parts[:-1]
        line, column = self.places.get(parts, (0, 0))
        return Location(self.name, line, column, ".".join(map(str, path)))


def read_manual(path: Path) -> Manual:
    """Read a YAML file of one mapping.

    Raises:
        TableError: the file cannot be read, or is not such YAML; with its place.
    """
    name = path.name
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise TableError(f"cannot read the mapping {path}: {error.strerror}") from error
    if len(data) > MAX_BYTES:
        raise TableError(f"the mapping is larger than {MAX_BYTES} bytes", Location(name))
    try:
        text = data.decode("utf-8-sig")
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        raise TableError(f"found a byte that is not UTF-8 at offset {error.start}", Location(name)) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise _broken(error, name) from error
    places: dict[Path_, tuple[int, int]] = {}
    value = _plain(node, (), places, name, set())
    if not isinstance(value, dict):
        raise TableError("expected a mapping of `title`, `source`, `columns` and `records`", Location(name))
    return Manual(name, value, places)


def _plain(node: yaml.Node | None, path: Path_, places: dict[Path_, tuple[int, int]], name: str, seen: set[int]) -> Any:  # noqa: ANN401
    """Return the value of a node: text, list or mapping."""
    if node is None:
        return ""
    at = Location(name, node.start_mark.line + 1, node.start_mark.column + 1)
    if id(node) in seen:
        raise TableError("found an alias; expected the value itself", at)
    seen.add(id(node))
    if len(path) > MAX_DEPTH:
        raise TableError(f"found more than {MAX_DEPTH} values inside each other", at)
    places[path] = at.line, at.column
    if isinstance(node, yaml.MappingNode):
        made: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise TableError("found a list or mapping as a key; expected a name", at)
            if key.value in made:
                place = Location(name, key.start_mark.line + 1, key.start_mark.column + 1)
                raise TableError(f"{key.value!r} stands twice", place)
            made[key.value] = _plain(value, (*path, key.value), places, name, seen)
        return made
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, number), places, name, seen) for number, item in enumerate(node.value)]
    return str(node.value)


def _broken(error: Exception, name: str) -> TableError:
    """Say where and why the text is no YAML."""
    mark = getattr(error, "problem_mark", None)
    at = Location(name, mark.line + 1, mark.column + 1) if mark else Location(name)
    return TableError(f"not valid YAML: {getattr(error, 'problem', None) or 'cannot be parsed'}", at)
