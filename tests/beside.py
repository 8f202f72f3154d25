"""Processes beside a test's own: they fork from one that has loaded what they work with."""

import multiprocessing
from functools import cache

LOADED = ["pipeline.audit.sealing", "pipeline.life.sweep", "pipeline.settings", "pipeline.store.database"]
"""What most of them load."""


@cache
def processes():
    """Return how processes are started, with queues and barriers between them."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    return context
