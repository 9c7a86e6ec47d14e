"""Which processes a workshop has, when it is ready, and on which ports and addresses."""

from __future__ import annotations

import errno
import json
import os
import shutil
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from workshopkit import paths
from workshopkit.errors import UsageError
from workshopkit.kernels import EXPECT, FORK, SOCKET
from workshopkit.run import net
from workshopkit.run.net import free_port, lan_address
from workshopkit.run.workshop import EVERYWHERE, Plan, children, healthy, new_token, notebooks_folder

PLAN = {
    "db": "sqlite:///kit.db",
    "host": "127.0.0.1",
    "port": 8080,
    "public_url": "http://workshop.test:8080",
}


@pytest.fixture
def planned(tmp_path, monkeypatch):
    """Give the children of a plan by name; what they own lies in the test's folder."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def plan(**more):
        return {child.name: child for child in children(Plan(**PLAN, **more))}

    return plan


# The processes -----------------------------------------------------------------------------------------------------


def test_with_fork_the_warm_parent_starts_first(planned, monkeypatch):
    monkeypatch.setenv(FORK, "1")
    found = planned(expect=30)
    assert list(found) == ["warm", "door", "analyst"]
    warm, door, analyst = found.values()
    assert found["warm"].arguments[-4:] == ["--socket", warm.env[SOCKET], "--expect", "30"]
    assert door.env[SOCKET] == warm.env[SOCKET]
    assert len(os.fsencode(door.env[SOCKET])) < 100
    assert "--backup-dir" not in analyst.arguments
    assert all(child.keep for child in found.values())


def test_without_fork_the_door_fills_a_pool(planned, monkeypatch):
    monkeypatch.setenv(FORK, "0")
    found = planned(expect=30)
    assert list(found) == ["door", "analyst"]
    assert found["door"].env[EXPECT] == "30"
    assert SOCKET not in found["door"].env


@pytest.mark.parametrize("fork", ["0", "1"])
def test_all_temporary_files_lie_in_one_folder_that_goes_at_the_end(planned, monkeypatch, tmp_path, fork):
    monkeypatch.setenv(FORK, fork)
    found = planned(lab_port=8888, lab_token="t", lab_dir=tmp_path)
    (folder,) = tmp_path.iterdir()
    assert [child.folder for child in found.values() if child.folder] == [folder]
    assert {name for name, child in found.items() if child.env.get("TMPDIR") == str(folder)} == set(found) - {
        "lab"
    }


def test_the_door_listens_where_the_plan_says(planned):
    words = planned()["door"].arguments
    for option, value in (
        ("--db", "sqlite:///kit.db"),
        ("--host", "127.0.0.1"),
        ("--port", "8080"),
        ("--public-url", "http://workshop.test:8080"),
    ):
        assert words[words.index(option) + 1] == value


def test_copies_are_the_analyst_s_work(planned, tmp_path):
    assert planned(backup_dir=tmp_path)["analyst"].arguments[-2:] == ["--backup-dir", str(tmp_path)]


def test_jupyterlab_listens_on_this_machine_alone_and_its_token_is_on_no_command_line(planned, tmp_path):
    lab = planned(lab_port=8888, lab_token="secret-token", lab_dir=tmp_path)["lab"]
    assert "--ip=127.0.0.1" in lab.arguments
    assert "--ServerApp.port_retries=0" in lab.arguments
    assert not any("secret-token" in word for word in lab.arguments)
    assert lab.env["JUPYTER_TOKEN"] == "secret-token"
    assert any("'voila.server_extension': False" in word for word in lab.arguments)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", "127.0.0.1"), (EVERYWHERE, "127.0.0.1"), ("192.168.1.20", "192.168.1.20")],
)
def test_this_machine_reaches_the_door_where_it_listens(host, expected):
    assert Plan(**{**PLAN, "host": host}).local_url == f"http://{expected}:8080"


def test_tokens_are_long_and_new_each_time():
    assert len({new_token() for _ in range(100)}) == 100
    assert min(len(new_token()) for _ in range(100)) >= 24


# Notebooks ---------------------------------------------------------------------------------------------------------


def test_in_a_checkout_the_notebooks_are_its_own(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").touch()
    source = tmp_path / "notebooks"
    source.mkdir()
    monkeypatch.setattr(paths, "notebooks", lambda: source)
    assert notebooks_folder() == source


def test_elsewhere_a_copy_is_made_once_and_kept(tmp_path, monkeypatch):
    source = tmp_path / "installed" / "notebooks"
    shutil.copytree(paths.notebooks(), source, ignore=lambda *_: [".ipynb_checkpoints"])
    monkeypatch.setattr(paths, "notebooks", lambda: source)
    copy = notebooks_folder(tmp_path / "kept")
    assert copy == tmp_path / "kept" / "notebooks"
    assert (copy / "nl" / "00-prepare.ipynb").is_file()
    (copy / "mine.ipynb").touch()
    assert notebooks_folder(tmp_path / "kept") == copy
    assert (copy / "mine.ipynb").is_file()


# Whether it is ready -----------------------------------------------------------------------------------------------


@contextmanager
def answering(*answers):
    """Answer each request with the next body, and the last one from then on; bytes go out as they are."""
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = left.pop(0) if len(left) > 1 else left[0]
            if isinstance(body, bytes):
                self.wfile.write(body)
                return
            self.send_response(body.get("code", 200) if isinstance(body, dict) else 200)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


async def test_nothing_that_answers_is_not_healthy():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert not await healthy(f"http://127.0.0.1:{port}", spares=0, within_s=0.3)


@pytest.mark.parametrize(
    "answer",
    [
        {"spare": 1},
        {"spare": None},
        {},
        {"code": 500, "spare": 9},
        [],
        "fine",
        None,
        {"spare": "many"},
        b"HTTP/1.1 200 OK\r\n\r\n{",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\n\r\n\xff\xfe",
    ],
)
async def test_what_answers_otherwise_is_not_healthy(answer):
    with answering(answer) as url:
        assert not await healthy(url, spares=2, within_s=0.3)


@pytest.mark.parametrize(
    "answers", [[{"spare": 2}], [{"spare": 7}], [b"", {"spare": 0}, {"spare": 1}, {"spare": 2}]]
)
async def test_it_is_healthy_as_soon_as_kernels_stand_ready(answers):
    with answering(*answers) as url:
        assert await healthy(url, spares=2, within_s=60)


async def test_a_proxy_is_not_asked_for_what_is_here(monkeypatch):
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.getsockname()[1]}")
    with answering({"spare": 2}) as url:
        assert await healthy(url, spares=2, within_s=60)


async def test_without_spares_an_answer_is_enough():
    with answering({"spare": 0}) as url:
        assert await healthy(url, spares=0, within_s=60)


# Ports and addresses -----------------------------------------------------------------------------------------------


def test_a_free_port_is_given_as_it_is():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert free_port(port, "127.0.0.1", must=True) == port


def test_a_taken_port_gives_the_next_one_or_a_clear_word():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert port < free_port(port, "127.0.0.1") < port + 50
        with pytest.raises(UsageError, match=f"Port {port} is taken"):
            free_port(port, "127.0.0.1", must=True)
    with socket.create_server((EVERYWHERE, 0)) as server, pytest.raises(UsageError):
        free_port(server.getsockname()[1], "127.0.0.1", must=True)


def test_the_last_port_has_no_next():
    with socket.create_server(("127.0.0.1", 65535)), pytest.raises(UsageError, match="Port 65535 is taken"):
        free_port(65535, "127.0.0.1")


def test_when_all_ports_are_taken_it_says_so(monkeypatch):
    monkeypatch.setattr(net, "_TRIES", 1)
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(UsageError, match="is taken"):
        free_port(server.getsockname()[1], "127.0.0.1")


def test_the_address_in_the_network_is_an_address():
    assert socket.inet_aton(lan_address())


def test_a_network_that_leads_nowhere_is_one_all_the_same(monkeypatch):
    class Cut(socket.socket):
        def connect(self, _):
            raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(net.socket, "socket", Cut)
    given = {
        "wlan0": [SimpleNamespace(family=socket.AF_INET, address="192.168.1.20", netmask="255.255.255.0")]
    }
    monkeypatch.setattr(net.psutil, "net_if_addrs", lambda: given)
    monkeypatch.setattr(net.psutil, "net_if_stats", lambda: {"wlan0": SimpleNamespace(isup=True)})
    assert lan_address() == "192.168.1.20", "a router of one's own, without internet"
    monkeypatch.setattr(net.psutil, "net_if_addrs", dict)
    assert lan_address() == "127.0.0.1"
