"""Build records from the files of bad cases without any check, so that the graph can be asked for its opinion."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, NewType, TypeVar, Union, get_args, get_origin

import yaml
from pydantic import BaseModel

from kg.dates import PartialDate
from kg.errors import Location
from kg.read import Entry
from kg.read.entry import FieldPath
from kg.records import BY_PLURAL

M = TypeVar("M", bound=BaseModel)


class LooseDate(PartialDate):
    """A date that may be none; its bounds are then a day of its own."""

    __slots__ = ()

    def __init__(self, text: str) -> None:
        try:
            super().__init__(text)
        except ValueError:
            self.text = text
            self.earliest = self.latest = date(2025, 1, 1)


def read_unchecked(path: Path) -> Iterator[Entry]:
    """Yield the records of a YAML file, each of them built as it is written."""
    groups = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  (only makes text)
    for plural, rows in groups.items():
        for row in rows:
            yield Entry(build(BY_PLURAL[plural], row), Location(path.name), _nowhere)


def _nowhere(path: FieldPath, *, key: bool = False) -> Location:
    del path, key
    return Location("unchecked")


def build(model: type[M], row: Mapping[str, Any]) -> M:
    """Make a record or part without validating it; what is missing is empty."""
    values: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        raw = row.get(info.alias or name)
        empty = () if get_origin(info.annotation) is tuple else None
        default = empty if info.is_required() else info.get_default(call_default_factory=True)
        values[name] = default if raw is None else _value(info.annotation, raw)
    return model.model_construct(**values)


def _value(annotation: Any, raw: Any) -> Any:  # noqa: ANN401, PLR0911  (as written; one return a sort)
    """Make the value of a field, as its annotation asks where it can be done."""
    while isinstance(annotation, NewType):
        annotation = annotation.__supertype__
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _value(arguments[0], raw)
    if origin in (Union, UnionType):
        members = [member for member in arguments if member is not type(None)]
        return _value(members[-1] if isinstance(raw, dict | list) else members[0], raw)
    if origin is tuple:
        return tuple(_value(arguments[0], item) for item in raw)
    if origin is dict:
        return {key: _value(arguments[1], item) for key, item in raw.items()}
    if isinstance(annotation, type):
        if issubclass(annotation, BaseModel):
            return build(annotation, raw)
        if annotation in (PartialDate, float):
            return LooseDate(raw) if annotation is PartialDate else float(raw)
    return raw
