"""The ledger as text: every fault with its place, and appending that leaves what stands there alone."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RecordError
from kg.identity import append_entry, next_number, read_ledger
from kg.identity.ledger import HEADER, format_entry, parse_ledger

ACCOUNT = "reason: one man, author: a reader, date: 2026-01-02"
ENTRY = {
    "entry": 1,
    "merge": {"kind": "official", "from": "roem", "into": "muhammad-roem"},
    "reason": "same post on the same day: head of department",
    "evidence": ["s1", "s2"],
    "author": "A. Reader",
    "date": "2026-01-02",
}


def entry(number: int, decision: str) -> str:
    return f"- {{entry: {number}, {decision}, {ACCOUNT}}}\n"


def merge(number: int, old: str, new: str, kind: str = "official") -> str:
    return entry(number, f"merge: {{kind: {kind}, from: {old}, into: {new}}}")


def test_a_ledger_reads_as_it_was_written() -> None:
    ledger = parse_ledger(HEADER + format_entry(ENTRY), "identity.yaml")
    assert ledger.issues == ()
    (decision,) = ledger.decisions
    assert decision.written.model_dump(mode="json", by_alias=True, exclude_defaults=True) == ENTRY
    assert (decision.at.line, decision.at.file) == (3, "identity.yaml")


def test_an_entry_is_short_to_read() -> None:
    assert format_entry(ENTRY) == (
        "- entry: 1\n"
        "  merge: {kind: official, from: roem, into: muhammad-roem}\n"
        "  reason: 'same post on the same day: head of department'\n"
        "  evidence: [s1, s2]\n"
        "  author: A. Reader\n"
        "  date: 2026-01-02\n"
    )


@pytest.mark.parametrize(
    ("text", "line", "code", "words"),
    [
        ("- entry: 1\n  merge: [\n", 3, "identity-syntax", "not valid YAML"),
        ("entry: 1\n", 1, "identity-syntax", "expected a list of entries"),
        ("- &a {entry: 1}\n- *a\n", 2, "identity-syntax", "an alias"),
        ("- {entry: 1}\n---\n- {entry: 2}\n", 2, "identity-syntax", "a second document"),
        ("[" * 5000, 1, "identity-syntax", "nested deeper"),
        ("- words\n", 1, "identity-entry", "expected an entry with fields"),
        (entry(1, "author: b"), 1, "identity-entry", "found none"),
        (entry(1, "undo: 1, split: {}"), 1, "identity-entry", "found split and undo"),
        (merge(1, "a", "b", "persn"), 1, "identity-field", "found 'persn'"),
        (entry(1, "merge: {kind: official, form: a, into: b}"), 1, "identity-field", "did you mean 'from'?"),
        (entry(1, "merge: {kind: official, from: A, into: b}"), 1, "identity-field", "found 'A'"),
        (entry(1, "merge: b"), 1, "identity-field", "expected fields in braces, found 'b'"),
        ("- {entry: 1, undo: 1, reason: r, author: a, date: today}\n", 1, "identity-field", "YYYY-MM-DD"),
        ("- {entry: 1, undo: 1, author: a, date: 2026}\n", 1, "identity-field", "missing field 'reason'"),
        (merge(1, "a", "b") + merge(1, "c", "d"), 2, "identity-number", "first at identity.yaml:1:3"),
        (entry(1, "undo: 2") + merge(2, "a", "b"), 1, "identity-undo", "no entry 2 before this one"),
        (entry(1, "undo: 1"), 1, "identity-undo", "no entry 1 before this one"),
        (merge(1, "a", "b") + entry(2, "undo: 1") + entry(3, "undo: 1"), 3, "identity-undo", "undone, by entry 2"),
        (merge(1, "a", "a"), 1, "identity-cycle", "'a' would be merged into itself"),
        (merge(1, "a", "b") + merge(2, "b", "c") + merge(3, "c", "a"), 3, "identity-cycle", "'c'"),
        (merge(1, "a", "b") + merge(2, "a", "c"), 2, "identity-merged-twice", "by entry 1"),
        (
            merge(1, "a", "c") + entry(2, "not-same: {kind: official, a: a, b: b}") + merge(3, "b", "c"),
            2,
            "identity-contradiction",
            "merged into 'c'",
        ),
        ("- entry: 1\n  undo: 1\n  undo: 1\n  reason: r\n  author: a\n  date: 2026\n", 3, "identity-field", "twice"),
    ],
)
def test_every_fault_has_its_place(text: str, line: int, code: str, words: str) -> None:
    issues = parse_ledger(text, "identity.yaml").issues
    assert [issue for issue in issues if (issue.at.line, issue.code) == (line, code) and words in issue.message]


def test_all_faults_are_reported() -> None:
    text = merge(1, "a", "a") + "- words\n" + entry(3, "undo: 9")
    assert [issue.at.line for issue in parse_ledger(text, "identity.yaml").issues] == [1, 2, 3]


def test_bytes_that_are_no_text_are_an_issue(tmp_path: Path) -> None:
    path = tmp_path / "identity.yaml"
    path.write_bytes(b"\xff\xfe")
    (issue,) = read_ledger(path, root=tmp_path).issues
    assert (issue.code, issue.at.file) == ("identity-unreadable", "identity.yaml")


def test_undoing_an_undo_puts_the_merge_back() -> None:
    text = merge(1, "a", "b") + entry(2, "undo: 1") + entry(3, "undo: 2")
    ledger = parse_ledger(text, "identity.yaml")
    assert ledger.issues == ()
    assert [decision.number for decision in ledger.in_force] == [1]


@pytest.mark.parametrize("undos", range(7))
def test_a_chain_of_undos_turns_the_first_decision_off_and_on(undos: int) -> None:
    text = merge(1, "a", "b") + "".join(entry(number + 1, f"undo: {number}") for number in range(1, undos + 1))
    ledger = parse_ledger(text, "identity.yaml")
    assert ledger.issues == ()
    assert [decision.number for decision in ledger.in_force] == ([1] if undos % 2 == 0 else [])


def test_an_undone_merge_contradicts_nothing() -> None:
    text = merge(1, "a", "b") + entry(2, "undo: 1") + merge(3, "b", "a")
    assert parse_ledger(text, "identity.yaml").issues == ()


def test_appending_starts_a_ledger_with_words_about_it(tmp_path: Path) -> None:
    path = tmp_path / "identity.yaml"
    decision = append_entry(path, ENTRY, root=tmp_path)
    assert decision.number == 1
    assert path.read_text(encoding="utf-8") == f"{HEADER}\n{format_entry(ENTRY)}"
    assert next_number(read_ledger(path)) == 2


@pytest.mark.parametrize("end", ["", "\n", "   # a last word", "\n\n# and a comment\n"])
def test_appending_keeps_every_byte_that_stood_there(tmp_path: Path, end: str) -> None:
    path = tmp_path / "identity.yaml"
    old = ("# My own   words.\r\n" + merge(1, "a", "b").rstrip("\n") + end).encode()
    path.write_bytes(old)
    append_entry(path, {**ENTRY, "entry": 2})
    assert path.read_bytes().startswith(old)
    assert [decision.number for decision in read_ledger(path).decisions] == [1, 2]
    assert [file.name for file in tmp_path.iterdir()] == ["identity.yaml"]


@pytest.mark.parametrize(
    "old",
    [
        "- entry: 1\n  merge: [",  # broken already
        merge(1, "a", "b") + "...\n",  # a document end, after which nothing may follow
        "[]\n",  # a flow list, which has its own end
        merge(1, "muhammad-roem", "roem").replace("entry: 1", "entry: 7"),  # the new entry closes a circle
    ],
    ids=["broken", "ended", "flow", "circle"],
)
def test_a_ledger_that_cannot_be_appended_to_stays_as_it_is(tmp_path: Path, old: str) -> None:
    path = tmp_path / "identity.yaml"
    path.write_text(old, encoding="utf-8", newline="")
    with pytest.raises(RecordError):
        append_entry(path, ENTRY)
    assert path.read_text(encoding="utf-8") == old


def test_a_ledger_kept_elsewhere_stays_there(tmp_path: Path) -> None:
    kept = tmp_path / "kept.yaml"
    kept.write_text(HEADER, encoding="utf-8")
    link = tmp_path / "identity.yaml"
    link.symlink_to(kept)
    append_entry(link, ENTRY)
    assert link.is_symlink()
    assert len(read_ledger(kept).decisions) == 1


YAML = "- |entry: 1|\n|  |merge: |{|}|[|]|undo: 1|: |? |!!binary x|a|'|\"|split: |\x00|>|%|not-same: |99|~"
STRANGE = st.sampled_from(YAML.split("|"))


@given(st.lists(STRANGE, max_size=30).map("".join))
def test_no_text_is_too_strange_to_be_told_about(text: str) -> None:
    ledger = parse_ledger(text, "identity.yaml")
    assert all(issue.at.file == "identity.yaml" and issue.at.line for issue in ledger.issues)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip)


@given(WORDS, WORDS)
def test_any_words_survive_being_written(reason: str, author: str) -> None:
    text = format_entry({**ENTRY, "reason": reason, "author": author})
    ledger = parse_ledger(HEADER + "\n" + text, "identity.yaml")
    assert ledger.issues == ()
    (decision,) = ledger.decisions
    assert (decision.written.reason, decision.written.author) == (reason, author)
