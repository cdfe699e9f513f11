"""The map in a real browser, with the network off: what a reader can do, and what a record cannot."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from browser import Visit
from map_world import CANARIES, TALKS, world
from playwright.sync_api import Page

import kg.map

pytestmark = pytest.mark.browser
Opener = Callable[..., AbstractContextManager[Visit]]
ARROWS = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1)}


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "talks.html"
    kg.map.write(kg.map.draw(world(TALKS)), path)
    return path


def ready(seen: Visit) -> Page:
    return settled(seen.page)


def settled(page: Page) -> Page:
    # Playwright's own waiting for a function evaluates text, which the page's policy refuses.
    page.locator("html[data-ready=yes]").wait_for(state="attached")
    page.wait_for_timeout(300)
    return page


def find(page: Page, name: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def facts(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.locator("#facts").text_content() or "")
    return found


def test_the_map_opens_offline_without_a_complaint(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        page = ready(seen)
        assert page.locator("#shown").inner_text() == "8 things, 11 lines"
        assert page.locator("canvas").count() == 1
        assert (seen.requests, seen.errors) == ([], [])


@pytest.mark.parametrize(
    "name",
    ["kawasaki wat", "川崎市上下", "\uff2b\uff21\uff37\uff21\uff33\uff21\uff2b\uff29 W"],
    ids=["latin", "kanji", "full width"],
)
def test_a_thing_is_found_by_its_name_in_any_script(visit: Opener, talks: Path, name: str) -> None:
    with visit(talks) as seen:
        page = ready(seen)
        find(page, name)
        assert page.locator("#panel h2").inner_text() == "Kawasaki Waterworks"
        assert page.locator("#live").inner_text() == "Kawasaki Waterworks, Organization, 4 lines"


def test_from_search_to_source_in_five_keys_and_a_name(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        page = ready(seen)
        find(page, "chie")
        page.keyboard.press("n")
        assert "Acts for" in page.locator("#live").inner_text()
        page.keyboard.press("Enter")
        reached = page.evaluate(
            "[document.activeElement.href, document.activeElement.rel, document.activeElement.target]"
        )
        assert reached == ["https://one.example/1", "noopener noreferrer", "_blank"]
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        assert page.locator("#panel h2").inner_text() == "Chie"


def test_an_arrow_goes_to_a_neighbour_and_says_so(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        page = ready(seen)
        data = facts(page)
        things = data["things"]
        here = things["id"].index("party:makassar")
        ends = list(zip(data["lines"]["start"], data["lines"]["end"], strict=True))
        around = {one + two - here for one, two in ends if here in {one, two}}
        for key, (dx, dy) in ARROWS.items():
            find(page, "makassar")
            page.keyboard.press(key)
            away = {to: (things["x"][to] - things["x"][here], things["y"][to] - things["y"][here]) for to in around}
            ahead = {to for to, (x, y) in away.items() if x * dx + y * dy >= abs(x * dy - y * dx) / 2}
            reached = page.locator("#panel h2").inner_text()
            assert reached in {things["name"]["t"][to] for to in ahead} or (not ahead and reached == "Makassar")
            said = page.locator("#live").inner_text()
            assert said.startswith(reached) if ahead else said == "Nothing in that direction."


def test_a_click_on_a_thing_opens_its_facts(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        page = ready(seen)
        page.locator("#theme").click()
        page.wait_for_timeout(300)
        x, y, scale = map(float, parse_qs(page.evaluate("location.hash.slice(1)"))["view.at"][0].split(","))
        things = facts(page)["things"]
        thing = things["id"].index("party:iforcom")
        box = page.locator("#map").bounding_box()
        assert box
        left = box["x"] + box["width"] / 2 + (things["x"][thing] - x) * scale
        top = box["y"] + box["height"] / 2 + (things["y"][thing] - y) * scale
        page.mouse.click(left, top)
        page.locator("#panel h2", has_text="iForcom").wait_for()


def test_the_statements_shown_are_those_of_the_graph(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        page = ready(seen)
        find(page, "makassar")
        for summary in page.locator("#panel .record summary").all():
            summary.click()
        page.locator("#panel [data-statement]").nth(6).wait_for()
        shown = page.locator("#panel [data-statement]").evaluate_all("all => all.map(each => each.dataset.statement)")
        assert sorted(shown) == [
            "evidence:meeting.first.1", "evidence:meeting.first.2", "evidence:meeting.second.1",
            "evidence:meeting.third.1", "evidence:party.makassar.1", "evidence:post.makassar-mayor.1",
            "evidence:tenure.amir.1",
        ]  # fmt: skip
        assert page.locator("#panel .conflict").count() == 1
        for lang, field in (("en", "date"), ("id", "tanggal"), ("ja", "日付")):
            page.locator("#language").select_option(lang)
            assert page.locator("#panel .claim b").inner_text().strip() == f"{field}:"
        assert "2023-02-28" in page.locator("#panel .claim").inner_text()


def test_the_legend_filters_and_the_counts_follow(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        page = ready(seen)
        page.get_by_label("Officials").uncheck()
        assert page.locator("#shown").inner_text() == "5 of 8 things, 6 of 11 lines"
        page.get_by_label("Planned").uncheck()
        assert page.locator("#shown").inner_text() == "2 of 8 things, 2 of 11 lines"
        page.get_by_role("button", name="Reset filters").click()
        assert page.locator("#shown").inner_text() == "8 things, 11 lines"


def test_a_link_brings_back_what_its_sender_saw(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        page = ready(seen)
        find(page, "makassar")
        page.get_by_label("Companies").uncheck()
        page.locator("#language").select_option("ja")
        page.locator("#theme").click()
        page.wait_for_timeout(600)
        sent = page.evaluate("location.hash")
        told = [page.locator(each).inner_text() for each in ("#panel", "#shown", "#title")]
        page.goto("about:blank")
        page.goto(talks.resolve().as_uri() + sent)
        settled(page)
        assert [page.locator(each).inner_text() for each in ("#panel", "#shown", "#title")] == told
        page.wait_for_timeout(300)
        assert page.evaluate("location.hash") == sent


def test_the_language_changes_without_a_reload(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        page = ready(seen)
        find(page, "makassar")
        page.evaluate("window.same = true")
        for lang, name in (("id", "Kota Makassar"), ("ja", "マカッサル市"), ("en", "Makassar")):
            page.locator("#language").select_option(lang)
            assert page.locator("#panel h2").inner_text() == name
            assert page.evaluate("document.documentElement.lang") == lang
        assert page.evaluate("window.same")


def test_the_table_holds_every_line_and_sorts(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        page = ready(seen)
        page.get_by_role("button", name="Table").click()
        assert page.locator("#rowCount").inner_text() == "12 rows"
        page.get_by_role("button", name="Date", exact=True).click()
        page.get_by_role("button", name="Date", exact=True).click()
        assert page.locator("tbody tr").first.locator("td").nth(2).inner_text() == "March 2025"
        page.locator("#tableText").fill("mayor")
        page.get_by_role("button", name="Records").click()
        assert page.locator("#rowCount").inner_text() == "2 rows"
        assert "Amir – Mayor, for Makassar, guest" in page.locator("tbody").inner_text()
        page.get_by_role("button", name="Lines").click()
        page.locator("#tableText").fill("iforcom")
        assert page.locator("#rowCount").inner_text() == "3 rows"


def test_nothing_a_record_holds_runs_or_becomes_an_element(visit: Opener, tmp_path: Path) -> None:
    path = tmp_path / "canaries.html"
    kg.map.write(kg.map.draw(world(CANARIES), title="</title><script>window.canary=1</script>"), path)
    with visit(path) as seen:
        page = ready(seen)
        before = page.locator("script, img, iframe").count()
        for name in ("a <", "b <", "c <"):
            find(page, name)
            page.keyboard.press("n")
            for summary in page.locator("#panel summary").all():
                summary.click()
        page.get_by_role("button", name="Table").click()
        for tab in page.locator(".table-tools button").all():
            tab.click()
        for lang in ("id", "ja"):
            page.locator("#language").select_option(lang)
        assert page.evaluate("typeof window.canary") == "undefined"
        assert page.locator("script, img, iframe").count() == before
        assert page.locator("a[href^='javascript'], a[href^='data']").count() == 0
        assert (seen.requests, seen.errors) == ([], [])


def test_on_a_phone_the_map_keeps_half_the_screen_and_targets_fit_a_thumb(visit: Opener, talks: Path) -> None:
    with visit(talks, width=390, height=844) as seen:
        page = ready(seen)
        find(page, "makassar")
        map_, panel = page.locator("#map").bounding_box(), page.locator("#panel").bounding_box()
        assert map_
        assert panel
        assert panel["y"] - map_["y"] >= 422
        small = page.evaluate(
            "[...document.querySelectorAll('button, select, input[type=search], summary')]"
            ".filter(each => each.offsetParent && each.getBoundingClientRect().height < 44).map(each => each.outerHTML)"
        )
        assert small == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("lang", ["en", "id", "ja"])
@pytest.mark.parametrize("width", [320, 360, 390])
def test_on_a_phone_the_bar_fits_and_the_language_can_be_read(
    visit: Opener, talks: Path, width: int, lang: str
) -> None:
    with visit(talks, width=width, height=700, address=f"lang={lang}") as seen:
        page = ready(seen)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        wanted = page.locator("#language").evaluate(
            "box => { const free = box.cloneNode(true); free.style.cssText = 'position: absolute; width: auto';"
            " box.after(free); const wide = free.getBoundingClientRect().width; free.remove(); return wide; }"
        )
        assert page.locator("#language").evaluate("box => box.getBoundingClientRect().width") >= wanted
