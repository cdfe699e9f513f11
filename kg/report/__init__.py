"""A report on a whole collection: one page of charts and tables, each saying how it was counted."""

from kg.report.gathering import gather_report
from kg.report.page import to_html
from kg.report.parts import Bars, Curve, Report, Section, Series, Sheet

__all__ = ["Bars", "Curve", "Report", "Section", "Series", "Sheet", "gather_report", "to_html"]
