"""Ports and addresses of this machine."""

from __future__ import annotations

import errno
import os
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
        If it is taken and must be had, if none near it is free, or if the address is not of this machine.
    """
    if not host:  # would be every address
        raise _no_address(host)
    for port in range(wanted, wanted + (1 if must else _TRIES)):
        with socket.socket() as probe:
            if os.name == "posix":  # elsewhere it would take a port from who has it
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except (socket.gaierror, UnicodeError, TypeError) as fault:
                raise _no_address(host) from fault
            except (OSError, OverflowError) as fault:
                if getattr(fault, "errno", None) == errno.EADDRNOTAVAIL:
                    raise _no_address(host) from fault
                continue
            return port
    raise UsageError(
        N_("Port {port} is taken. Choose another one with --port, or stop what uses it."), port=wanted
    )


def _no_address(host: str) -> UsageError:
    return UsageError(
        N_("{host} is no address of this machine. Choose 127.0.0.1, 0.0.0.0 or its own with --host."),
        host=host[:60] or "''",
    )


def lan_address() -> str:
    """Give the address of this machine in its local network; 127.0.0.1 without one. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
