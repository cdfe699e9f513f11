"""Record rules in, functions from a row's values to the fields of a record out, checked against the model first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple, TypeAlias

from kg.errors import Issue, did_you_mean, shown
from kg.read.fields import Form, form_of
from kg.records import BY_KIND
from kg.tables.gazetteer import Gazetteer, read_gazetteer
from kg.tables.ids import digest, to_id
from kg.tables.loading import LoadedMapping
from kg.tables.mapping import IdRule, RecordRule
from kg.tables.row import CellFault
from kg.tables.template import Template, Values, parse_template

Ids: TypeAlias = Mapping[str, tuple[str, ...]]
Leaf: TypeAlias = Callable[[Values, Ids], Any]
Path_: TypeAlias = tuple[str | int, ...]


class Uses(NamedTuple):
    """What a part of a rule needs: columns, and records made before it."""

    columns: tuple[str, ...]
    things: tuple[str, ...]


class Compiler:
    """Turns the fields of one record rule into functions; what is wrong gathers in `issues`."""

    def __init__(self, mapping: LoadedMapping, name: str, rule: RecordRule, *, known: Sequence[str]) -> None:
        """Compile every field. `known` are the rules before this one, which it may name as `$rule`."""
        self.mapping = mapping
        self.rule = rule
        self.known = known
        self.issues: list[Issue] = []
        self.columns: dict[str, list[str]] = {}
        self.things: dict[str, list[str]] = {}
        self._at: Path_ = ("records", name)
        form = form_of(BY_KIND[rule.kind])
        self.fields: dict[str, Leaf] = {}
        for field, value in rule.fields.items():
            inner = form.fields.get(field)
            if inner is None or field in ("evidence", "rulings"):
                self._unknown(form, field)
            else:
                self._field = field
                self.fields[field] = self._leaf(value, inner, (*self._at, field))
        self._field = "id"
        self.id = self._id(rule.id or (f"{{{rule.place}}}" if rule.place else ""))
        self.gazetteer = self._gazetteer()
        self._field = "says"
        self.says = self._leaf(rule.says or f"{mapping.rules.title}.", Form(word=True), (*self._at, "says"))

    def uses(self) -> Uses:
        """Return every column and every record named anywhere in the rule."""
        columns = dict.fromkeys(column for found in self.columns.values() for column in found)
        if self.rule.each:
            columns[self.rule.each] = None
        return Uses(tuple(columns), tuple(dict.fromkeys(one for found in self.things.values() for one in found)))

    def _gazetteer(self) -> Gazetteer | None:
        """Return the gazetteer that the column of `place` was read by."""
        if self.rule.place is None:
            if not self.rule.id:
                self._say(self._at, "missing", "missing 'id'")
            return None
        column = self.mapping.rules.columns.get(self.rule.place)
        if column is None or column.gazetteer is None or self.rule.kind != "city":
            self._say(
                (*self._at, "place"), "no-gazetteer", "`place` is for a city, and names a column with a `gazetteer`"
            )
            return None
        return read_gazetteer(column.gazetteer)

    def _unknown(self, form: Form, field: str) -> None:
        known = sorted(set(form.fields) - {"id", "evidence", "rulings"} | {"each", "again", "apart", "place", "says"})
        hint = did_you_mean(field, known) or f"; expected one of {', '.join(known)}"
        why = "is made by the import; use `says`" if field == "evidence" else f"is no field of {self.rule.kind}{hint}"
        self._say((*self._at, field), "unknown-field", f"{shown(field)} {why}")

    def _say(self, path: Path_, code: str, message: str) -> None:
        self.issues.append(Issue(self.mapping.manual.locate(path), "error", f"mapping-{code}", message))

    def _template(self, text: str, path: Path_) -> Template:
        """Read a text with holes, and note its columns."""
        try:
            template = parse_template(text)
        except ValueError as error:
            self._say(path, "bad-template", str(error))
            return parse_template("")
        self.columns.setdefault(self._field, []).extend(template.columns)
        return template

    def _thing(self, text: str, path: Path_) -> str:
        """Note which record `$name` means."""
        name = text[1:]
        if name not in self.known:
            hint = did_you_mean(name, self.known) or "; only records above this one can be named"
            self._say(path, "unknown-record", f"there is no record {shown(text)}{hint}")
        self.things.setdefault(self._field, []).append(name)
        return name

    def _id(self, rule: str | IdRule) -> Callable[[Values, Ids], str | None]:
        """Compile an id."""
        path = (*self._at, "id")
        rule = IdRule(text=rule) if isinstance(rule, str) else rule
        if rule.pair:
            return self._pair(rule, path)
        template = self._template(rule.text, path)
        self.columns.setdefault("id", []).extend(rule.key)
        if not rule.key:
            text_of = _filled(template, many=False)
            return lambda values, ids: to_id(text_of(values, ids) or "") or None

        def keyed(values: Values, ids: Ids) -> str | None:  # noqa: ARG001
            text = template.fill(values) if rule.text else ""
            if text is None or not any(values[column] for column in rule.key):
                return None
            mark = digest(*("\x1e".join(values[column]) for column in rule.key), size=5)
            return "-".join(filter(None, [to_id(text), mark]))

        return keyed

    def _pair(self, rule: IdRule, path: Path_) -> Callable[[Values, Ids], str | None]:
        """Compile the id of two things that stand to each other in no order."""
        first, second = (self._thing(one, path) for one in rule.pair or ())
        self.columns.setdefault("id", []).extend(column for both in rule.swap.items() for column in both)

        def paired(values: Values, ids: Ids) -> str | None:  # noqa: ARG001
            ends = sorted((*ids[first][:1], *ids[second][:1]))
            if len(ends) < 2:  # noqa: PLR2004
                return None
            if ends[0] == ends[1]:
                raise CellFault("same-twice", f"both ends are {ends[0]}; expected two")
            return to_id("-and-".join(ends))

        return paired

    def _leaf(self, value: object, form: Form, path: Path_) -> Leaf:
        """Compile a value of any sort."""
        if isinstance(value, list):
            return self._list(value, form, path)
        if isinstance(value, dict):
            return self._mapping(value, form, path)
        text = str(value)
        if not form.word and form.item is None:
            inside = ", ".join(form.fields)
            self._say(path, "wrong-type", f"found text; expected a mapping of {inside}")
        many = form.item is not None and not form.word
        if text.startswith("$"):
            return _named(self._thing(text, path), many=many)
        return _filled(self._template(text, path), many=many)

    def _list(self, items: Sequence[object], form: Form, path: Path_) -> Leaf:
        """Compile a list: what its items give, one after the other."""
        if form.item is None:
            self._say(path, "wrong-type", "found a list; expected one value")
            return lambda values, ids: None  # noqa: ARG005
        leaves = []
        for number, item in enumerate(items):
            at = (*path, number)
            if isinstance(item, dict):
                leaves.append(self._expanding(item, form.item, at))
            else:
                leaves.append(self._leaf(item, Form(item=form.item) if form.item.word else form.item, at))

        def flat(values: Values, ids: Ids) -> list[Any] | None:
            found = [one for leaf in leaves for one in leaf(values, ids) or ()]
            return list(dict.fromkeys(found)) if all(isinstance(one, str) for one in found) else found

        return flat

    def _inside(
        self, value: Mapping[str, object], form: Form, path: Path_
    ) -> Iterator[tuple[str, object, Form, Path_]]:
        """Yield each key that may stand in a mapping, with its form."""
        for key, inner in value.items():
            found = form.step(key)
            if found is None:
                hint = did_you_mean(key, form.fields) or (
                    f"; expected one of {', '.join(form.fields)}" if form.fields else ""
                )
                self._say((*path, key), "unknown-field", f"unknown field {shown(key)}{hint}")
            else:
                yield key, inner, found, (*path, key)

    def _mapping(self, value: Mapping[str, object], form: Form, path: Path_) -> Leaf:
        """Compile a mapping: what is empty is left out."""
        leaves = [(key, self._leaf(inner, found, at)) for key, inner, found, at in self._inside(value, form, path)]

        def made(values: Values, ids: Ids) -> dict[str, Any] | None:
            fields = {key: leaf(values, ids) for key, leaf in leaves}
            return {key: one for key, one in fields.items() if one} or None

        return made

    def _expanding(self, value: Mapping[str, object], form: Form, path: Path_) -> Leaf:
        """Compile a mapping in a list: one for each of the records or values it names."""
        leaves: list[tuple[str, Leaf, bool]] = []
        for key, inner, found, at in self._inside(value, form, path):
            plain = isinstance(inner, str) and found.word
            many = Form(item=found) if plain else found
            leaves.append((key, self._leaf(inner, many, at), plain and str(inner).startswith("$")))

        def made(values: Values, ids: Ids) -> list[dict[str, Any]]:
            found: list[tuple[str, list[Any]]] = []
            for key, leaf, needed in leaves:
                value = leaf(values, ids)
                several = value if isinstance(value, list) else [] if value is None else [value]
                if needed and not several:
                    return []
                if several:
                    found.append((key, several))
            longest = max([len(several) for _, several in found], default=0)
            rows = zip_longest(*(several if len(several) > 1 else several * longest for _, several in found))
            return [{key: one for (key, _), one in zip(found, row, strict=True) if one is not None} for row in rows]

        return made


def _named(name: str, *, many: bool) -> Leaf:
    """Return what gives the ids of another record of the row."""
    if many:
        return lambda values, ids: list(ids[name])  # noqa: ARG005
    return lambda values, ids: next(iter(ids[name]), None)  # noqa: ARG005


def _filled(template: Template, *, many: bool) -> Leaf:
    """Return what fills a text; the two plainest sorts of text, which are most, take the shortest way."""
    only, constant = template.only, None if template.columns else template.fill({})
    if many and only is not None:
        return lambda values, ids: list(values[only])  # noqa: ARG005
    if many:

        def several(values: Values, ids: Ids) -> list[str]:  # noqa: ARG001
            text = template.fill(values)
            return [] if text is None else [text]

        return several
    if constant is not None:
        return lambda values, ids: constant  # noqa: ARG005
    if only is not None:

        def single(values: Values, ids: Ids) -> str | None:  # noqa: ARG001
            found = values[only]
            return found[0] if len(found) == 1 else ", ".join(found) or None

        return single
    return lambda values, ids: template.fill(values)  # noqa: ARG005
