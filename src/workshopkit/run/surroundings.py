"""What around this laptop keeps phones out: firewall, a page to log in first, a hotspot that is soon full.

Each is told from what a command of the system says, or from an address; a function reads the words, another asks for
them. Whether the network keeps its devices apart ("client isolation") no command tells: only a second device does.
"""

from __future__ import annotations

import ipaddress
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workshopkit.i18n import N_

__all__ = [
    "Finding",
    "firewall_of_linux",
    "firewall_of_mac",
    "firewall_of_windows",
    "hotspot",
    "look",
    "portal_of_linux",
]

_SECONDS = 6
Ask = Callable[[Sequence[str]], str]


@dataclass(frozen=True)
class Finding:
    """Something that was found out.

    Parameters
    ----------
    good
        Whether phones can come in as far as this goes.
    message
        The sentence, a gettext message id; with what fills it.
    """

    good: bool
    message: str
    values: Mapping[str, object]


def _found(message: str, **values: object) -> Finding:
    return Finding(good=False, message=message, values=values)


# Hotspots, told by the address that this laptop has ------------------------------------------------------------------

_HOTSPOTS = (
    ("192.168.137.0/24", "Windows", 8),
    ("172.20.10.0/28", "iPhone", 5),
    ("192.168.43.0/24", "Android", 10),
    ("192.168.2.0/24", "macOS", 10),
    ("10.42.0.0/16", "Linux", 10),
)
# There the laptop itself is the router; on a phone's it is a guest.
_OWN = {"Windows": "192.168.137.1", "macOS": "192.168.2.1", "Linux": "10.42.0.1"}


def hotspot(ip: str) -> tuple[str, int] | None:
    """Tell whose hotspot an address is of, and how many devices such a one takes about; None for another network.

    Examples
    --------
    >>> hotspot("172.20.10.3"), hotspot("192.168.1.20")
    (('iPhone', 5), None)
    """
    here = ipaddress.ip_address(ip)
    for network, maker, devices in _HOTSPOTS:
        if here in ipaddress.ip_network(network) and _OWN.get(maker, ip) == ip:
            return maker, devices
    return None


# Firewalls -----------------------------------------------------------------------------------------------------------


def firewall_of_windows(profiles: str, connections: str) -> Iterator[Finding]:
    """Read what PowerShell says, as JSON, of the firewall and of the networks that the laptop is in.

    Parameters
    ----------
    profiles
        ``Get-NetFirewallProfile``: ``Name``, ``Enabled`` and ``DefaultInboundAction``.
    connections
        ``Get-NetConnectionProfile``: ``NetworkCategory``.
    """
    active = {str(one.get("Name")): _is_on(one.get("Enabled")) for one in _rows(profiles)}
    for connection in _rows(connections):
        category = _CATEGORIES.get(str(connection.get("NetworkCategory")), "")
        if category == "Public" and active.get("Public", True):
            yield _found(
                N_(
                    "Windows takes this network for a public one and keeps phones out. Under Settings, Network, choose "
                    "“private network”, and allow Python when Windows asks."
                )
            )
        elif category and active.get(category, True):
            yield Finding(
                good=True,
                message=N_(
                    "The firewall of Windows is on: allow Python on private networks when Windows asks at the start."
                ),
                values={},
            )


_CATEGORIES = {"0": "Public", "1": "Private", "2": "Domain"} | {
    "Public": "Public",
    "Private": "Private",
    "DomainAuthenticated": "Domain",
}


def _is_on(value: object) -> bool:
    return str(value).lower() in {"1", "true"}


def _rows(text: str) -> list[dict[str, object]]:
    """Read JSON of PowerShell, which gives one thing without the list around it."""
    try:
        found = json.loads(text.lstrip("\ufeff") or "[]")
    except ValueError:
        return []
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]


def firewall_of_mac(state: str, blocks_all: str) -> Iterator[Finding]:
    """Read ``socketfilterfw --getglobalstate`` and ``--getblockall``."""
    if "State = 2" in state or ("enabled" in blocks_all.lower() and "State = 0" not in state):
        yield _found(
            N_(
                "The firewall of this Mac blocks all incoming connections. Switch that off under System Settings, Network, "
                "Firewall, Options."
            )
        )
    elif "State = 1" in state:
        yield Finding(
            good=True,
            message=N_("The firewall of this Mac is on: choose “allow” when it asks about Python."),
            values={},
        )


def firewall_of_linux(ufw: str, firewalld: str, port: int) -> Iterator[Finding]:
    """Read ``systemctl is-active`` of the two firewalls that there are."""
    for words, command in (
        (ufw, f"sudo ufw allow {port}/tcp"),
        (firewalld, f"sudo firewall-cmd --add-port={port}/tcp"),
    ):
        if words.strip() == "active":
            yield _found(
                N_(
                    "A firewall runs on this laptop. Let phones in, for as long as the workshop lasts: {command}"
                ),
                command=command,
            )


# A page to log in first ----------------------------------------------------------------------------------------------


def portal_of_linux(connectivity: str) -> Iterator[Finding]:
    """Read ``nmcli networking connectivity``."""
    if connectivity.strip() == "portal":
        yield _found(
            N_(
                "This network asks for a log-in on a page first. Phones would meet that page as well: take a network without "
                "one, or a router of your own."
            )
        )


# Looking -------------------------------------------------------------------------------------------------------------


def look(port: int, *, system: str = sys.platform, ask: Ask | None = None) -> list[Finding]:
    """Ask this system what keeps phones out.

    Parameters
    ----------
    port
        The port that phones come to.
    system
        As Python names it.
    ask
        Runs a command and gives its output; nothing if there is no such command.
    """
    ask = ask or _ask
    if system == "win32":
        return list(firewall_of_windows(*(ask(_powershell(one)) for one in _WINDOWS)))
    if system == "darwin":
        return list(firewall_of_mac(ask([_MAC, "--getglobalstate"]), ask([_MAC, "--getblockall"])))
    found = firewall_of_linux(
        ask(["systemctl", "is-active", "ufw"]), ask(["systemctl", "is-active", "firewalld"]), port
    )
    return [*found, *portal_of_linux(ask(["nmcli", "networking", "connectivity"]))]


_MAC = "/usr/libexec/ApplicationFirewall/socketfilterfw"
_WINDOWS = (
    "Get-NetFirewallProfile | Select-Object Name,Enabled,DefaultInboundAction | ConvertTo-Json",
    "Get-NetConnectionProfile | Select-Object NetworkCategory | ConvertTo-Json",
)


def _powershell(command: str) -> list[str]:
    return ["powershell", "-NoProfile", "-NonInteractive", "-Command", command]


def _ask(command: Sequence[str]) -> str:
    if shutil.which(command[0]) is None:
        return ""
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")
