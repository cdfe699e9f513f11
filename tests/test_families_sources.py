"""`kg sources` on the shipped collection: families of copies, and how many reports of a meeting are independent."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.records import Cooperation, Meeting, Source, from_builtins
from kg.sources import list_families, list_meetings, list_sources, supporting

Run = Callable[..., Any]

SOURCES = [from_builtins(Source, {"id": name, "outlet": name[0], "published": "2025"}) for name in ("a1", "a2", "b1")]
MEETING = from_builtins(
    Meeting,
    {
        "id": "m",
        "date": "2025-11-25",
        "parties": ["x"],
        "evidence": [{"source": "a1"}, {"source": "a2"}, {"source": "b1", "supports": [], "claims": {"date": "2024"}}],
    },
)
FAMILY = {"a1": "a1", "a2": "a1", "b1": "b1"}


def test_a_claim_against_a_record_does_not_support_it() -> None:
    assert supporting(MEETING) == ("a1", "a2")
    assert [(row.independent, row.articles) for row in list_meetings([MEETING], FAMILY)] == [(1, 2)]


def test_steps_are_supported_too() -> None:
    step = {"id": "s", "stage": "discussed", "evidence": [{"source": "b1"}]}
    cooperation = {"id": "c", "name": "C", "parties": ["x", "y"], "steps": [step], "evidence": [{"source": "a1"}]}
    assert supporting(from_builtins(Cooperation, cooperation)) == ("a1", "b1")


def test_sources_are_listed_with_the_records_they_support() -> None:
    rows = list_sources([MEETING, *SOURCES], FAMILY)
    assert [(row.id, row.family, row.records) for row in rows] == [("a1", "a1", 1), ("a2", "a1", 1), ("b1", "b1", 0)]


def test_families_of_one_are_not_listed() -> None:
    (row,) = list_families([*SOURCES, MEETING], FAMILY)
    assert (row.family, row.articles, row.outlets, row.sources) == ("a1", 2, ("a",), ("a1", "a2"))


LEAKAGE = "makassar-kawasaki-leakage-report-2025-08-06"


def test_the_demo_counts_families_not_pages(demo: Path, run: Run) -> None:
    found = run("-C", demo, "sources", "--families", "--json")
    sizes = {row["family"]: row["articles"] for row in json.loads(found.out)}
    assert (found.code, sizes["kbri-tokyo-2025-11"], sizes["kawasaki-leakage-2025-08"]) == (0, 4, 6)
    assert "independent" in found.err


def test_a_copy_added_to_the_demo_adds_an_article_and_no_independent_one(demo: Path, run: Run) -> None:
    before = run("-C", demo, "sources", "--meeting", f"meeting:{LEAKAGE}")
    assert before.err == "1 independent of 6\n"
    copy = {"id": "a-copy", "outlet": "copycat.example", "copy_of": "kitasulsel-2025-08-06"}
    (demo / "records" / "copy.json").write_text(json.dumps({"sources": [copy]}), encoding="utf-8")
    (path,) = (path for path in demo.rglob("*.yaml") if f"id: {LEAKAGE}" in path.read_text(encoding="utf-8"))
    head, start, tail = path.read_text(encoding="utf-8").partition(f"id: {LEAKAGE}")
    added = tail.replace("evidence:\n", "evidence:\n      - {source: a-copy, says: Prints the same release.}\n", 1)
    path.write_text(head + start + added, encoding="utf-8", newline="\n")
    after = run("-C", demo, "sources", "--meeting", LEAKAGE)
    assert (after.code, after.err) == (0, "1 independent of 7\n")
    assert "a-copy" in after.out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--meeting", "makassar-kawasaki-leakage-2025-08-06"), 3, f"did you mean '{LEAKAGE}'?"),
        (("--families", "--by-meeting"), 2, "choose one"),
    ],
    ids=["unknown meeting", "two questions"],
)
def test_what_cannot_be_answered_says_why(demo: Path, run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    refused = run("-C", demo, "sources", *words)
    assert refused.code == code
    assert said in refused.err


def test_every_source_is_listed_by_day(demo: Path, run: Run) -> None:
    rows = json.loads(run("-C", demo, "sources", "--json").out)
    assert len(rows) == 239
    assert [row["published"] for row in rows] == sorted(row["published"] for row in rows)
