"""Rows in, records in a ledger out: each row makes all of its records or none, and what becomes of it is counted."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from kg.read.findings import explain
from kg.records import BY_PLURAL, City, Record, from_builtins
from kg.tables.apart import Apart
from kg.tables.cells import one_line, tidy
from kg.tables.columns import check_cell
from kg.tables.given import write_given
from kg.tables.ledger import Held, Ledger, brief, merge, row_of, same_facts, to_line
from kg.tables.making import Ids
from kg.tables.mapping import IdRule
from kg.tables.outcome import Listing, Outcome
from kg.tables.plan import EVENTS, Cell, Maker, Plan
from kg.tables.row import CellFault, Fault, NumberText, Row
from kg.tables.telling import Teller
from kg.tables.template import Values

_SEEN = 20_000


class _Made(NamedTuple):
    """A record of a row that does not stand yet."""

    maker: Maker
    record: Record
    line: bytes
    key: object


class _Refused(Exception):  # noqa: N818 - a value on its way to the rejects
    """Why a record cannot be made, with the cells."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(str(faults[0].reason))
        self.faults = faults


class Flow:
    """One import on its way: a plan, a ledger, the lists and the counts."""

    def __init__(self, plan: Plan, ledger: Ledger, outcome: Outcome, rejects: Listing, notes: Listing) -> None:
        """Write the register itself and the given records first."""
        self.plan = plan
        self.ledger = ledger
        self.outcome = outcome
        self.tell = Teller(outcome, rejects, notes)
        self.source = plan.mapping.rules.source.id
        self._index = {cell.name: cell.at for cell in plan.cells}
        self._apart = Apart()
        write_given(plan.mapping, ledger)

    def take(self, row: Row) -> None:
        """Make the records of one row, or say why there are none."""
        self.outcome.rows += 1
        if row.fault:
            if row.fault.code == "repeated-header":
                self.outcome.left_out[row.fault.reason] += 1
            else:
                self.tell.reject(row, [row.fault])
            return
        for left in self.plan.left:
            if left.wanted(tidy(row.cells[left.index], _deaf)):
                self.outcome.left_out[left.because] += 1
                return
        values, faults = self._values(row)
        if not faults:
            try:
                self._commit(row, self._make(row, values))
            except _Refused as refused:
                faults = refused.faults
        if faults:
            self.tell.reject(row, faults)

    # -- cells ---------------------------------------------------------------------------------------------------

    def _values(self, row: Row) -> tuple[dict[str, tuple[str, ...]], list[Fault]]:
        """Return the values of every column that is used, and what is wrong with their cells."""
        values: dict[str, tuple[str, ...]] = {}
        faults: list[Fault] = []
        told: set[int] = set()
        for cell in self.plan.cells:
            text = row.cells[cell.at]
            found = cell.known.get(text)
            values[cell.name] = self._value(row, cell, text, told, faults) if found is None else found
        return values, faults

    def _value(self, row: Row, cell: Cell, raw: str, told: set[int], faults: list[Fault]) -> tuple[str, ...]:
        """Return the values of one cell, and remember them when there was nothing to tell about it."""
        if not raw:
            return ()
        marks: list[str] = ["number-as-text"] if cell.keyed and isinstance(raw, NumberText) else []
        try:
            text = tidy(raw, marks.append) if type(raw) is str else raw
            if not text or (self.plan.missing and text.casefold() in self.plan.missing):
                found: tuple[str, ...] = ()
            else:
                check_cell(text)
                found = cell.read(text) if cell.read else (one_line(text),)
        except CellFault as error:
            fault = Fault(cell.at, raw, error.code, error.reason)
            if cell.lenient:
                self.tell.note(row, fault)
            else:
                faults.append(fault)
            return ()
        finally:
            self._tell_links(row, cell)
        if marks and cell.at not in told:
            told.add(cell.at)  # several columns of a mapping may come from one of the table
            self.tell.mended(row, cell.at, raw, marks)
        if not marks and type(raw) is str:
            if len(cell.known) >= _SEEN:
                cell.known.clear()
            cell.known[raw] = found
        return found

    def _tell_links(self, row: Row, cell: Cell) -> None:
        """List the names of places recognised in a cell for the first time, with the reason."""
        for name, reason in cell.linked:
            self.tell.note(row, Fault(cell.at, name, "linked", reason))
        cell.linked.clear()

    # -- records -------------------------------------------------------------------------------------------------

    def _make(self, row: Row, values: dict[str, tuple[str, ...]]) -> list[_Made]:
        """Make the records of a row, in the order of the rules."""
        ids: dict[str, tuple[str, ...]] = {}
        made: list[_Made] = []
        for maker in self.plan.makers:
            found: list[str] = []
            columns, things = maker.uses
            for bound in _each(maker, values):
                key, name = None, None
                if maker.again == "same":
                    key = tuple([bound[column] for column in columns] + [ids[one] for one in things])
                    name = maker.seen.get(key)
                if name is None:
                    fresh = self._one(row, maker, bound, ids, key)
                    if fresh is None:
                        self._require(row, maker)
                        continue
                    made.append(fresh)
                    name = fresh.record.id
                found.append(name)
            ids[maker.name] = tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)
        if not any(ids.values()):
            raise _Refused([Fault(-1, "", "nothing", "no record has an id in this row")])
        return made

    def _one(self, row: Row, maker: Maker, values: Values, ids: Ids, key: object) -> _Made | None:
        """Make one record."""
        rule = maker.compiled
        try:
            name = rule.id(values, ids)
        except CellFault as error:
            raise _Refused([self._fault(row, maker, "id", error.code, error.reason)]) from error
        if not name:
            return None
        values = _swapped(maker, values, ids)
        fields: dict[str, Any] = {"id": name}
        if rule.gazetteer and maker.rule.place:
            fields |= rule.gazetteer.places[values[maker.rule.place][0]].fields
        for field, leaf in rule.fields.items():
            value = leaf(values, ids)
            if value is not None and value != []:
                fields[field] = value
        if isinstance(maker.rule.id, IdRule) and maker.rule.id.pair and "parties" in fields:
            fields["parties"] = sorted(fields["parties"])
        said: dict[str, Any] = {"source": self.source, "at": f"row {row.number}"}
        said["says"] = rule.says(values, ids) or f"{self.plan.mapping.rules.title}."
        fields["evidence"] = [said]
        for step in fields.get("steps", ()):
            step["evidence"] = [said]
        try:
            record = from_builtins(maker.kind, fields)
        except ValidationError as error:
            raise _Refused(list(self._findings(row, maker, error))) from error
        if maker.rule.apart and isinstance(record, City):
            record = self._placed(row, maker, record)
        return _Made(maker, record, to_line(record), key)

    def _require(self, row: Row, maker: Maker) -> None:
        """An event without an id is lost; things may be absent."""
        if maker.again == "refuse" or maker.rule.kind in EVENTS:
            reason = f"the columns of the id of {maker.name!r} are empty, or a record that it joins is not made"
            raise _Refused([self._fault(row, maker, "id", "no-id", reason)])

    def _findings(self, row: Row, maker: Maker, error: ValidationError) -> Iterator[Fault]:
        """Yield why the record model refuses what a row says."""
        for detail in error.errors(include_url=False):
            path = [part for part in detail["loc"] if not str(part).startswith("=")]
            code, reason = explain(maker.kind, detail)
            yield self._fault(row, maker, str(path[0]), code, f"{maker.kind.kind} {'.'.join(map(str, path))}: {reason}")

    def _placed(self, row: Row, maker: Maker, city: City) -> City:
        """Tell places of one id apart when they lie too far from each other."""
        placed, is_new = self._apart.placed(city, maker.rule.apart or 0)
        if is_new:
            reason = f"lies apart from the first {city.id}; becomes {placed.id}"
            self.tell.note(row, self._fault(row, maker, "name", "namesake", reason))
        return placed

    # -- the ledger ----------------------------------------------------------------------------------------------

    def _commit(self, row: Row, made: list[_Made]) -> None:
        """Write what a row made; nothing of it when one record cannot stand."""
        joined = repeated = False
        standing = [self.ledger.find(one.record.namespace, one.record.id) for one in made]
        for one, held in zip(made, standing, strict=True):
            if held is None:
                continue
            if held.plural != one.record.plural:
                reason = f"the id {one.record.id!r} is that of a {BY_PLURAL[held.plural].kind} already"
                raise _Refused([self._fault(row, one.maker, "id", "id-of-another-kind", reason)])
            if one.maker.again == "refuse":
                first = row_of(held.fields)
                if not same_facts(held.fields, json.loads(one.line)):
                    reason = (
                        f"the id {one.record.id!r} stands already, with other values ({first}); add columns to its key"
                    )
                    raise _Refused([self._fault(row, one.maker, "id", "id-collision", reason)])
                self.tell.note(row, self._fault(row, one.maker, "id", "repeated", f"says the same as {first}"))
                repeated = True
            joined = joined or one.maker.again == "join"
        if repeated:
            self.outcome.repeated += 1
            return
        twice = len(made) > 1 and len({(one.record.namespace, one.record.id) for one in made}) < len(made)
        for one, held in zip(made, standing, strict=True):
            self._write(row, one, self.ledger.find(one.record.namespace, one.record.id) if twice else held)
        self.outcome.made += 1
        self.outcome.joined += joined

    def _write(self, row: Row, one: _Made, held: Held | None) -> None:
        """Write one record, or add it to what stands under its id."""
        record, maker = one.record, one.maker
        if held is None:
            self.ledger.add(record.namespace, record.plural, record.id, one.line)
        else:
            later = json.loads(one.line)
            changed, differ = merge(held.fields, later, join=maker.again == "join")
            for field in differ:
                first = row_of(held.fields)
                was, now = brief(held.fields[field]), brief(later[field])
                reason = f"{record.kind} {record.id}: {field} was {was} in {first}, which stands; here {now}"
                self.tell.note(row, self._fault(row, maker, field, "differs", reason))
            if changed:
                self.ledger.change(record.namespace, record.id, held.fields)
        if maker.again == "same":
            if len(maker.seen) >= _SEEN:
                maker.seen.clear()
            maker.seen[one.key] = record.id

    # -- what is told --------------------------------------------------------------------------------------------

    def _fault(self, row: Row, maker: Maker, field: str, code: str, reason: str) -> Fault:
        """Return a fault at the first cell that a field is made of."""
        column = maker.column_of(field)
        index = self._index.get(column, -1) if column else -1
        return Fault(index, row.cells[index] if index >= 0 else "", code, reason)


def _deaf(code: str) -> None:
    """Hear nothing."""


def _each(maker: Maker, values: dict[str, tuple[str, ...]]) -> Sequence[Values]:
    """Return the values once, or once for each value of a column."""
    column = maker.rule.each
    if column is None or len(values[column]) == 1:
        return (values,)
    return [{**values, column: (value,)} for value in values[column]]


def _swapped(maker: Maker, values: Values, ids: Ids) -> Values:
    """Let columns change places where the two of a pair stand the other way round."""
    rule = maker.rule.id
    if not isinstance(rule, IdRule) or not rule.pair or not rule.swap:
        return values
    first, second = (ids[name[1:]][0] for name in rule.pair)
    if first <= second:
        return values
    swapped = dict(values)
    for one, other in rule.swap.items():
        swapped[one], swapped[other] = values[other], values[one]
    return swapped
