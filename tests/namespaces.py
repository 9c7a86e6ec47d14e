"""Machines of a test's own: network namespaces on one switch, each with its own addresses. Needs root and Linux."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

_IP = shutil.which("ip") or "/usr/sbin/ip"


def _ip(*words, check=True):
    return subprocess.run([_IP, *words], check=check, capture_output=True, text=True)


def can():
    """Tell whether this machine lets us make them."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not Path(_IP).exists():
        return False
    name = f"wkt{os.getpid()}"
    made = _ip("netns", "add", name, check=False).returncode == 0
    if made:
        _ip("netns", "del", name)
    return made


@contextmanager
def machines(*names):
    """Make machines that share a network, each with a connection ``wlan0`` of 192.168.50.x, x from 1 on.

    Gives for each name a function that makes a command run on that machine.
    """
    if not can():
        if os.environ.get("CI"):
            pytest.fail("no network namespaces here: they need root and iproute2")
        pytest.skip("no network namespaces here: they need root and iproute2")
    mark = f"wk{os.getpid() % 100000}"
    made = []
    try:
        switch = f"{mark}sw"
        _ip("netns", "add", switch)
        made.append(switch)
        _ip("-n", switch, "link", "add", "br0", "type", "bridge")
        _ip("-n", switch, "link", "set", "br0", "up")
        for number, name in enumerate(names, 1):
            space = f"{mark}{name}"
            _ip("netns", "add", space)
            made.append(space)
            port = f"p{number}"
            _ip("-n", space, "link", "add", "wlan0", "type", "veth", "peer", "name", port, "netns", switch)
            _ip("-n", switch, "link", "set", port, "master", "br0", "up")
            for words in (
                ("link", "set", "lo", "up"),
                ("addr", "add", f"192.168.50.{number}/24", "dev", "wlan0"),
                ("link", "set", "wlan0", "up"),
            ):
                _ip("-n", space, *words)
        yield {name: _Machine(f"{mark}{name}", switch, f"p{number}") for number, name in enumerate(names, 1)}
    finally:
        for space in reversed(made):
            _ip("netns", "del", space, check=False)


class _Machine:
    def __init__(self, space, switch, port):
        self._space, self._switch, self._port = space, switch, port

    def command(self, *words):
        """Give the words that run a command on this machine."""
        return [_IP, "netns", "exec", self._space, *map(str, words)]

    def ip(self, *words):
        """Change its network."""
        _ip("-n", self._space, *words)

    def keep_apart(self):
        """Let it reach no other machine that is kept apart, as guest networks do ("client isolation")."""
        _ip("-n", self._switch, "link", "set", self._port, "type", "bridge_slave", "isolated", "on")
