"""What an administrator may choose of Prefect's server, and where it is found."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.fits import PORTS, api_address, runners_database, web_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """The Prefect server."""

    host: str = "127.0.0.1"
    """Where `ventanilla engine` listens: an address that the other machines reach."""
    port: int = field(default=4200, metadata={"most": PORTS})
    api: str = field(default="", metadata={"fits": api_address})
    """Address of a server that runs elsewhere; empty for one of our own."""
    auth: str = field(default="", metadata={"secret": True})
    """Login and password of the server, `gestion:...`; on the machine that serves made by itself."""
    database: str = field(default="", metadata={"secret": True, "fits": runners_database})
    """Where `ventanilla engine` keeps what Prefect notes, for many machines; empty: a file of its own."""
    pages: str = field(default="", metadata={"fits": web_address})
    """Where managers' browsers reach its pages, where that is another address: behind a proxy, for one."""


def pages(chosen: Engine) -> str:
    """Return the address of Prefect's pages for links, without a slash at its end."""
    own = chosen.api.rstrip("/").removesuffix("/api") or f"http://{chosen.host}:{chosen.port}"
    return (chosen.pages or own).rstrip("/")


def run_address(chosen: Engine, case_id: str) -> str:
    """Return where Prefect's pages show the runs of a case: found by their name, which is its opaque id."""
    return f"{pages(chosen)}/runs?flow-run-search={case_id}"
