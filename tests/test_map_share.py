"""What a reader takes along: picture, drawing, table, data, paper; and maps of odd input."""

import csv
import json
import re
import struct
import subprocess
import sys
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
from kg.collection import Config

pytestmark = pytest.mark.browser
Opener = Callable[..., AbstractContextManager[Visit]]
SVG = "{http://www.w3.org/2000/svg}"
GEXF = "{http://gexf.net/1.3}"
MECCA = "\u0645\u0643\u0629 2"


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("share") / "talks.html"
    kg.map.write(kg.map.draw(world(TALKS), config=Config(title="Talks")), path)
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


def test_the_readmes_picture_can_be_taken_again(tmp_path: Path) -> None:
    script = Path(__file__).parent.parent / "scripts" / "picture"
    subprocess.run([sys.executable, str(script), str(tmp_path / "map.png")], check=True)
    assert struct.unpack(">II", (tmp_path / "map.png").read_bytes()[16:24]) == (1360, 850)


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
    party:b schema:latitude -5.5 ; schema:longitude 119 ; kg:note " -1+1"@en . party:a kg:note "\uff1d1"@en .
    """
    kg.map.write(kg.map.draw(world(turtle)), path)
    with visit(path) as seen:
        rows = list(csv.reader(saved(ready(seen), "Table (CSV)").decode("utf-8-sig").splitlines()))
        assert rows[0][:3] == ["From", "Kind", "To"]
        assert rows[1][:3] == ["'=HYPERLINK(1)", "Met", 'B, "quoted"']
        assert rows[1][6] == "'@x"
        seen.page.locator("#views").get_by_role("button", name="Table").click()
        seen.page.locator(".table-tools").get_by_role("button", name="Things").click()
        rows = list(csv.reader(saved(seen.page, "Table (CSV)").decode("utf-8-sig").splitlines()))
        assert [row[4] for row in rows[1:]] == ["'\uff1d1", "' -1+1"]
        assert rows[2][6:8] == ["-5.5", "119"]


def test_the_data_is_json(visit: Opener, talks: Path) -> None:
    with visit(talks) as seen:
        assert len(json.loads(saved(ready(seen), "Data"))["things"]["id"]) == 8


def test_the_network_is_the_one_of_the_command_and_follows_the_filters(visit: Opener, talks: Path) -> None:
    def network(text: str | bytes) -> tuple[list[list[str | None]], list[list[str | None]]]:
        root = ET.fromstring(text)  # noqa: S314 - our own text
        nodes = [[node.get("id"), node.get("label"), node[0][0].get("value")] for node in root.iter(f"{GEXF}node")]
        edges = root.iter(f"{GEXF}edge")
        values = [[each.get("value") for each in edge[0]] for edge in root.iter(f"{GEXF}edge")]
        ends = [[edge.get("source"), edge.get("target"), edge.get("kind")] for edge in edges]
        return nodes, [[*end, *value] for end, value in zip(ends, values, strict=True)]

    with visit(talks) as seen:
        page = ready(seen)
        assert network(saved(page, "Network")) == network(kg.map.make_map(world(TALKS)).gexf())
        page.get_by_label("Officials").uncheck()
        nodes, edges = network(saved(page, "Network"))
        assert (len(nodes), len(edges)) == (5, 6)


@pytest.mark.parametrize("address", ["", "at=party:makassar&theme=dark", "view=world", "lang=ja"], ids=str)
def test_it_prints_on_one_sheet_with_legend_credit_and_licence(visit: Opener, talks: Path, address: str) -> None:
    with visit(talks, address=address) as seen:
        page = ready(seen)
        paper = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
        assert re.search(rb"/MediaBox\s*\[0 0 84[12]\S* 59[45]\S*\]", paper)
        assert page.locator("#paper svg").count() == 0
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        assert page.locator("#paper svg text").count() >= 5
        for part in ("#title", "#meta", "#credit a", "#filters fieldset >> nth=0"):
            assert page.locator(part).is_visible()
        assert page.locator("#credit a").inner_text() == "CC BY 4.0"
        assert not page.locator("#panel, #canvas, .tools, .search").filter(visible=True).count()
        assert page.evaluate("document.documentElement.dataset.theme") == "light"


def test_a_printed_table_is_whole(visit: Opener, tmp_path: Path) -> None:
    path = tmp_path / "many.html"
    path.write_text(page_of(register(120)), encoding="utf-8")
    with visit(path, address="view=table") as seen:
        page = ready(seen)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        rows = page.locator("#rowCount").inner_text()
        assert rows == f"{page.locator('tbody tr').count()} rows"
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("tbody tr").count() == 200


def test_a_printed_table_is_as_wide_as_its_sheet(visit: Opener, talks: Path) -> None:
    sheet = 1047  # an A4 sheet across, less its margins, in CSS pixels
    with visit(talks, address="view=table&tab=records", width=sheet) as seen:
        page = ready(seen)
        page.emulate_media(media="print")
        assert page.evaluate("document.querySelector('#table table').offsetWidth") <= sheet


def test_an_embedded_map_says_whose_it_is(visit: Opener, talks: Path) -> None:
    with visit(talks, address="embed=yes&at=party:makassar", width=390, height=500) as seen:
        page = ready(seen)
        credit = page.locator("#credit")
        assert credit.inner_text().split("\n") == [
            "Talks", "From 2 sources, in our own words", "Data to 2 March 2023", "Licence: CC BY 4.0",
        ]  # fmt: skip
        box = credit.bounding_box()
        assert box
        above = page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('#credit') !== null", [
            box["x"] + box["width"] / 2, box["y"] + box["height"] / 2,
        ])  # fmt: skip
        assert above


@pytest.mark.parametrize("control", ["\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068"], ids=ascii)
def test_a_name_cannot_turn_the_direction_of_reading(visit: Opener, tmp_path: Path, control: str) -> None:
    path = tmp_path / "turned.html"
    turtle = f"""
    party:a a kg:City ; rdfs:label "{control}abc cba{control}"@en . party:b a kg:City ; rdfs:label "{MECCA}"@ar .
    meeting:m a kg:Meeting ; rdfs:label "m{control}"@en ; kg:party party:a, party:b .
    evidence:meeting.m.1 a kg:Evidence ; kg:about meeting:m ; kg:quote "{control}q" .
    """
    kg.map.write(kg.map.draw(world(turtle), title=f"{control}t"), path)
    assert control not in path.read_text(encoding="utf-8")
    with visit(path) as seen:
        page = ready(seen)
        drawing = saved(page, "Drawing").decode()
        assert ">abc cba<" in drawing
        assert f">\u2068{MECCA}\u2069<" in drawing
        assert f"abc cba,Met,{MECCA}," in saved(page, "Table (CSV)").decode()
        page.keyboard.press("/")
        page.keyboard.type("2")
        page.keyboard.press("Enter")
        assert page.locator("#live").inner_text() == f"\u2068{MECCA}\u2069, City, 1 line"
        assert page.locator("#panel h2").get_attribute("dir") == "auto"


def test_a_name_without_a_visible_letter_is_its_id(visit: Opener, tmp_path: Path) -> None:
    path = tmp_path / "blank.html"
    kg.map.write(kg.map.draw(world('party:quiet a kg:City ; rdfs:label " \u200b\u200d\ufeff\u00ad"@en .')), path)
    with visit(path) as seen:
        assert ">quiet<" in saved(ready(seen), "Drawing").decode()


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
