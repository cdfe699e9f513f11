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
    entries: Iterable[Entry], *, known_sectors: Collection[str] = (), refused: Iterable[str] = ()
) -> Iterator[Issue]:
    """Yield everything wrong with the records, in no particular order.

    `entries` is walked twice, so an iterator will not do. `known_sectors` are the ids of the shipped sectors;
    `refused` are the CURIEs of records that could not be read, which may still be named without complaint.
    """
    index = Index(entries, known_sectors, refused)
    yield from check_ids(entries, index)
    yield from check_circles(index)
    for entry in track(entries, "checking", unit="records"):
        for check in (check_references, check_content, check_spans, check_statements):
            yield from check(entry, index)
