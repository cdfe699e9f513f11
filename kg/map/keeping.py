"""An earlier map's text in, its places out, so that a map drawn anew keeps what readers remember of the old one."""

import base64
import json
import re
import zlib
from typing import Any

from kg.errors import KgError

_BLOCK = re.compile(r'<script type="application/(json|zlib)" id="facts">([^<]*)</script>')
MAX_BYTES = 200_000_000

Places = dict[str, tuple[float, float]]


def read_places(html: str) -> Places:
    """Return where each thing was drawn, by id.

    Raises:
        KgError: the text is no map of ours.
    """
    found = _BLOCK.search(html)
    if not found:
        raise KgError("the map to keep places from is no map that `kg map` drew")
    try:
        things = _columns(found[1], found[2])["things"]
        rows = zip(things["id"], things["x"], things["y"], strict=True)
        return {str(key): (float(x), float(y)) for key, x, y in rows}
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise KgError(f"the map to keep places from is damaged: {error}") from error


def _columns(form: str, block: str) -> Any:  # noqa: ANN401 - JSON holds what it holds; checked by use
    if form == "json":
        return json.loads(block)
    packed = zlib.decompressobj()
    text = packed.decompress(base64.b64decode(block, validate=True), MAX_BYTES)
    if packed.unconsumed_tail:
        raise ValueError("it is too large")
    return json.loads(text)
