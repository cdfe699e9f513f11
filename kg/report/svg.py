"""Charts as SVG: titles and text alternatives inside, text as text in the page's own fonts, colours by class.

Not Matplotlib or Altair, after measuring both on the first chart of the report (3.6 kB and no time to speak of here).
Matplotlib 3.11: 15.8 kB with 62 inline `style`s, which a page without 'unsafe-inline' does not paint, colours that know
no dark page, Japanese measured with a font that lacks it, 2.1 s of import. Altair 6.3 with vl-convert: 11.2 kB without
inline styles, but on white, named by mark and not by meaning, 4.6 s. Both change their bytes with each release.
"""

import math
import unicodedata
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from kg.report.parts import Bars, Chart, Curve

WIDTH = 720
_ROW, _NAMES, _CHARS = 24, 230, 33
_HIGH = 210
_CURVE = (350, 200)
_GAP = 2


def draw(chart: Chart, name: str) -> Markup:
    """Return a chart as an SVG element; `name` makes the ids of its title and description unique on the page."""
    if isinstance(chart, Curve):
        size, body = _CURVE, _curve(chart)
    elif chart.upright:
        size, body = (WIDTH, _HIGH + _legend_height(chart)), _columns(chart)
    else:
        size, body = (WIDTH, len(chart.labels) * _ROW + 6 + _legend_height(chart)), _rows(chart)
    head = Markup(
        '<svg viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-labelledby="{n}-t {n}-d">'
        '<title id="{n}-t">{t}</title><desc id="{n}-d">{d}</desc>'
    )
    parts = [head.format(w=size[0], h=size[1], n=name, t=chart.title, d=chart.told), *body, Markup("</svg>")]
    return Markup("\n").join(parts)


def wide(text: str) -> float:
    """Return about how many pixels a text of the charts takes; Chinese and Japanese are as wide as high."""
    return sum(12 if unicodedata.east_asian_width(each) in "WF" else 6.6 for each in text)


def short(text: str, most: int = _CHARS) -> str:
    """Cut a name to `most` Latin letters' room."""
    kept = ""
    for each in text:
        if wide(kept + each) > most * 6.6:
            return f"{kept.rstrip()}…"
        kept += each
    return kept


def ticks(most: float, about: int = 4) -> list[float]:
    """Return round numbers from 0 to the first one at or above `most`."""
    if most <= 0:
        return [0, 1]
    rough = most / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= rough)
    step = max(step, 1) if most > 1 else step
    return [number * step for number in range(math.ceil(most / step - 1e-9) + 1)]


def _number(value: float) -> str:
    """Write a number short: counts as they are, scores with three decimals."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:.3f}"


def _place(value: float) -> str:
    """Write a coordinate, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")


def _legend_height(chart: Bars) -> int:
    """Return the room for a legend: none where there is only one thing to tell."""
    return 24 * (1 + _legend_rows(chart)) if len(chart.series) > 1 or chart.marks else 0


def _legend_rows(chart: Bars) -> int:
    """Return how many further lines the legend needs."""
    names = [*(series.name for series in chart.series), *([chart.mark_name] if chart.marks else [])]
    return int(sum(wide(name) + 34 for name in names) // WIDTH)


def _legend(chart: Bars) -> Iterator[Markup]:
    """Yield a swatch and a name for each series, in the order they are stacked."""
    if not _legend_height(chart):
        return
    x, y = 0.0, 6
    entries = [(series.name, Markup('class="{}"').format(series.tone)) for series in chart.series]
    entries += [(chart.mark_name, Markup('class="mark"'))] if chart.marks else []
    for name, kind in entries:
        if x and x + wide(name) + 34 > WIDTH:
            x, y = 0.0, y + 24
        yield Markup('<rect x="{}" y="{}" width="12" height="12" {}/>').format(_place(x), y, kind)
        yield Markup('<text x="{}" y="{}">{}</text>').format(_place(x + 18), y + 10, name)
        x += wide(name) + 34


def _bar(box: tuple[float, float, float, float], tone: str, told: str) -> Markup:
    """Draw one part of a bar; pointing at it tells what it is."""
    form = Markup('<rect x="{}" y="{}" width="{}" height="{}" class="{}"><title>{}</title></rect>')
    return form.format(*map(_place, box), tone, told)


def _totals(chart: Bars) -> list[float]:
    """Return the length of each bar."""
    return [sum(series.values[number] for series in chart.series) for number in range(len(chart.labels))]


def _columns(chart: Bars) -> Iterator[Markup]:
    """Yield upright bars over an axis of labels."""
    yield from _legend(chart)
    top, left, low = _legend_height(chart) + 16, 36, _legend_height(chart) + _HIGH - 24
    scale, totals = ticks(max(_totals(chart), default=0)), _totals(chart)
    per, step = (low - top) / scale[-1], (WIDTH - left) / max(len(chart.labels), 1)
    for tick in scale:
        line = _place(low - tick * per)
        yield Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" class="grid"/>').format(left, line, WIDTH, line)
        yield Markup('<text x="{}" y="{}" class="end quiet" dy="4">{}</text>').format(left - 6, line, _number(tick))
    every = max(1, math.ceil(max((wide(label) for label in chart.labels), default=0) / max(step - 6, 1)))
    for number, label in enumerate(chart.labels):
        x, y = left + number * step + step * 0.12, float(low)
        for series in chart.series:
            high = series.values[number] * per
            if high:
                told = f"{label}: {series.name} {_number(series.values[number])}"
                yield _bar((x, y - high, step * 0.76, max(high - (len(chart.series) > 1), 0.5)), series.tone, told)
            y -= high
        middle = _place(x + step * 0.38)
        if number % every == 0:
            yield Markup('<text x="{}" y="{}" class="mid-text quiet">{}</text>').format(middle, low + 16, label)
        if totals[number]:
            form = Markup('<text x="{}" y="{}" class="mid-text">{}</text>')
            yield form.format(middle, _place(y - 4), _number(totals[number]))


def _rows(chart: Bars) -> Iterator[Markup]:
    """Yield lying bars beside their names."""
    yield from _legend(chart)
    top, totals = _legend_height(chart) + 3, _totals(chart)
    most = max([*totals, *(mark for mark in chart.marks if mark is not None)], default=0) or 1
    per = (WIDTH - _NAMES - 70) / most
    for number, label in enumerate(chart.labels):
        x, y = float(_NAMES), top + number * _ROW
        named = Markup('<text x="{}" y="{}" class="end">{}<title>{}</title></text>')
        yield named.format(_NAMES - 8, y + 15, short(label), label)
        for series in chart.series:
            long = series.values[number] * per
            if long:
                told = f"{label}: {series.name} {_number(series.values[number])}"
                yield _bar((x, y + 3, max(long - (len(chart.series) > 1), 0.5), _ROW - 8), series.tone, told)
            x += long
        mark = chart.marks[number] if chart.marks else None
        if mark is not None:
            at = _NAMES + mark * per
            yield _bar((at - 1.5, y, 3, _ROW - 2), "mark", f"{label}: {chart.mark_name} {_number(mark)}")
            x = max(x, at + 4)
        yield Markup('<text x="{}" y="{}">{}</text>').format(_place(x + 6), y + 15, _number(totals[number]))


def _curve(chart: Curve) -> Iterator[Markup]:
    """Yield the band, the steps over it, and two axes."""
    wide_, high = _CURVE
    left, right, top, low = 44, 14, 10, 40
    across = (wide_ - left - right) / max(chart.until, 1)
    up = high - top - low

    def at(day: float, share: float) -> str:
        return f"{_place(left + day * across)},{_place(top + (1 - share) * up)}"

    for share in (0, 0.5, 1):
        y = _place(top + (1 - share) * up)
        yield Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" class="grid"/>').format(left, y, wide_ - right, y)
        yield Markup('<text x="{}" y="{}" class="end quiet" dy="4">{:.0f} %</text>').format(left - 6, y, share * 100)
    days = [day for day in ticks(chart.until, 3) if day <= chart.until]
    for day in days:
        x = _place(left + day * across)
        yield Markup('<text x="{}" y="{}" class="mid-text quiet">{:,.0f}</text>').format(x, high - low + 18, day)
    yield Markup('<text x="{}" y="{}" class="end quiet">{}</text>').format(wide_ - right, high - 4, chart.unit)
    ends = [*(point[0] for point in chart.points[1:]), chart.until]
    for (day, _, below, above), end in zip(chart.points, ends, strict=True):
        if below is not None and above is not None and end > day:
            box = (left + day * across, top + (1 - above) * up, (end - day) * across, (above - below) * up)
            yield Markup('<rect x="{}" y="{}" width="{}" height="{}" class="band"/>').format(*map(_place, box))
    path = _steps([(point[0], point[1]) for point in chart.points], ends)
    yield Markup('<polyline points="{}" class="curve"/>').format(" ".join(at(*each) for each in path))


def _steps(points: Sequence[tuple[int, float]], ends: Sequence[int]) -> Iterator[tuple[float, float]]:
    """Yield the corners of a step curve."""
    for (day, share), end in zip(points, ends, strict=True):
        yield day, share
        yield end, share
