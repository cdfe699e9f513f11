"""The brief before a visit: what it tells of the real collection, in three languages, safe and stable."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from browser import Visit
from conftest import Ran
from tiny import made, names_of

from kg.brief import Brief, Limits, cut, gather, to_html, to_markdown, to_one_page
from kg.brief.fit import clipped
from kg.brief.page import is_link, plain_markdown
from kg.brief.room import PAGE, height
from kg.brief.words import read_words
from kg.collection import DEFAULT_STALE
from kg.dataset import open_dataset
from kg.errors import QueryError
from kg.names import Names
from kg.values import Iri

DAY = date(2026, 11, 22)
LANGUAGES = ("en", "id", "ja")


@pytest.fixture(scope="session")
def names(built: Path) -> Names:
    return Names(open_dataset(built / "build"), LANGUAGES)


def brief_on(names: Names, party: str, *, as_of: date = DAY, ours: Iri | None = None) -> Brief:
    return gather(names, names.resolve(party), as_of=as_of, stale_days=DEFAULT_STALE, ours=ours)


def test_a_units_meetings_are_the_citys_and_the_reader_is_the_collections_own_city(names: Names) -> None:
    found = brief_on(names, "kawasaki")
    assert found.our_label == "Makassar"
    assert [contact.date for contact in found.contacts] == [
        "2025-11-25", "2025-08-07", "2025-08-06", "2025-08-06", "2023-01-11"]  # fmt: skip
    latest = found.contacts[0]
    assert "Shiratori Shigeyuki (Chief Executive Officer, Kawasaki Waterworks and Sewerage Bureau)" in latest.theirs
    assert "Munafri Arifuddin (Mayor, Makassar)" in latest.ours


def test_it_says_where_things_stand_and_what_was_signed(names: Names) -> None:
    found = brief_on(names, "kawasaki")
    standing = {s.name: (s.stage, s.days, s.is_stale) for s in found.standings}
    assert standing["Makassar and Kawasaki on water and sanitation"] == ("discussed", 361, True)
    assert standing["MaKaPro: less leakage with Kawasaki and JICA"][0] == "completed"
    assert [(p.date, p.sort, p.state) for p in found.promises] == [
        ("2025-11-25", "hope", "overdue"), ("2023-01-11", "paper", "kept")]  # fmt: skip


def test_as_of_a_day_nothing_that_came_later(names: Names) -> None:
    found = brief_on(names, "kawasaki", as_of=date(2023, 6, 30))
    assert [contact.date for contact in found.contacts] == ["2023-01-11"]
    assert [(standing.stage, standing.days) for standing in found.standings] == [("MoU signed", 165)]
    assert [(promise.sort, promise.state) for promise in found.promises] == [("paper", "open")]
    assert [person.day for person in found.people if person.day > "2023-06-30"] == []
    assert dict(found.partners)["Makassar"] == 1
    page = to_html(found, LANGUAGES)
    assert not re.search(r"202[456]", re.sub(r'<ol class="sources">.*</ol>', "", page, flags=re.DOTALL))


def test_before_the_first_meeting_there_is_nothing_to_tell(names: Names) -> None:
    with pytest.raises(QueryError, match="Kawasaki has met nobody by 2019-12-31"):
        brief_on(names, "kawasaki", as_of=date(2019, 12, 31))


def test_a_post_is_held_by_who_was_seen_in_it_last(names: Names) -> None:
    found = [
        (each.official, each.certainty, each.day) for each in brief_on(names, "australia-consulate-makassar").people
    ]
    assert found == [("Alex Stephen", "last seen", "2025-10-30")]
    early = brief_on(names, "australia-consulate-makassar", as_of=date(2025, 6, 1)).people
    assert [(each.official, each.certainty) for each in early] == [("Todd Dias", "no end seen")]


def test_disputes_say_who_disagrees(names: Names) -> None:
    found = brief_on(names, "kawasaki")
    days = next(each for each in found.disputes if each.field == "date")
    assert days.values == ("2025-08-06", "2025-08-05")
    assert "kitasulsel.com" in {found.sources[number - 1].outlet for number in days.cites}


def test_every_meeting_and_promise_is_cited_and_every_citation_has_a_source(names: Names) -> None:
    found = brief_on(names, "maniwa")
    needed = [line.cites for line in (*found.contacts, *found.promises, *found.disputes)]
    assert all(needed)
    lines = [*needed, *(person.cites for person in found.people), *(standing.cites for standing in found.standings)]
    numbers = [number for cites in lines for number in cites]
    assert sorted(set(numbers)) == list(range(1, len(found.sources) + 1))


VOICES = """
cities: [{id: home, name: Home}, {id: away, name: Away}]
sources:
  - {id: agency, outlet: Agency}
  - {id: paper, outlet: Paper, copy_of: agency}
  - {id: other, outlet: Other}
meetings:
  - {id: copied, name: Copied, date: 2025-01-02, parties: [home, away], evidence: [{source: agency, says: Met.},
     {source: paper, says: Met.}]}
  - {id: told-twice, name: Told twice, date: 2025-01-01, parties: [home, away], evidence: [{source: paper, says: Met.},
     {source: other, says: Talked.}]}
"""


def test_a_meeting_that_copies_of_one_report_tell_of_rests_on_one_voice(tmp_path: Path) -> None:
    small = names_of(made(tmp_path / "voices", VOICES))
    found = gather(small, small.resolve("away"), as_of=DAY, stale_days=DEFAULT_STALE)
    assert [(each.name, len(each.cites)) for each in found.single] == [("Copied", 2)]


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
    words = read_words()
    assert all(words[language][word] in text for word in ("brief", "standing", "promises", "history", "open"))
    assert set(words[language]) == set(words["en"])


FEW = Limits(standings=1, promises=1, people=1, contacts=2, disputes=1, single=0, cites=1, side=1, text=20)


def test_what_is_cut_is_counted_and_sources_are_numbered_anew(names: Names) -> None:
    whole = brief_on(names, "kawasaki")
    found = cut(whole, FEW)
    assert {name: len(getattr(whole, name)) - count for name, count in found.more.items()} == {
        "standings": 1, "promises": 1, "people": 1, "contacts": 2, "disputes": 1, "single": 0}  # fmt: skip
    lines = [*found.standings, *found.promises, *found.people, *found.disputes, *found.contacts]
    assert sorted({number for line in lines for number in line.cites}) == list(range(1, len(found.sources) + 1))
    contact, before = found.contacts[0], whole.contacts[0]
    assert len(contact.cites) + contact.uncited == len(before.cites)
    assert contact.ours[-1] == f"+{len(before.ours) - 1}"
    assert found.sources[contact.cites[0] - 1] == whole.sources[before.cites[0] - 1]


def test_the_page_says_that_it_was_cut_and_how_to_see_the_rest(names: Names) -> None:
    whole = brief_on(names, "kawasaki")
    line = "kg brief party:kawasaki --with party:makassar --as-of 2026-11-22 --full"
    for render in (to_html, to_markdown):
        assert line in render(cut(whole, FEW), LANGUAGES)
        assert line not in render(whole, LANGUAGES)
        assert "3 more" in render(cut(whole, FEW), LANGUAGES)


def test_what_fits_is_not_cut(tmp_path: Path) -> None:
    small = names_of(made(tmp_path / "small", EVIL))
    found = gather(small, small.resolve("evil"), as_of=DAY, stale_days=DEFAULT_STALE)
    assert to_one_page(found).more == {}


@pytest.mark.parametrize("party", ["adb", "makassar", "japan-consulate-makassar", "australia-consulate-makassar"])
def test_what_is_cut_fills_the_page(names: Names, party: str) -> None:
    found = to_one_page(brief_on(names, party))
    assert sum(found.more.values()) > 0
    assert 0.94 * PAGE < height(found) <= PAGE


@pytest.mark.parametrize(("text", "room", "expected"), [
    ("Kawasaki", 8, "Kawasaki"), ("Kawasaki", 7, "Kawasa…"), ("川崎市", 6, "川崎市"), ("川崎市", 5, "川崎…"),
    ("", 1, ""),
])  # fmt: skip
def test_a_text_is_cut_by_its_width(text: str, room: int, expected: str) -> None:
    assert clipped(text, room) == expected


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


def test_the_last_sentence_in_markdown_is_no_part_of_the_last_source(names: Names) -> None:
    before = to_markdown(brief_on(names, "kawasaki"), LANGUAGES).split("That nobody told of it")[0]
    assert before.endswith(">\n\n")


def test_markdown_escapes_stay_on_one_line() -> None:
    assert plain_markdown("a\n# b") == r"a \# b"


def test_the_same_brief_is_the_same_bytes(names: Names) -> None:
    assert to_html(brief_on(names, "kawasaki"), LANGUAGES) == to_html(brief_on(names, "kawasaki"), LANGUAGES)


@pytest.mark.parametrize("name", ["missing/brief.html", "."])
def test_a_place_that_cannot_be_written(name: str, built: Path, run: Callable[..., Any], tmp_path: Path) -> None:
    done = run("-C", built, "brief", "kawasaki", "-o", f"{tmp_path}/{name}")
    assert (done.code, done.out, done.err.count("\n")) == (3, "", 1)
    assert done.err.startswith(f"kg: cannot write {tmp_path}")


def test_the_command_writes_html_or_markdown(run: Callable[..., Ran], built: Path, tmp_path: Path) -> None:
    page, text = tmp_path / "brief.html", tmp_path / "brief.md"
    assert run("-C", built, "brief", "kawasaki", "--as-of", "2026-11-22", "-o", page).code == 0
    assert run("-C", built, "brief", "kawasaki", "--as-of", "2026-11-22", "-o", text).code == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert text.read_text(encoding="utf-8").startswith("# Kawasaki")
    refused = run("-C", built, "brief", "nobody-knows")
    assert (refused.code, refused.out) == (3, "")
    alone = run("-C", built, "brief", "kawasaki", "--as-of", "2019")
    assert (alone.code, alone.out) == (1, "")
    assert "Kawasaki has met nobody by 2019-12-31" in alone.err


@pytest.mark.browser
def test_the_page_opens_offline_and_prints(
    names: Names, tmp_path: Path, visit: Callable[..., AbstractContextManager[Visit]]
) -> None:
    path = tmp_path / "brief.html"
    path.write_text(to_html(brief_on(names, "kawasaki"), LANGUAGES), encoding="utf-8")
    with visit(path) as seen:
        assert seen.page.title() == "Kawasaki · Brief for a visit"
        assert seen.page.locator(".met").count() == 5
        # The stylesheet was let in by its hash.
        assert seen.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert seen.page.pdf().startswith(b"%PDF")
        assert (seen.requests, seen.errors) == ([], [])


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("party", ["kawasaki", "makassar", "australia-consulate-makassar"])
def test_a_brief_is_one_page_of_paper(
    built: Path,
    tmp_path: Path,
    visit: Callable[..., AbstractContextManager[Visit]],
    party: str,
    language: str,
) -> None:
    path = tmp_path / "brief.html"
    found = to_one_page(brief_on(names_of(built, language), party))
    path.write_text(to_html(found, (language, *LANGUAGES)), encoding="utf-8")
    with visit(path) as seen:
        paper = seen.page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
