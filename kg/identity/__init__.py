"""Identity as reversible text: the ledger of merges and splits, what it does to records, and pairs worth a look."""

from kg.identity.apply import Redirect, Resolved, apply
from kg.identity.decisions import Decision, Merge, NotSame, Split
from kg.identity.ledger import Ledger, append_entry, next_number, read_ledger
from kg.identity.lookup import one_kind

__all__ = [
    "Decision",
    "Ledger",
    "Merge",
    "NotSame",
    "Redirect",
    "Resolved",
    "Split",
    "append_entry",
    "apply",
    "next_number",
    "one_kind",
    "read_ledger",
]
