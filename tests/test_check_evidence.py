"""Texts prove quotes: folding keeps places, hashes notice a change, and what is near is shown."""

import doctest
import hashlib
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from hypothesis import given
from hypothesis import strategies as st

from kg.check import check_collection, passage
from kg.check.evidence import EvidenceResult, check_evidence
from kg.check.passage import closest, find_quote, fold
from kg.collection import open_collection

GOOD = Path(__file__).parent / "data" / "good"
TEXT = "portal-2025-11-27.txt"


@pytest.mark.parametrize(
    ("text", "quote", "stretch"),
    [
        ("They “will\nmeet” again.", '"will meet"', "“will\nmeet”"),
        ("di  Jepang\r\n\tpada", "di Jepang pada", "di  Jepang\r\n\tpada"),
        ("tahun\u00a0depan", "tahun depan", "tahun\u00a0depan"),
        ("川崎\n市の水道", "川崎市", "川崎\n市"),
        ("水道、\u3000下水", "水道、下水", "水道、\u3000下水"),
        ("cafe\u0301 noir", "café", "cafe\u0301"),
        ("café noir", "cafe\u0301 n", "café n"),
        (
            "\uff21\uff22\uff23\u3000\uff83\uff9e\uff70\uff80",
            "ABC データ",
            "\uff21\uff22\uff23\u3000\uff83\uff9e\uff70\uff80",
        ),
        ("co\u00adope\u200bration", "cooperation", "co\u00adope\u200bration"),
        ("\ufb01ne", "fine", "\ufb01ne"),
        ("2019 \u2013 2021", "2019 - 2021", "2019 \u2013 2021"),
        ("it\u2019s", "it's", "it\u2019s"),
        ("wait\u2026", "wait...", "wait\u2026"),
        ("  padded  ", " padded ", "padded"),
        ("one two one two", "one", "one"),
        ("각", "\u1100\u1161\u11a8", "각"),
    ],
)
def test_a_quote_is_found_however_it_is_set(text: str, quote: str, stretch: str) -> None:
    found = find_quote(text, quote)
    assert found is not None
    assert text[found.start : found.end] == stretch
    assert text.startswith(stretch, found.start)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("the Mayor", "the mayor"),
        ("26 firms", "62 firms"),
        ("signed", "not signed"),
        ("résumé", "resume"),
        ("", "x"),
        ("x", " "),
    ],
)
def test_other_words_are_not_found(text: str, quote: str) -> None:
    assert find_quote(text, quote) is None


def test_the_example_in_the_docs_runs() -> None:
    assert doctest.testmod(passage).failed == 0


@given(st.text(max_size=60))
def test_folding_is_the_same_as_folding_the_whole(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.spans)
    assert folded.text == fold(unicodedata.normalize("NFKC", text)).text
    assert folded.text == fold(folded.text).text
    assert all(0 <= start < end <= len(text) for start, end in folded.spans)
    assert list(folded.spans) == sorted(folded.spans)


@given(st.text("ab \n\u00a0é\u0301川市“-", max_size=40), st.data())
def test_every_stretch_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, len(text)))]
    if unicodedata.is_normalized("NFC", text) and fold(quote).text:
        found = find_quote(text, quote)
        assert found is not None
        assert fold(text[found.start : found.end]).text == fold(quote).text


def test_the_closest_passage_is_whole_words_with_its_line() -> None:
    text = "First line.\nThe mayor of Makassar will meet the director again next year.\nLast line."
    found = closest(fold(text), fold("The mayor of Makasar would meet the director again").text, text)
    assert found is not None
    assert found.line == 2
    assert text[found.start : found.end].startswith("The mayor of Makassar will meet the director")
    assert 80 < found.score < 100
    assert closest(fold("水"), "entirely else", "水") is None


@pytest.fixture
def world(tmp_path: Path) -> Path:
    return shutil.copytree(GOOD, tmp_path / "world")


def look(world: Path) -> EvidenceResult:
    collection = open_collection(world)
    return check_evidence(check_collection(collection).entries, collection.sources)


def test_a_text_that_is_as_recorded_proves_its_quotes(world: Path) -> None:
    result = look(world)
    assert result.issues == ()
    assert (result.texts, result.absent, result.found, result.missing, result.unseen) == (1, 1, 1, 0, 0)


def test_a_changed_text_is_told_with_the_closest_passage(world: Path) -> None:
    path = world / "sources" / TEXT
    path.write_text("Both cities agreed that they may meet\nagain next year.\n", encoding="utf-8")
    found = {issue.code: str(issue) for issue in look(world).issues}
    assert sorted(found) == ["changed-text", "quote-not-found"]
    assert found["changed-text"].startswith(
        "records/sources.yaml:9:13 sha256: error: sources/portal-2025-11-27.txt has"
    )
    assert hashlib.sha256(path.read_bytes()).hexdigest() in found["changed-text"]
    assert found["quote-not-found"].startswith("records/meetings.yaml:26:44 evidence[0].quote: error: 'will meet again")
    assert "is in its line 1: 'meet again next year.'" in found["quote-not-found"]


def test_absent_texts_are_counted_and_not_told(world: Path) -> None:
    shutil.rmtree(world / "sources")
    result = look(world)
    assert result.issues == ()
    assert (result.texts, result.absent, result.unseen) == (0, 2, 1)


def test_a_text_may_be_named_after_its_source(world: Path) -> None:
    (world / "sources" / "paper-2025-11-28.txt").write_text("A letter of intent was signed.\n", encoding="utf-8")
    assert [(issue.code, issue.severity, issue.at.file) for issue in look(world).issues] == [
        ("no-hash", "warning", "records/sources.yaml")
    ]


def test_a_text_that_nobody_names_is_warned_about(world: Path) -> None:
    (world / "sources" / "other.txt").write_text("x", encoding="utf-8")
    (issue,) = look(world).issues
    assert str(issue).startswith("sources/other.txt: warning: no source names this text")


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"caf\xe9"], ids=["empty", "binary", "not UTF-8"])
def test_a_text_that_cannot_be_read_is_told(data: bytes, world: Path) -> None:
    (world / "sources" / TEXT).write_bytes(data)
    result = look(world)
    assert [issue.code for issue in result.issues] == ["unreadable-text"]
    assert result.unseen == 1


def test_a_file_name_does_not_lead_out_of_the_folder(world: Path) -> None:
    sources = world / "records" / "sources.yaml"
    sources.write_text(sources.read_text(encoding="utf-8").replace(TEXT, "../kg.toml"), encoding="utf-8")
    assert look(world).absent == 1  # what is read is sources/<id>.txt


def test_steps_have_quotes_too(world: Path) -> None:
    path = world / "records" / "cooperations.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("says: A letter of intent was signed.", "quote: never said"), encoding="utf-8")
    (world / "sources" / "paper-2025-11-28.txt").write_text("A letter of intent was signed.\n", encoding="utf-8")
    assert [str(issue.at) for issue in look(world).issues if issue.code == "quote-not-found"] == [
        "records/cooperations.yaml:13:47 steps[0].evidence[0].quote"
    ]


def test_the_command_checks_evidence(run: Callable[..., Ran], world: Path) -> None:
    ran = run("check", world, "--evidence")
    assert (ran.code, ran.out) == (0, "")
    assert "1 text here, 1 not; 1 quote found, 0 not, 0 without a text" in ran.err
    (world / "sources" / TEXT).write_text("Nothing of the kind.\n", encoding="utf-8")
    ran = run("check", world, "--evidence")
    assert ran.code == 1
    assert "[changed-text]" in ran.out
    assert "[quote-not-found]" in ran.out
