"""The table twin in a real browser: every shown fact is a row, and the statements are as many as the graph's."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from browser import Visit
from map_world import TALKS, world
from playwright.sync_api import Page

import kg.map
from kg.collection import open_collection
from kg.dataset import open_dataset
from kg.map.reading import read_facts

pytestmark = pytest.mark.browser
Opener = Callable[..., AbstractContextManager[Visit]]


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("twin") / "talks.html"
    kg.map.write(kg.map.draw(world(TALKS)), path)
    return path


def opened(seen: Visit, tab: str) -> Page:
    seen.page.locator("html[data-ready=yes]").wait_for(state="attached")
    seen.page.locator("#views").get_by_role("button", name="Table").click()
    seen.page.locator(".table-tools").get_by_role("button", name=tab).click()
    return seen.page


def cells(page: Page, head: str) -> list[str]:
    """What a column holds."""
    heads = page.locator("thead th").all_inner_texts()
    return page.locator(f"tbody tr > :nth-child({heads.index(head) + 1})").all_inner_texts()


def test_every_statement_is_a_row_once(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        page = opened(seen, "Statements")
        assert page.locator("#rowCount").inner_text() == "9 rows"
        assert sorted(filter(None, cells(page, "Statement"))) == [
            "A call.", "A city.", "A fair.", "A paper.", "He is mayor.", "Mayor of the city.", "They met.", "To come.",
        ]  # fmt: skip
        assert "date: 2023-02-28" in cells(page, "Says instead")
        assert {"Mayor, Makassar", "Fair", "Makassar", "Call"} <= set(cells(page, "About"))


def test_the_shipped_collections_statements_are_as_many_as_its_graphs(
    visit: Opener, built: Path, tmp_path: Path
) -> None:
    dataset = open_dataset(open_collection(built).build)
    facts = read_facts(dataset)
    kg.map.write(kg.map.draw(dataset), tmp_path / "map.html")
    with visit(tmp_path / "map.html") as seen:
        page = opened(seen, "Statements")
        assert page.locator("#rowCount").inner_text() == f"{len(facts.statements):,} rows"
        assert f"{len(facts.statements):,} statements" in page.locator("#meta").inner_text()
        page.locator(".table-tools").get_by_role("button", name="Records").click()
        assert page.locator("#rowCount").inner_text() == f"{len(facts.records):,} rows"
        ruling = next(record.rulings[0] for record in facts.records.values() if record.rulings)
        page.locator("#tableText").fill(ruling)
        assert ruling in cells(page, "Why this value")[0]


def test_notes_links_and_places_of_things_are_in_their_rows(visit: Opener, tmp_path: Path) -> None:
    turtle = """
    party:a a kg:City ; rdfs:label "A"@en ; kg:note "By the sea."@en ; skos:altLabel "Ah" ; schema:latitude -5.5 ;
        schema:longitude 119 ; schema:url "https://a.example/" ; schema:sameAs "javascript:1" .
    """
    kg.map.write(kg.map.draw(world(turtle)), tmp_path / "map.html")
    with visit(tmp_path / "map.html") as seen:
        page = opened(seen, "Things")
        row = page.locator("tbody tr").inner_text()
        assert all(told in row for told in ("By the sea.", "Ah", "-5.5", "119", "https://a.example/", "javascript:1"))
        assert page.locator("tbody a").count() == 1


def test_the_filters_leave_statements_of_what_is_shown(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        page = opened(seen, "Statements")
        page.get_by_label("Planned").uncheck()
        page.get_by_label("With undated").uncheck()
        assert "To come." not in cells(page, "Statement")
        assert "They met." in cells(page, "Statement")
        page.get_by_label("Cities").uncheck()
        assert page.locator("#rowCount").inner_text() == "2 rows"


def test_the_table_comes_back_from_a_link_as_it_was(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        page = opened(seen, "Records")
        page.get_by_role("button", name="Date", exact=True).click()
        page.get_by_role("button", name="Date", exact=True).click()
        page.locator("#tableText").fill("talk")
        page.wait_for_timeout(300)
        sent, rows = page.evaluate("location.hash"), page.locator("tbody").inner_text()
        page.goto("about:blank")
        page.goto(talks.resolve().as_uri() + sent)
        page.locator("html[data-ready=yes]").wait_for(state="attached")
        assert (page.locator("tbody").inner_text(), page.locator("#rowCount").inner_text()) == (rows, "3 rows")
        assert page.locator("th[aria-sort=descending]").inner_text().startswith("Date")


def test_a_row_gives_its_focus_to_the_facts_and_takes_it_back(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        page = opened(seen, "Things")
        page.locator("tbody").get_by_role("button", name="iForcom").press("Enter")
        assert page.evaluate("document.activeElement.id") == "panel"
        assert page.locator("#panel h2").inner_text() == "iForcom"
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.innerText") == "iForcom"
