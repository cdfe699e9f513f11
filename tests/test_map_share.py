"""What a reader takes along: picture, drawing, table, data, paper; and maps of odd input."""

import csv
import json
import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import combinations
from pathlib import Path

import pytest
from browser import Visit
from map_world import TALKS, register, world
from map_world import page as page_of
from playwright.sync_api import Page

import kg.map

pytestmark = pytest.mark.browser
Opener = Callable[..., AbstractContextManager[Visit]]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("share") / "talks.html"
    kg.map.write(kg.map.draw(world(TALKS)), path)
    return path


def ready(seen: Visit) -> Page:
    seen.page.locator("html[data-ready=yes]").wait_for(state="attached")
    seen.page.wait_for_timeout(300)
    return seen.page


def saved(page: Page, name: str) -> bytes:
    page.locator("#shareButton").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return waiting.value.path().read_bytes()


def test_the_picture_has_twice_the_points(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        page = ready(seen)
        picture = saved(page, "Picture")
        box = page.locator("#map").bounding_box()
        assert box
        assert struct.unpack(">II", picture[16:24]) == (int(box["width"]) * 2, int(box["height"]) * 2)


def test_the_drawing_holds_its_names_as_text_in_their_language(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        page = ready(seen)
        page.locator("#language").select_option("ja")
        root = ET.fromstring(saved(page, "図形"))  # noqa: S314 - our own text
        texts = {text.text: text.get("{http://www.w3.org/XML/1998/namespace}lang") for text in root.iter(f"{SVG}text")}
        assert texts["マカッサル市"] == "ja"
        assert texts["iForcom"] == "en"
        assert "image" not in {element.tag.removeprefix(SVG) for element in root.iter()}


def test_the_csv_is_the_filtered_table_and_runs_nothing(visit: Opener, tmp_path: Path) -> None:
    path = tmp_path / "formula.html"
    turtle = """
    party:a a kg:City ; rdfs:label "=HYPERLINK(1)"@en . party:b a kg:City ; rdfs:label "B, \\"quoted\\""@en .
    meeting:m a kg:Meeting ; rdfs:label "@x"@en ; kg:status "held" ; kg:party party:a, party:b ; kg:place "+1" .
    """
    kg.map.write(kg.map.draw(world(turtle)), path)
    with visit(path) as seen:
        rows = list(csv.reader(saved(ready(seen), "Table (CSV)").decode("utf-8-sig").splitlines()))
        assert rows[0][:3] == ["From", "Kind", "To"]
        assert rows[1][:3] == ["'=HYPERLINK(1)", "Met", 'B, "quoted"']
        assert rows[1][6] == "'@x"


def test_the_data_is_json(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        assert len(json.loads(saved(ready(seen), "Data"))["things"]["id"]) == 8


def test_it_prints_on_one_sheet(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        paper = ready(seen).pdf(format="A4", landscape=True)
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def boxes(page: Page) -> Iterator[tuple[float, float, float, float]]:
    """The boxes of the names on the map, measured as the canvas measures them."""
    root = ET.fromstring(saved(page, "Drawing"))  # noqa: S314 - our own text
    texts = [text for text in root.iter(f"{SVG}text") if not (text.text or "").startswith(page.title())]
    asked = [[text.text, f"{text.get('font-weight')} {text.get('font-size')}px"] for text in texts]
    widths = page.evaluate(
        """(asked) => { const pen = document.createElement("canvas").getContext("2d");
        const font = getComputedStyle(document.documentElement).getPropertyValue("--font");
        return asked.map(([text, form]) => { pen.font = `${form} ${font}`; return pen.measureText(text).width; }); }""",
        asked,
    )
    for text, width in zip(texts, widths, strict=True):
        x, y, size = (float(text.get(name) or 0) for name in ("x", "y", "font-size"))
        yield x, y - size / 2, x + width, y + size / 2


def test_a_hundred_things_show_twenty_names_or_more_and_none_overlap(visit: Opener, tmp_path: Path) -> None:
    path = tmp_path / "hundred.html"
    path.write_text(page_of(register(120)), encoding="utf-8")
    with visit(path) as seen:
        page = ready(seen)
        for zoom in range(3):
            found = list(boxes(page))
            assert len(found) >= (20 if zoom == 0 else 3)
            for one, two in combinations(found, 2):
                assert one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
            page.locator("#canvas").focus()
            page.keyboard.press("+")
            page.wait_for_timeout(700)


ODD = {
    "nothing": "",
    "one": 'party:a a kg:City ; rdfs:label "A"@en .',
    "no name": "party:a a kg:City .",
    "a long name": f'party:a a kg:City ; rdfs:label "{"Long " * 2000}"@en .',
    "right to left": 'party:a a kg:City ; rdfs:label "\u202emakassar\u202c \u0645\u0643\u0629 \u200b\u200d\ufeff"@ar .',
    "no dates": "party:a a kg:City . party:b a kg:City . meeting:m a kg:Meeting ; kg:party party:a, party:b .",
    "a loop": "party:a a kg:City ; kg:partOf party:a .",
    "odd dates": "party:a a kg:City . party:b a kg:City . meeting:m a kg:Meeting ; kg:party party:a, party:b ; "
    'kg:date "soon" ; kg:earliest "soon" ; kg:latest "0001-01-01" .',
    "odd places": 'party:a a kg:City ; schema:latitude "north" ; schema:longitude "NaN" . '
    "party:b a kg:City ; schema:latitude 91.5 ; schema:longitude 181 .",
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_input_gives_a_good_page(visit: Opener, tmp_path: Path, odd: str) -> None:
    path = tmp_path / "odd.html"
    kg.map.write(kg.map.draw(world(ODD[odd])), path)
    with visit(path) as seen:
        page = ready(seen)
        for view in page.locator("#views button").all():
            view.click()
            page.wait_for_timeout(100)
        page.locator("#views button").first.click()
        page.locator("#canvas").focus()
        for key in ("ArrowRight", "n", "Enter", "Escape", "Escape", "0"):
            page.keyboard.press(key)
        assert page.locator("#shown").inner_text()
        assert (seen.requests, seen.errors) == ([], [])
