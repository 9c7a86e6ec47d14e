"""A room for as long as a block of code runs: its processes, started, ready, and ended whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import IO

from workshopkit.errors import UsageError
from workshopkit.i18n import N_
from workshopkit.run.supervisor import Supervisor
from workshopkit.run.workshop import Plan, children, healthy

__all__ = ["open_room"]

_SPARES = 4


@asynccontextmanager
async def open_room(plan: Plan, log: IO[bytes], *, spares: int = _SPARES) -> AsyncIterator[Supervisor]:
    """Start the processes of a plan and wait until people can come in; end them with the block.

    Parameters
    ----------
    plan
        What to run.
    log
        Where the output of the processes goes.
    spares
        How many kernels must stand ready.

    Raises
    ------
    UsageError
        If they are not ready within a minute.
    """
    supervisor = Supervisor(children(plan), log=log)
    supervisor.start()
    try:
        if not await healthy(plan.local_url, spares=min(plan.expect, spares)):
            raise UsageError(
                N_("The workshop did not start within a minute. The log says why: {log}"), log=log.name
            )
        yield supervisor
    finally:
        await asyncio.shield(supervisor.end())
