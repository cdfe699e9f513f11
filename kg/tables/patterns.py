"""Date patterns: `DD-MM-YYYY`, `D MONTH YYYY`, `YYYY年M月` in, functions from text to partial ISO dates out.

Tokens: `YYYY`; `MM`, `DD` with two digits; `M`, `D` with one or two; `MONTH` a month's name, long or short, in a named
language; `EXCEL` the whole number a spreadsheet counts days by; `...` at the end whatever follows, such as a time.
Anything else stands for itself.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from kg.dates import PartialDate
from kg.errors import shown
from kg.tables.cells import one_line
from kg.tables.row import CellFault, DayText

MONTHS: Mapping[str, str] = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "ms": "Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
"""Months by language; a short form is any beginning of three letters or more that fits one month only."""

_TOKEN = re.compile(r"YYYY|MONTH|EXCEL|MM|DD|M|D|\.\.\.$")
_FORMS = {
    "YYYY": r"(?P<year>\d{4})",
    "MM": r"(?P<month>\d\d)",
    "M": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d\d)",
    "D": r"(?P<day>\d{1,2})",
    "MONTH": r"(?P<name>[^\W\d_]+)\.?",
    "EXCEL": r"(?P<serial>\d{1,7})(?:\.\d+)?",
    "...": r".*",
}
_FIRST_DAY, _LAST_DAY = 61, 2_958_465  # 1900-03-01, after the leap day Excel invents, to 9999-12-31


def date_reader(patterns: Sequence[str], language: str) -> Callable[[str], str]:
    """Return what turns a text into a partial date.

    Every pattern is tried: a text that two of them read as different days is refused, not guessed.

    Raises:
        ValueError: a pattern names no year, or a token twice; the language has no list of months.
    """
    compiled = [_compile(pattern) for pattern in patterns]
    names = _month_names(language)
    wanted = ", ".join(patterns)

    @lru_cache(maxsize=16384)
    def read(text: str) -> str:
        found = list(dict.fromkeys(iso for form in compiled if (iso := _read(form, text, names))))
        if not found:
            raise CellFault("bad-date", f"expected a date as {wanted}{_hint(text)}")
        if len(found) > 1:
            raise CellFault("ambiguous-date", f"can be {' or '.join(found)}; give one pattern, not {wanted}")
        try:
            PartialDate(found[0])
        except ValueError as error:
            raise CellFault("bad-date", str(error)) from error
        return found[0]

    def read_cell(text: str) -> str:
        return str(text)[:10] if isinstance(text, DayText) else read(one_line(text))

    return read_cell


def _compile(pattern: str) -> re.Pattern[str]:
    """Turn a pattern into a regular expression."""
    tokens = _TOKEN.findall(pattern)
    if "EXCEL" in tokens:
        if pattern != "EXCEL":
            raise ValueError(f"EXCEL stands alone; found {pattern!r}")
    elif "YYYY" not in tokens:
        raise ValueError(f"a date needs its year as YYYY; found {pattern!r}")
    made, end = "", 0
    for token in _TOKEN.finditer(pattern):
        made += re.escape(pattern[end : token.start()]) + _FORMS[token[0]]
        end = token.end()
    try:
        return re.compile(made + re.escape(pattern[end:]), re.ASCII if "MONTH" not in tokens else 0)
    except re.error as error:
        raise ValueError(f"the pattern {pattern!r} names a part of the date twice") from error


def _month_names(language: str) -> Callable[[str], int]:
    """Return what finds a month's number by its name, 0 when there is none or several."""
    if language not in MONTHS:
        raise ValueError(f"no names of months in {language!r}; expected one of {', '.join(MONTHS)}")
    names = MONTHS[language].casefold().split()

    def find(name: str) -> int:
        wanted = name.casefold()
        fits = [number for number, month in enumerate(names, 1) if month.startswith(wanted)]
        exact = [number for number in fits if names[number - 1] == wanted] or fits
        return exact[0] if len(exact) == 1 and len(wanted) >= 3 else 0  # noqa: PLR2004

    return find


def _read(form: re.Pattern[str], text: str, names: Callable[[str], int]) -> str | None:
    """Return the date a text means by one pattern, whether or not there is such a day."""
    match = form.fullmatch(text)
    if not match:
        return None
    parts = match.groupdict()
    if serial := parts.get("serial"):
        days = int(serial)
        return (date(1899, 12, 30) + timedelta(days)).isoformat() if _FIRST_DAY <= days <= _LAST_DAY else None
    month = names(parts["name"]) if parts.get("name") else int(parts.get("month") or 0)
    if parts.get("name") and not month:
        return None
    iso = str(parts["year"])
    if parts.get("month") or month:
        iso += f"-{month:02d}"
        iso += f"-{int(parts['day']):02d}" if parts.get("day") else ""
    return iso


def _hint(text: str) -> str:
    """Say when a number looks like a spreadsheet's day."""
    if re.fullmatch(r"[234]\d{4}(\.\d+)?", text, re.ASCII):
        return f"; {shown(text)} may be a spreadsheet's count of days: add the pattern EXCEL"
    return ""
