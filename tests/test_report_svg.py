"""The charts of a report: what they draw of ordinary, empty, huge and strange numbers and names."""

from xml.etree import ElementTree as ET

import pytest

from kg.report.parts import Bars, Curve, Series
from kg.report.svg import WIDTH, draw, short, ticks, wide


def bars(*values: float, labels: tuple[str, ...] = (), upright: bool = False, **more: object) -> Bars:
    named = labels or tuple(f"n{number}" for number in range(len(values)))
    return Bars("Title", "Told.", named, (Series("one", "main", values),), upright=upright, **more)  # type: ignore[arg-type]


def parsed(chart: Bars | Curve) -> ET.Element:
    return ET.fromstring(str(draw(chart, "c")))  # noqa: S314 - our own


def rectangles(chart: Bars | Curve) -> list[dict[str, str]]:
    return [each.attrib for each in parsed(chart).iter("rect")]


@pytest.mark.parametrize("upright", [True, False])
def test_a_bar_is_as_long_as_its_number(*, upright: bool) -> None:
    side = "height" if upright else "width"
    one, two = (float(each[side]) for each in rectangles(bars(2, 4, upright=upright)))
    assert two == pytest.approx(2 * one, abs=0.2)


@pytest.mark.parametrize("upright", [True, False])
@pytest.mark.parametrize("values", [(), (0,), (0, 0), (10**12,), (0.0001, 3), (1,) * 60])
def test_any_numbers_stay_inside(values: tuple[float, ...], *, upright: bool) -> None:
    chart = bars(*values, upright=upright)
    _, _, width, height = map(float, parsed(chart).attrib["viewBox"].split())
    for each in rectangles(chart):
        assert 0 <= float(each["x"]) <= float(each["x"]) + float(each["width"]) <= width
        assert 0 <= float(each["y"]) <= float(each["y"]) + float(each["height"]) <= height + 0.1


def test_several_series_have_a_legend_and_are_stacked() -> None:
    chart = Bars("T", "D", ("a",), (Series("one", "main", (1,)), Series("two", "warn", (2,))))
    texts = [each.text for each in parsed(chart).iter("text")]
    assert texts[:2] == ["one", "two"]
    assert texts[-1] == "3"


def test_a_legend_that_is_too_wide_goes_on_below() -> None:
    many = tuple(Series("とても長い名前の系列" * 2, "main", (1,)) for _ in range(5))
    chart = Bars("T", "D", ("a",), many)
    legend = [each for each in rectangles(chart) if each["width"] == "12"]
    assert len({each["y"] for each in legend}) > 1
    assert all(float(each["x"]) < WIDTH for each in legend)


def test_a_mark_beyond_the_bar_stays_inside() -> None:
    chart = bars(1, 2, mark_name="chance", marks=(5.0, None))
    marks = [each for each in rectangles(chart) if each["class"] == "mark" and each["width"] == "3"]
    assert len(marks) == 1
    assert float(marks[0]["x"]) < WIDTH


def test_names_are_cut_by_their_width_and_told_in_full() -> None:
    name = "マカッサル市の対外協力に関する合同委員会の会合"
    assert short("Short") == "Short"
    assert wide(short(name)) <= wide(short("W" * 99))
    assert name in [each.text for each in parsed(bars(1, labels=(name,))).iter("title")]


def test_a_name_is_never_markup() -> None:
    texts = [each.text for each in parsed(bars(1, labels=("<script>&",), upright=True)).iter("text")]
    assert "<script>&" in texts


@pytest.mark.parametrize(
    ("most", "expected"), [(0, [0, 1]), (1, [0, 0.5, 1]), (3, [0, 1, 2, 3]), (33, [0, 10, 20, 30, 40])]
)
def test_ticks_are_round_and_reach_the_most(most: float, expected: list[float]) -> None:
    assert ticks(most) == expected


def test_a_curve_without_a_band_has_none() -> None:
    plain = Curve("T", "D", ((0, 1.0, None, None), (5, 0.5, None, None)), 10, "days")
    banded = Curve("T", "D", ((0, 1.0, None, None), (5, 0.5, 0.2, 0.8)), 10, "days")
    assert rectangles(plain) == []
    assert [each["class"] for each in rectangles(banded)] == ["band"]


def test_a_curve_of_one_day_is_drawn() -> None:
    assert parsed(Curve("T", "D", ((0, 1.0, None, None),), 1, "days")).find("polyline") is not None
