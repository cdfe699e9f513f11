"""What a kind of record may hold, read off its class: names of fields, lists, maps and plain words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import UnionType
from typing import Annotated, Any, NewType, Union, get_args, get_origin

from pydantic import BaseModel

from kg.read.entry import FieldPath


@dataclass(frozen=True)
class Form:
    """What may stand in one place: a word, fields by name, items of a list, values under free keys."""

    word: bool = False
    fields: Mapping[str, "Form"] = field(default_factory=dict)
    item: "Form | None" = None
    value: "Form | None" = None

    def step(self, part: str | int) -> "Form | None":
        """Return the form one step inside, or None when nothing may stand there."""
        if isinstance(part, int):
            return self.item
        return self.fields.get(part) or self.value


@cache
def form_of(model: type[BaseModel]) -> Form:
    """Return the form of a record or of a part of one, under the names used in files."""
    return Form(fields={info.alias or name: _form(info.annotation) for name, info in model.model_fields.items()})


def form_at(model: type[BaseModel], path: FieldPath) -> Form | None:
    """Return the form of a nested field, or None when there is no such field."""
    form: Form | None = form_of(model)
    for part in path:
        form = form.step(part) if form else None
    return form


def _form(annotation: Any) -> Form:  # noqa: ANN401  (annotations are any object)
    """Return the form of an annotation; a union takes what any of its members takes."""
    while isinstance(annotation, NewType):
        annotation = annotation.__supertype__
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _form(arguments[0])
    if origin in (Union, UnionType):
        return _join([_form(member) for member in arguments if member is not type(None)])
    if origin is tuple:
        return Form(item=_form(arguments[0]))
    if origin is dict:
        return Form(value=_form(arguments[1]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return form_of(annotation)
    return Form(word=True)


def _join(forms: list[Form]) -> Form:
    """Return what any of the forms takes; no union of ours has two members of one sort."""
    return Form(
        word=any(form.word for form in forms),
        fields=next((form.fields for form in forms if form.fields), {}),
        item=next((form.item for form in forms if form.item), None),
        value=next((form.value for form in forms if form.value), None),
    )
