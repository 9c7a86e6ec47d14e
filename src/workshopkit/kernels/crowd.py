"""How many kernels stand ready, and how long new ones wait after a crowd came: its pages go on loading after their claims."""

from __future__ import annotations

__all__ = ["Crowd", "spares"]

_LEAST_S, _EACH_S, _MOST_S = 2.0, 0.2, 10.0
_LEAST, _SHARE = 4, 4


def spares(expected: int, alive: int) -> int:
    """Give how many kernels are to stand ready in a room: for those who are still to come, or come back.

    Parameters
    ----------
    expected
        How many people the room expects.
    alive
        How many kernels have somebody in them.

    Examples
    --------
    >>> spares(30, 0), spares(30, 10), spares(30, 30), spares(2, 0)
    (30, 20, 8, 2)
    """
    return max(expected - alive, -(-expected // _SHARE), min(expected, _LEAST))


class Crowd:
    """Those who came one after the other, up to the last.

    Every kernel that is started while they load takes processor time from them: nearly a fifth of all that was spent,
    with 60 phones on two cores.

    Examples
    --------
    >>> crowd = Crowd()
    >>> for _ in range(30):
    ...     crowd.came(now=100.0)
    >>> crowd.is_loading(now=105.9), crowd.is_loading(now=106.1)
    (True, False)
    """

    def __init__(self) -> None:
        self._count = 0
        self._last = float("-inf")

    def came(self, now: float) -> None:
        """Note that one more has come."""
        self._count += 1
        self._last = now

    def is_loading(self, now: float) -> bool:
        """Tell whether pages of the crowd may still load; if not, it is over, and who comes next begins another one."""
        if now - self._last <= min(_MOST_S, max(_LEAST_S, _EACH_S * self._count)):
            return True
        self._count = 0
        return False
