"""A mapping's file or name in, the checked mapping out; all that is wrong with it is said at once, with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kg.errors import Issue, TableError, count, did_you_mean, shown
from kg.resources import mappings_folder
from kg.tables.manual import Manual, read_manual
from kg.tables.mapping import ColumnRule, IdRule, LeaveOut, Mapping, RecordRule, SourceRule, TableRule, ValueTable

_MODELS: dict[str, type[BaseModel]] = {
    "table": TableRule,
    "source": SourceRule,
    "leave_out": LeaveOut,
    "columns": ColumnRule,
    "tables": ValueTable,
    "records": RecordRule,
    "id": IdRule,
}


@dataclass(frozen=True)
class LoadedMapping:
    """A mapping, its name (of files it makes), and where everything in it stands."""

    name: str
    rules: Mapping
    manual: Manual


def load_mapping(mapping: str | Path) -> LoadedMapping:
    """Read a mapping from its file, or a shipped one by its name such as `eu-sister-cities`.

    Raises:
        TableError: there is no such mapping, or it is not valid; `issues` says all that is wrong, and where.
    """
    path = _find(str(mapping))
    manual = read_manual(path)
    try:
        rules = Mapping.model_validate(manual.value)
    except ValidationError as error:
        issues = sorted(set(_issues(error, manual)))
        raise TableError(f"{count(len(issues), 'error')} in the mapping {path.name}", issues=issues) from error
    return LoadedMapping(path.name.split(".")[0], rules, manual)


def shipped_mappings() -> tuple[str, ...]:
    """Return the names of the mappings that come with kg."""
    return tuple(sorted(path.stem for path in mappings_folder().glob("*.yaml")))


def _find(mapping: str) -> Path:
    """Return the file of a mapping: a shipped name has no suffix and no folder."""
    path = Path(mapping)
    if path.suffix or path.parent != Path() or path.is_file():
        return path
    if mapping in shipped_mappings():
        return mappings_folder() / f"{mapping}.yaml"
    known = ", ".join(shipped_mappings())
    hint = did_you_mean(mapping, shipped_mappings()) or f"; shipped are {known}"
    raise TableError(f"there is no mapping {shown(mapping)}{hint}; a file has a suffix, such as {mapping}.yaml")


def _issues(error: ValidationError, manual: Manual) -> Iterator[Issue]:
    """Yield each of pydantic's findings in our words."""
    for detail in error.errors(include_url=False):
        path = tuple(part for part in detail["loc"] if not _is_mark(part, manual))
        yield Issue(manual.locate(path), "error", f"mapping-{detail['type'].replace('_', '-')}", _message(path, detail))


def _is_mark(part: str | int, manual: Manual) -> bool:
    """Say whether a part of a path is pydantic's name of a choice, not a key of the file."""
    del manual
    return isinstance(part, str) and (
        part.startswith(("literal[", "constrained-", "tuple[", "dict[")) or part in ("str", "IdRule")
    )


def _message(path: tuple[str | int, ...], detail: ErrorDetails) -> str:
    """Say what was found and what was expected."""
    if detail["type"] == "extra_forbidden":
        model = _MODELS.get(str(path[0]), Mapping) if len(path) > 1 else Mapping
        model = IdRule if len(path) > 2 and path[-2] == "id" else model  # noqa: PLR2004 - records, name, id, key
        known = [info.alias or name for name, info in model.model_fields.items()]
        hint = did_you_mean(str(path[-1]), known) or f"; expected one of {', '.join(known)}"
        return f"unknown key {shown(path[-1])}{hint}"
    if detail["type"] == "missing":
        return f"missing {shown(path[-1])}"
    message = detail["msg"].removeprefix("Value error, ")
    return f"{message[:1].lower()}{message[1:]}; found {shown(detail['input'])}"
