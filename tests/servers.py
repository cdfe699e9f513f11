"""SPARQL servers on loopback, each started for the tests that ask for it and ended with them."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
SECONDS = 120  # for a server to come up on a busy machine


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Sequence[str | Path], port: int, folder: Path) -> Iterator[None]:
    """Run a server until the block ends; what it said is in `folder/server.log`."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(list(map(str, command)), stdout=log, stderr=log, cwd=folder)
        try:
            _wait(process, port, folder / "server.log")
            yield
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Return when the server takes connections."""
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the server did not come up:\n{log.read_text(errors='replace')}") from None
            time.sleep(0.02)
        else:
            return


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[str]:
    """Run the Oxigraph server of the test extra on a folder; give its address."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    program = Path(sys.executable).with_name("oxigraph")
    command: list[str | Path] = [program, "serve", "--location", folder / "store", "--bind", f"{HOST}:{port}", *options]
    with running(command, port, folder):
        yield f"http://{HOST}:{port}"


VIRTUOSO = shutil.which("virtuoso-t")
VIRTUOSO_USER: Mapping[str, str] = {"KG_STORE_USER": "dba", "KG_STORE_PASSWORD": "dba"}
"""What every new Virtuoso comes with; this one listens on loopback and lives as long as the tests."""

_SETTINGS = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = {host}:{sql}
ServerThreads = 10
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
[HTTPServer]
ServerPort = {host}:{port}
ServerThreads = 6
[SPARQL]
ResultSetMaxRows = {rows}
"""


@contextmanager
def virtuoso(folder: Path, *, rows: int = 100_000) -> Iterator[str]:
    """Run Virtuoso on an empty folder; give its address."""
    assert VIRTUOSO is not None, "virtuoso-t is not installed: make servers"
    folder.mkdir(parents=True, exist_ok=True)
    port, sql = free_port(), free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(_SETTINGS.format(folder=folder, host=HOST, port=port, sql=sql, rows=rows), encoding="utf-8")
    with running([VIRTUOSO, "+foreground", "+configfile", settings], port, folder):
        yield f"http://{HOST}:{port}"


def in_ci() -> bool:
    """Say whether what cannot run must fail rather than be left out."""
    return os.environ.get("CI") == "true"
