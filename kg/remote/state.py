"""What a server says of the build it holds, kept in a graph of its own beside the collection's.

<base>push/state   which version is live, the digest of each graph, and how far a push got
<base>push/new/... graphs on their way in
<base>graph/ruled  the ruled facts, where the default graph is not ours to use
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.errors import StoreError
from kg.remote.scope import UNNAMED, Scope
from kg.remote.server import Server

_TERMS = "https://w3id.org/cooperation-kg/push#"
LIVE, DEFAULT, DIGEST, PUSHING = (f"<{_TERMS}{name}>" for name in ("live", "default", "digest", "pushing"))


@dataclass(frozen=True)
class State:
    """What stands on a server: the live version, its digests, and the push under way as (plan, lines done)."""

    scope: Scope
    live: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)
    plan: str = ""
    done: int = 0
    is_known: bool = False


def read_state(server: Server, base: str) -> State:
    """Ask a server what it holds of a collection.

    Raises:
        StoreError: the server fails, or says what no push wrote.
    """
    scope = Scope(base)
    live = plan = ruled = ""
    digests, is_known = {}, False
    for row in server.select(f"SELECT ?s ?p ?o {{ GRAPH <{scope.state}> {{ ?s ?p ?o }} }}"):
        subject, predicate, value = row["s"]["value"], f"<{row['p']['value']}>", row["o"]["value"]
        is_known = True
        if predicate == LIVE:
            live = value
        elif predicate == DEFAULT:
            ruled = value
        elif predicate == PUSHING:
            plan = max(plan, value, key=_lines_done)
        elif predicate == DIGEST:
            digests[subject if subject != scope.named_ruled else UNNAMED] = value
    name, _, _ = plan.partition(" ")
    return State(Scope(base, ruled), live, digests, name, _lines_done(plan), is_known)


def _lines_done(plan: str) -> int:
    """Return the lines that a push has sent, from `plan lines`."""
    number = plan.partition(" ")[2]
    return int(number) if number.isdecimal() else -1


def live_build(server: Server, base: str, url: str) -> tuple[Scope, str]:
    """Return the graphs and the version of the build a server holds.

    Raises:
        StoreError: it holds none that is complete.
    """
    state = read_state(server, base)
    if state.live:
        return state.scope, state.live
    if state.is_known:
        raise StoreError(f"the build in {url} is not complete; run `kg build --store {url}` to its end")
    raise StoreError(f"{url} holds no build of this collection; run `kg build --store {url}` first")
