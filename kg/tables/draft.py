"""A table in, a first mapping for it out, as text to be edited: what is guessed is marked so."""

import json
import re
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from kg.tables.cells import one_line, tidy
from kg.tables.ids import to_id
from kg.tables.mapping import TableRule
from kg.tables.patterns import MONTHS, date_reader
from kg.tables.reading import open_table
from kg.tables.row import CellFault

_SAMPLE = 500
_FEW = 20
_COLUMNS = 200  # a draft is for reading
_PATTERNS = ("YYYY-MM-DD...", "DD-MM-YYYY", "DD.MM.YYYY", "D/M/YYYY", "M/D/YYYY", "D MONTH YYYY", "MONTH D, YYYY",
             "YYYY年M月D日", "YYYYMMDD", "YYYY/M/D", "YYYY-MM", "YYYY")  # fmt: skip
_NAMED = re.compile(r"(?=.*[^\W\d_]{3}).*\d{4}")
_BARE = ("YYYY", "YYYYMMDD")  # any number may look like one
_WORDS: dict[str, str] = {
    "city": r"city|town|kota|ville|stadt|municipality|市|place|location|lieu|tempat",
    "official": r"name|official|mayor|minister|mep|member|person|nama|nom|氏名",
    "organization": r"organi[sz]ation|company|partner|lobby|firm|entity|interest|instansi|mitra|soci[eé]t|団体|企業",
    "title": r"title|subject|topic|purpose|agenda|judul|perihal|sujet|件名",
}


def draft_mapping(table: Path | str, *, rule: TableRule | None = None) -> str:
    """Propose a mapping from the header and the first 500 rows; every guess carries the comment `guess`.

    The text is a mapping that can be loaded: it makes one meeting a row, from what the columns look like.

    Raises:
        TableError: the table cannot be opened.
    """
    with open_table(table, rule) as opened:
        columns = [_called(name, number, opened.columns) for number, name in enumerate(opened.columns, 1)]
        rows = [row.cells for row in islice(opened.rows, _SAMPLE) if not row.fault]
        name = Path(opened.name).name
    samples = {
        column: [text for row in rows if (text := one_line(tidy(str(row[index]), lambda _: None)))]
        for index, column in enumerate(columns)
        if index < _COLUMNS
    }
    dates = {column: guess for column, texts in samples.items() if (guess := _dates(texts))}
    return "\n".join([*_head(name, rule or TableRule()), *_columns(samples, dates), *_records(samples, dates)]) + "\n"


def _called(name: str, number: int, columns: Sequence[str]) -> str:
    """Return how a mapping calls a column: by its number where its name is none, or not its own, or full of signs."""
    plain = name.isprintable() and not set(name) & set("{}[]\"\\#'")
    return name if name and plain and columns.count(name) == 1 else f"#{number}"


def _head(name: str, rule: TableRule) -> list[str]:
    """Return what the user must say: where the table is from; and how it is written, where that was asked for."""
    asked = rule.model_dump(exclude_defaults=True)
    stem = to_id(name.partition(".")[0]) or "register"
    return [
        f"# Proposed by kg import --draft {name if name.isprintable() else 'TABLE'}. Read it, mend the guesses, then:",
        f"# kg import {name if name.isprintable() else 'TABLE'} --mapping THIS.yaml -o records/",
        f"title: {_quoted(f'Rows of {name}')}   # guess: say what a row is",
        "",
        "source:",
        f"  id: {stem}",
        "  outlet: Nobody yet   # who publishes the register",
        "  # url: https://...",
        "",
        *([f"table: {json.dumps(asked, ensure_ascii=False)}", ""] if asked else []),
    ]


def _columns(samples: dict[str, list[str]], dates: dict[str, str]) -> list[str]:
    """Return the rules of columns, and what the other columns hold."""
    lines = []
    for column, texts in samples.items():
        rule = _column(column, texts, dates)
        if rule:
            lines.append(f"  {_quoted(column)}: {rule}")
    few = []
    for column, texts in samples.items():
        distinct = list(dict.fromkeys(texts))
        shown = ", ".join(text if len(text) < 40 else f"{text[:40]}…" for text in distinct[:4]) or "nothing"  # noqa: PLR2004
        note = f" (only {len(distinct)} different)" if 1 < len(distinct) <= _FEW and len(texts) > 2 * _FEW else ""
        few.append(f"# {_printable(column)}: {_printable(shown)}{note}")
    return ["# What the columns hold:", *few, "", *(["columns:", *lines, ""] if lines else [])]


def _column(column: str, texts: Sequence[str], dates: dict[str, str]) -> str:
    """Guess one column's rule."""
    if not texts:
        return ""
    if column in dates:
        return dates[column]
    if all(text.startswith("[") and text.endswith("]") for text in texts):
        return "{split: python-list}   # guess"
    if sum(";" in text for text in texts) > len(texts) // 20:
        return "{split: [';']}   # guess"
    digits = {len(text) for text in texts if text.isascii() and text.isdigit()}
    if (
        len(digits) == 1
        and all(text.isascii() and text.isdigit() for text in texts)
        and any(t[0] == "0" for t in texts)
    ):
        return f"{{digits: {digits.pop()}}}   # guess: a code with zeros before it"
    return ""


def _dates(texts: Sequence[str]) -> str:
    """Guess the rule of a column of dates, by the patterns that read most of it; a column with few dates has none."""
    missed = {key: [text for text in texts if not _reads(reader, text)] for key, reader in _readers(texts).items()}
    least = min(map(len, missed.values()), default=len(texts))
    if not texts or 2 * least > len(texts):
        return ""
    best = [key for key, left in missed.items() if len(left) == least]
    language = best[0][1]
    found = [pattern for pattern, months in best if months == language][:2]
    if found[0] in _BARE and (least or not all(1500 <= int(text[:4]) <= 2100 for text in texts)):  # noqa: PLR2004
        return ""
    doubt = ": day or month first? keep one" if len(found) > 1 else ""
    other = f"; {least} of {len(texts)} are no such date: {_printable(missed[best[0]][0])[:40]}" if least else ""
    months = f", months: {language}" if language != "en" else ""
    return f"{{dates: [{', '.join(map(_quoted, found))}]{months}}}   # guess{doubt}{other}"


def _readers(texts: Sequence[str]) -> dict[tuple[str, str], Callable[[str], str]]:
    """Return the readers of dates to try, by pattern and language; months by name only where there are words."""
    named = 2 * sum(bool(_NAMED.search(text)) for text in texts) >= len(texts)
    return {
        (pattern, language): date_reader([pattern], language)
        for pattern in _PATTERNS
        for language in (("en", *sorted(MONTHS)) if "MONTH" in pattern else ("en",))
        if named or "MONTH" not in pattern
    }


def _reads(reader: Callable[[str], str], text: str) -> bool:
    """Say whether a pattern reads a text."""
    try:
        reader(text)
    except CellFault:
        return False
    return True


def _records(samples: dict[str, list[str]], dates: dict[str, str]) -> list[str]:
    """Guess the records: those met, who met them, and the meeting."""
    day = next(iter(dates), None)
    found: dict[str, str] = {}
    for kind in ("organization", "city", "official", "title"):
        fits = [c for c in samples if re.search(_WORDS[kind], c, re.IGNORECASE) and c not in (*found.values(), day)]
        if fits:
            found[kind] = fits[0]
    plain = [c for c in samples if c not in (*found.values(), day)]
    party = "organization" if "organization" in found else "city"
    if party not in found:
        found[party] = plain[0] if plain else next(iter(samples), "#1")
    lines = ["records:"]
    for kind in ("city", "organization", "official"):
        if kind in found:
            hole = f'"{{{_in_text(found[kind])}}}"'
            lines += [f"  the_{kind}:   # guess", f"    kind: {kind}", f"    id: {hole}", f"    name: {hole}"]
    key = ", ".join(_quoted(column) for column in samples)
    lines += ["  meeting:   # guess: is a row a meeting?", "    kind: meeting", f"    id: {{key: [{key}]}}"]
    lines += [f'    name: "[{{{_in_text(found["title"])}}}]"   # guess'] if "title" in found else []
    lines += [f'    date: "{{{_in_text(day)}}}"   # guess'] if day else []
    parties = ", ".join(f"$the_{kind}" for kind in ("city", "organization") if kind in found)
    lines.append(f"    parties: [{parties}]")
    lines += ["    people: [{official: $the_official}]"] if "official" in found else []
    rest = "".join(f"[{_label(column)}: {{{_in_text(column)}}}. ]" for column in plain if column not in found.values())
    return [*lines, *([f'    note: "{rest}"   # guess: what else the row says'] if rest else [])]


def _label(column: str) -> str:
    """Return what a text calls a column; one that is only a number is told by it."""
    return f"Column {column[1:]}" if column.startswith("#") else _in_text(column)


def _in_text(column: str) -> str:
    """Write a column's name inside a quoted text."""
    return column.replace("\\", "\\\\").replace('"', '\\"')


def _quoted(text: str) -> str:
    """Write a text so that YAML reads it back."""
    return "'" + text.replace("'", "''") + "'"


def _printable(text: str) -> str:
    """Show a text in a comment of one line."""
    return "".join(c if c.isprintable() else " " for c in text)
