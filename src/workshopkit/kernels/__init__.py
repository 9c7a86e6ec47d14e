"""Kernels for a full room: forked ahead from a warm parent, or started ahead where there is no fork."""

from __future__ import annotations

import os

__all__ = ["ALLOWED_ENV", "EXPECT", "FORK", "SOCKET", "can_fork", "kept_env", "provisioner_name"]

SOCKET = "WORKSHOPKIT_WARM_SOCKET"
FORK = "WORKSHOPKIT_FORK"
EXPECT = "WORKSHOPKIT_EXPECT"

# What a kernel may know of the machine: no token of a server, nobody's data.
ALLOWED_ENV = (
    "PATH", "HOME", "LANG", "LC_ALL", "TZ", "PYTHONPATH", "LD_LIBRARY_PATH",
    "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "WORKSHOPKIT_LOG",
)  # fmt: skip


def kept_env() -> dict[str, str]:
    """Give what a kernel's process keeps of this environment."""
    return {name: os.environ[name] for name in ALLOWED_ENV if name in os.environ}


def can_fork() -> bool:
    """Tell whether this machine forks kernels (Linux), and nobody has switched it off (``WORKSHOPKIT_FORK=0``)."""
    return hasattr(os, "pidfd_open") and os.environ.get(FORK, "1") != "0"


def provisioner_name() -> str:
    """Give the name of the kernel provisioner that fits this machine."""
    return "workshopkit-warm" if can_fork() and os.environ.get(SOCKET) else "workshopkit-pool"
