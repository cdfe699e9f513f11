"""Entries in, issues out: everything that one record, or all of them together, can get wrong.

Codes, errors: `bad-claim`, `bad-file-name`, `bare-evidence`, `circle`, `dangling-reference`, `duplicate-id`,
`duplicate-item`, `duplicate-language`, `end-before-start`, `end-without-start`, `half-coordinates`,
`missing-evidence`, `observed-outside`, `post-excluded`, `self-reference`, `stage-not-held`,
`stage-without-instrument`, `supports-and-claims`, `tenure-overlap`, `unknown-ruled`, `unknown-supported`,
`unsupported`. Warnings, because they may be right: `copy-before-original`, `follows-later`, `foreign-cooperation`,
`foreign-family`, `needless-claim`, `needless-ruling`, `post-unobserved`, `reported-before`, `step-date`.
"""

from collections.abc import Collection, Iterable, Iterator

from kg.check.index import Index
from kg.check.meetings import check_content
from kg.check.references import check_circles, check_ids, check_references
from kg.check.spans import check_spans
from kg.check.statements import check_statements
from kg.errors import Issue
from kg.progress import track
from kg.read import Entry


def check_records(
    entries: Collection[Entry],
    *,
    known_sectors: Collection[str] = (),
    refused: Iterable[str] = (),
    others: Collection[Entry] = (),
) -> Iterator[Issue]:
    """Yield everything wrong with the records, in no particular order.

    `known_sectors` are the ids of the shipped sectors; `refused` are the CURIEs of records that could not be read,
    which may still be named without complaint. `others` are records that these may ask, and are not looked at alone.
    """
    every = [*entries, *others]
    index = Index(every, known_sectors, refused)
    yield from check_ids(every, index)
    yield from check_circles(index)
    for entry in track(entries, "checking", unit="records"):
        for check in (check_references, check_content, check_spans, check_statements):
            yield from check(entry, index)
