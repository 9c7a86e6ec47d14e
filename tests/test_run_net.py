"""Which of several addresses phones get, and what the words of other systems say of what keeps phones out."""

from __future__ import annotations

import json
import socket
from types import SimpleNamespace

import pytest

from workshopkit.i18n import LANGUAGES, translator
from workshopkit.run import net, surroundings
from workshopkit.run.surroundings import (
    firewall_of_linux,
    firewall_of_mac,
    firewall_of_windows,
    hotspot,
    look,
)


@pytest.fixture
def machine(monkeypatch):
    """Let this be a machine with given connections: name to address and netmask, and the one that leads out."""

    def be(connections, out="127.0.0.1", down=()):
        given = {
            name: [SimpleNamespace(family=socket.AF_INET, address=ip, netmask=mask)]
            for name, (ip, mask) in connections.items()
        }
        given["lo"] = [SimpleNamespace(family=socket.AF_INET, address="127.0.0.1", netmask="255.0.0.0")]
        monkeypatch.setattr(net.psutil, "net_if_addrs", lambda: given)
        states = {name: SimpleNamespace(isup=name not in down) for name in given}
        monkeypatch.setattr(net.psutil, "net_if_stats", lambda: states)
        monkeypatch.setattr(net, "_way_out", lambda: out)

    return be


HOME, OFFICE = "255.255.255.0", "255.255.0.0"


@pytest.mark.parametrize(
    ("connections", "out", "wanted"),
    [
        ({"wlan0": ("192.168.1.20", HOME)}, "192.168.1.20", "192.168.1.20"),
        ({"eth0": ("10.0.0.5", HOME), "wlan0": ("192.168.1.20", HOME)}, "10.0.0.5", "10.0.0.5"),
        ({"wlan0": ("192.168.1.20", HOME), "tun0": ("10.8.0.2", HOME)}, "10.8.0.2", "192.168.1.20"),
        (
            {"Wi-Fi": ("192.168.1.20", HOME), "vEthernet (WSL)": ("172.20.0.1", OFFICE)},
            "172.20.0.1",
            "192.168.1.20",
        ),
        ({"docker0": ("172.17.0.1", OFFICE), "eth0": ("192.168.1.20", HOME)}, "192.168.1.20", "192.168.1.20"),
        ({"eth0": ("10.0.0.5", HOME), "wlp3s0": ("192.168.1.20", HOME)}, "127.0.0.1", "192.168.1.20"),
        ({"en0": ("169.254.7.7", OFFICE), "en5": ("192.168.1.20", HOME)}, "127.0.0.1", "192.168.1.20"),
        ({"wwan0": ("8.8.4.4", HOME), "eth0": ("10.0.0.5", HOME)}, "8.8.4.4", "10.0.0.5"),
        ({"docker0": ("172.17.0.1", OFFICE)}, "127.0.0.1", "172.17.0.1"),
    ],
)
def test_the_address_of_the_room_is_the_first_of_several(machine, connections, out, wanted):
    machine(connections, out)
    assert net.lan_address() == wanted
    assert {one.ip for one in net.lan_addresses()} == {ip for ip, _ in connections.values()}


def test_without_a_network_there_is_only_this_machine(machine):
    machine({"wlan0": ("192.168.1.20", HOME)}, down=["wlan0"])
    assert net.lan_addresses() == []
    assert net.lan_address() == "127.0.0.1"


@pytest.mark.parametrize(
    ("mask", "count"), [(HOME, 252), ("255.255.255.240", 12), ("255.255.255.255", 0), (None, 252)]
)
def test_how_many_devices_a_network_has_numbers_for(machine, mask, count):
    machine({"wlan0": ("192.168.1.20", mask)})
    (found,) = net.lan_addresses()
    assert found.room_for == count


def test_of_this_machine_the_addresses_are_read():
    for one in net.lan_addresses():
        with socket.socket() as server:
            server.bind((one.ip, 0))  # it is one of this machine's


@pytest.mark.parametrize(
    ("ip", "whose"),
    [
        ("192.168.137.1", ("Windows", 8)),
        ("192.168.137.20", None),
        ("172.20.10.4", ("iPhone", 5)),
        ("172.20.10.200", None),
        ("192.168.43.17", ("Android", 10)),
        ("192.168.2.1", ("macOS", 10)),
        ("192.168.2.50", None),
        ("10.42.0.1", ("Linux", 10)),
        ("192.168.1.20", None),
    ],
)
def test_a_hotspot_is_known_by_its_address(ip, whose):
    assert hotspot(ip) == whose


# What other systems say. PowerShell's words have the byte order mark and the line ends that they have on Windows.

PROFILES = """\ufeff[\r
    {"Name": "Domain", "Enabled": 1, "DefaultInboundAction": 0},\r
    {"Name": "Private", "Enabled": %s, "DefaultInboundAction": 0},\r
    {"Name": "Public", "Enabled": %s, "DefaultInboundAction": 0}\r
]\r
"""


def windows(category, *, private=1, public=1):
    return list(firewall_of_windows(PROFILES % (private, public), json.dumps({"NetworkCategory": category})))


@pytest.mark.parametrize("category", [0, "Public"])
def test_windows_keeps_phones_out_of_a_public_network(category):
    (found,) = windows(category)
    assert not found.good
    assert "private network" in found.message
    assert windows(category, public=0) == []


@pytest.mark.parametrize("category", [1, "Private", 2])
def test_windows_asks_about_python_on_a_private_one(category):
    (found,) = windows(category)
    assert found.good
    assert "allow Python" in found.message


def test_windows_with_two_networks_names_the_one_that_keeps_out():
    both = json.dumps([{"NetworkCategory": 1}, {"NetworkCategory": 0}])
    assert [one.good for one in firewall_of_windows(PROFILES % (1, 1), both)] == [True, False]
    assert windows(1, private=0) == []


@pytest.mark.parametrize(
    "words", ["", "no json", "null", "[1, 2]", '{"a": 1}', "Get-NetFirewallProfile : Access denied"]
)
def test_words_that_say_nothing_are_no_fault(words):
    assert list(firewall_of_windows(words, words)) == []
    assert list(firewall_of_mac(words, words)) == []
    assert list(firewall_of_linux(words, words, 8080)) == []


@pytest.mark.parametrize(
    ("state", "blocks", "good"),
    [
        ("Firewall is disabled. (State = 0)\n", "Firewall has block all state set to disabled.\n", []),
        ("Firewall is enabled. (State = 1)\n", "Firewall has block all state set to disabled.\n", [True]),
        ("Firewall is enabled. (State = 2)\n", "Firewall has block all state set to enabled.\n", [False]),
        ("Firewall is blocking all non-essential incoming connections. (State = 2)\n", "", [False]),
    ],
)
def test_a_mac_says_whether_it_blocks(state, blocks, good):
    assert [one.good for one in firewall_of_mac(state, blocks)] == good


def test_firewalls_of_linux_come_with_the_command_that_lets_phones_in():
    (found,) = firewall_of_linux("active\n", "inactive\n", 8081)
    assert (found.good, found.values["command"]) == (False, "sudo ufw allow 8081/tcp")
    (found,) = firewall_of_linux("unknown\n", "active\n", 8081)
    assert "--add-port=8081/tcp" in found.values["command"]


@pytest.mark.parametrize(("words", "count"), [("portal\n", 1), ("full\n", 0), ("none\n", 0), ("", 0)])
def test_a_page_to_log_in_first_is_told(words, count):
    assert len(list(surroundings.portal_of_linux(words))) == count


@pytest.mark.parametrize("system", ["win32", "darwin", "linux"])
def test_each_system_is_asked_in_its_own_words_and_answers_in_both_languages(system):
    asked = []

    def ask(command):
        asked.append(command[0])
        answers = {
            "powershell": PROFILES % (1, 1) if "Firewall" in command[-1] else '{"NetworkCategory": 0}',
            "systemctl": "active\n",
            "nmcli": "portal\n",
        }
        return answers.get(command[0], "Firewall is enabled. (State = 2)\n")

    found = look(8080, system=system, ask=ask)
    assert found
    assert len(set(asked)) == (2 if system == "linux" else 1)
    for one in found:
        texts = [translator(lang)(one.message, **one.values) for lang in LANGUAGES]
        assert texts[0] != texts[1]
        assert not any("{" in text for text in texts)


def test_a_command_that_is_not_there_or_hangs_says_nothing(monkeypatch):
    assert surroundings._ask(["no-such-command-here", "x"]) == ""
    monkeypatch.setattr(surroundings, "_SECONDS", 0.05)
    assert surroundings._ask(["sleep", "5"]) == ""
