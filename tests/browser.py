"""A real browser with the network off: a file goes in, a page and what it asked for and complained of come out.

Run as ``python -m browser`` from this folder, it starts the browser it found and names it, or exits 1.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NO_BROWSER = (
    "no browser found: the browser tests did NOT run. "
    "Run 'make browser', install chromium or google-chrome, or name one in KG_BROWSER."
)

# The browser's own calls home would be counted against the page, and are refused on a closed network.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
INSIDE = ("data:", "blob:", "about:")


@dataclass
class Visit:
    """A page that was opened, every address it asked for besides its own, and every error it reported."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def on_request(self, request: Request, own: str) -> None:
        """Keep an address that is neither the page itself nor inside it."""
        address = request.url.partition("#")[0]
        if address != own and not address.startswith(INSIDE):
            self.requests.append(address)

    def on_console(self, message: ConsoleMessage) -> None:
        """Keep an error; a refusal by the page's own security policy is reported as one."""
        if message.type == "error":
            self.errors.append(message.text)


def find_browser() -> str | None:
    """Return the path of the Chromium or Chrome to test with, or None."""
    named = os.environ.get("KG_BROWSER")
    if named:
        return shutil.which(named)
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    return installed or _playwrights_own()


def _playwrights_own() -> str | None:
    try:
        with sync_playwright() as playwright:
            own = playwright.chromium.executable_path
    except Exception:  # noqa: BLE001 - a driver that cannot start raises no type of its own
        return None
    return own if Path(own).exists() else None


@contextmanager
def launched(path: str) -> Iterator[Browser]:
    """Run one headless browser; the pages opened in it share nothing."""
    # Chromium's sandbox refuses to run as root.
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visited(
    browser: Browser, file: Path, *, address: str = "", width: int = 1280, height: int = 800
) -> Iterator[Visit]:
    """Open an HTML file at an address (what follows the hash) in a fresh offline context; wait until it is loaded."""
    own = file.resolve().as_uri()
    context = browser.new_context(offline=True, viewport={"width": width, "height": height})
    context.set_default_timeout(20_000)
    try:
        visit = Visit(context.new_page())
        visit.page.on("request", lambda request: visit.on_request(request, own))
        visit.page.on("console", visit.on_console)
        visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
        visit.page.goto(f"{own}#{address}" if address else own, wait_until="load")
        yield visit
    finally:
        context.close()


if __name__ == "__main__":
    found = find_browser() or sys.exit(NO_BROWSER)
    with launched(found) as browser:
        sys.stdout.write(f"{found} {browser.version}\n")
