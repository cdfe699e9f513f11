"""Dates that cannot be: ends before starts, tenures that overlap, people in posts they did not hold that day."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kg.check.index import Index, finding, name_of
from kg.dates import PartialDate
from kg.errors import Issue, shown
from kg.read import Entry
from kg.records import Cooperation, Evidence, Forum, Meeting, Person, Source, Tenure


class Span(NamedTuple):
    """First and last day that something can have been on."""

    first: date
    last: date


def span_of(start: PartialDate | None, end: PartialDate | None) -> Span | None:
    """Return the days between two dates, both included; None without a start."""
    return Span(start.earliest, (end or start).latest) if start else None


def check_spans(entry: Entry, index: Index) -> Iterator[Issue]:
    """Yield what is impossible or strange about the dates of a record."""
    record = entry.record
    if isinstance(record, Tenure):
        yield from _ends(entry, "from", record.from_, record.until)
        yield from _observed(entry, record)
        yield from _overlap(entry, record, index)
    elif isinstance(record, Forum | Meeting):
        yield from _ends(entry, "date", record.date, record.until)
    if isinstance(record, Meeting):
        yield from _order(entry, record, index)
        yield from _reported(entry, record, index)
        for number, person in enumerate(record.people):
            yield from _in_post(entry, number, person, record, index)
    elif isinstance(record, Cooperation):
        yield from _steps(entry, record, index)
    elif isinstance(record, Source):
        yield from _read_before(entry, record)


def _ends(entry: Entry, field: str, start: PartialDate | None, end: PartialDate | None) -> Iterator[Issue]:
    """An end comes after its start; what has an end has a start, tenures aside."""
    if end and start and end.latest < start.earliest:
        message = f"{field} {start} is after until {end}; expected until to be the later one"
        yield finding(entry, ("until",), "end-before-start", message)
    if end and not start and not isinstance(entry.record, Tenure):
        message = f"found until {end} without date; expected date too, or date alone"
        yield finding(entry, ("until",), "end-without-start", message)


def _observed(entry: Entry, tenure: Tenure) -> Iterator[Issue]:
    """A day observed lies within the tenure."""
    for number, day in enumerate(tenure.observed):
        early = tenure.from_ and day.latest < tenure.from_.earliest
        if early or (tenure.until and day.earliest > tenure.until.latest):
            message = f"observed on {day}, outside {tenure.from_ or '...'} to {tenure.until or '...'}"
            yield finding(entry, ("observed", number), "observed-outside", message)


def _overlap(entry: Entry, tenure: Tenure, index: Index) -> Iterator[Issue]:
    """Two tenures of one official in one post cannot share days; the later one in id order is told."""
    for other in index.held.get((tenure.official, tenure.post), ()):  # to ask adds nothing
        if other.id < tenure.id and surely_share(tenure, other):
            message = f"{shown(tenure.official)} already holds {shown(tenure.post)} then, by tenure {shown(other.id)}"
            yield finding(entry, (), "tenure-overlap", message)


def surely_share(one: Tenure, other: Tenure) -> bool:
    """Say whether two tenures share a day whatever their partial dates mean; a day of handing over may be shared."""
    if not (one.from_ and one.until and other.from_ and other.until):
        return False
    return one.from_.latest < other.until.earliest and other.from_.latest < one.until.earliest


def _order(entry: Entry, meeting: Meeting, index: Index) -> Iterator[Issue]:
    """A meeting is not before the one it follows."""
    for number, name in enumerate(meeting.follows):
        earlier = index.get(Meeting, name)
        if meeting.date and earlier and earlier.date and meeting.date.latest < earlier.date.earliest:
            message = f"follows {shown(name)} of {earlier.date}, but is itself of {meeting.date}"
            yield finding(entry, ("follows", number), "follows-later", message, severity="warning")


def _reported(entry: Entry, meeting: Meeting, index: Index) -> Iterator[Issue]:
    """A meeting that was held is reported on its day or later by somebody."""
    sources = [index.get(Source, evidence.source) for evidence in meeting.evidence if tells(evidence)]
    days = [source.published.latest for source in sources if source and source.published]
    known = sources and len(days) == len(sources)
    if meeting.status == "held" and meeting.date and known and max(days) < meeting.date.earliest:
        message = f"held on {meeting.date}, but its last source is of {max(days)}; expected status planned, or a report"
        yield finding(entry, ("date",), "reported-before", message, severity="warning")


def tells(evidence: Evidence) -> bool:
    """Say whether a statement is about the meeting as the record has it."""
    return "date" not in (evidence.claims or {}) and evidence.supports != ()


def _steps(entry: Entry, record: Cooperation, index: Index) -> Iterator[Issue]:
    """A step taken in a meeting has the meeting's date."""
    for number, step in enumerate(record.steps):
        meeting = index.get(Meeting, step.meeting) if step.meeting else None
        span = span_of(meeting.date, meeting.until) if meeting else None
        if step.date and span and (step.date.latest < span.first or step.date.earliest > span.last):
            message = f"the step is of {step.date}, but its meeting {shown(step.meeting)} is of another day"
            yield finding(entry, ("steps", number, "date"), "step-date", message, severity="warning")


def _read_before(entry: Entry, source: Source) -> Iterator[Issue]:
    """A text is read after it is published."""
    if source.published and source.retrieved and source.retrieved.latest < source.published.earliest:
        message = f"retrieved on {source.retrieved}, before it was published on {source.published}"
        yield finding(entry, ("retrieved",), "end-before-start", message)


def _in_post(entry: Entry, number: int, person: Person, meeting: Meeting, index: Index) -> Iterator[Issue]:
    """Whoever acts in a post holds it that day, as far as anybody knows."""
    span = span_of(meeting.date, meeting.until)
    if not (person.as_ and span):
        return
    path = ("people", number, "as")
    who = f"{shown(person.official)} acts as {shown(person.as_)} on {meeting.date}"
    tenures = index.held.get((person.official, person.as_), [])
    if tenures and all(_excludes(tenure, span) for tenure in tenures):
        message = f"{who}, a day that {_named(tenures)} excludes"
        yield finding(entry, path, "post-excluded", message)
    elif tenures and not any(covers(tenure, span) for tenure in tenures):
        message = f"{who}; {_named(tenures)} was not observed on that day"
        yield finding(entry, path, "post-unobserved", message, severity="warning")
    elif not tenures and index.tenured & {("official", person.official), ("post", person.as_)}:
        message = f"{who}, but no tenure says so; expected one that does"
        yield finding(entry, path, "post-unobserved", message, severity="warning")


def _named(tenures: list[Tenure]) -> str:
    """Name tenures in a message."""
    return " and ".join(name_of(tenure) for tenure in tenures)


def _excludes(tenure: Tenure, span: Span) -> bool:
    """Say whether no day of the span can be one of the tenure."""
    early = tenure.from_ and span.last < tenure.from_.earliest
    return bool(early or (tenure.until and span.first > tenure.until.latest))


def covers(tenure: Tenure, span: Span) -> bool:
    """Say whether the tenure's dates, or a day it was observed, include a day of the span."""
    if _excludes(tenure, span):
        return False
    seen = any(day.earliest <= span.last and day.latest >= span.first for day in tenure.observed)
    return seen or bool(tenure.from_ or tenure.until)
