"""Kernels for a full room: forked ahead from a warm parent, or started ahead where there is no fork."""

from __future__ import annotations

import os

__all__ = ["EXPECT", "FORK", "SOCKET", "can_fork", "provisioner_name"]

SOCKET = "WORKSHOPKIT_WARM_SOCKET"
FORK = "WORKSHOPKIT_FORK"
EXPECT = "WORKSHOPKIT_EXPECT"


def can_fork() -> bool:
    """Tell whether this machine forks kernels (Linux), and nobody has switched it off (``WORKSHOPKIT_FORK=0``)."""
    return hasattr(os, "pidfd_open") and os.environ.get(FORK, "1") != "0"


def provisioner_name() -> str:
    """Give the name of the kernel provisioner that fits this machine."""
    return "workshopkit-warm" if can_fork() and os.environ.get(SOCKET) else "workshopkit-pool"
