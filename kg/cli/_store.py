"""The option that names a server as the store; it stands before the command, so nothing here loads more than click."""

import click

STORE = "kg.store"


def _remember(ctx: click.Context, _: click.Parameter, address: str | None) -> None:
    """Keep the address of a server where `collection_of` finds it."""
    if address is None:
        return
    if not address.startswith(("http://", "https://")):
        raise click.BadParameter("expected http://... or https://...")
    ctx.meta[STORE] = address


store_option = click.option(
    "--store",
    metavar="URL",
    envvar="KG_STORE",
    callback=_remember,
    expose_value=False,
    help="The SPARQL server that holds the graph, instead of build/ or the store of kg.toml.",
)
