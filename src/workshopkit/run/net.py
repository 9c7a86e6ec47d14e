"""Ports and addresses of this machine."""

from __future__ import annotations

import errno
import ipaddress
import os
import re
import socket
from dataclasses import dataclass

import psutil

from workshopkit.errors import UsageError
from workshopkit.i18n import N_

__all__ = ["Address", "free_port", "lan_address", "lan_addresses"]

_TRIES = 50
_NOWHERE = "127.0.0.1"
_VIRTUAL = re.compile(
    r"(docker|br-|veth|virbr|vmnet|vboxnet|vethernet|virtualbox|vmware|utun|tun|tap|wg|ppp|ipsec|tailscale|zt|lxc|lxd|"
    r"podman|cni|flannel|nordlynx|proton|hyper-v|npcap|bluetooth)",
    re.IGNORECASE,
)
_WIRELESS = re.compile(r"(wl|wi-?fi|wireless|draadlo|ap\d)", re.IGNORECASE)


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


@dataclass(frozen=True)
class Address:
    """An address of this machine that others may reach.

    Parameters
    ----------
    ip
        IPv4, as phones type it.
    name
        What the system calls the connection.
    prefix
        How many bits of it are the network's.
    leads_out
        Whether what goes elsewhere goes this way.
    """

    ip: str
    name: str
    prefix: int = 24
    leads_out: bool = False

    @property
    def is_virtual(self) -> bool:
        """Tell whether it belongs to a tunnel or to machines within this one, where no phone is."""
        return bool(_VIRTUAL.match(self.name))

    @property
    def is_wireless(self) -> bool:
        """Tell whether it is Wi-Fi, by its name."""
        return bool(_WIRELESS.match(self.name))

    @property
    def room_for(self) -> int:
        """How many devices the network has numbers for, besides this one and the router."""
        return max(0, (1 << (32 - self.prefix)) - 4)

    @property
    def _rank(self) -> tuple[bool, bool, bool, bool, bool]:
        ip = ipaddress.ip_address(self.ip)
        # In a room the network is the one with private numbers; a tunnel may have taken the way out.
        return (
            ip.is_link_local,
            self.is_virtual,
            not ip.is_private,
            not self.leads_out,
            not self.is_wireless,
        )


def lan_addresses() -> list[Address]:
    """List the addresses of this machine that phones may reach, the likeliest first; none without a network."""
    out = _way_out()
    up = {name for name, state in psutil.net_if_stats().items() if state.isup}
    found = [
        Address(one.address, name, _prefix(one.netmask), one.address == out)
        for name, given in psutil.net_if_addrs().items()
        for one in given
        if name in up and one.family == socket.AF_INET and not ipaddress.ip_address(one.address).is_loopback
    ]
    return sorted(found, key=lambda one: one._rank)  # noqa: SLF001 - its own module


def lan_address() -> str:
    """Give the address of this machine in its local network; 127.0.0.1 without one. Sends nothing."""
    return next((one.ip for one in lan_addresses()), _NOWHERE)


def _way_out() -> str:
    """Give the address from which something to elsewhere would be sent. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("198.51.100.1", 9))
        except OSError:
            return _NOWHERE
        return str(probe.getsockname()[0])


def _prefix(netmask: str | None) -> int:
    try:
        return ipaddress.ip_network(f"0.0.0.0/{netmask}").prefixlen
    except ValueError:
        return 24
