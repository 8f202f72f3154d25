"""The core of intake in a process of its own, for as long as something becomes ready."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from pipeline.settings import Folders, Letters, Settings, Storage
from pipeline.store import open_store
from pipeline.watch import Watcher


def main(arguments: list[str]) -> int:
    """Take all that is ready."""
    options = argparse.ArgumentParser()
    options.add_argument("--root", type=Path)
    options.add_argument("--office")
    options.add_argument("--database")
    options.add_argument("--blobs", type=Path)
    said = options.parse_args(arguments)
    settings = Settings(
        folders=Folders(
            root=said.root, offices=(said.office,), stability_seconds=0, folder_seconds=0, defer_seconds=0
        ),
        storage=Storage(database=said.database, blobs=said.blobs, reserve=0),
        letters=Letters(help_phone="956 000 000"),
    )
    at = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)
    with open_store(said.database, said.blobs) as store:
        watcher = Watcher(settings, store, now=lambda: at)
        for _ in range(6):
            watcher.scan_once()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
