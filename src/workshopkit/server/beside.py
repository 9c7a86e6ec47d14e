"""Work that needs the measures, beside the door: in a process of its own that steps back, so that nothing stands still.

What the measures and the fonts need of memory is given back with that process; a small machine has room for one.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any, ParamSpec, TypeVar

__all__ = ["beside"]

Given = ParamSpec("Given")
Made = TypeVar("Made")


async def beside(
    settings: dict[str, Any], work: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs
) -> Made:
    """Give what a function of a module gives for arguments that can be sent to another process.

    Of all that asks for this with the same settings of the door, one is at work at a time.

    Raises
    ------
    BrokenProcessPool
        If the process ended before it was done.
    """
    async with settings.setdefault("beside", asyncio.Lock()):
        context = multiprocessing.get_context("spawn")
        process = ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=_step_back)
        try:
            return await asyncio.wrap_future(process.submit(work, *args, **kwargs))
        finally:
            await asyncio.to_thread(process.shutdown)  # its memory is back before the next begins


def _step_back() -> None:
    """Let the room go first."""
    if hasattr(os, "nice"):
        os.nice(5)
