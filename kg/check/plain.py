"""Which records are surely right as far as they alone can tell: by their shape, or by the word of the checks."""

from collections.abc import Collection, Sequence

from kg.check.index import Index
from kg.check.meetings import INSTRUMENTS, check_content
from kg.check.spans import check_spans
from kg.check.statements import check_statements
from kg.read import Entry
from kg.records import Evidence, Meeting, Official, Party, R, Record, Source


class Recorder(Index):
    """Stands in for what has been read while reading goes on: every id is known, and who asks for one is noted.

    What only other records can tell (dates, tenures, families, the parties of a cooperation) is not here: whoever
    reads on must see to that.
    """

    def __init__(self) -> None:
        """Know nothing, and note nothing yet."""
        super().__init__(())
        self.asked: list[tuple[str, str]] = []

    def knows(self, namespace: str, name: str) -> bool:
        """Note an id that must exist in the end."""
        self.asked.append((namespace, name))
        return True

    def get(self, kind: type[R], name: str) -> R | None:
        """Return nothing: the record may not have been read yet."""
        del kind, name
        return None


def is_right(entry: Entry, index: Recorder) -> bool:
    """Say whether nothing is wrong with a record, whatever the others say; ids in its claims are noted in `index`."""
    checks = (check_content, check_spans, check_statements)
    return not any(True for check in checks for _ in check(entry, index))


def is_plain(record: Record) -> bool:
    """Say whether a record is of a shape (`kg.outline`) that leaves nothing to check."""
    if isinstance(record, Meeting):
        return _is_plain_meeting(record)
    if isinstance(record, Source):
        return record.text is None and record.retrieved is None and _is_one(record.title, record.note)
    if isinstance(record, Official):
        return _is_one(record.name, record.note) and _is_plainly_said(record.evidence)
    # What is part of something needs evidence, and cities two coordinates or none.
    if isinstance(record, Party):
        leads_on = record.part_of or getattr(record, "unit_of", None) or getattr(record, "latitude", None)
        return (
            not leads_on
            and getattr(record, "longitude", None) is None
            and _is_one(record.name, record.note)
            and (_is_plainly_said(record.evidence))
        )
    return False


def _is_plain_meeting(meeting: Meeting) -> bool:
    """Say whether a meeting has one date, names everything once, and is told of by whom nobody disputes."""
    needed = INSTRUMENTS.get(meeting.stage or "")
    return (
        (not meeting.stage or meeting.status == "held")
        and (not needed or meeting.instrument in needed)
        and meeting.until is None
        and meeting.rulings is None
        and bool(meeting.evidence)
        and _is_plainly_said(meeting.evidence)
        and _is_one(meeting.name, meeting.aims, meeting.note)
        and _are_apart(meeting.parties)
        and _are_apart([person.official for person in meeting.people])
        and _are_apart(meeting.sectors)
        and _are_apart(meeting.follows)
    )


def _is_plainly_said(statements: Sequence[Evidence]) -> bool:
    """Say whether every statement says something in one language and stands for all of its record."""
    return all(type(one.says) is str and one.supports is None and not one.claims for one in statements)


def _is_one(*texts: object) -> bool:
    """Say whether no text is given by language."""
    return not any(isinstance(text, dict) for text in texts)


def _are_apart(names: Collection[object]) -> bool:
    """Say whether all are ids, and none stands twice."""
    return (len(names) < 2 and all(type(name) is str for name in names)) or (  # noqa: PLR2004
        all(type(name) is str for name in names) and len(set(names)) == len(names)
    )
