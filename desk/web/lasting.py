"""What the desk does besides answering, for as long as it runs: signs of life, measures on their own port."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.concurrency import run_in_threadpool

from desk.web.room import Room
from pipeline.measures.served import serving
from pipeline.parts.pulse import EVERY_SECONDS, Pulse


@asynccontextmanager
async def lasting(room: Room) -> AsyncIterator[None]:
    """Give signs of life in the record, from the loop that answers: a desk that hangs gives none."""
    pulse = Pulse(room.store, "desk")

    async def beat() -> None:
        """Give a sign, and wait for the next."""
        while True:
            await run_in_threadpool(pulse)
            await asyncio.sleep(EVERY_SECONDS)

    beating = asyncio.create_task(beat())
    yield
    beating.cancel()
    with suppress(asyncio.CancelledError):
        await beating
    await run_in_threadpool(pulse.__exit__, None, None, None)


@asynccontextmanager
async def measured(room: Room) -> AsyncIterator[None]:
    """Serve the measures on a port of their own, where one is chosen."""
    chosen = room.settings.metrics
    if not chosen.port:
        yield
        return
    with serving(room.store, room.settings):
        yield
