"""Ports and addresses of this machine."""

from __future__ import annotations

import socket

from workshopkit.errors import UsageError
from workshopkit.i18n import N_

__all__ = ["free_port", "lan_address"]

_TRIES = 50


def free_port(wanted: int, host: str, *, must: bool = False) -> int:
    """Give the wanted port, or the next free one.

    Parameters
    ----------
    wanted
        Where to begin.
    host
        The address that the port is for.
    must
        Whether only the wanted one will do.

    Raises
    ------
    UsageError
        If it is taken and must be had, or if none near it is free.
    """
    for port in range(wanted, wanted + (1 if must else _TRIES)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except (OSError, OverflowError):
                continue
            return port
    raise UsageError(
        N_("Port {port} is taken. Choose another one with --port, or stop what uses it."), port=wanted
    )


def lan_address() -> str:
    """Give the address of this machine in its local network; 127.0.0.1 without one. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
