"""The brief before a visit: what it tells of the real collection, in three languages, safe and stable."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from browser import Visit
from conftest import Ran
from tiny import made, names_of

from kg.brief import Brief, gather, to_html, to_markdown
from kg.brief.page import is_link, plain_markdown
from kg.brief.words import WORDS
from kg.collection import DEFAULT_STALE
from kg.dataset import open_dataset
from kg.errors import QueryError
from kg.names import Names

DAY = date(2026, 11, 22)
LANGUAGES = ("en", "id", "ja")


@pytest.fixture(scope="session")
def names(built: Path) -> Names:
    return Names(open_dataset(built / "build"), LANGUAGES)


def brief_on(names: Names, party: str, **more: object) -> Brief:
    return gather(names, names.resolve(party), as_of=DAY, stale_days=DEFAULT_STALE, **more)  # type: ignore[arg-type]


def test_a_units_meetings_are_the_citys_and_the_reader_is_the_collections_own_city(names: Names) -> None:
    found = brief_on(names, "kawasaki")
    assert found.our_label == "Makassar"
    assert [contact.date for contact in found.contacts] == [
        "2025-11-25", "2025-08-07", "2025-08-06", "2025-08-06", "2023-01-11"]  # fmt: skip
    latest = found.contacts[0]
    assert "Shiratori Shigeyuki (Chief Executive Officer)" in latest.theirs
    assert "Munafri Arifuddin (Mayor)" in latest.ours


def test_it_says_where_things_stand_and_what_was_signed(names: Names) -> None:
    found = brief_on(names, "kawasaki")
    standing = {s.name: (s.stage, s.days, s.is_stale) for s in found.standings}
    assert standing["Makassar and Kawasaki on water and sanitation"] == ("discussed", 361, True)
    assert standing["MaKaPro: less leakage with Kawasaki and JICA"][0] == "completed"
    assert [(p.date, p.is_paper) for p in found.promises if p.is_paper] == [("2023-01-11", True)]


def test_every_meeting_and_promise_is_cited_and_every_citation_has_a_source(names: Names) -> None:
    found = brief_on(names, "maniwa")
    needed = [contact.cites for contact in found.contacts] + [promise.cites for promise in found.promises]
    assert all(needed)
    lines = [*needed, *(person.cites for person in found.people), *(standing.cites for standing in found.standings)]
    numbers = [number for cites in lines for number in cites]
    assert sorted(set(numbers)) == list(range(1, len(found.sources) + 1))


def test_another_reader_sees_only_what_they_share(names: Names) -> None:
    found = brief_on(names, "kawasaki", ours=names.resolve("jica"))
    assert {contact.date for contact in found.contacts} == {"2025-08-07", "2025-08-06", "2023-01-11"}


def test_a_party_nobody_met_is_a_clear_error(names: Names) -> None:
    with pytest.raises(QueryError, match="has met nobody"):
        brief_on(names, "jakarta")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fixed_words_are_in_each_language(names: Names, language: str) -> None:
    text = to_html(brief_on(names, "kawasaki"), (language, *LANGUAGES))
    assert f'<html lang="{language}">' in text
    assert all(WORDS[language][word] in text for word in ("brief", "standing", "promises", "history", "open"))
    assert set(WORDS[language]) == set(WORDS["en"])


class _Elements(HTMLParser):
    """Collect the tags and links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


EVIL = """
cities:
  - {id: home, name: Home}
  - id: evil
    name: "<script>alert(1)</script> [x](javascript:alert(1)) **b**"
meetings:
  - id: talk
    name: "<img src=x onerror=alert(1)>"
    date: 2025-01-02
    parties: [home, evil]
    aims: "</style><script>alert(2)</script>"
    stage: discussed
    evidence: [{source: s, says: "<b>hi</b>"}]
sources:
  - {id: s, outlet: "<i>o</i>", url: "https://example.org/?a=1&b=2"}
"""


@pytest.fixture
def evil(tmp_path: Path) -> Brief:
    built = names_of(made(tmp_path / "evil", EVIL))
    return gather(built, built.resolve("evil"), as_of=DAY, stale_days=DEFAULT_STALE)


def test_names_never_become_elements(evil: Brief) -> None:
    page = _Elements(to_html(evil, LANGUAGES))
    assert not page.tags & {"script", "img", "b", "i"}
    assert all(link.startswith(("#", "https://example.org/")) for link in page.links)


def test_names_never_become_markdown(evil: Brief) -> None:
    text = to_markdown(evil, LANGUAGES)
    assert r"\<script\>" in text
    assert not re.search(r"(?<!\\)<(?!https://example\.org)", text)
    assert r"\*\*b\*\*" in text


@pytest.mark.parametrize(("url", "safe"), [
    ("https://a.b/c", True), ("mailto:a@b.c", True), ("javascript:alert(1)", False), ("data:text/html,x", False),
    ("", False),
])  # fmt: skip
def test_only_web_and_mail_addresses_become_links(url: str, safe: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_link(url) is safe


def test_markdown_escapes_stay_on_one_line() -> None:
    assert plain_markdown("a\n# b") == r"a \# b"


def test_the_same_brief_is_the_same_bytes(names: Names) -> None:
    assert to_html(brief_on(names, "kawasaki"), LANGUAGES) == to_html(brief_on(names, "kawasaki"), LANGUAGES)


def test_the_command_writes_html_or_markdown(run: Callable[..., Ran], built: Path, tmp_path: Path) -> None:
    page, text = tmp_path / "brief.html", tmp_path / "brief.md"
    assert run("-C", built, "brief", "kawasaki", "--as-of", "2026-11-22", "-o", page).code == 0
    assert run("-C", built, "brief", "kawasaki", "--as-of", "2026-11-22", "-o", text).code == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert text.read_text(encoding="utf-8").startswith("# Kawasaki")
    refused = run("-C", built, "brief", "nobody-knows")
    assert (refused.code, refused.out) == (3, "")


@pytest.mark.browser
def test_the_page_opens_offline_and_prints(
    names: Names, tmp_path: Path, visit: Callable[..., AbstractContextManager[Visit]]
) -> None:
    path = tmp_path / "brief.html"
    path.write_text(to_html(brief_on(names, "kawasaki"), LANGUAGES), encoding="utf-8")
    with visit(path) as seen:
        assert seen.page.title() == "Kawasaki · Brief for a visit"
        assert seen.page.locator("article").count() == 5
        # The stylesheet was let in by its hash.
        assert seen.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert seen.page.pdf().startswith(b"%PDF")
        assert (seen.requests, seen.errors) == ([], [])
