"""The map for everybody: axe-core finds nothing wrong in any light, size, language or state."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from map_world import TALKS, world
from playwright.sync_api import Browser, Page

import kg.map

pytestmark = pytest.mark.browser

STATES: dict[str, tuple[dict[str, Any], str]] = {
    "light": ({}, ""),
    "dark": ({"color_scheme": "dark"}, ""),
    "forced colours": ({"forced_colors": "active"}, "at=party:makassar"),
    "phone": ({"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}, "at=party:makassar"),
    "still": ({"reduced_motion": "reduce"}, ""),
    "facts": ({}, "at=party:makassar"),
    "facts, dark": ({"color_scheme": "dark"}, "at=party:makassar&theme=dark"),
    "a line": ({}, "at=party:kawasaki-waterworks party:makassar met meeting:first"),
    "a path": ({}, "path=party:iforcom official:chie"),
    "table": ({}, "view=table"),
    "table, dark": ({"color_scheme": "dark"}, "view=table"),
    "world": ({}, "view=world"),
    "embedded": ({}, "embed=yes"),
    "Indonesian": ({}, "lang=id&at=party:makassar"),
    "Japanese": ({}, "lang=ja&at=party:makassar"),
}


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("access")
    story = folder / "story.yaml"
    story.write_text("steps:\n  - {caption: Once., at: makassar}\n", encoding="utf-8")
    kg.map.write(kg.map.draw(world(TALKS), story=story), folder / "story.html")
    kg.map.write(kg.map.draw(world(TALKS)), folder / "talks.html")
    return folder


def wrong(page: Page) -> list[str]:
    found: dict[str, Any] = Axe().run(page).response
    return [
        f"{each['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:240]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def opened(browser: Browser, address: str, **options: Any) -> Page:  # noqa: ANN401 - Playwright's own options
    page = browser.new_context(offline=True, **options).new_page()
    page.goto(address)
    page.locator("html[data-ready=yes]").wait_for(state="attached")
    page.wait_for_timeout(300)
    return page


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_wrong(browser: Browser, talks: Path, state: str) -> None:
    options, address = STATES[state]
    page = opened(browser, f"{(talks / 'talks.html').as_uri()}#{address}", **options)
    assert wrong(page) == []
    page.context.close()


def test_axe_finds_nothing_wrong_with_everything_open(browser: Browser, talks: Path) -> None:
    page = opened(browser, (talks / "story.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("kawa")
    assert page.locator("#hits li").count() == 2
    for summary in page.locator("summary").all():
        summary.click()
    page.locator("#shareButton").click()
    page.locator("#query").focus()
    assert wrong(page) == []
    page.context.close()


def test_without_scripts_the_table_stands_alone(browser: Browser, talks: Path) -> None:
    page = browser.new_context(offline=True, java_script_enabled=False).new_page()
    page.goto((talks / "talks.html").as_uri())
    assert page.locator("noscript tbody").first.locator("tr").count() == 5
    assert page.locator("noscript a").first.is_visible()
    dead = page.locator("input, select, button, main")
    assert [each.get_attribute("id") for each in dead.all() if each.is_visible()] == []
    page.context.close()
