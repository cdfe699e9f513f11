"""Servers that fail, refuse, send elsewhere or are none: one clear error each, and no credential astray."""

import base64
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from kg.errors import KgError, StoreError
from kg.remote import open_remote
from kg.remote.auth import Credentials
from kg.remote.http import Http, ServerError
from kg.remote.server import Server, canonical, find_server

ROWS = "application/sparql-results+json"
EMPTY = json.dumps({"head": {"vars": []}, "results": {"bindings": []}}).encode()
Answer = tuple[int, Mapping[str, str], bytes]
GOOD: Answer = (200, {"Content-Type": ROWS}, EMPTY)


@dataclass
class Scripted:
    """A server that answers from a list, its last answer for ever; it notes what it was asked."""

    url: str
    answers: list[Answer]
    seen: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def next(self, path: str, headers: Mapping[str, str]) -> Answer:
        self.seen.append((path, headers))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def scripted(*answers: Answer) -> Iterator[Scripted]:
    """Run such a server on loopback."""
    script = Scripted("", list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            status, headers, body = script.next(self.path, dict(self.headers))
            if status == 0:  # hangs up
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client may hang up."""

    with Quiet(("127.0.0.1", 0), Handler) as server:
        script.url = f"http://127.0.0.1:{server.server_port}/sparql"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield script
        server.shutdown()
        thread.join()


def asking(script: Scripted, credentials: Credentials | None = None, **how: float) -> tuple[Server, list[float]]:
    """Return a way to ask a scripted server, and the pauses it makes."""
    pauses: list[float] = []
    http = Http(credentials or Credentials(), sleep=pauses.append, **how)  # type: ignore[arg-type]
    return Server(script.url, script.url, http), pauses


def says(status: int, text: str = "", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return status, {"Content-Type": "text/plain", **named}, text.encode()


@pytest.mark.parametrize(
    ("failures", "pauses"),
    [
        ([says(503)], 1),
        ([says(502), says(504), says(429)], 3),
        ([(0, {}, b"")], 1),
        ([(0, {}, b""), says(503), (0, {}, b""), says(502)], 4),
    ],
    ids=["busy once", "busy in three ways", "hangs up once", "four failures"],
)
def test_what_passes_is_tried_again_after_longer_and_longer_pauses(failures: list[Answer], pauses: int) -> None:
    with scripted(*failures, GOOD) as script:
        server, paused = asking(script)
        assert server.ask("ASK {}") == EMPTY
    assert len(paused) == pauses
    assert paused == sorted(paused)


def test_a_server_may_say_how_long_to_wait_but_not_for_ever() -> None:
    with scripted(says(503, Retry_After="7"), says(503, Retry_After="86400"), GOOD) as script:
        server, paused = asking(script)
        server.ask("ASK {}")
    assert paused == [7.0, 60.0]


@pytest.mark.parametrize(
    ("answer", "asked", "message"),
    [
        (says(503, "overloaded\nmore"), 5, r"answered 503 Service Unavailable: overloaded$"),
        ((0, {}, b""), 5, r"cannot reach http://127.0.0.1:\d+/sparql: remote end closed connection"),
        (says(400, "line 1: no such thing"), 1, "answered 400 Bad Request: line 1: no such thing"),
        (says(404), 1, r"answered 404 Not Found$"),
        ((404, {"Content-Type": "text/html"}, b"<h1>lost</h1>"), 1, r"answered 404 Not Found$"),
        (says(500, "cannot compile"), 1, "answered 500 Internal Server Error: cannot compile"),
        (says(401, WWW_Authenticate='Basic realm="x"'), 1, "refuses anybody it does not know: set KG_STORE_USER"),
        (says(403, "not yours"), 1, "answered 403 Forbidden: not yours"),
        (says(302, Location="http://127.0.0.2/elsewhere"), 1, "redirects to http://127.0.0.2/elsewhere; name that"),
        (says(308, Location="/other"), 1, "redirects to /other; name that"),
        ((200, {"Content-Type": ROWS, "X-SPARQL-MaxRows": "10000"}, EMPTY), 1, "cuts answers off at 10000 rows"),
    ],
    ids=lambda value: "" if not isinstance(value, tuple) else str(value[0]),
)
def test_a_failure_is_one_clear_error(answer: Answer, asked: int, message: str) -> None:
    with scripted(answer) as script:
        server, _ = asking(script)
        with pytest.raises(StoreError, match=message):
            server.ask("ASK {}")
    assert len(script.seen) == asked


def test_an_update_is_tried_again_after_a_fault_of_the_server_but_a_query_is_not() -> None:
    with scripted(says(500, "deadlock"), GOOD) as script:
        server, paused = asking(script)
        server.update("INSERT DATA {}")
    assert len(paused) == 1


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    quiet = threading.Event()

    class Silent(Scripted):
        def next(self, path: str, headers: Mapping[str, str]) -> Answer:
            quiet.wait(30)
            return super().next(path, headers)

    with scripted(GOOD) as script:
        slow = Silent("", [GOOD])
        script.next = slow.next  # type: ignore[method-assign]
        server, paused = asking(script, timeout=0.05)
        with pytest.raises(ServerError, match=r"did not answer within 0.05 s"):
            server.ask("ASK {}")
        quiet.set()
    assert paused == []


# -- who is asked -------------------------------------------------------------------------------------------------


def authorization(script: Scripted) -> list[str]:
    return [headers.get("Authorization", "") for _, headers in script.seen]


def test_a_password_is_sent_when_asked_for_and_from_then_on() -> None:
    with scripted(says(401, WWW_Authenticate='Basic realm="kg"'), GOOD) as script:
        server, _ = asking(script, Credentials("me", "it's a secret"))
        server.ask("ASK {}")
        server.ask("ASK {}")
    pair = f"Basic {base64.b64encode(b'me:it' + bytes([39]) + b's a secret').decode()}"
    assert authorization(script) == ["", pair, pair]


DIGEST = 'Digest realm="SPARQL", nonce="{}", qop="auth", algorithm="MD5"'


def test_a_digest_is_answered_without_the_password_and_renewed_when_stale() -> None:
    stale = DIGEST.format("two") + ', stale="true"'
    first, second = says(401, WWW_Authenticate=DIGEST.format("one")), says(401, WWW_Authenticate=stale)
    with scripted(first, GOOD, second, GOOD) as script:
        server, _ = asking(script, Credentials("dba", "secret"))
        server.ask("ASK {}")
        server.ask("ASK {}")
    sent = authorization(script)
    assert ["nonce=" in one and one.partition('nonce="')[2][:3] for one in sent] == [False, "one", "one", "two"]
    assert "secret" not in "".join(sent)


def test_a_token_goes_along_from_the_start() -> None:
    with scripted(GOOD) as script:
        server, _ = asking(script, Credentials(token="abc"))  # noqa: S106
        server.ask("ASK {}")
    assert authorization(script) == ["Bearer abc"]


@pytest.mark.parametrize("challenge", ['Basic realm="kg"', DIGEST.format("one"), "Negotiate"])
def test_a_wrong_password_is_told_without_showing_it(challenge: str) -> None:
    with scripted(says(401, WWW_Authenticate=challenge)) as script:
        server, _ = asking(script, Credentials("me", "secret"))
        with pytest.raises(ServerError, match="refuses the credentials: set KG_STORE_USER") as caught:
            server.ask("ASK {}")
    assert "secret" not in str(caught.value) + repr(server)
    assert len(script.seen) <= 2


def test_credentials_do_not_follow_a_redirect() -> None:
    with scripted(GOOD) as elsewhere:
        there = says(307, Location=elsewhere.url)
        with scripted(says(401, WWW_Authenticate='Basic realm="kg"'), there) as script:
            server, _ = asking(script, Credentials("me", "secret"))
            with pytest.raises(ServerError, match="redirects to"):
                server.ask("ASK {}")
    assert elsewhere.seen == []


@pytest.mark.parametrize("only", ["KG_STORE_USER", "KG_STORE_PASSWORD"])
def test_a_user_without_a_password_is_half_a_credential(only: str) -> None:
    with pytest.raises(StoreError, match="belong together"):
        Credentials.from_environment({only: "x"})


# -- what is a server ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((200, {"Content-Type": "text/html"}, b"<p>Welcome</p>"), r"no SPARQL endpoint at http://[\d.:]+/sparql, "),
        (says(404), r"no SPARQL endpoint at .*answered 404 Not Found"),
        (says(301, Location="https://127.0.0.2/"), r"no SPARQL endpoint at .*redirects to https://127.0.0.2/"),
        ((200, {"Content-Type": ROWS}, b"{"), "does not answer as SPARQL 1.1 says"),
        ((200, {"Content-Type": ROWS}, b"[]"), "does not answer as SPARQL 1.1 says"),
        (GOOD, "holds no build of this collection; run `kg build --store http"),
    ],
    ids=["a web page", "nothing there", "moved", "half an answer", "another sort of JSON", "an empty server"],
)
def test_what_is_no_server_is_told(answer: Answer, message: str) -> None:
    with scripted(answer) as script, pytest.raises(StoreError, match=message):
        open_remote(script.url, http=Http(Credentials(), sleep=lambda _: None))


def test_a_server_that_takes_no_updates_is_told() -> None:
    with scripted(GOOD, says(405)) as script, pytest.raises(StoreError, match="no address beside it takes updates"):
        find_server(script.url, Http(Credentials()), to_change=True)


def test_a_server_that_wants_credentials_for_updates_says_so() -> None:
    with scripted(GOOD, says(404), says(401)) as script, pytest.raises(StoreError, match="refuses anybody"):
        find_server(script.url, Http(Credentials()), to_change=True)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("https://127.0.0.1:{port}/sparql", r"it does not speak https; try http://127.0.0.1:\d+"),
        ("http://127.0.0.1:9/", "connection refused"),
        ("http://me:secret@127.0.0.1/", "must hold no user and no password"),
        ("ftp://127.0.0.1/", "expected http"),
        ("http:///nowhere", "expected http"),
        ("http://nowhere.invalid/", "cannot reach http://nowhere.invalid"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(address: str, message: str) -> None:
    with scripted(GOOD) as script:
        url = address.format(port=urlsplit(script.url).port)
        with pytest.raises(KgError, match=message) as caught:
            find_server(url, Http(Credentials()))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        (b'{"a": {"datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": "1"}}', b'"value": "true"'),
        (b'{"a": {"datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": "0"}}', b'"value": "false"'),
        (b'{"a": {"datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "1"}}', b'"value": "1"'),
        (b'{"head":{"vars": ["__ASK_RETVAL"]},"r":[{"__ASK_RETVAL":{"type":"x","value":"1"}}]}', b'"boolean":true'),
        (b'{"head":{"vars": ["__ASK_RETVAL"]},"r":[{"__ASK_RETVAL":{"type":"x","value":"0"}}]}', b'"boolean":false'),
        (b'{"head":{"vars": ["__ASK_RETVAL"]},"r":[]}', b'"boolean":false'),
    ],
)
def test_truth_is_read_however_it_is_written(sent: bytes, meant: bytes) -> None:
    assert meant in canonical(sent)
