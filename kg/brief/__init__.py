"""A page to read before a visit: where two sides stand, what was promised, who met whom, every line with its source."""

from kg.brief.content import NobodyMetError, gather
from kg.brief.fit import Limits, cut, to_one_page
from kg.brief.page import to_html, to_markdown
from kg.brief.parts import Brief

__all__ = ["Brief", "Limits", "NobodyMetError", "cut", "gather", "to_html", "to_markdown", "to_one_page"]
