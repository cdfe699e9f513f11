"""A SPARQL 1.1 server as the store: a build pushed there in parts, and asked like the one on disk.

scope    which graphs of a server are a collection's, and the build they hold; loads nothing else
opening  the address of a server -> that build
http     one request: tried again where that helps, its failures said in one line, no redirect followed
auth     credentials from the environment, shown to the one address they are for
server   the two addresses of a server, and how they are found from one
state    what a server says of the build it holds
pushing  a build -> a server: in parts, resumable, swapped in at the end
graphs   a server -> rdflib's `Store`, read-only
"""

from kg.remote.opening import open_remote
from kg.remote.scope import Remote, Scope

__all__ = ["Remote", "Scope", "open_remote"]
