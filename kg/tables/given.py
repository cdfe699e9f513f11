"""The records of a mapping that stand in no row: the register itself, and what it leaves unsaid."""

from pydantic import ValidationError

from kg.errors import TableError, did_you_mean, shown
from kg.read.findings import explain
from kg.records import BY_PLURAL, from_builtins
from kg.tables.ledger import Ledger, to_line
from kg.tables.loading import LoadedMapping


def write_given(mapping: LoadedMapping, ledger: Ledger) -> None:
    """Write the register as a source, then the given records.

    Raises:
        TableError: one of them is not valid, or stands twice; with its place.
    """
    rules, manual = mapping.rules, mapping.manual
    register = rules.source.model_dump(exclude_none=True)
    for plural, records in (("sources", (register,)), *rules.given.items()):
        kind = BY_PLURAL.get(plural)
        if kind is None:
            message = f"unknown kind of record {shown(plural)}{did_you_mean(plural, BY_PLURAL)}"
            raise TableError(message, manual.locate(("given", plural)))
        for number, fields in enumerate(records):
            at = manual.locate(("source",) if fields is register else ("given", plural, number))
            try:
                record = from_builtins(kind, fields)
            except ValidationError as error:
                detail = error.errors(include_url=False)[0]
                where = ".".join(str(part) for part in detail["loc"] if not str(part).startswith("="))
                raise TableError(f"{where}: {explain(kind, detail)[1]}", at) from error
            if ledger.has(record.namespace, record.id):
                raise TableError(f"{record.kind} {shown(record.id)} stands twice", at)
            ledger.add(record.namespace, record.plural, record.id, to_line(record))
