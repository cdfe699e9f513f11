"""A brief as a page: HTML that prints on A4 and asks nobody for anything, or Markdown."""

import re

from kg.brief.drawing import draw_partners
from kg.brief.parts import Brief
from kg.brief.words import TEMPLATES, words_in
from kg.pages import environment, own_style

_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+!|&-])")
_SAFE = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+")


def to_html(brief: Brief, languages: tuple[str, ...]) -> str:
    """Return the brief as one HTML page without scripts or outside requests; `languages` in order of choice."""
    return _render("brief.html.j2", brief, languages, autoescape=True)


def to_markdown(brief: Brief, languages: tuple[str, ...]) -> str:
    """Return the brief as CommonMark; what the data holds is escaped, so that it cannot become markup."""
    return _render("brief.md.j2", brief, languages, autoescape=False)


def _render(template: str, brief: Brief, languages: tuple[str, ...], *, autoescape: bool) -> str:
    """Fill a template."""
    tag, words = words_in(languages)
    templates = environment(TEMPLATES, autoescape=autoescape)  # off for Markdown, which has escapes of its own
    templates.filters |= {"md": plain_markdown, "bare": bare}
    templates.tests["link"] = is_link
    css, css_hash = own_style(TEMPLATES / "brief.css")
    drawing = draw_partners(brief.label, brief.partners, ours=brief.our_label)
    page = templates.get_template(template)
    return page.render(b=brief, w=words, lang=tag, drawing=drawing, css=css, css_hash=css_hash)


def plain_markdown(text: object) -> str:
    """Return text with every character that Markdown obeys escaped, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(str(text).split()))


def bare(url: str) -> str:
    """Return an address as it is printed: without its scheme and the slash at its end."""
    return url.partition("://")[2].removesuffix("/") or url


def is_link(url: str) -> bool:
    """Say whether an address is one a page may link to: http, https or mailto."""
    return _SAFE.fullmatch(url) is not None
