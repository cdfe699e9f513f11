"""One HTTP request to a server: sent again where that can help, and every failure said in one line.

No redirect is followed: a credential, or a collection not yet published, must not travel to an
address that nobody named.
"""

import http.client
import logging
import os
import random
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kg.errors import StoreError
from kg.remote.auth import HOW, Credentials

_LOG = logging.getLogger(__name__)
AGAIN = frozenset({429, 502, 503, 504})
"""Statuses that say: not now."""
_PATIENCE = 60.0
"""Seconds: the longest pause between two tries, whatever a server asks for."""


class ServerError(StoreError):
    """A server answered, and not with what was asked for; `status` is its HTTP status, 0 without one."""

    def __init__(self, message: str, status: int = 0) -> None:
        """Keep the status beside the message."""
        super().__init__(message)
        self.status = status


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Follows nothing: the redirect comes out as the error it is."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclass(frozen=True)
class Reply:
    """What a server sent back: its media type in lower case, its other headers, and the body."""

    media_type: str
    headers: http.client.HTTPMessage
    body: bytes


@dataclass
class Http:
    """How one server is spoken to: with which credentials, how patiently."""

    credentials: Credentials = field(default_factory=lambda: Credentials.from_environment(os.environ))
    timeout: float = 60.0
    tries: int = 5
    sleep: Callable[[float], None] = time.sleep
    _opener: urllib.request.OpenerDirector = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Build the opener: proxies from the environment, and no redirects."""
        self._opener = urllib.request.build_opener(_StayHere)

    def post(  # noqa: PLR0913 - what HTTP needs to know
        self, url: str, body: bytes, kind: str, *, accept: str, tries: int = 0, again: frozenset[int] = AGAIN
    ) -> Reply:
        """Send a body of media type `kind`, and return the reply; `tries` overrides how often it is tried.

        Transport errors are tried again, and the statuses in `again`; no answer in time counts as 408.

        Raises:
            ServerError: the server cannot be reached, or does not answer with 2xx.
        """
        headers = {"Content-Type": kind, "Accept": accept, "User-Agent": "cooperation-kg"}
        most = tries or self.tries
        for number in range(1, most + 1):
            try:
                return self._once(urllib.request.Request(url, body, headers, method="POST"))  # noqa: S310 - http(s) only
            except _Passing as error:
                if number == most or error.status not in {0, *again}:
                    raise ServerError(str(error), error.status) from error.__cause__
                pause = min(error.pause or _backoff(number), _PATIENCE)
                _LOG.warning("%s; trying again in %.1f s", error, pause)
            self.sleep(pause)
        raise AssertionError("a loop of at least one try")

    def _once(self, request: urllib.request.Request) -> Reply:
        """Send once, and once more when the server only asked who is there."""
        url = request.full_url
        for _ in range(3):
            self.credentials.authorize(request)
            try:
                with self._opener.open(request, timeout=self.timeout) as reply:
                    return Reply(reply.headers.get_content_type().lower(), reply.headers, reply.read())
            except urllib.error.HTTPError as error:
                with error:
                    challenge = (
                        error.headers.get("WWW-Authenticate", "") if error.code == http.client.UNAUTHORIZED else ""
                    )
                    if challenge and self.credentials.learn(challenge):
                        continue
                    raise self._refused(url, error, _first_line(error)) from error
            except TimeoutError as error:
                raise _Passing(f"{url} did not answer within {self.timeout:g} s", 408) from error
            except (OSError, http.client.HTTPException) as error:
                raise _Passing(f"cannot reach {url}: {_reason(error, url, self.timeout)}") from error
        raise ServerError(f"{url} refuses {self.credentials.user!r}: {HOW}", http.client.UNAUTHORIZED)

    def _refused(self, url: str, error: urllib.error.HTTPError, said: str) -> "ServerError | _Passing":
        """Say why a server did not do what it was asked."""
        status, phrase = error.code, http.client.responses.get(error.code, "")
        if status == http.client.UNAUTHORIZED:
            whom = "the credentials" if self.credentials.given else "anybody it does not know"
            return ServerError(f"{url} refuses {whom}: {HOW}", status)
        if 300 <= status < 400:  # noqa: PLR2004 - a class of statuses
            target = error.headers.get("Location", "")
            return ServerError(
                f"{url} redirects to {target or 'nowhere'}; name that address if it is the server", status
            )
        message = f"{url} answered {status} {phrase}".rstrip() + (f": {said}" if said else "")
        if status >= 500 or status in AGAIN:  # noqa: PLR2004
            return _Passing(message, status, _asked_pause(error))
        return ServerError(message, status)


class _Passing(Exception):  # noqa: N818 - never leaves this module
    """A failure that may pass: no answer at all (status 0), or one that says the fault is the server's."""

    def __init__(self, message: str, status: int = 0, pause: float = 0.0) -> None:
        super().__init__(message)
        self.status, self.pause = status, pause


def _backoff(number: int) -> float:
    """Return how long to wait after the n-th failure: half a second, doubled, and spread so that clients part."""
    return 0.5 * 2.0 ** (number - 1) * (1 + random.random() / 4)  # noqa: S311 - no secret


def _asked_pause(error: urllib.error.HTTPError) -> float:
    """Return the seconds a server asks to wait, where it says so as a number."""
    asked = error.headers.get("Retry-After", "")
    return float(asked) if asked.isdecimal() else 0.0


def _first_line(error: urllib.error.HTTPError) -> str:
    """Return the first line of what a server says, when it is text."""
    if "html" in error.headers.get("Content-Type", ""):
        return ""
    try:
        text = error.read(2000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    return next((line.strip()[:300] for line in text.splitlines() if line.strip()), "")


def _reason(error: Exception, url: str, timeout: float) -> str:
    """Say why a server could not be reached."""
    inner = getattr(error, "reason", error)
    if isinstance(inner, TimeoutError):
        return f"no answer within {timeout:g} s"
    text = str(getattr(inner, "strerror", None) or inner).lower() or type(inner).__name__
    if "wrong_version_number" in text.replace(" ", "_") or "record layer" in text:
        return f"it does not speak https; try http://{urlsplit(url).netloc}"
    return text
