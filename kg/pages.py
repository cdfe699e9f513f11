"""What all pages have in common: templates that escape what they are given, and a policy that names what may apply.

Source: Content Security Policy Level 3, section 2.3.1, for how a hash is written.
"""

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup


def environment(
    folder: Path, *, autoescape: bool = True, finalize: Callable[[object], object] | None = None
) -> Environment:
    """Return what fills the templates of a folder; a name that a template uses and nobody gives is an error."""
    return Environment(
        loader=FileSystemLoader(folder, encoding="utf-8"),
        autoescape=autoescape,  # noqa: S701 - off for what is no HTML
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def own_style(file: Path) -> tuple[Markup, str]:
    """Return a stylesheet of ours as it stands in a page, and the hash by which the page's policy allows it."""
    css = file.read_text(encoding="utf-8")
    return Markup(css), policy_hash(css)  # noqa: S704 - our own file


def policy_hash(text: str) -> str:
    """Return the hash by which a policy allows a script or a style; there it stands in single quotes."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
