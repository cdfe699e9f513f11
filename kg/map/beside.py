"""The drawn data in, files for other programs out: GEXF 1.3 with the map's own places, and the page's JSON."""

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from kg.map.columns import THING_KINDS
from kg.map.lines import KINDS as LINE_KINDS

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_gexf(data: dict[str, Any]) -> str:
    """Return every drawn thing and line, parallel ones too, as GEXF 1.3; a line bears its records and first day."""
    return "\n".join(_gexf(data)) + "\n"


def to_json(data: dict[str, Any]) -> str:
    """Return the page's columns as JSON."""
    return json.dumps(data, ensure_ascii=False, indent=None, separators=(",", ":")) + "\n"


def _gexf(data: dict[str, Any]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">'
    yield '<graph defaultedgetype="undirected" mode="static">'
    yield '<attributes class="node"><attribute id="kind" title="kind" type="string"/></attributes>'
    yield '<attributes class="edge"><attribute id="records" title="records" type="string"/>'
    yield '<attribute id="date" title="date" type="string"/></attributes>'
    yield "<nodes>"
    yield from _nodes(data["things"])
    yield "</nodes>"
    yield "<edges>"
    yield from _edges(data)
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _nodes(things: dict[str, Any]) -> Iterator[str]:
    for place, key in enumerate(things["id"]):
        kind = THING_KINDS[things["kind"][place]]
        x, y = things["x"][place], things["y"][place]
        yield (
            f"<node id={_attribute(key)} label={_attribute(things['name']['t'][place] or key)}>"
            f'<attvalues><attvalue for="kind" value="{kind}"/></attvalues>'
            f'<viz:position x="{x}" y="{-y}"/><viz:size value="{things["radius"][place]}"/></node>'
        )


def _edges(data: dict[str, Any]) -> Iterator[str]:
    things, lines, records = data["things"]["id"], data["lines"], data["records"]
    for place, own in enumerate(lines["records"]):
        named = "; ".join(records["id"][each] for each in own)
        days = [records["date"][each] for each in own if records["date"][each]]
        start, end = things[lines["start"][place]], things[lines["end"][place]]
        yield (
            f'<edge id="{place}" source={_attribute(start)} target={_attribute(end)}'
            f' kind="{LINE_KINDS[lines["kind"][place]]}"><attvalues><attvalue for="records" value={_attribute(named)}/>'
            f'<attvalue for="date" value={_attribute(min(days, default=""))}/></attvalues></edge>'
        )


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("", text))
