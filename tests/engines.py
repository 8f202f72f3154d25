"""The database of a new Prefect server, made once for a run: a first start takes ten seconds over it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.metadata import version

from flows.environment import variables


def made(home):
    """Make the database at *home* as a server's first start does."""
    home.mkdir()
    line = [sys.executable, "-m", "prefect", "server", "database", "upgrade", "--yes"]
    environment = os.environ | variables(home, 9, "nobody:asks")
    subprocess.run(line, cwd=home, env=environment, check=True, capture_output=True)
    with closing(sqlite3.connect(home / "prefect.db")) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def given(home, folder):
    """Let a server that is to keep its data in *folder* find there a copy of what lies at *home*."""
    own = folder / version("prefect")
    own.mkdir(parents=True, mode=0o700)
    shutil.copy(home / "prefect.db", own)
    return folder
