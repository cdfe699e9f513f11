"""The page's data in, one HTML file's text out: pyvis fills our own template, and nothing in it can be run but ours.

The renderer is the vis-network that the installed pyvis carries: read when the page is made, checked by hash, embedded
compressed, and started by the page only under a policy that names the very same hash. vis-network gives the canvas,
the camera and the gestures; our own scripts paint, so its stylesheet (for buttons we do not show) stays behind.
"""

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pyvis.network import Network

from kg.errors import ExportError
from kg.pages import environment, policy_hash

TEMPLATES = Path(str(files("kg.map") / "templates"))
LANGUAGES = ("en", "id", "ja")

VIS_NETWORK = "lib/vis-9.1.2/vis-network.min.js"
VIS_NETWORK_SHA256 = frozenset(
    {"1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"},  # 9.1.2, as pyvis 0.3.2 carries it
)

READABLE = 150_000  # characters of data that are left as JSON
PACKED = "application/zlib"

Words = dict[str, str | dict[str, str]]  # key -> words, or one form for each plural category

# Embeddings, overrides and isolates: with one of them a name could make itself or its neighbours read backwards.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")

# What would end a script element or a line of script, were the data ever read as one.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


class MapNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network whose page is ours: autoescaped, offline, with its data in columns.

    pyvis adds nodes one by one in quadratic time and drops parallel edges; the page draws from `context["data"]`
    instead, and `nodes` and `edges` stay empty.
    """

    def __init__(self, context: Mapping[str, Any]) -> None:
        """Keep what the template is to show."""
        super().__init__(directed=True, cdn_resources="in_line")
        self.options = {"physics": {"enabled": False}}
        self.path = "page.html.j2"
        self.templateEnv = environment(
            TEMPLATES, finalize=lambda value: undirected(value) if type(value) is str else value
        )
        self.templateEnv.globals.update(context)


def render(data: Mapping[str, Any], *, title: str, lang: str, tables: Sequence[Mapping[str, Any]]) -> str:
    """Return the page; `tables` is what `<noscript>` shows.

    Raises:
        ExportError: the installed pyvis carries a vis-network that we do not know.
    """
    library = vis_network()
    style, script = _joined("css"), f'"use strict";\n(() => {{\n{_joined("js")}}})();\n'
    context = {
        "title": title,
        "lang": lang,
        "policy": _policy([script, library], [style]),
        "style": Markup(style),  # noqa: S704 - our own file
        "script": Markup(script),  # noqa: S704 - our own files
        "library": _packed(library),
        "world": _outlines(data),
        **_data_block(data),
        "words": to_json(read_words()),
        "tables": tables,
        "word": read_words()[lang],
    }
    page: str = MapNetwork(context).generate_html()
    return page


def vis_network() -> str:
    """Return the text of pyvis's vis-network, if it is one we know."""
    source = Path(str(files("pyvis"))) / VIS_NETWORK
    try:
        content = source.read_bytes()
    except OSError as error:
        raise ExportError(f"the installed pyvis has no {VIS_NETWORK}; install pyvis 0.3.2") from error
    found = hashlib.sha256(content).hexdigest()
    if found not in VIS_NETWORK_SHA256:
        raise ExportError(f"the installed pyvis carries an unknown vis-network (SHA-256 {found}); install pyvis 0.3.2")
    return content.decode()


def _outlines(data: Mapping[str, Any]) -> Markup:
    """The outlines of the world, for a map some of whose things have coordinates."""
    located = any(latitude is not None for latitude in data["things"].get("latitude", ()))
    text = (TEMPLATES / "world.json").read_text(encoding="utf-8").strip() if located else "[]"
    return Markup(text)  # noqa: S704 - our own numbers


def _data_block(data: Mapping[str, Any]) -> dict[str, str]:
    """Small data stays readable in the page's source; large data is packed as the library is."""
    text = undirected(json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
    if len(text) <= READABLE:
        return {"data": _harmless(text), "data_type": "application/json"}
    return {"data": _packed(text), "data_type": PACKED}


def _packed(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def to_json(value: object) -> Markup:
    """Serialize for a data block: compact, and without a character that could end it."""
    return _harmless(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def _harmless(text: str) -> Markup:
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - nothing is left that HTML would read


def undirected(text: str) -> str:
    """Return a text without the controls that turn the direction of reading; its letters keep their own."""
    return _DIRECTIONS.sub("", text)


def read_words() -> dict[str, Words]:
    """Return the interface's words by language."""
    words: dict[str, Words] = json.loads((TEMPLATES / "words.json").read_text(encoding="utf-8"))
    return words


def _joined(suffix: str) -> str:
    """Join our files in the order of their names, without indents and comment lines: the reader has the sources."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob(f"*.{suffix}"))]
    lines = (line.strip() for text in texts for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith(("//", "/*")))


def _policy(scripts: list[str], styles: list[str]) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {' '.join(map(_hash, styles))}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'{policy_hash(text)}'"
