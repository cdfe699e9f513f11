"""What a mapping file may say, as models: where the table comes from, what its columns mean, what records it makes.

A mapping has five parts. `source` is the register itself, the one source that every record rests on. `table` says
how the file is written, where that cannot be seen. `columns` turns cells into values: dates, lists, words looked up.
`records` makes records of the values. `leave_out` names rows that are not wanted, and why.
"""

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kg.records import Country, Evidence, Id, Language, Url, Words

Again: TypeAlias = Literal["same", "join", "refuse"]
Kind: TypeAlias = Literal[
    "official", "city", "company", "organization", "post", "tenure", "forum", "meeting", "cooperation", "sector"
]
Format: TypeAlias = Literal["csv", "tsv", "json", "jsonl", "xlsx", "parquet"]
Listed: TypeAlias = tuple[str, ...]


class Rule(BaseModel):
    """What mappings are made of."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)


class TableRule(Rule):
    """How the file is written; what is left out is found out and reported."""

    format: Format | None = Field(default=None, description="The format, when the name of the file does not say it.")
    encoding: str | None = Field(default=None, description="utf-8, utf-16, cp932 (Shift_JIS), cp1252 ...")
    delimiter: str | None = Field(default=None, description="What parts the cells of a line: one character, or tab.")
    sheet: str | None = Field(default=None, description="The sheet of an Excel file; the first unless said.")
    header: int = Field(
        default=1, ge=1, le=1000, description="The row that names the columns; rows above it are passed over."
    )


class SourceRule(Rule):
    """The register as a source record: the same fields, and an id."""

    id: Id
    outlet: Words
    title: Words | dict[Language, Words] | None = None
    url: Url | None = None
    language: Language | None = None
    published: str | None = None
    retrieved: str | None = None
    sha256: str | None = None
    note: Words | dict[Language, Words] | None = None


class LeaveOut(Rule):
    """Rows that are not wanted: all that is said of the column must hold."""

    column: str
    values: Listed | None = Field(default=None, description="One of these, letter case aside; '' is an empty cell.")
    matches: str | None = Field(default=None, description="A regular expression that the whole cell fits.")
    because: Words

    @model_validator(mode="after")
    def _says_which(self) -> "LeaveOut":
        if self.values is None and self.matches is None:
            raise ValueError("expected `values` or `matches`: which rows are left out?")
        return self


class ColumnRule(Rule):
    """How the cells of a column become values. What is not said is not done; the order is that of the fields here."""

    from_: str | None = Field(
        default=None, alias="from", description="The column of the table; this one's name unless said."
    )
    remove: Listed = Field(default=(), description="Regular expressions; what fits is cut out.")
    missing: Listed = Field(default=(), description="Cells that say nothing, letter case aside: '-', 'n/a'.")
    split: Listed | Literal["python-list", "json-list"] = Field(
        default=(), description="What parts several values in one cell: separators, or how a list is written."
    )
    keep: Listed = Field(default=(), description="Texts that hold a separator and are not split: ', Inc.'.")
    whole: Listed = Field(default=(), description="Regular expressions; a cell that one is found in is not split.")
    dates: Listed = Field(default=(), description="Date patterns: DD-MM-YYYY, D MONTH YYYY, YYYY, EXCEL.")
    months: str = Field(default="en", description="The language of the names of months.")
    digits: int | None = Field(
        default=None, ge=1, le=40, description="A code of so many digits; lost zeros are put back."
    )
    decimal: Literal[",", "."] | None = Field(default=None, description="A number, with this sign before its fraction.")
    table: str | None = Field(default=None, description="The value table to look the value up in.")
    gazetteer: str | None = Field(default=None, description="The gazetteer in which the value is the name of a place.")
    within: Country | None = Field(default=None, description="The country whose places the gazetteer offers.")
    otherwise: Literal["reject", "keep", "leave-out"] = Field(
        default="reject", description="What becomes of a value that the table does not know."
    )
    longest: int | None = Field(default=None, ge=1, description="The most characters a value may have.")
    bad: Literal["reject", "leave-out"] = Field(
        default="reject",
        description="What becomes of a row with a bad value here: rejected, or made without the value.",
    )


class ValueTable(Rule):
    """Words and what they stand for; a value may be a list."""

    extends: str | None = Field(default=None, description="A table, of this mapping or shipped, that this one adds to.")
    case: bool = Field(default=False, description="Whether letter case counts.")
    values: dict[str, str | Listed] = Field(default_factory=dict)


class IdRule(Rule):
    """An id from key columns: a text people can read, and a digest of the columns that tell records apart."""

    text: str = ""
    key: Listed = Field(default=(), description="Columns; their values make the digest at the end of the id.")
    pair: tuple[str, str] | None = Field(
        default=None, description="Two records of this row, such as [$origin, $other]; their order does not count."
    )
    swap: dict[str, str] = Field(
        default_factory=dict, description="Columns that change places when the two of a pair stand the other way round."
    )


class RecordRule(BaseModel):
    """One kind of record made from a row; beside the fields here stand the fields of the record itself."""

    model_config = ConfigDict(frozen=True, extra="allow", validate_by_name=True, validate_by_alias=True)

    kind: Kind
    id: str | IdRule = ""
    each: str | None = Field(default=None, description="A column of several values: one record for each.")
    again: Again | None = Field(
        default=None,
        description="When the id comes again: `same` thing (other names become aliases), `join` the rows, or `refuse`.",
    )
    apart: Annotated[float, Field(gt=0)] | None = Field(
        default=None, description="Kilometres; places of one id that lie further apart are two places."
    )
    place: str | None = Field(
        default=None,
        description="A column with a gazetteer: the record is the city that was recognised.",
    )
    says: str | None = Field(default=None, description="What the register says of this record, for its evidence.")

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of the record itself, the id aside."""
        return dict(self.__pydantic_extra__ or {})


class Mapping(Rule):
    """A whole mapping."""

    title: Words
    about: str | None = None
    source: SourceRule
    table: TableRule = TableRule()
    missing: Listed = Field(default=(), description="Cells that say nothing, in any column: '-', 'n/a'.")
    leave_out: tuple[LeaveOut, ...] = ()
    columns: dict[str, ColumnRule] = Field(default_factory=dict)
    tables: dict[str, ValueTable] = Field(default_factory=dict)
    given: dict[str, tuple[dict[str, Any], ...]] = Field(
        default_factory=dict, description="Records that stand in no row, written as in a file of records."
    )
    records: dict[str, RecordRule] = Field(min_length=1)


__all__ = ["ColumnRule", "Evidence", "IdRule", "LeaveOut", "Mapping", "RecordRule", "TableRule", "ValueTable"]
