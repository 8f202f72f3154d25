"""`python -m flows.serve`: Prefect's server without the V2 pages, which call an outside host.

Its own setting only changes which pages come first; V2 stays reachable at /v2 (Prefect 3.8.8, 3.9.1).
A bundle that is not there is not mounted: so its place is made to point nowhere before the server starts.
"""

from __future__ import annotations

import sys
from pathlib import Path

import prefect


def main() -> None:
    """Start the server in this process."""
    prefect.__ui_v2_static_path__ = Path("/nonexistent/v2")
    from prefect.cli import app

    sys.argv = ["prefect", "server", "start"]
    app()


if __name__ == "__main__":
    main()
