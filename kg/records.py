"""Records as they are written and kept: frozen, one class a kind, before anything is RDF.

A field says its type and nothing more; what one record alone can get wrong (a missing field, a
word outside a list) is found while reading, what needs other records (a dangling id) in `kg.check`.
Dates are partial ISO 8601 (`kg.dates`); ids are unique within their kind, except that cities,
companies and organizations share one namespace, because a meeting's parties are named without kind.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, ClassVar, NewType, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    PlainValidator,
    Tag,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from kg.allowed import (
    COUNTRY_PATTERN,
    ID_PATTERN,
    LANGUAGE_PATTERN,
    SHA256_PATTERN,
    URL_PATTERN,
    WORDS_PATTERN,
    Instrument,
    Role,
    Stage,
    Status,
)
from kg.dates import PartialDate


def _parse_date(value: object) -> PartialDate:
    """Read a partial date from its text."""
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, str):
        return _known_date(value)
    raise ValueError("expected a date as text")


@lru_cache(maxsize=4096)
def _known_date(text: str) -> PartialDate:
    """Return the date of a text; dates never change, and few of them stand in many records."""
    return PartialDate(text)


def _not(kind: type, wanted: str) -> BeforeValidator:
    """Refuse what pydantic would take for a number or a yes: 1 is not yes, true is not 1."""

    def check(value: object) -> object:
        if type(value) is kind:
            raise PydanticCustomError("wrong_type", "expected {wanted}", {"wanted": wanted})
        return value

    return BeforeValidator(check)


Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=120)]
Words = Annotated[str, Field(pattern=WORDS_PATTERN)]
Language = Annotated[str, Field(pattern=LANGUAGE_PATTERN)]
Country = Annotated[str, Field(pattern=COUNTRY_PATTERN)]
Url = Annotated[str, Field(pattern=URL_PATTERN)]
Flag = Annotated[bool, _not(int, "true or false")]
Number = Annotated[float, _not(bool, "a number")]
Sha256 = Annotated[str, Field(pattern=SHA256_PATTERN)]
Date = Annotated[
    PartialDate,
    PlainValidator(_parse_date),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}),
]


def _shape(value: object) -> str:
    """Tell a mapping from a bare word, so that only the reading meant is checked."""
    if type(value) is str:  # nearly always; asking for a Mapping takes ten times as long
        return "=word"
    return "=map" if isinstance(value, Mapping | BaseModel) else "=word"


def _listed(value: object) -> str:
    """Tell a list from a bare word."""
    return "=list" if isinstance(value, list | tuple) else "=word"


Text = Annotated[
    Annotated[Words, Tag("=word")] | Annotated[dict[Language, Words], Field(min_length=1), Tag("=map")],
    Discriminator(_shape),
]
Claimed = Annotated[
    Annotated[Words, Tag("=word")] | Annotated[tuple[Words, ...], Field(min_length=1), Tag("=list")],
    Discriminator(_listed),
]

OfficialId = NewType("OfficialId", Id)
PartyId = NewType("PartyId", Id)
PostId = NewType("PostId", Id)
ForumId = NewType("ForumId", Id)
MeetingId = NewType("MeetingId", Id)
CooperationId = NewType("CooperationId", Id)
SectorId = NewType("SectorId", Id)
SourceId = NewType("SourceId", Id)


class Part(BaseModel):
    """What records are made of; the base of the nested ones too."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)


class Evidence(Part):
    """What one source says in support of a record, or against it (`claims`)."""

    source: SourceId
    at: Words | None = None
    says: Text | None = None
    quote: Words | None = None
    supports: tuple[Words, ...] | None = None
    claims: dict[Words, Claimed] | None = None


class Record(Part):
    """What every kind of record has: an id. `kind` is its word, `plural` the key it stands under."""

    kind: ClassVar[str]
    plural: ClassVar[str]
    namespace: ClassVar[str]

    id: Id


class Official(Record):
    """A named person who acts for somebody."""

    kind: ClassVar[str] = "official"
    plural: ClassVar[str] = "officials"
    namespace: ClassVar[str] = "official"

    name: Text
    aliases: tuple[Text, ...] = ()
    same_as: tuple[Url, ...] = ()
    note: Text | None = None
    evidence: tuple[Evidence, ...] = ()


class Party(Record):
    """What cities, companies and organizations have in common."""

    namespace: ClassVar[str] = "party"

    name: Text
    aliases: tuple[Text, ...] = ()
    country: Country | None = None
    part_of: PartyId | None = None
    same_as: tuple[Url, ...] = ()
    url: Url | None = None
    note: Text | None = None
    evidence: tuple[Evidence, ...] = ()


class City(Party):
    """A municipality: place and government in one. Coordinates are WGS 84 degrees."""

    kind: ClassVar[str] = "city"
    plural: ClassVar[str] = "cities"

    latitude: Annotated[Number, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[Number, Field(ge=-180, le=180)] | None = None


class Company(Party):
    """A business enterprise, state- and city-owned ones too."""

    kind: ClassVar[str] = "company"
    plural: ClassVar[str] = "companies"


class Organization(Party):
    """An embassy, ministry, agency, association, university or department."""

    kind: ClassVar[str] = "organization"
    plural: ClassVar[str] = "organizations"

    unit_of: PartyId | None = None


class Post(Record):
    """A position in a body, whoever holds it; `acting_for` names the post it stands in for."""

    kind: ClassVar[str] = "post"
    plural: ClassVar[str] = "posts"
    namespace: ClassVar[str] = "post"

    name: Text
    of: PartyId
    acting_for: PostId | None = None
    evidence: tuple[Evidence, ...] = ()


class Tenure(Record):
    """An official in a post: from and until as far as known, or only the days it was observed."""

    kind: ClassVar[str] = "tenure"
    plural: ClassVar[str] = "tenures"
    namespace: ClassVar[str] = "tenure"

    official: OfficialId
    post: PostId
    from_: Date | None = Field(default=None, alias="from")
    until: Date | None = None
    observed: tuple[Date, ...] = ()
    note: Text | None = None
    evidence: tuple[Evidence, ...] = ()


class Forum(Record):
    """The larger event a meeting took place in."""

    kind: ClassVar[str] = "forum"
    plural: ClassVar[str] = "forums"
    namespace: ClassVar[str] = "forum"

    name: Text
    date: Date | None = None
    until: Date | None = None
    city: PartyId | None = None
    place: Words | None = None
    url: Url | None = None
    note: Text | None = None
    evidence: tuple[Evidence, ...] = ()


class Venue(Part):
    """Where a meeting was: any of city, place in words, forum, or online."""

    city: PartyId | None = None
    place: Words | None = None
    forum: ForumId | None = None
    online: Flag | None = None


class PartyInRole(Part):
    """A party of a meeting with the role it had there."""

    party: PartyId
    role: Role | None = None


PartyOrRole = Annotated[Annotated[PartyId, Tag("=word")] | Annotated[PartyInRole, Tag("=map")], Discriminator(_shape)]


class Person(Part):
    """An official at a meeting: the post acted in (`as`), the body acted for (`for`), the role there."""

    official: OfficialId
    as_: PostId | None = Field(default=None, alias="as")
    for_: PartyId | None = Field(default=None, alias="for")
    role: Role | None = None


class Meeting(Record):
    """An encounter between parties on a date: held, planned or cancelled."""

    kind: ClassVar[str] = "meeting"
    plural: ClassVar[str] = "meetings"
    namespace: ClassVar[str] = "meeting"

    name: Text | None = None
    status: Status = "held"
    date: Date | None = None
    until: Date | None = None
    at: Venue | None = None
    parties: tuple[PartyOrRole, ...] = Field(min_length=1)
    people: tuple[Person, ...] = ()
    sectors: tuple[SectorId, ...] = ()
    stage: Stage | None = None
    instrument: Instrument | None = None
    cooperation: CooperationId | None = None
    follows: tuple[MeetingId, ...] = ()
    follow_up: Flag = False
    aims: Text | None = None
    note: Text | None = None
    rulings: dict[Words, Words] | None = None
    evidence: tuple[Evidence, ...] = ()


class Step(Part):
    """The dated, sourced move of a cooperation to a stage; its id is unique within the cooperation."""

    id: Id
    date: Date | None = None
    stage: Stage
    instrument: Instrument | None = None
    meeting: MeetingId | None = None
    note: Text | None = None
    evidence: tuple[Evidence, ...] = ()


class Cooperation(Record):
    """What two or more parties pursue in one or more sectors over time."""

    kind: ClassVar[str] = "cooperation"
    plural: ClassVar[str] = "cooperations"
    namespace: ClassVar[str] = "cooperation"

    name: Text
    parties: tuple[PartyId, ...] = Field(min_length=2)
    sectors: tuple[SectorId, ...] = ()
    aims: Text | None = None
    steps: tuple[Step, ...] = ()
    note: Text | None = None
    rulings: dict[Words, Words] | None = None
    evidence: tuple[Evidence, ...] = ()


class Sector(Record):
    """A field of cooperation that a collection adds to the shipped scheme."""

    kind: ClassVar[str] = "sector"
    plural: ClassVar[str] = "sectors"
    namespace: ClassVar[str] = "sector"

    name: Text
    broader: SectorId | None = None
    matches: tuple[Url, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Source(Record):
    """One article or document; `text` is its file in `sources/`, `sha256` the hash of what was read."""

    kind: ClassVar[str] = "source"
    plural: ClassVar[str] = "sources"
    namespace: ClassVar[str] = "source"

    outlet: Words
    title: Text | None = None
    url: Url | None = None
    language: Language | None = None
    published: Date | None = None
    retrieved: Date | None = None
    sha256: Sha256 | None = None
    text: Words | None = None
    copy_of: SourceId | None = None
    family: Id | None = None
    note: Text | None = None


KINDS: tuple[type[Record], ...] = (
    Official,
    City,
    Company,
    Organization,
    Post,
    Tenure,
    Forum,
    Meeting,
    Cooperation,
    Sector,
    Source,
)
R = TypeVar("R", bound=Record)

BY_KIND: Mapping[str, type[Record]] = {record.kind: record for record in KINDS}
BY_PLURAL: Mapping[str, type[Record]] = {record.plural: record for record in KINDS}


def from_builtins(kind: type[R], fields: Mapping[str, Any]) -> R:
    """Build a record of `kind` from plain mappings, lists, text and numbers.

    Raises:
        pydantic.ValidationError: with every field that is missing, unknown or of the wrong type.
    """
    return kind.model_validate(fields, by_alias=True, by_name=False)


def to_builtins(record: Record) -> dict[str, Any]:
    """Return the record as plain mappings, lists and text, without the fields that hold their default."""
    return record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
