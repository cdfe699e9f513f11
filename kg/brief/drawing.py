"""A small drawing: a party in the middle, whom it met around it, one line each as thick as the meetings are many."""

import math
from collections.abc import Sequence

from markupsafe import Markup, escape

from kg.brief.fit import clipped

SIZE = (300, 118)
MOST = 6
_TEXT = 8.5


def draw_partners(label: str, partners: Sequence[tuple[str, int]], *, ours: str) -> Markup:
    """Return an SVG of the six parties met most, with counts, and how many more there are; ours is drawn dark.

    `partners` are (name, meetings), most met first. Text is text, colours have 4.5:1 contrast on white.
    """
    shown = partners[:MOST]
    width, height = SIZE
    middle = width / 2, height / 2
    parts = [Markup('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img">').format(width, height)]
    told = "; ".join(f"{name} {count}" for name, count in shown)
    parts.append(Markup("<title>{}: {}</title>").format(label, told))
    points = [_point(number, len(shown), middle) for number in range(len(shown))]
    for (_, count), (x, y) in zip(shown, points, strict=True):
        parts.append(_line(middle, (x, y), count))
    for (name, count), (x, y) in zip(shown, points, strict=True):
        parts.append(_label(name, count, (x, y), middle, dark=name == ours))
    parts.append(_middle(label, middle))
    if len(partners) > MOST:
        form = Markup('<text x="{}" y="{}" text-anchor="end" font-size="{}" fill="#4a5664">+{}</text>')
        parts.append(form.format(width - 2, height - 3, _TEXT, len(partners) - MOST))
    return Markup("").join([*parts, Markup("</svg>")])


def _point(number: int, total: int, middle: tuple[float, float]) -> tuple[float, float]:
    """Place one of several names on an ellipse, starting at the left."""
    turn = math.pi + 2 * math.pi * number / max(total, 1)
    return round(middle[0] + 62 * math.cos(turn), 1), round(middle[1] + 44 * math.sin(turn), 1)


def _line(start: tuple[float, float], end: tuple[float, float], count: int) -> Markup:
    """Draw a line whose width grows with the number of meetings."""
    form = Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#6b7785" stroke-width="{}"/>')
    return form.format(*start, *end, round(min(0.7 + count * 0.6, 6), 1))


def _label(name: str, count: int, at: tuple[float, float], middle: tuple[float, float], *, dark: bool) -> Markup:
    """Write a name and its count beside its dot, outwards; above or below it at the top and the bottom."""
    x, y = at
    side = x - middle[0]
    anchor, shift = ("middle", 0) if abs(side) < 1 else ("end", -6) if side < 0 else ("start", 6)
    fall = 2.8 if shift else (11 if y > middle[1] else -6)
    dot = Markup('<circle cx="{}" cy="{}" r="3" fill="{}"/>').format(x, y, "#12324f" if dark else "#2f6fa7")
    form = Markup('<text x="{}" y="{}" text-anchor="{}" font-size="{}" {}>{}</text>')
    weight = Markup('font-weight="bold"') if dark else Markup("")
    return dot + form.format(
        x + shift, round(y + fall, 1), anchor, _TEXT, weight, escape(f"{clipped(name, 14)} {count}")
    )


def _middle(label: str, at: tuple[float, float]) -> Markup:
    """Draw the party itself."""
    text = clipped(label, 16)
    half = round(2.35 * sum(2 if ord(c) > 0x2E80 else 1 for c in text) + 5, 1)  # noqa: PLR2004 - CJK is twice as wide
    box = Markup('<rect x="{}" y="{}" width="{}" height="14" rx="3" fill="#12324f"/>')
    form = Markup('<text x="{}" y="{}" text-anchor="middle" font-size="{}" font-weight="bold" fill="#fff">{}</text>')
    return box.format(at[0] - half, at[1] - 7, 2 * half) + form.format(at[0], at[1] + 3, _TEXT, text)
