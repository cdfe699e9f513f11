"""A brief as a page: HTML that prints on A4 and asks nobody for anything, or Markdown."""

import base64
import hashlib
import re

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg.brief.drawing import draw_partners
from kg.brief.parts import Brief
from kg.brief.words import TEMPLATES, words_in

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
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=autoescape,  # noqa: S701 - off only for Markdown, which has escapes of its own
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"md": plain_markdown, "bare": bare}
    environment.tests["link"] = is_link
    css = (TEMPLATES / "brief.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    style = {"css": Markup(css), "css_hash": digest}  # noqa: S704 - our own stylesheet
    drawing = draw_partners(brief.label, brief.partners, ours=brief.our_label)
    return environment.get_template(template).render(b=brief, w=words, lang=tag, drawing=drawing, **style)


def plain_markdown(text: object) -> str:
    """Return text with every character that Markdown obeys escaped, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(str(text).split()))


def bare(url: str) -> str:
    """Return an address as it is printed: without its scheme and the slash at its end."""
    return url.partition("://")[2].removesuffix("/") or url


def is_link(url: str) -> bool:
    """Say whether an address is one a page may link to: http, https or mailto."""
    return _SAFE.fullmatch(url) is not None
