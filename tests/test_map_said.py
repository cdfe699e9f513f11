"""Where the focus goes, and what is said: no control drops its reader, and no change goes unsaid."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from browser import Visit
from map_world import TALKS, register, world
from map_world import page as page_of
from playwright.sync_api import Page

import kg.map

pytestmark = pytest.mark.browser
Opener = Callable[..., AbstractContextManager[Visit]]
STORY = "steps: [{caption: One., at: makassar}, {caption: Two., focus: iforcom}]"
# Links leave the page, and what is saved or printed asks the browser.
CONTROLS = "button:visible, summary:visible, input[type=checkbox]:visible, select:visible"
ASIDE = ("Copy", "Picture", "Drawing", "(CSV)", "(JSON)", "(GEXF)", "Print")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("said")
    (folder / "story.yaml").write_text(STORY, encoding="utf-8")
    kg.map.write(kg.map.draw(world(TALKS)), folder / "talks.html")
    kg.map.write(kg.map.draw(world(TALKS), story=folder / "story.yaml"), folder / "story.html")
    (folder / "many.html").write_text(page_of(register(120)), encoding="utf-8")
    return folder


def ready(seen: Visit) -> Page:
    seen.page.locator("html[data-ready=yes]").wait_for(state="attached")
    return seen.page


def said(page: Page, text: str) -> None:
    page.locator("#live", has_text=text).wait_for(state="attached")


def focused(page: Page) -> str:
    """The key, id or text of what has the focus."""
    found: str = page.evaluate(
        "(({dataset, id, innerText, tagName}) => dataset.key || id || innerText || tagName)(document.activeElement)"
    )
    return found


@pytest.mark.parametrize(
    "address", ["", "at=party:makassar", "focus=party:iforcom 1&at=party:iforcom", "view=table"], ids=str
)
def test_no_control_drops_its_reader(visit: Opener, pages: Path, address: str) -> None:
    with visit(pages / "story.html", address=address) as seen:
        page = ready(seen)
        for number in range(page.locator(CONTROLS).count()):
            control = page.locator(CONTROLS).nth(number)
            if not control.count() or any(word in control.inner_text() for word in ASIDE):
                continue
            name = control.evaluate("each => each.outerHTML")
            control.press("Space")
            assert page.evaluate("document.activeElement !== document.body"), name
        assert seen.errors == []


@pytest.mark.parametrize(
    ("address", "control", "then"),
    [
        ("", "#filters .wide:last-child", "reset"),
        ("at=party:makassar", "[data-key=neighbourhood]", "close"),
        ("focus=party:makassar 1&at=party:makassar", "[data-key=wider]", "wider"),
        ("at=party:makassar", "#panel .close", "canvas"),
        ("", "#views [data-key=table]", "table"),
        ("view=table", "[data-key=records]", "records"),
        ("view=table", "thead [data-key=date]", "date"),
    ],
    ids=["reset", "neighbourhood", "wider", "close", "view", "tab", "sort"],
)
def test_the_focus_stays_on_its_control_or_goes_home(
    visit: Opener, pages: Path, address: str, control: str, then: str
) -> None:
    with visit(pages / "talks.html", address=address) as seen:
        page = ready(seen)
        page.locator(control).press("Enter")
        assert focused(page) == then or (then == "close" and focused(page) in {"wider", "close"})


def test_another_thing_in_the_panel_gives_the_focus_to_its_facts(visit: Opener, pages: Path) -> None:
    with visit(pages / "talks.html", address="at=party:kawasaki-waterworks party:makassar met meeting:first") as seen:
        page = ready(seen)
        page.locator("#panel .actions .name").first.press("Enter")
        assert focused(page) == "panel"


def test_the_button_to_the_next_line_keeps_the_focus(visit: Opener, pages: Path) -> None:
    address = "at=party:kawasaki-waterworks party:makassar met meeting:first"
    with visit(pages / "talks.html", address=address) as seen:
        page = ready(seen)
        page.locator("#panel [data-key=next]").press("Enter")
        assert focused(page) == "next"
        said(page, "March 2025")


def test_what_was_unfolded_stays_unfolded_through_a_filter(visit: Opener, pages: Path) -> None:
    with visit(pages / "talks.html", address="at=party:makassar") as seen:
        page = ready(seen)
        page.locator("#panel .record summary").first.click()
        page.get_by_label("Companies").uncheck()
        assert page.locator("#panel details[open]").count() == 1


def test_more_rows_take_the_focus_along(visit: Opener, pages: Path) -> None:
    with visit(pages / "many.html", address="view=table") as seen:
        page = ready(seen)
        page.locator("#table .wide").press("Enter")
        assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 201


def test_a_menu_gives_the_focus_back(visit: Opener, pages: Path) -> None:
    with visit(pages / "talks.html") as seen:
        page = ready(seen)
        page.locator("#shareButton").press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert (focused(page), page.locator("#share").is_visible()) == ("shareButton", False)
        page.locator("#shareButton").press("Enter")
        page.locator("#theme").focus()
        assert not page.locator("#share").is_visible()


def test_the_last_step_of_a_story_keeps_the_focus(visit: Opener, pages: Path) -> None:
    with visit(pages / "story.html") as seen:
        page = ready(seen)
        for _ in range(3):
            page.locator("#story [data-key=next]").press("Enter")
        assert focused(page) == "next"
        assert page.locator("#story [data-key=next]").get_attribute("aria-disabled") == "true"
        said(page, "Two.")


def test_every_change_is_said(visit: Opener, pages: Path) -> None:
    with visit(pages / "talks.html") as seen:
        page = ready(seen)
        page.get_by_label("Officials").uncheck()
        said(page, "5 of 8 things, 6 of 11 lines")
        page.locator("#time-from").press("ArrowRight")
        said(page, "4 of 8 things, 4 of 11 lines")
        page.get_by_role("button", name="Reset filters").click()
        said(page, "8 things, 11 lines")
        page.locator("#views [data-key=world]").click()
        said(page, "World: 8 things, 11 lines · 3 things have no place")
        page.locator("#views [data-key=table]").click()
        said(page, "Table: 12 rows")
        page.locator("thead [data-key=end]").click()
        said(page, "Sorted by To, ascending")
        page.locator("#tableText").fill("iforcom")
        said(page, "3 rows")
        page.locator("#language").select_option("id")
        said(page, "Bahasa: Indonesia")


@pytest.mark.parametrize(
    ("lang", "one", "more"),
    [("en", "1 line", "4 lines"), ("id", "1 garis", "4 garis"), ("ja", "線1本", "線4本")],
    ids=["English", "Indonesian", "Japanese"],
)
def test_one_is_counted_as_one(visit: Opener, pages: Path, lang: str, one: str, more: str) -> None:
    with visit(pages / "talks.html", address=f"lang={lang}") as seen:
        page = ready(seen)
        for name, count in (("chie", one), ("iforcom", "3"), ("kawasaki wat", more)):
            page.keyboard.press("/")
            page.keyboard.type(name)
            page.keyboard.press("Enter")
            text = page.locator("#live").inner_text()
            assert text.endswith(count) or count in text
            assert "1 lines" not in text
