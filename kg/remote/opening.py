"""The address of a server -> the build it holds; HTTP is loaded when it is asked for, and no sooner."""

from typing import TYPE_CHECKING

from kg.prefixes import BASE
from kg.remote.scope import Remote

if TYPE_CHECKING:
    from kg.remote.http import Http


def open_remote(url: str, *, base: str = BASE, http: "Http | None" = None) -> Remote:
    """Open the build that a server holds of the collection with this base.

    Raises:
        StoreError: the server cannot be reached, or holds no complete build.
    """
    from kg.remote.server import find_server
    from kg.remote.state import live_build

    server = find_server(url, http)
    return Remote(server, *live_build(server, base, url))
