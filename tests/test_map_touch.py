"""The map under a finger: pan, pinch, tap, and half of a small screen left to the map."""

from pathlib import Path
from urllib.parse import parse_qs

import pytest
from map_world import TALKS, world
from playwright.sync_api import Browser, CDPSession, Page

import kg.map

pytestmark = pytest.mark.browser
Points = list[tuple[float, float]]


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("touch") / "talks.html"
    kg.map.write(kg.map.draw(world(TALKS), title="A title that is longer than any phone is wide, and then some"), path)
    return path


def opened(browser: Browser, talks: Path, address: str = "", *, width: int = 390, height: int = 844) -> Page:
    context = browser.new_context(
        offline=True,
        viewport={"width": width, "height": height},
        has_touch=True,
        is_mobile=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{talks.as_uri()}#{address}")
    page.locator("html[data-ready=yes]").wait_for(state="attached")
    page.wait_for_timeout(300)
    return page


def touch(session: CDPSession, steps: list[Points]) -> None:
    """Put fingers down at the first points, move them through the others, and lift them."""
    for place, points in enumerate(steps):
        kind = "touchMove" if place else "touchStart"
        at = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def camera(page: Page) -> tuple[float, float, float]:
    page.wait_for_timeout(500)
    x, y, scale = parse_qs(page.evaluate("location.hash.slice(1)"))["view.at"][0].split(",")
    return float(x), float(y), float(scale)


def test_a_finger_pans_and_two_pinch(browser: Browser, talks: Path) -> None:
    page = opened(browser, talks, "view.at=0,0,1")
    session = page.context.new_cdp_session(page)
    touch(session, [[(200 - 10 * step, 400)] for step in range(9)])
    x, y, scale = camera(page)
    assert (x > 50, abs(y) < 5, scale) == (True, True, 1)
    touch(session, [[(200 - 8 * step, 400), (210 + 8 * step, 400)] for step in range(9)])
    assert camera(page)[2] > 1.5
    page.context.close()


def test_a_tap_beside_a_thing_takes_it(browser: Browser, talks: Path) -> None:
    page = opened(browser, talks, "at=party:iforcom&view.at=0,0,1")
    page.locator("#panel .close").tap()
    page.locator("#panel").wait_for(state="hidden")
    page.locator("#shareButton").tap()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Data (JSON)").tap()
    things = kg.map.make_map(world(TALKS)).data["things"]
    assert waiting.value.path().stat().st_size > 0
    x, y, scale = camera(page)
    thing = things["id"].index("party:iforcom")
    box = page.locator("#map").bounding_box()
    assert box
    left = box["x"] + box["width"] / 2 + (things["x"][thing] - x) * scale
    top = box["y"] + box["height"] / 2 + (things["y"][thing] - y) * scale
    page.touchscreen.tap(left, top + things["radius"][thing] + 18)
    page.locator("#panel h2", has_text="iForcom").wait_for()
    page.context.close()


@pytest.mark.parametrize("lang", ["en", "id", "ja"])
@pytest.mark.parametrize("height", [664, 844], ids=str)
def test_the_map_keeps_half_of_the_screen(browser: Browser, talks: Path, height: int, lang: str) -> None:
    page = opened(browser, talks, f"lang={lang}&at=party:makassar", height=height)
    map_, panel = page.locator("#map").bounding_box(), page.locator("#panel").bounding_box()
    assert map_
    assert panel
    assert panel["y"] - map_["y"] >= height / 2
    assert panel["height"] >= 120
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#panel .grow").tap()
    grown = page.locator("#panel").bounding_box()
    assert grown
    assert grown["height"] > panel["height"]
    page.context.close()


def test_what_is_chosen_is_seen_above_its_facts(browser: Browser, talks: Path) -> None:
    page = opened(browser, talks)
    things = kg.map.make_map(world(TALKS)).data["things"]
    lowest = max(range(len(things["id"])), key=lambda thing: things["y"][thing])
    page.locator("#query").fill(things["name"]["t"][lowest])
    page.keyboard.press("Enter")
    _, y, scale = camera(page)
    box, panel = page.locator("#map").bounding_box(), page.locator("#panel").bounding_box()
    assert box
    assert panel
    assert box["y"] + box["height"] / 2 + (things["y"][lowest] - y) * scale < panel["y"] - 20
    page.context.close()


def test_every_target_fits_a_finger(browser: Browser, talks: Path) -> None:
    page = opened(browser, talks, "at=party:kawasaki-waterworks party:makassar met meeting:first")
    page.locator("#panel .grow").tap()
    small = page.evaluate(
        "[...document.querySelectorAll('button, select, input[type=search], summary, a[href], #hits li')]"
        ".filter(each => each.getClientRects().length && !each.matches('.skip'))"
        ".filter(each => each.getBoundingClientRect().height < 44 || each.getBoundingClientRect().width < 44)"
        ".map(each => each.outerHTML)"
    )
    assert small == []
    page.context.close()
