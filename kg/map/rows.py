"""Facts in, the plain rows of `<noscript>` out: what happened, between whom, how far it got, and who says so."""

import re
from typing import Any

from kg.map.facts import Facts, Record, Source, Text
from kg.map.page import read_words

MOST = 1000
_ADDRESS = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)


def to_rows(facts: Facts, lang: str) -> dict[str, Any]:
    """Return head, body and what is left out, in the chosen language where a text has it."""
    word = read_words()[lang]
    told = [record for record in facts.records.values() if record.kind in {"meeting", "cooperation"}]
    told.sort(key=lambda record: (record.earliest or record.latest, record.id), reverse=True)
    left = len(told) - MOST
    return {
        "head": [word["date"], word["what"], word["parties"], word["stage"], word["source"]],
        "body": [_row(facts, record, lang) for record in told[:MOST]],
        "left": word["more"].replace("{n}", str(left)) if left > 0 else "",
    }


def in_language(text: Text, lang: str) -> str:
    """Return the words in a language, else in the first one there is, else nothing."""
    return dict(text).get(lang) or next((words for _, words in text), "")


def _row(facts: Facts, record: Record, lang: str) -> dict[str, Any]:
    stage = facts.concepts.get(record.stage)
    parties = [in_language(facts.things[each].name, lang) or each for each in record.parties if each in facts.things]
    cited = dict.fromkeys(facts.statements[each].source for each in record.statements if each in facts.statements)
    return {
        "date": record.date,
        "what": in_language(record.name, lang),
        "who": ", ".join(parties),
        "stage": in_language(stage.name, lang) if stage else record.status,
        "sources": [_source(facts.sources[each]) for each in cited if each in facts.sources],
    }


def _source(source: Source) -> dict[str, str]:
    address = source.url if _ADDRESS.fullmatch(source.url) else ""
    return {"name": " ".join(filter(None, (source.outlet, source.published))), "url": address}
