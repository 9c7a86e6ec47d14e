"""Work that is done apart: in a process that is forked off, while this one goes on with other work.

Processors are two or more nowadays, and most of what is worked out on a map holds on to Python's one. A forked process
has the map at once, and shares its memory; only what it finds is sent back. Where nothing can be forked off, or there is
one processor, the work is done here, when what it finds is asked for: the numbers are the same.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import NoReturn, TypeVar

__all__ = ["done"]

T = TypeVar("T")


@contextmanager
def done(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Begin some work apart; gives what waits for it, and gives what it found.

    No thread of this process may run when it begins: a fork takes none of them along. Work that fails apart is done
    again here, so that what is wrong is told where it was asked for.

    Parameters
    ----------
    work
        What it gives back can be pickled.

    Examples
    --------
    >>> with done(lambda: 6 * 7) as found:
    ...     found()
    42
    """
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) == 1:
        yield work
        return
    take, give = os.pipe()
    child = os.fork()
    if not child:
        _work(work, give)
    os.close(give)
    try:
        with os.fdopen(take, "rb") as found:
            yield partial(_taken, work, found.read)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _taken(work: Callable[[], T], read: Callable[[], bytes]) -> T:
    """Give what the other process sent; it sends nothing if it failed."""
    sent = read()
    found: T = pickle.loads(sent) if sent else work()  # noqa: S301 - our own process wrote it
    return found


def _work(work: Callable[[], object], give: int) -> NoReturn:
    """Work in the forked process; never comes back into the code of the other one."""
    try:
        found = pickle.dumps(work())
        with os.fdopen(give, "wb") as out:
            out.write(found)
    finally:
        os._exit(0)
