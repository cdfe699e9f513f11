"""Large maps: groups that open on a click, outlines that still find everything, and the sizes of the files."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from browser import Visit
from map_world import page as page_of
from map_world import register
from playwright.sync_api import Page

from kg.map import drawing
from kg.map.outline import CARRIED

pytestmark = pytest.mark.browser
Opener = Callable[..., AbstractContextManager[Visit]]


def ready(seen: Visit) -> Page:
    seen.page.locator("html[data-ready=yes]").wait_for(state="attached")
    seen.page.wait_for_timeout(300)
    return seen.page


@pytest.fixture(scope="module")
def grouped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "grouped.html"
    path.write_text(page_of(register(2400)), encoding="utf-8")
    return path


def test_a_map_of_thousands_opens_on_groups_and_finds_every_thing(visit: Opener, grouped: Path) -> None:
    with visit(grouped) as seen:
        page = ready(seen)
        assert page.locator("#shown").inner_text().startswith("2,400 things")
        page.keyboard.press("/")
        page.keyboard.type("party 001234")
        page.keyboard.press("Enter")
        assert page.locator("#panel h2").inner_text() == "Party 001234"
        assert "opened=" in page.evaluate("new Promise((done) => setTimeout(() => done(location.hash), 300))")
        assert (seen.requests, seen.errors) == ([], [])


def test_groups_are_reached_and_opened_by_keyboard(visit: Opener, grouped: Path) -> None:
    with visit(grouped) as seen:
        page = ready(seen)
        page.locator("#canvas").focus()
        page.keyboard.press("ArrowRight")
        first = page.locator("#live").inner_text()
        assert first.startswith("Group of ")
        page.keyboard.press("ArrowDown")
        assert page.locator("#live").inner_text() != first
        page.keyboard.press("Enter")
        page.wait_for_timeout(600)
        assert "opened=" in page.evaluate("location.hash")
        page.keyboard.press("Escape")
        page.wait_for_timeout(300)
        assert "opened=" not in page.evaluate("location.hash")
        page.locator("#canvas").focus()
        page.keyboard.press("Enter")
        page.locator("#closeGroups").click()
        assert page.locator("#live").inner_text().startswith("2,400 things")


def test_everything_is_one_click_away(visit: Opener, grouped: Path) -> None:
    with visit(grouped) as seen:
        page = ready(seen)
        page.locator("#showAll").check()
        page.wait_for_timeout(300)
        assert "all=yes" in page.evaluate("location.hash")
        assert seen.errors == []


def test_an_outline_names_everything_and_says_how_to_see_more(
    visit: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "CARRIED", 2000)
    path = tmp_path / "outline.html"
    path.write_text(page_of(register(2400)), encoding="utf-8")
    with visit(path) as seen:
        page = ready(seen)
        assert page.locator("#shown").inner_text().startswith("2,400 things, 13,")
        page.keyboard.press("/")
        page.keyboard.type("party 002399")
        page.keyboard.press("Enter")
        assert page.locator("#panel code").inner_text() == "kg map --focus party:p002399"
        # It holds no lines to look into, yet knows how many there are.
        assert page.locator("#panel .actions").count() == 0
        page.keyboard.press("/")
        page.keyboard.type("party 000001")
        page.keyboard.press("Enter")
        assert re.search(r", [1-9]\d* lines$", page.locator("#live").inner_text())
        page.locator("#views").get_by_role("button", name="Table").click()
        assert page.locator("#rowCount").inner_text() == "2,400 rows"
        for view in page.locator("#views button").all():
            view.click()
        assert (seen.requests, seen.errors) == ([], [])


@pytest.mark.parametrize(("size", "most"), [(100, 500_000), (1000, 620_000)], ids=["100 things", "1,000 things"])
def test_a_page_is_small(size: int, most: int) -> None:
    assert len(page_of(register(size)).encode()) <= most


@pytest.mark.slow
def test_a_hundred_thousand_things_take_three_megabytes() -> None:
    assert len(page_of(register(100_000)).encode()) < 3_000_000
    assert CARRIED < 100_000
