"""What a reader asks of the map: dates, staleness, neighbourhoods, paths, stories, the world; and its colours."""

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from browser import Visit
from map_world import CANARIES, HOOK, TALKS, world
from playwright.sync_api import Page

import kg.map
from kg.collection import Config
from kg.map.page import TEMPLATES

Opener = Callable[..., AbstractContextManager[Visit]]
STORY = """
steps:
  - {caption: {en: It began in 2023., ja: 2023年に始まった。}, until: 2023}
  - {caption: Then a paper., at: kawasaki-waterworks}
"""

COUNTRIES = """
party:makassar a kg:City ; rdfs:label "Makassar" ; kg:country "ID" .
party:seoul a kg:City ; rdfs:label "Seoul" ; kg:country "KR" .
party:kawasaki a kg:City ; rdfs:label "Kawasaki" ; kg:country "JP" .
party:lonely a kg:City ; rdfs:label "Lonely" ; kg:country "NL" .
official:amir a kg:Official ; rdfs:label "Amir" .
official:budi a kg:Official ; rdfs:label "Budi" .
meeting:trio a kg:Meeting ; rdfs:label "Trio" ; kg:party party:makassar, party:seoul, party:kawasaki ;
    kg:participation participation:trio.amir .
participation:trio.amir a kg:Participation ; kg:official official:amir ; kg:actedFor party:makassar .
meeting:duo a kg:Meeting ; rdfs:label "Duo" ; kg:party party:makassar, party:seoul ;
    kg:participation participation:duo.amir, participation:duo.budi .
participation:duo.amir a kg:Participation ; kg:official official:amir ; kg:actedFor party:makassar .
participation:duo.budi a kg:Participation ; kg:official official:budi ; kg:actedFor party:makassar .
meeting:call a kg:Meeting ; rdfs:label "Call" ; kg:party party:lonely .
"""


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ask")
    (folder / "story.yaml").write_text(STORY, encoding="utf-8")
    config = Config(title="Talks", stale={"mou-signed": 30})
    kg.map.write(kg.map.draw(world(TALKS), config=config), folder / "talks.html")
    kg.map.write(kg.map.draw(world(TALKS), story=folder / "story.yaml"), folder / "story.html")
    return folder


def ready(seen: Visit) -> Page:
    seen.page.locator("html[data-ready=yes]").wait_for(state="attached")
    seen.page.wait_for_timeout(300)
    return seen.page


def shown(page: Page) -> str:
    return page.locator("#shown").inner_text()


def find(page: Page, name: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(name)
    page.keyboard.press("Enter")


@pytest.mark.browser
def test_the_thumbs_take_what_may_lie_between_them(visit: Opener, talks: Path) -> None:
    with visit(talks / "talks.html") as seen:
        page = ready(seen)
        page.locator("#time").get_by_label("With undated").uncheck()
        assert shown(page) == "4 of 8 things, 4 of 11 lines"
        page.locator("#time-from").focus()
        page.keyboard.press("ArrowRight")
        assert page.locator("#time-from").get_attribute("aria-valuetext") == "Apr 2023"
        assert shown(page) == "3 of 8 things, 2 of 11 lines"
        page.locator("#play").click()
        assert page.locator("#play").get_attribute("aria-label") == "Pause"


@pytest.mark.browser
def test_only_what_is_stale(visit: Opener, talks: Path) -> None:
    with visit(talks / "talks.html") as seen:
        page = ready(seen)
        page.get_by_label("Only what is stale").check()
        assert shown(page) == "0 of 8 things, 0 of 11 lines" or "Nothing" in shown(page)


@pytest.mark.browser
def test_a_neighbourhood_grows_and_gives_way(visit: Opener, talks: Path) -> None:
    with visit(talks / "talks.html") as seen:
        page = ready(seen)
        find(page, "iforcom")
        page.get_by_role("button", name="Only its neighbourhood").click()
        assert shown(page) == "4 of 8 things, 6 of 11 lines"
        page.get_by_role("button", name="Wider").click()
        assert shown(page).startswith("6 of 8 things")
        page.get_by_role("button", name="Show everything").click()
        assert shown(page) == "8 things, 11 lines"


@pytest.mark.browser
def test_a_path_between_two_is_told_step_by_step(visit: Opener, talks: Path) -> None:
    with visit(talks / "talks.html") as seen:
        page = ready(seen)
        find(page, "iforcom")
        page.get_by_role("button", name="Path to").click()
        find(page, "chie")
        assert page.locator("#panel h2").inner_text() == "iForcom → Chie"
        assert page.locator("#live").inner_text() == "Path of 3 lines"
        assert page.locator("#panel .steps li").count() == 4
        page.keyboard.press("Escape")


@pytest.mark.browser
def test_a_story_is_stepped_by_key_and_by_click(visit: Opener, talks: Path) -> None:
    with visit(talks / "story.html") as seen:
        page = ready(seen)
        assert page.locator("#story p").inner_text() == "It began in 2023."
        page.locator("#language").select_option("ja")
        assert page.locator("#story p").inner_text() == "2023年に始まった。"
        page.locator("#canvas").focus()
        page.keyboard.press("PageDown")
        assert page.locator("#story p").inner_text() == "Then a paper."
        assert page.locator("#panel h2").inner_text() == "川崎市上下水道局"
        page.locator("#story button").first.click()
        assert "2" not in page.locator("#story .quiet").inner_text().split("中")[1]


@pytest.mark.browser
def test_a_step_of_a_story_is_in_the_link(visit: Opener, talks: Path) -> None:
    with visit(talks / "story.html") as seen:
        page = ready(seen)
        page.locator("#story").get_by_role("button", name="Next").click()
        page.wait_for_timeout(300)
        sent = page.evaluate("location.hash")
        assert "step=2" in sent
        for address, caption in (
            (sent, "Then a paper."),
            ("#step=1", "It began"),
            ("#step=9", "Then"),
            ("#step=x", "It"),
        ):
            page.goto("about:blank")
            page.goto((talks / "story.html").as_uri() + address)
            assert ready(seen).locator("#story p").inner_text().startswith(caption)


ADDRESSES = [
    "at=official:amir&lang=id&focus=party:makassar 2",
    "at=party:kawasaki-waterworks party:makassar met meeting:second&view=world",
    "path=party:iforcom official:chie&lines=present&styles=stylePlan",
    "sectors=sector:water-supply&countries=ID|JP&families=two&since=2023-01-01&until=2025-12-31&undated=no",
    "kinds=company|official&stages=stage:discussed|stage:mou-signed&lang=ja",
    "view=table&tab=statementsTab&sort=-says&text=they",
    "stale=yes&view.at=12,-34,0.777",
]


@pytest.mark.browser
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_kept_whole(visit: Opener, talks: Path, address: str) -> None:
    with visit(talks / "talks.html", address=address) as seen:
        page = ready(seen)
        page.locator("#theme").click()
        page.wait_for_timeout(300)
        sent = parse_qs(page.evaluate("location.hash.slice(1)"))
        assert sent.items() >= {**parse_qs(address), "theme": ["dark"]}.items()
        assert set(sent) - {"theme", "view.at"} == set(parse_qs(address)) - {"view.at"}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("at=makassar", "at=party:makassar"),
        ("focus=chie 2", "focus=official:chie 2"),
        ("path=iforcom chie", "path=party:iforcom official:chie"),
        ("since=2023&until=2024", "since=2023-01-01&until=2024-12-31"),
        ("until=2024-02", "until=2024-02-29"),
        ("since=2024-13", ""),
        ("until=2023-02-30", ""),
        ("lang=constructor", ""),
        ("at=nobody", ""),
    ],
)
def test_an_address_may_be_written_by_hand(visit: Opener, talks: Path, written: str, whole: str) -> None:
    with visit(talks / "talks.html", address=written) as seen:
        page = ready(seen)
        page.locator("#theme").click()
        page.wait_for_timeout(300)
        sent = parse_qs(page.evaluate("location.hash.slice(1)"))
        assert {key: sent[key] for key in set(sent) - {"theme", "view.at"}} == parse_qs(whole)
        assert seen.errors == []


@pytest.fixture(scope="module")
def countries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("countries") / "map.html"
    kg.map.write(kg.map.draw(world(COUNTRIES)), path)
    return path


@pytest.mark.browser
@pytest.mark.parametrize(
    ("address", "told", "rows"),
    [
        ("countries=JP", "4 of 6 things, 3 of 6 lines", "1 row"),
        ("countries=KR", "5 of 6 things, 5 of 6 lines", "2 rows"),
        ("countries=JP|NL", "5 of 6 things, 3 of 6 lines", "2 rows"),
        ("countries=JP&kinds=official", "3 of 6 things, 2 of 6 lines", "1 row"),
        ("countries=JP&lines=met", "3 of 6 things, 1 of 6 lines", "1 row"),
        ("countries=XX", "Nothing to show with these filters.", "0 rows"),
    ],
    ids=[
        "its ties to others but not theirs among themselves",
        "who was there for either side",
        "two countries with what each is tied to",
        "without the people",
        "only who acted in its meetings",
        "a country of nobody",
    ],
)
def test_a_country_is_shown_with_its_ties(visit: Opener, countries: Path, address: str, told: str, rows: str) -> None:
    with visit(countries, address=f"{address}&tab=records") as seen:
        page = ready(seen)
        assert shown(page) == told
        page.locator("#views [data-key=table]").click()
        assert page.locator("#rowCount").inner_text() == rows


@pytest.mark.browser
def test_what_is_told_of_a_country_is_about_it(visit: Opener, countries: Path) -> None:
    with visit(countries, address="countries=JP&lines=acts&view=table&tab=records") as seen:
        page = ready(seen)
        page.locator("tbody button").click()
        assert "Kawasaki" in page.locator("#panel h2").inner_text()
        page.get_by_label("Acts for").check()
        find(page, "amir")
        page.locator("#views [data-key=map]").click()
        page.locator("#canvas").press("n")
        assert page.locator("#panel .kicker").inner_text() == "Acts for"
        assert page.locator("#panel .record").evaluate_all("all => all.map(each => each.dataset.record)") == [
            "meeting:trio"
        ]


@pytest.mark.browser
def test_a_span_named_backwards_is_the_span(visit: Opener, talks: Path) -> None:
    with visit(talks / "talks.html") as seen:
        told = []
        for span in ("since=2023-01-01&until=2024-12-31", "since=2024-12-31&until=2023-01-01"):
            seen.page.goto("about:blank")
            seen.page.goto((talks / "talks.html").as_uri() + f"#undated=no&{span}")
            page = ready(seen)
            told.append([shown(page), page.locator("#since").inner_text(), page.locator("#till").inner_text()])
        assert told[0] == told[1] == ["4 of 8 things, 3 of 11 lines", "Mar 2023", "Dec 2024"]


@pytest.mark.browser
def test_an_exact_name_is_the_first_hit(visit: Opener, tmp_path: Path) -> None:
    meetings = "".join(f"meeting:m{n} a kg:Meeting ; kg:party party:hub, party:p{n} . " for n in range(5))
    names = {"hub": "Bau", "exact": "Ba", "alias": "Zed", "word": "The Ba", "inside": "Abac"}
    things = "".join(f'party:{key} a kg:City ; rdfs:label "{name}"@en . ' for key, name in names.items())
    parties = "".join(f"party:p{n} a kg:City . " for n in range(5))
    more = 'party:alias skos:altLabel "Xbay", "BA" . party:exact2 a kg:City ; rdfs:label "b\u00e1"@en .'
    kg.map.write(kg.map.draw(world(things + parties + meetings + more)), tmp_path / "map.html")
    with visit(tmp_path / "map.html") as seen:
        page = ready(seen)
        page.keyboard.press("/")
        page.keyboard.type("ba")
        hits = page.locator("#hits li > span").all_inner_texts()
        assert hits == ["Zed", "Ba", "b\u00e1", "Bau", "The Ba", "Abac"]


@pytest.mark.browser
def test_a_hit_behind_a_filter_resets_the_filters_and_says_so(visit: Opener, talks: Path) -> None:
    with visit(talks / "talks.html") as seen:
        page = ready(seen)
        page.get_by_label("Companies").uncheck()
        find(page, "iforcom")
        assert page.locator("#live").inner_text() == "iForcom, Company, 3 lines. Filters were reset."
        assert page.get_by_label("Companies").is_checked()


@pytest.mark.browser
def test_a_stage_can_be_chosen_exactly(visit: Opener, talks: Path) -> None:
    with visit(talks / "talks.html") as seen:
        page = ready(seen)
        page.locator("details[data-name=stages] summary").click()
        page.locator("details[data-name=stages]").get_by_label("MoU signed").check()
        assert shown(page) == "2 of 8 things, 1 of 11 lines"


@pytest.mark.browser
def test_play_steps_through_the_months_and_stops_at_the_end(visit: Opener, talks: Path) -> None:
    with visit(talks / "talks.html") as seen:
        page = ready(seen)
        page.locator("#play").click()
        page.locator("#till", has_text="Apr 2023").wait_for()
        page.locator("#play[aria-label=Play]").wait_for()
        assert page.locator("#till").inner_text() == "Mar 2025"
        assert page.locator("#live").inner_text() == "8 things, 11 lines"


@pytest.mark.browser
def test_the_world_shows_what_has_a_place_and_counts_what_has_none(visit: Opener, talks: Path) -> None:
    with visit(talks / "talks.html") as seen:
        page = ready(seen)
        page.get_by_role("button", name="World").click()
        assert shown(page) == "8 things, 11 lines · 3 things have no place"
        assert (seen.requests, seen.errors) == ([], [])


@pytest.mark.browser
def test_nothing_a_collection_or_a_story_says_runs(visit: Opener, tmp_path: Path) -> None:
    hook = json.loads(f'"{HOOK}"')
    (tmp_path / "story.yaml").write_text(f"steps: [{{caption: {json.dumps(hook)}, at: a}}]", encoding="utf-8")
    config = Config(title={"en": hook.replace("\u2028", "").replace("\u2029", "")}, description=hook)
    html = kg.map.draw(world(CANARIES), config=config, story=tmp_path / "story.yaml")
    kg.map.write(html, tmp_path / "map.html")
    with visit(tmp_path / "map.html") as seen:
        page = ready(seen)
        assert "window.canary" in page.locator("#story p").inner_text()
        assert page.evaluate("typeof window.canary") == "undefined"
        assert page.locator("img, iframe").count() == 0
        assert seen.errors == []


def colours(theme: int) -> dict[str, str]:
    blocks = re.findall(r"\{([^{}]*--paper[^{}]*)\}", (TEMPLATES / "10-colours.css").read_text(encoding="utf-8"))
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[theme]))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1, 2], ids=["light", "dark", "dark by the system"])
def test_every_thing_and_line_stands_out_from_its_paper(theme: int) -> None:
    found = colours(theme)
    drawn = [
        "official",
        "city",
        "company",
        "organization",
        "talk",
        "paperline",
        "deal",
        "plan",
        "end",
        "acts",
        "accent",
    ]
    assert {
        name: round(contrast(found[name], found["paper"]), 1)
        for name in drawn
        if contrast(found[name], found["paper"]) < 3
    } == {}
    assert contrast(found["text"], found["paper"]) > 7
    assert contrast(found["quiet"], found["faint"]) > 4.5
