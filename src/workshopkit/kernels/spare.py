"""A kernel that is ready before anybody needs it.

It is a whole IPython kernel, with its sockets bound, that waits for one message: the claim. The claim brings the
environment, the folder and the code cells of the page that the kernel will serve. The kernel runs them at once, by
itself: no client has to connect, ask whether it is ready and execute, which costs more than all the rest. The answer
holds what the cells displayed.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import logging
import os
import random
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

__all__ = ["PRELOAD", "config", "preload", "run", "settle", "warm_up", "write_file"]

PRELOAD = (
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completer",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    "tornado.queues",
    "ipywidgets",
    "anywidget",
    "segno",
    "workshopkit.panels.participant",
    "workshopkit.panels.wall",
    "workshopkit.panels.cockpit",
    "workshopkit.panels.widget",
    "workshopkit.store.sql",
)
REHEARSAL = "workshopkit.panels.rehearsal:rehearse"
_log = logging.getLogger("workshopkit.kernels")


def config() -> Any:
    """Give the settings of a participant's kernel: no history, no second completer."""
    from traitlets.config import Config

    settings = Config()
    settings.HistoryManager.enabled = False
    settings.IPCompleter.use_jedi = False
    settings.IPKernelApp.log_level = 40
    return settings


def preload(modules: tuple[str, ...]) -> None:
    """Import what kernels need, without a debugger; what is not there is left out, and told in the log."""
    # An import that finds None fails: ipykernel then does without debugpy, which would cost every kernel 10 MB.
    sys.modules.setdefault("debugpy", None)  # type: ignore[arg-type]
    for name in modules:
        try:
            importlib.import_module(name)
        except ImportError:
            _log.warning("not preloaded: %s", name)


def warm_up(rehearsal: str = REHEARSAL) -> None:
    """Let a throw-away shell, and a page, touch what every kernel would otherwise touch, and copy, for itself."""
    from ipykernel.zmqshell import ZMQInteractiveShell

    before = {name: getattr(sys, name) for name in ("displayhook", "excepthook", "stdout", "stderr", "stdin")}
    main_module = sys.modules["__main__"]
    shell = ZMQInteractiveShell.instance(config=config())
    shell.run_cell("None", silent=True)
    shell.restore_sys_module_state()
    ZMQInteractiveShell.clear_instance()
    for name, value in before.items():
        setattr(sys, name, value)
    sys.modules["__main__"] = main_module
    name, _, function = rehearsal.partition(":")
    try:
        getattr(importlib.import_module(name), function)()
    except Exception:  # noqa: BLE001 - a rehearsal that fails costs memory, and no workshop
        _log.exception("the rehearsal failed")


def settle(claim: dict[str, Any]) -> dict[str, Any]:
    """Move into the environment that a claim brings, and run its cells.

    Returns
    -------
    dict
        ``displays``, a MIME bundle for each thing shown, and ``error``, the first fault in words or None.
    """
    os.environ.clear()
    os.environ.update(claim["env"])
    if claim.get("cwd"):
        os.chdir(claim["cwd"])
    from IPython import get_ipython
    from IPython.core.displayhook import CapturingDisplayHook

    shell = get_ipython()
    displays: list[dict[str, Any]] = []
    hook, shell.display_trap.hook = shell.display_trap.hook, CapturingDisplayHook(shell, displays)
    try:
        for cell in claim.get("cells", ()):
            result = shell.run_cell(cell, store_history=False)
            fault = result.error_before_exec or result.error_in_exec
            if fault is not None:
                return {"displays": [], "error": f"{type(fault).__name__}: {fault}"}
    finally:
        shell.display_trap.hook = hook
    return {"displays": [shown["data"] for shown in displays], "error": None}


def run(
    connection_file: Path,
    *,
    transport: str,
    on_ready: Callable[[dict[str, Any]], None],
    listen: Callable[[Any], None] | None = None,
) -> None:
    """Be a kernel until told to stop.

    Parameters
    ----------
    connection_file
        Where the kernel writes how to connect to it; if the file is there, its addresses are taken.
    transport
        ``"ipc"`` or ``"tcp"``.
    on_ready
        Called with the connection's data when the sockets are bound.
    listen
        Called with the event loop before it starts, to wait for the claim on it.
    """
    from ipykernel.kernelapp import IPKernelApp
    from tornado.ioloop import IOLoop

    _reseed()
    options: dict[str, Any] = {} if connection_file.exists() else {"transport": transport}
    if transport == "ipc" and options:
        options["ip"] = str(connection_file.with_suffix(""))
    app = IPKernelApp.instance(
        connection_file=str(connection_file), parent_handle=os.getppid(), config=config(), **options
    )
    with _few_modules():
        app.initialize([])

    import ipywidgets

    ipywidgets.load_ipython_extension(app.shell)
    info = app.get_connection_info()
    on_ready({**info, "key": str(info["key"], "ascii") if isinstance(info["key"], bytes) else info["key"]})
    if listen is not None:
        listen(IOLoop.current())
    app.start()


@contextlib.contextmanager
def _few_modules() -> Iterator[None]:
    """Let ipykernel list no modules for its debugger, which is not there.

    To look at each of a thousand modules is to write to it (its count of references), and so to copy its page of
    memory: 2 MB in every kernel.
    """
    names = vars(importlib.import_module("ipykernel.ipkernel"))
    real = names["sys"]
    names["sys"] = types.SimpleNamespace(**{**vars(sys), "modules": {}})
    try:
        yield
    finally:
        names["sys"] = real


def write_file(path: Path, info: dict[str, Any]) -> None:
    """Write down how to connect, for a kernel that must keep its addresses."""
    path.write_text(json.dumps(info), encoding="utf-8")


def _reseed() -> None:
    """Draw other random numbers than one's siblings."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
