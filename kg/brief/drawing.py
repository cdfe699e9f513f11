"""A small drawing: a party in the middle, whom it met around it, one line each as thick as the meetings are many."""

import math
from collections.abc import Sequence

from markupsafe import Markup, escape

SIZE = (640, 300)
MOST = 12


def draw_partners(label: str, partners: Sequence[tuple[str, int]], *, ours: str) -> Markup:
    """Return an SVG of the twelve parties met most; ours is drawn dark.

    `partners` are (name, meetings), most met first. Text is text, colours have 4.5:1 contrast on white.
    """
    shown = partners[:MOST]
    width, height = SIZE
    middle = width / 2, height / 2
    parts = [Markup('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img">').format(width, height)]
    parts.append(Markup("<title>{}</title>").format(label))
    points = [_point(number, len(shown), middle) for number in range(len(shown))]
    for (_, count), (x, y) in zip(shown, points, strict=True):
        parts.append(_line(middle, (x, y), count))
    for (name, count), (x, y) in zip(shown, points, strict=True):
        parts.append(_label(f"{name} ({count})", (x, y), middle[0], dark=name == ours))
    parts.append(_middle(label, middle))
    return Markup("").join([*parts, Markup("</svg>")])


def _point(number: int, total: int, middle: tuple[float, float]) -> tuple[float, float]:
    """Place one of several names on an ellipse, starting at the left."""
    turn = math.pi + 2 * math.pi * number / max(total, 1)
    return round(middle[0] + 150 * math.cos(turn), 1), round(middle[1] + 115 * math.sin(turn), 1)


def _line(start: tuple[float, float], end: tuple[float, float], count: int) -> Markup:
    """Draw a line whose width grows with the number of meetings."""
    form = Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#6b7785" stroke-width="{}"/>')
    return form.format(*start, *end, min(1 + count * 0.8, 8))


def _label(text: str, at: tuple[float, float], middle: float, *, dark: bool) -> Markup:
    """Write a name beside its dot, outwards."""
    x, y = at
    anchor, shift = ("end", -9) if x < middle - 1 else ("start", 9)
    dot = Markup('<circle cx="{}" cy="{}" r="5" fill="{}"/>').format(x, y, "#12324f" if dark else "#2f6fa7")
    form = Markup('<text x="{}" y="{}" text-anchor="{}" font-size="12" {}>{}</text>')
    weight = Markup('font-weight="bold"') if dark else Markup("")
    return dot + form.format(x + shift, y + 4, anchor, weight, escape(_short(text)))


def _middle(label: str, at: tuple[float, float]) -> Markup:
    """Draw the party itself."""
    text = _short(label)
    half = 5 * sum(2 if ord(c) > 0x2E80 else 1 for c in text) * 0.75 + 10  # noqa: PLR2004 - CJK is twice as wide
    box = Markup('<rect x="{}" y="{}" width="{}" height="26" rx="6" fill="#12324f"/>')
    form = Markup('<text x="{}" y="{}" text-anchor="middle" font-size="13" font-weight="bold" fill="#fff">{}</text>')
    return box.format(at[0] - half, at[1] - 13, 2 * half) + form.format(at[0], at[1] + 4.5, text)


def _short(text: str) -> str:
    """Shorten a name so that it fits beside its dot."""
    return text if len(text) <= 34 else f"{text[:33]}…"  # noqa: PLR2004
