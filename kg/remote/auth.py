"""Credentials: read from the environment, never from arguments, and answered to one server's challenge.

Source: RFC 7617 (Basic), RFC 7616 (Digest, which Virtuoso asks for), RFC 6750 (Bearer).
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.request import AbstractDigestAuthHandler, HTTPPasswordMgr, Request, parse_http_list, parse_keqv_list

from kg.errors import StoreError

USER, PASSWORD, TOKEN = "KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN"
HOW = f"set {USER} and {PASSWORD}, or {TOKEN}"


class _OnePassword(HTTPPasswordMgr):
    """Gives the same user and password for every realm: who is asked has been decided before."""

    def __init__(self, user: str, password: str) -> None:
        super().__init__()
        self._pair = (user, password)

    def find_user_password(self, realm: str, authuri: str) -> tuple[str | None, str | None]:  # noqa: ARG002 - urllib's
        return self._pair


@dataclass
class Credentials:
    """A user and password, or a token; nothing is sent before a server asks for it, a token apart."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    _challenge: dict[str, str] = field(default_factory=dict, repr=False)
    _scheme: str = ""
    _digest: AbstractDigestAuthHandler | None = field(default=None, repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Credentials":
        """Read the credentials.

        Raises:
            StoreError: there is a user without a password, or the other way round.
        """
        user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
        if bool(user) != bool(password):
            raise StoreError(f"{USER} and {PASSWORD} belong together; only one is set")
        return cls(user, password, environment.get(TOKEN, ""))

    @property
    def given(self) -> bool:
        """Say whether there are any."""
        return bool(self.user or self.token)

    def authorize(self, request: Request) -> None:
        """Add the header that the server is known to want."""
        if self.token:
            request.add_unredirected_header("Authorization", f"Bearer {self.token}")
        elif self._scheme == "basic":
            pair = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
            request.add_unredirected_header("Authorization", f"Basic {pair}")
        elif self._digest is not None:
            answer = self._digest.get_authorization(request, self._challenge)
            request.add_unredirected_header("Authorization", f"Digest {answer}")

    def learn(self, challenge: str) -> bool:
        """Take in what a server asks for; say whether another try can help."""
        scheme, _, rest = challenge.strip().partition(" ")
        scheme, again = scheme.lower(), self._scheme
        if not self.user or scheme not in {"basic", "digest"}:
            return False
        self._scheme = scheme
        if scheme == "basic":
            return not again
        asked = parse_keqv_list(parse_http_list(rest))
        is_stale = asked.get("stale", "").lower() == "true"
        if again and not is_stale and self._challenge.get("nonce") == asked.get("nonce"):
            return False
        was_refused = bool(again) and not is_stale
        self._challenge = asked
        if self._digest is None:
            self._digest = AbstractDigestAuthHandler(_OnePassword(self.user, self.password))
        return not was_refused
