"""Dask as the engine: workers of this machine, or those of a scheduler by its address."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from kg.distribute.convert import Mapping
from kg.errors import KgError, StoreError


@contextmanager
def dask_engine(scheduler: str = "", *, workers: int = 2) -> Iterator[Mapping]:
    """Give an engine on a scheduler such as `tcp://host:8786`, or on so many workers started here and ended afterwards.

    Raises:
        StoreError: Dask is not installed, or the scheduler cannot be reached.
    """
    try:
        from distributed import Client, LocalCluster
        from distributed.comm.addressing import parse_address, parse_host_port
    except ImportError as error:
        raise StoreError("Dask is not installed: pip install 'cooperation-kg[scale]'") from error
    if scheduler:
        try:
            parse_host_port(parse_address(scheduler)[1])  # a client half made for no address complains for 20 seconds
            client = Client(scheduler, timeout="10s", set_as_default=False)
        except (OSError, ValueError) as error:
            raise StoreError(f"cannot reach the scheduler at {scheduler}: {error}") from error
        with client:
            yield _engine(client)
        return
    # Processes, because Python does the work; one thread each, no page to look at, nothing but loopback.
    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield _engine(client)


def _engine(client: Any) -> Mapping:  # noqa: ANN401 - distributed has no types
    """Return a client as an engine."""

    def run(function: Callable[[Any], Any], things: Sequence[Any], /) -> Iterable[Any]:
        try:
            # What a task writes depends on its input alone, so one that is lost with its worker may run again.
            return list(client.gather(client.map(function, list(things), pure=False, retries=2)))
        except KgError:
            raise
        except Exception as error:  # a killed worker comes out as an error of Dask's own
            raise StoreError(f"a worker failed: {error}") from error

    return run
