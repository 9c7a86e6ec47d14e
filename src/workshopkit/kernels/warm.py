"""The warm parent: a process that has imported everything and forks kernels ahead (Linux).

``python -m workshopkit.kernels.warm --socket PATH --expect N``. It talks to its clients in lines of JSON over a unix
socket. A client (the door) sends ``{"id", "op": "claim", "env", "cwd", "cells", "connection"}`` and is answered by
``{"id", "pid", "connection", "displays", "error"}``, or by ``{"id", "failed"}`` if the kernel ended before it had moved
in; when a kernel ends later it is told ``{"died": pid, "code"}``. When a client goes, the kernels that it claimed end
with it; when the parent goes, all do (``PR_SET_PDEATHSIG``).

Before a fork there is no thread, no event loop, no zmq context and no database connection here, so that the children
get a clean copy; all of these start in the child.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import logging
import os
import selectors
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import Any, NoReturn

from workshopkit.kernels import ALLOWED_ENV, kept_env, memory, spare
from workshopkit.kernels.crowd import Crowd, spares

__all__ = ["WarmParent", "main"]

_PR_SET_PDEATHSIG = 1
_LOOK_AGAIN_S = 2.0
_THREADS = "OPENBLAS_NUM_THREADS"
_log = logging.getLogger("workshopkit.kernels")


class _Kernel:
    """A child: a spare until it is claimed."""

    def __init__(self, pid: int, line: socket.socket, file: Path) -> None:
        self.pid = pid
        self.line = line
        self.file = file
        self.pidfd = os.pidfd_open(pid)
        self.connection: dict[str, Any] | None = None
        self.owner: _Client | None = None
        self.claim: int | None = None
        self.answer = b""
        self.has_answered = False


class _Client:
    """A process that claims kernels."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line
        self.buffer = b""

    def tell(self, message: dict[str, Any]) -> None:
        try:
            self.line.sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            _log.info("a client has gone")


class WarmParent:
    """Keep spare kernels and hand them out.

    Parameters
    ----------
    path
        The unix socket to listen on.
    expect
        For how many people kernels are to stand ready.
    """

    def __init__(self, path: Path, expect: int) -> None:
        self._path = path
        self._expect = expect
        self._selector = selectors.DefaultSelector()
        self._kernels: dict[int, _Kernel] = {}
        self._ready: deque[_Kernel] = deque()
        self._waiting: deque[tuple[_Client, dict[str, Any]]] = deque()
        self._folder = Path(tempfile.mkdtemp(prefix="wk-"))
        self._count = 0
        self._starting = 0
        self._crowd = Crowd()
        self._no_spares_until = 0.0
        self._stopping = False

    def serve(self) -> None:
        """Serve until a signal says stop."""
        listener = socket.socket(socket.AF_UNIX)
        self._path.unlink(missing_ok=True)
        listener.bind(str(self._path))
        self._path.chmod(0o600)
        listener.listen(64)
        self._selector.register(listener, selectors.EVENT_READ, lambda: self._accept(listener))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        gc.collect()
        gc.freeze()
        try:
            while not self._stopping:
                self._refill()
                for key, _ in self._selector.select(0.05 if self._short() else 5.0):
                    key.data()
        finally:
            for kernel in list(self._kernels.values()):
                _kill(kernel.pid)
            shutil.rmtree(self._folder, ignore_errors=True)
            self._path.unlink(missing_ok=True)

    def _stop(self, *_: object) -> None:
        self._stopping = True

    # Clients --------------------------------------------------------------------------------------------------

    def _accept(self, listener: socket.socket) -> None:
        line, _ = listener.accept()
        client = _Client(line)
        self._selector.register(line, selectors.EVENT_READ, lambda: self._hear(client))

    def _hear(self, client: _Client) -> None:
        try:
            data = client.line.recv(1 << 16)
        except OSError:
            data = b""
        if not data:
            self._forget(client)
            return
        *lines, client.buffer = (client.buffer + data).split(b"\n")
        for line in lines:
            self._do(client, json.loads(line))

    def _forget(self, client: _Client) -> None:
        self._selector.unregister(client.line)
        client.line.close()
        self._waiting = deque(waiting for waiting in self._waiting if waiting[0] is not client)
        for kernel in self._kernels.values():
            if kernel.owner is client:
                _kill(kernel.pid)

    def _do(self, client: _Client, asked: dict[str, Any]) -> None:
        if asked["op"] == "stats":
            client.tell({"id": asked["id"], "spare": len(self._ready), "alive": self._alive()})
        elif asked.get("connection"):
            self._crowd.came(time.monotonic())
            self._fork(asked["connection"], (client, asked))
        else:
            self._crowd.came(time.monotonic())
            self._waiting.append((client, asked))
            self._serve_waiting()

    def _serve_waiting(self) -> None:
        while self._waiting and self._ready:
            self._hand_over(self._ready.popleft(), *self._waiting.popleft())

    def _hand_over(self, kernel: _Kernel, client: _Client, asked: dict[str, Any]) -> None:
        memory.go_first(memory.LAST, kernel.pid)  # from now on somebody is in it
        kernel.owner, kernel.claim = client, asked["id"]
        claim = json.dumps(
            {"env": asked["env"], "cwd": asked.get("cwd"), "cells": asked.get("cells", [])}
        ).encode()
        try:
            kernel.line.sendall(len(claim).to_bytes(4, "big") + claim)
        except OSError:
            kernel.owner = None
            self._waiting.appendleft((client, asked))

    # Kernels --------------------------------------------------------------------------------------------------

    def _short(self) -> bool:
        wanted = max(spares(self._expect, self._alive()), len(self._waiting))
        return len(self._ready) + self._starting < wanted

    def _alive(self) -> int:
        return sum(1 for kernel in self._kernels.values() if kernel.owner is not None)

    def _refill(self) -> None:
        """Fork what claims wait for at once, and spares one by one when it is calm and there is memory for them."""
        while self._starting < min(len(self._waiting), 4):
            self._fork(None, None)
        now = time.monotonic()
        if self._crowd.is_loading(now) or not self._short() or now < self._no_spares_until:
            return
        if self._starting < 2:  # noqa: PLR2004 - as many as a small machine has cores
            spare_ones = len(self._ready) + self._starting
            if memory.free_mb() < memory.needed_mb(len(self._kernels) - spare_ones, spare_ones):
                self._no_spares_until = now + _LOOK_AGAIN_S
            else:
                self._fork(None, None)

    def _fork(self, connection: dict[str, Any] | None, claim: tuple[_Client, dict[str, Any]] | None) -> None:
        self._count += 1
        file = self._folder / f"{self._count}.json"
        if connection:
            spare.write_file(file, connection)
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            _be_kernel(theirs, file)
        theirs.close()
        kernel = _Kernel(pid, ours, file)
        if claim is not None:
            kernel.owner, kernel.claim = claim[0], claim[1]["id"]
        self._kernels[pid] = kernel
        self._starting += 1
        self._selector.register(ours, selectors.EVENT_READ, lambda: self._told(kernel, claim))
        self._selector.register(kernel.pidfd, selectors.EVENT_READ, lambda: self._died(kernel))

    def _told(self, kernel: _Kernel, claim: tuple[_Client, dict[str, Any]] | None) -> None:
        """Hear from a child: first that it is up, then that it has moved in."""
        try:
            data = kernel.line.recv(1 << 16)
        except OSError:
            data = b""
        if not data:
            self._selector.unregister(kernel.line)
            return
        if kernel.connection is None:
            kernel.connection = json.loads(data)
            self._starting -= 1
            if claim is None:
                self._ready.append(kernel)
                self._serve_waiting()
            else:
                self._hand_over(kernel, *claim)
        elif kernel.owner is not None:
            kernel.answer += data
            if kernel.answer.endswith(b"\n"):
                told = json.loads(kernel.answer)
                kernel.has_answered = True
                kernel.owner.tell(
                    {"id": kernel.claim, "pid": kernel.pid, "connection": kernel.connection, **told}
                )

    def _died(self, kernel: _Kernel) -> None:
        _, status = os.waitpid(kernel.pid, 0)
        self._selector.unregister(kernel.pidfd)
        os.close(kernel.pidfd)
        if kernel.line.fileno() in self._selector.get_map():
            self._selector.unregister(kernel.line)
        kernel.line.close()
        del self._kernels[kernel.pid]
        if kernel.connection is None:
            self._starting -= 1
            _log.error("a kernel could not start, see the log")
        if kernel in self._ready:
            self._ready.remove(kernel)
        for leftover in self._folder.glob(f"{kernel.file.stem}[.-]*"):
            leftover.unlink(missing_ok=True)
        if kernel.owner is None:
            return
        code = os.waitstatus_to_exitcode(status)
        if kernel.has_answered:
            kernel.owner.tell({"died": kernel.pid, "code": code})
        else:
            _log.error("a kernel ended (%s) before it had moved in", code)
            kernel.owner.tell({"id": kernel.claim, "failed": code})


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        _log.debug("kernel %s had gone", pid)


def _be_kernel(line: socket.socket, file: Path) -> NoReturn:
    """Live on as a kernel, in the forked child; never comes back."""
    try:
        parent = os.getppid()
        os.setsid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
        _leave_behind(line.fileno())
        memory.go_first(memory.FIRST)
        spare.run(
            file,
            transport="ipc",
            on_ready=lambda info: _send(line, info),
            listen=lambda loop: _await(line, loop),
        )
    except BaseException:  # noqa: BLE001 - a forked child must never return into the parent's code
        _log.exception("a kernel ended")
    finally:
        os._exit(1)


def _leave_behind(keep: int) -> None:
    """Drop the parent's signals and files."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    signal.set_wakeup_fd(-1)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.closerange(3, keep)
    os.closerange(keep + 1, 1024)


def _send(line: socket.socket, message: dict[str, Any]) -> None:
    line.sendall(json.dumps(message).encode())


def _await(line: socket.socket, loop: Any) -> None:
    """Wait on the kernel's own loop for the claim, move in, and say so."""

    def heard(*_: object) -> None:
        loop.remove_handler(line.fileno())
        head = line.recv(4, socket.MSG_WAITALL)
        if len(head) < 4:  # noqa: PLR2004 - the length of the length
            os._exit(0)
        size = int.from_bytes(head, "big")
        answer = spare.settle(json.loads(line.recv(size, socket.MSG_WAITALL)))
        line.sendall(json.dumps(answer).encode() + b"\n")
        line.close()

    loop.add_handler(line.fileno(), heard, loop.READ)


def _forget_environment() -> None:
    """Begin again with the few variables that kernels may know: what a process started with stays readable in it."""
    if set(os.environ) - {*ALLOWED_ENV, _THREADS, "LC_CTYPE"}:
        command = [sys.executable, "-m", "workshopkit.kernels.warm", *sys.argv[1:]]
        os.execve(sys.executable, command, {**kept_env(), _THREADS: "1"})  # noqa: S606 - ourselves, with our arguments


def main(argv: list[str] | None = None) -> None:
    """Run the warm parent."""
    parser = argparse.ArgumentParser(prog="workshopkit.kernels.warm")
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--expect", type=int, default=8)
    parser.add_argument("--preload", action="append", default=[])
    options = parser.parse_args(argv)
    _forget_environment()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    spare.preload((*spare.PRELOAD, *options.preload))
    spare.warm_up()
    WarmParent(options.socket, options.expect).serve()


if __name__ == "__main__":
    main()
