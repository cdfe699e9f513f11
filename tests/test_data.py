"""The shipped collection: complete, referenced, sourced, and without two people in one chair."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from kg.dates import PartialDate
from kg.errors import Issue
from kg.read import iter_entries
from kg.records import (
    City,
    Company,
    Cooperation,
    Evidence,
    Forum,
    Meeting,
    Official,
    Organization,
    PartyInRole,
    Post,
    Record,
    Source,
    Tenure,
    to_builtins,
)

RECORDS = Path(__file__).parent.parent / "data" / "records"
COUNTS = {
    City: 34,
    Company: 21,
    Cooperation: 35,
    Forum: 16,
    Meeting: 121,
    Official: 149,
    Organization: 65,
    Post: 91,
    Source: 239,
    Tenure: 114,
}
READ_IN_FULL = {
    "makassarkota-2020-07-27": "126d14501d944323d1e5db81b7a9e9c700642bfc11921ac56729c6f0089fbca5",
    "rastranews-2025-11-26": "d30093fb3edca078beabb6796dadd519b1771e2b83720aa6bcf34125505b0fc2",
}
MAYORS = {
    date(2019, 2, 7): "danny-pomanto",
    date(2019, 5, 13): "iqbal-suhaeb",
    date(2020, 2, 27): "iqbal-suhaeb",
    date(2020, 6, 1): "yusran-jusuf",
    date(2020, 7, 27): "rudy-djamaluddin",
    date(2022, 7, 11): "danny-pomanto",
    date(2024, 10, 10): "andi-arwin-azis",
    date(2025, 1, 27): "danny-pomanto",
    date(2025, 11, 25): "munafri-arifuddin",
}
# Measures that one source alone gives, beside others that are counted differently: no disagreement.
LONE_MEASURES = {"companies_confirmed", "large_companies"}
DISPUTES = 93

Sourced = Official | City | Company | Organization | Post | Tenure | Forum | Meeting | Cooperation


@cache
def records() -> dict[str, dict[str, Record]]:
    """Return every record by namespace and id; a finding of the reader is a failure."""
    found: dict[str, dict[str, Record]] = {}
    for entry in iter_entries(RECORDS):
        assert not isinstance(entry, Issue), entry
        table = found.setdefault(entry.record.namespace, {})
        assert entry.record.id not in table, entry.at
        table[entry.record.id] = entry.record
    return found


def every() -> Iterator[Record]:
    """Yield every record."""
    for table in records().values():
        yield from table.values()


def meetings() -> Iterator[Meeting]:
    """Yield every meeting."""
    yield from (record for record in records()["meeting"].values() if isinstance(record, Meeting))


def tenures() -> Iterator[Tenure]:
    """Yield every tenure."""
    yield from (record for record in records()["tenure"].values() if isinstance(record, Tenure))


def evidence_of(record: Record) -> tuple[Evidence, ...]:
    """Return what is said about a record, its steps included."""
    own: tuple[Evidence, ...] = getattr(record, "evidence", ())
    steps = record.steps if isinstance(record, Cooperation) else ()
    return own + tuple(evidence for step in steps for evidence in step.evidence)


def party_ids(meeting: Meeting) -> list[str]:
    """Return the parties of a meeting, with or without a role."""
    return [party.party if isinstance(party, PartyInRole) else party for party in meeting.parties]


def ids_of_meeting(meeting: Meeting) -> Iterator[tuple[str, str | None]]:
    """Yield what a meeting points at: namespace and id."""
    yield from (("party", party) for party in party_ids(meeting))
    for person in meeting.people:
        yield from (("official", person.official), ("post", person.as_), ("party", person.for_))
    yield from (("meeting", earlier) for earlier in meeting.follows)
    yield "cooperation", meeting.cooperation
    if meeting.at:
        yield from (("party", meeting.at.city), ("forum", meeting.at.forum))


def ids_in(record: Record) -> Iterator[tuple[str, str | None]]:
    """Yield what a record points at: namespace and id, None where a field is absent."""
    yield from (("source", evidence.source) for evidence in evidence_of(record))
    match record:
        case Meeting():
            yield from ids_of_meeting(record)
        case Tenure():
            yield from (("official", record.official), ("post", record.post))
        case Post():
            yield from (("party", record.of), ("post", record.acting_for))
        case Cooperation():
            yield from (("party", party) for party in record.parties)
            yield from (("meeting", step.meeting) for step in record.steps)
        case Organization():
            yield from (("party", record.part_of), ("party", record.unit_of))
        case City() | Company():
            yield "party", record.part_of
        case Forum():
            yield "party", record.city
        case Source():
            yield "source", record.copy_of


def test_counts() -> None:
    assert Counter(type(record) for record in every()) == COUNTS


def test_what_is_pointed_at_exists() -> None:
    missing = [
        (record.id, namespace, key)
        for record in every()
        for namespace, key in ids_in(record)
        if key is not None and key not in records()[namespace]
    ]
    assert missing == []


def test_everything_but_a_source_has_evidence_with_words() -> None:
    bare = [record.id for record in every() if not isinstance(record, Source) and not evidence_of(record)]
    mute = [record.id for record in every() for evidence in evidence_of(record) if not (evidence.says and evidence.at)]
    assert (bare, mute) == ([], [])


def test_nothing_is_quoted() -> None:
    assert [record.id for record in every() for evidence in evidence_of(record) if evidence.quote] == []


def test_every_source_stands_for_something() -> None:
    used = {evidence.source for record in every() for evidence in evidence_of(record)}
    assert sorted(set(records()["source"]) - used) == []


def test_texts_read_in_full_are_known_by_their_hash() -> None:
    hashes = {key: source.sha256 for key, source in records()["source"].items() if isinstance(source, Source)}
    assert {key: value for key, value in hashes.items() if value} == READ_IN_FULL


def test_reports_read_in_full_are_cited_by_paragraph() -> None:
    places = {e.at for record in every() for e in evidence_of(record) if e.source in READ_IN_FULL}
    others = {e.at for record in every() for e in evidence_of(record) if e.source not in READ_IN_FULL}
    assert {str(place).split()[0] for place in places} <= {"paragraph", "opening"}
    assert others == {"opening"}


def is_a_kind_of_mayor(tenure: Tenure) -> bool:
    """Say whether a tenure is that of the mayor of Makassar or of somebody acting as mayor."""
    post = records()["post"][tenure.post]
    assert isinstance(post, Post)
    return "makassar-mayor" in (post.id, post.acting_for)


@pytest.mark.parametrize(("day", "official"), MAYORS.items(), ids=str)
def test_mayors_of_makassar(day: date, official: str) -> None:
    terms = [
        (tenure.from_.earliest, tenure.official)
        for tenure in tenures()
        if tenure.from_ and is_a_kind_of_mayor(tenure) and tenure.from_.earliest <= day
        if not tenure.until or day <= tenure.until.latest
    ]
    assert max(terms)[1] == official


def bounds(tenure: Tenure) -> tuple[date, date]:
    """Return the first and last day for which a tenure is known."""
    known = sorted([day for day in (tenure.from_, *tenure.observed, tenure.until) if day])
    return known[0].latest, known[-1].earliest


def test_no_two_people_in_one_post() -> None:
    clashes = []
    known = [tenure for tenure in tenures() if tenure.from_ or tenure.until or tenure.observed]
    for post in {tenure.post for tenure in known}:
        terms = sorted((*bounds(tenure), tenure.id) for tenure in known if tenure.post == post)
        clashes += [(one[2], other[2]) for one, other in pairwise(terms) if other[0] < one[1]]
    assert clashes == []


def test_people_act_in_a_post_they_hold() -> None:
    held = {(tenure.official, tenure.post) for tenure in tenures()}
    acted = {(person.official, person.as_) for meeting in meetings() for person in meeting.people if person.as_}
    assert sorted(acted - held) == []


def test_planned_meetings_have_reached_nothing() -> None:
    status = Counter(meeting.status for meeting in meetings())
    assert status == {"held": 111, "planned": 9, "cancelled": 1}
    assert all((meeting.stage is None) == (meeting.status != "held") for meeting in meetings())


def test_a_signed_stage_has_its_paper() -> None:
    papers = {"letter-of-intent": {"loi"}, "mou-signed": {"mou"}, "agreement-signed": {"agreement", "contract"}}
    assert all(meeting.instrument in papers[meeting.stage] for meeting in meetings() if meeting.stage in papers)


def test_nothing_follows_a_later_meeting() -> None:
    dated = {meeting.id: meeting.date for meeting in meetings() if meeting.date}
    late = [
        (meeting.id, earlier)
        for meeting in meetings()
        for earlier in meeting.follows
        if meeting.date and earlier in dated and dated[earlier].earliest > meeting.date.latest
    ]
    assert late == []


def ruled(record: Record, field: str) -> object:
    """Return what a record says in a field, nested or not."""
    value: object = to_builtins(record)
    for part in field.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def values_of(record: Record, field: str) -> set[str]:
    """Return the different values that a field or a measure has, ruled and claimed."""
    claims = [evidence.claims for evidence in evidence_of(record) if evidence.claims]
    claimed = [one[field] for one in claims if field in one]
    return {str(value) for value in (ruled(record, field), *claimed) if value is not None}


def test_every_disagreement_has_two_sides() -> None:
    fields = [(record, {f for e in evidence_of(record) for f in e.claims or ()}) for record in every()]
    sides = [(field, len(values_of(record, field))) for record, claimed in fields for field in claimed]
    assert {field for field, number in sides if number < 2} == LONE_MEASURES
    assert sum(number > 1 for _, number in sides) == DISPUTES


def test_claimed_dates_are_dates() -> None:
    dates = {"date", "until", "from"}
    claims = [(f, v) for record in every() for e in evidence_of(record) for f, v in (e.claims or {}).items()]
    assert all(PartialDate(str(value)).text == value for field, value in claims if field in dates)


def test_cities_can_be_put_on_a_map() -> None:
    cities = [record for record in every() if isinstance(record, City)]
    assert all(city.latitude is not None and city.longitude is not None and city.country for city in cities)
