"""The report on a collection: what it says of the real one, of next to nothing, in three languages, safe and stable."""

import csv
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Visit
from conftest import Ran
from tiny import CONFIG, made, names_of

from kg.collection import open_collection
from kg.report import Bars, Curve, Report, Section, gather_report, to_html
from kg.report.page import is_numeric
from kg.report.words import read_words
from kg.tabular import Cell

DAY = date(2026, 11, 22)
LANGUAGES = ("en", "id", "ja")
NO_NUMBERS = re.compile(r"\b(nan|NaN|inf|None)\b")


def report_on(folder: Path, lang: str = "en", *, samples: int = 20) -> Report:
    return gather_report(names_of(folder, lang), open_collection(folder), as_of=DAY, samples=samples)


@pytest.fixture(scope="module")
def real(built: Path) -> Report:
    return report_on(built)


def section(report: Report, key: str) -> Section:
    return next(each for each in report.sections if each.key == key)


class _Page(HTMLParser):
    """Collect what a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_sections_come_in_the_order_of_the_questions(real: Report) -> None:
    assert [each.key for each in real.sections] == [
        "contents", "meetings", "sectors", "stages", "stale", "promises", "survival", "brokers", "countries",
        "voices", "conflicts"]  # fmt: skip


def test_every_section_says_something_and_how_it_was_counted(real: Report) -> None:
    assert all(each.said and all(each.said) for each in real.sections)
    assert all(each.counted and all(each.counted) for each in real.sections)


def test_the_real_collection_is_counted(real: Report) -> None:
    assert section(real, "contents").said[0] == "Meetings held: 111; planned: 9; cancelled: 1."
    assert dict(real.figures)["years"] == "2014–2026"
    assert "33" in section(real, "meetings").said[0]


def test_as_of_a_day_nothing_that_came_later(built: Path) -> None:
    past = gather_report(names_of(built), open_collection(built), as_of=date(2018, 6, 30), samples=5)
    assert (dict(past.figures)["meetings held"], dict(past.figures)["years"]) == ("26", "2014–2017")
    page = to_html(past)
    for key in ("meetings", "sectors", "stages", "stale", "promises", "survival", "brokers", "countries", "voices"):
        found = section(past, key)
        text = " ".join(
            [*found.said, *(str(cell) for sheet in found.sheets for row in sheet.table.rows for cell in row)]
        )
        assert not re.search(r"20(19|2\d)", text), key
    assert "83 after 2018-06-30" in page


def test_charts_and_their_sheets_hold_the_same_numbers(real: Report) -> None:
    for key, name in (("stale", "stale-by-stage"), ("promises", "promises-by-sort"), ("voices", "voices")):
        found = section(real, key)
        chart, sheet = found.charts[0], next(each for each in found.sheets if each.name == name)
        assert isinstance(chart, Bars)
        assert [row[0] for row in sheet.table.rows] == list(chart.labels)
        for number, series in enumerate(chart.series, 1):
            assert [row[number] for row in sheet.table.rows] == list(series.values)


def test_a_stage_is_reached_by_no_more_than_the_one_before(real: Report) -> None:
    chart = section(real, "stages").charts[0]
    assert isinstance(chart, Bars)
    assert list(chart.series[0].values) == sorted(chart.series[0].values, reverse=True)


def test_beginnings_add_up_to_the_cooperations_with_a_date(real: Report) -> None:
    sheet = section(real, "stages").sheets[1].table
    assert all(row[1] == sum(int(cell or 0) for cell in row[2:]) for row in sheet.rows)


def test_curves_fall_and_their_bands_hold_them(real: Report) -> None:
    curves = [chart for chart in section(real, "survival").charts if isinstance(chart, Curve)]
    assert curves
    for curve in curves:
        shares = [share for _, share, _, _ in curve.points]
        assert shares == sorted(shares, reverse=True)
        assert all(low <= share <= high for _, share, low, high in curve.points if low is not None and high is not None)


def test_every_language_has_the_same_words() -> None:
    words = read_words()
    assert set(words) == set(LANGUAGES)
    for language in LANGUAGES:
        assert set(words[language]) == set(words["en"])
        for word, text in words[language].items():
            assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", words["en"][word])), word


def test_every_word_is_used(real: Report) -> None:
    folder = Path(__file__).parent.parent / "kg" / "report"
    code = "".join(p.read_text(encoding="utf-8") for p in sorted(folder.rglob("*")) if p.suffix in {".py", ".j2"})
    built = ("class_", "promise_", "sort_")
    unused = [word for word in read_words()["en"] if f'"{word}"' not in code and not word.startswith(built)]
    assert unused == []
    assert real.language == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_language(built: Path, language: str) -> None:
    page = to_html(report_on(built, language))
    assert f'<html lang="{language}">' in page
    assert all(read_words()[language][key] in page for key in ("contents", "stale", "survival", "how"))


@pytest.mark.parametrize(
    ("cell", "numeric"), [(12, True), (0.5, True), ("12%", True), ("2019", False), ("2019-05", False)]
)
def test_a_year_is_set_as_the_other_dates_are(cell: Cell, numeric: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_numeric(cell) is numeric


def test_a_language_without_words_gets_english(world: Path) -> None:
    assert report_on(world, "fr").language == "en"


def test_every_chart_has_a_title_and_a_text_of_its_own(real: Report) -> None:
    page = to_html(real)
    charts = [chart for each in real.sections for chart in each.charts]
    assert page.count('role="img"') == len(charts) == page.count("<desc")
    assert all(chart.title and chart.told for chart in charts)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_same_collection_is_the_same_bytes(built: Path, real: Report) -> None:
    assert to_html(report_on(built)) == to_html(real)


def test_the_page_asks_nobody_and_runs_nothing(real: Report) -> None:
    text = to_html(real)
    page = _Page(text)
    assert not {"script", "img", "link", "iframe", "object"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name == "style" or name.startswith("on")]
    assert all(value.startswith("#") for name, value in page.attributes if name in {"href", "src"})
    assert "url(" not in text


SOURCE = "sources: [{id: s, outlet: S}]\n"
SAYS = "evidence: [{source: s, says: x}]"
TWO = f"cities: [{{id: a, name: A, {SAYS}}}, {{id: b, name: B, {SAYS}}}]\n"
SMALL = {
    "nothing at all": SOURCE,
    "one city": f"cities: [{{id: a, name: A, {SAYS}}}]\n{SOURCE}",
    "one meeting without a date": f"{TWO}meetings: [{{id: m, parties: [a, b], {SAYS}}}]\n{SOURCE}",
    "only a plan": f"{TWO}meetings: [{{id: m, status: planned, date: 2030, parties: [a, b], {SAYS}}}]\n{SOURCE}",
    "one official alone": f"{TWO}officials: [{{id: o, name: O, {SAYS}}}]\n"
    f"meetings: [{{id: m, date: 2020, parties: [a, b], people: [{{official: o}}], {SAYS}}}]\n{SOURCE}",
    "all one sector and country": f"cities: [{{id: a, name: A, country: ID, {SAYS}}}, {{id: b, name: B, {SAYS}}}]\n"
    f"meetings: [{{id: m, date: 2020-02, parties: [a, b], sectors: [health], stage: discussed, {SAYS}}}]\n{SOURCE}",
    "meetings a thousand years apart": f"{TWO}meetings:\n"
    f"  - {{id: m, date: 1020, parties: [a, b], sectors: [health], stage: discussed, {SAYS}}}\n"
    f"  - {{id: n, date: 2020-02-02, parties: [a, b], stage: discussed, {SAYS}}}\n{SOURCE}",
    "meetings after the day asked about": f"{TWO}meetings:\n"
    f"  - {{id: m, date: 2031, parties: [a, b], sectors: [health], stage: discussed, {SAYS}}}\n{SOURCE}",
}


@pytest.mark.parametrize("records", SMALL.values(), ids=SMALL.keys())
def test_next_to_nothing_is_a_page_of_sentences(tmp_path: Path, records: str) -> None:
    found = report_on(made(tmp_path / "small", records))
    assert all(each.said for each in found.sections)
    page = _Page(to_html(found))
    assert [word for word in page.words if NO_NUMBERS.search(word)] == []


@pytest.mark.parametrize(("key", "said"), [
    ("meetings", "No held meeting has a date: there is nothing to draw over time."),
    ("sectors", "No dated meeting names a sector."),
    ("stages", "Cooperations known: 0; no stage is known of any."),
    ("stale", "No cooperation is known by this day."),
    ("promises", "No promise is known by this day."),
    ("survival", "No cooperation has a dated step: nothing can be said about how long a stage lasts."),
    ("brokers", "Officials seen at meetings: 0. Nobody stands between two others."),
    ("countries", "No held meeting has a party."),
    ("voices", "No meeting was held."),
    ("conflicts", "Sources disagree about nothing."),
])  # fmt: skip
def test_an_empty_collection_says_so(tmp_path: Path, key: str, said: str) -> None:
    found = section(report_on(made(tmp_path / "empty", SMALL["nothing at all"])), key)
    assert (found.said, found.charts, found.sheets) == ((said,), (), ())


def test_one_sector_is_nothing_to_compare(tmp_path: Path) -> None:
    found = report_on(made(tmp_path / "one", SMALL["all one sector and country"]))
    assert "nothing to compare" in section(found, "sectors").said[-1]
    assert "nothing to compare" in section(found, "countries").said[-1]


def test_a_thousand_years_fit_into_the_columns(tmp_path: Path) -> None:
    found = report_on(made(tmp_path / "long", SMALL["meetings a thousand years apart"]))
    chart = section(found, "meetings").charts[0]
    assert isinstance(chart, Bars)
    assert len(chart.labels) <= 25
    assert sum(chart.series[0].values) == 2


EVIL = """
cities:
  - {id: home, name: "=cmd|' /C calc'!A0", country: ID, evidence: [{source: s, says: x}]}
  - {id: evil, name: "</title><script>alert(1)</script>{0}{say}", country: JP, evidence: [{source: s, says: x}]}
officials:
  - {id: o, name: "<img src=x onerror=alert(1)>", evidence: [{source: s, says: x}]}
  - {id: p, name: "</svg><script>1</script>", evidence: [{source: s, says: x}]}
  - {id: q, name: "{", evidence: [{source: s, says: x}]}
meetings:
  - {id: m, date: 2020-01-01, parties: [home, evil], people: [{official: o}, {official: p}], stage: discussed,
     aims: "<b>hope</b>", evidence: [{source: s, says: x}, {source: s, claims: {head_count: "<i>1</i>"}}]}
  - {id: n, date: 2020-01-02, parties: [home, evil], people: [{official: p}, {official: q}], stage: discussed,
     evidence: [{source: s, says: x}, {source: t, claims: {date: 2021-01-01}}]}
sources: [{id: s, outlet: "<u>o</u>"}, {id: t, outlet: T}]
"""


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    return made(tmp_path / "evil", EVIL, config=CONFIG.replace("Tiny", "</style><script>alert(2)</script>"))


def test_names_never_become_elements_nor_formats(evil: Path) -> None:
    text = to_html(report_on(evil))
    page = _Page(text)
    assert not {"script", "img", "b", "i", "u"} & set(page.tags)
    assert "onerror" not in [name for name, _ in page.attributes]
    assert "</title><script>alert(1)</script>{0}{say}" in "".join(page.words)


def test_the_command_writes_the_page_and_a_csv_file_per_table(
    run: Callable[..., Ran], evil: Path, tmp_path: Path
) -> None:
    page, tables = tmp_path / "out" / "report.html", tmp_path / "out" / "my tables"
    done = run("-C", evil, "report", "--as-of", "2026-11-22", "-o", page, "--csv", tables)
    assert (done.code, done.out) == (0, "")
    text = page.read_text(encoding="utf-8")
    links = {value for name, value in _Page(text).attributes if name == "href" and value.endswith(".csv")}
    assert links == {f"my%20tables/{file.name}" for file in tables.iterdir()}
    for file in tables.iterdir():
        with file.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "@"))]


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (("--samples", "0"), 2, "0 is not in the range"),
    (("--as-of", "soon"), 2, "expected a date"),
    (("-o", "."), 3, "cannot write"),
])  # fmt: skip
def test_a_slip_is_a_clear_line(
    run: Callable[..., Ran], world: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = run("-C", world, "report", *arguments)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_a_page_goes_to_stdout(run: Callable[..., Ran], world: Path) -> None:
    done = run("-C", world, "report", "--lang", "id", "--as-of", "2021", "--samples", "5")
    assert done.code == 0
    assert done.out.startswith("<!DOCTYPE html>")
    assert "per 2021-12-31" in done.out


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_opens_offline_keeps_nobody_out_and_prints(
    real: Report, tmp_path: Path, visit: Callable[..., AbstractContextManager[Visit]], scheme: str
) -> None:
    path = tmp_path / "report.html"
    path.write_text(to_html(real), encoding="utf-8")
    with visit(path, width=390) as seen:
        seen.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
        assert seen.page.locator("svg .main").first.evaluate("bar => getComputedStyle(bar).fill") != "rgb(0, 0, 0)"
        found = Axe().run(seen.page)
        assert [each["id"] for each in found.response["violations"]] == []
        assert seen.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
        assert (seen.requests, seen.errors) == ([], [])
