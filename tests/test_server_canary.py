"""A canary for upgrades: every inside point of Voilà and Jupyter that the door and its kernels lean on, by name.

An upgrade that moves or changes one of them fails here with its name and with the module of ours that uses it, before a
room finds out.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import re
import signal
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import entry_points, version
from pathlib import Path
from types import FunctionType, SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from jupyter_client.kernelspec import KernelSpec
from packaging.specifiers import SpecifierSet
from traitlets import HasTraits

from workshopkit.kernels import client, pool, provisioner, spare, warm
from workshopkit.server import base, door, identity, join, kernels, pages, websocket

ROOT = Path(__file__).resolve().parents[1]
FOREIGN = ("voila", "jupyter_server", "jupyter_client", "ipykernel", "IPython", "ipywidgets")
OURS = (base, door, identity, join, kernels, pages, websocket, client, pool, provisioner, spare, warm)


@dataclass(frozen=True)
class Point:
    """One inside point.

    Parameters
    ----------
    used_by
        Our module.
    path
        Where it is: ``module:name`` or ``module:Class.name``.
    call
        How it is called, by us or (for what we override) by its owner: a list of positional places and a dictionary of
        keywords; None if it is no function. ``self`` counts as a place.
    trait
        Whether it is a trait that can be configured.
    """

    used_by: Any
    path: str
    call: tuple[int, tuple[str, ...]] | None = None
    trait: bool = field(default=False)

    def __str__(self) -> str:
        return f"{self.path} (used by {self.used_by.__name__})"

    def find(self) -> Any:
        """Give the thing itself."""
        module, _, name = self.path.partition(":")
        found: Any = importlib.import_module(module)
        for part in name.split("."):
            if isinstance(found, type) and issubclass(found, HasTraits) and part in found.class_traits():
                return found.class_traits()[part]
            found = inspect.getattr_static(found, part) if isinstance(found, type) else getattr(found, part)
        return found


APP = "voila.app:Voila"
WS = "voila.tornado.kernel_websocket_handler"
CHANNELS = "jupyter_server.services.kernels.connection.channels:ZMQChannelsWebsocketConnection"
KERNELS = "jupyter_server.services.kernels.kernelmanager:AsyncMappingKernelManager"
HANDLER = "jupyter_server.base.handlers:JupyterHandler"
IDENTITY = "jupyter_server.auth.identity:IdentityProvider"
PROVISIONER = "jupyter_client.provisioning.provisioner_base:KernelProvisionerBase"
FACTORY = "jupyter_client.provisioning.factory:KernelProvisionerFactory"

POINTS = [
    # The application
    Point(door, APP),
    Point(door, f"{APP}.initialize", (2, ())),
    Point(door, f"{APP}.start", (1, ())),
    Point(door, f"{APP}.load_config_file", (2, ("path",))),
    Point(door, f"{APP}.init_settings", (1, ())),
    Point(door, f"{APP}.init_handlers", (1, ())),
    Point(door, f"{APP}.listen", (1, ())),
    Point(door, f"{APP}.stop", (1, ())),
    Point(door, f"{APP}._handle_signal_stop", (3, ())),
    *(
        Point(door, f"{APP}.{name}", trait=True)
        for name in (
            "ip",
            "port",
            "port_retries",
            "base_url",
            "server_url",
            "open_browser",
            "log_level",
            "connection_dir",
            "cookie_secret",
            "identity_provider_class",
            "authorizer_class",
            "kernel_websocket_connection_class",
        )
    ),
    Point(door, "voila.configuration:VoilaConfiguration.multi_kernel_manager_class", trait=True),
    Point(door, "voila.configuration:VoilaConfiguration.template", trait=True),
    Point(door, "jupyter_client.manager:KernelManager.autorestart", trait=True),
    # Handlers
    Point(base, HANDLER),
    Point(base, f"{HANDLER}.current_user"),
    Point(base, f"{HANDLER}.kernel_manager"),
    Point(base, f"{HANDLER}.identity_provider"),
    Point(base, f"{HANDLER}.base_url"),
    Point(base, f"{HANDLER}.content_security_policy"),
    Point(base, f"{HANDLER}.log"),
    Point(base, f"{HANDLER}.xsrf_token"),
    Point(base, f"{HANDLER}.set_default_headers", (1, ())),
    Point(base, f"{HANDLER}.write_error", (2, ("exc_info",))),
    Point(pages, f"{HANDLER}.prepare", (1, ())),
    Point(door, "jupyter_server.services.kernels.handlers:KernelHandler"),
    # Who is at the door
    Point(identity, IDENTITY),
    Point(identity, f"{IDENTITY}._token_default"),
    Point(identity, f"{IDENTITY}.get_user", (2, ())),
    Point(identity, f"{IDENTITY}.auth_enabled"),
    Point(identity, f"{IDENTITY}.get_handlers", (1, ())),
    Point(identity, f"{IDENTITY}.is_token_authenticated", (2, ())),
    Point(identity, "jupyter_server.auth.identity:User"),
    Point(identity, "jupyter_server.auth.authorizer:Authorizer"),
    Point(identity, "jupyter_server.auth.authorizer:Authorizer.is_authorized", (5, ())),
    # The websocket
    Point(websocket, f"{WS}:VoilaKernelWebsocketHandler"),
    Point(websocket, f"{WS}:VoilaKernelWebsocketHandler.max_message_size"),
    Point(websocket, f"{WS}:VoilaKernelWebsocketHandler.open", (1, ("kernel_id",))),
    Point(websocket, f"{WS}:read_header_from_binary_message", (1, ())),
    Point(websocket, CHANNELS),
    Point(websocket, f"{CHANNELS}.connect", (1, ())),
    Point(websocket, f"{CHANNELS}.handle_incoming_message", (2, ())),
    Point(websocket, f"{CHANNELS}.websocket_handler", trait=True),
    Point(websocket, f"{CHANNELS}.multi_kernel_manager"),
    Point(websocket, f"{CHANNELS}.kernel_id"),
    # Kernels
    Point(kernels, KERNELS),
    Point(kernels, f"{KERNELS}.start_kernel"),
    Point(kernels, f"{KERNELS}.shutdown_kernel"),
    Point(kernels, f"{KERNELS}.get_kernel"),
    Point(pages, f"{KERNELS}.list_kernel_ids", (1, ())),
    Point(kernels, f"{KERNELS}.__contains__", (2, ())),
    Point(kernels, f"{KERNELS}.notify_connect", (2, ())),
    Point(kernels, f"{KERNELS}.notify_disconnect", (2, ())),
    Point(kernels, f"{KERNELS}._kernel_connections", trait=True),
    Point(
        door,
        "jupyter_server.services.kernels.kernelmanager:MappingKernelManager.allowed_message_types",
        trait=True,
    ),
    Point(door, f"{KERNELS}.buffer_offline_messages", trait=True),
    Point(kernels, "jupyter_client.manager:KernelManager.provisioner"),
    # Where kernels come from
    Point(door, FACTORY),
    Point(door, f"{FACTORY}.default_provisioner_name", trait=True),
    Point(door, f"{FACTORY}.instance", (0, ("parent",))),
    Point(provisioner, PROVISIONER),
    Point(provisioner, f"{PROVISIONER}.has_process"),
    Point(provisioner, f"{PROVISIONER}.connection_info"),
    Point(provisioner, f"{PROVISIONER}.pre_launch", (1, ("cmd", "env"))),
    Point(provisioner, f"{PROVISIONER}.launch_kernel", (2, ("env", "cwd", "cells"))),
    Point(provisioner, f"{PROVISIONER}.poll", (1, ())),
    Point(provisioner, f"{PROVISIONER}.wait", (1, ())),
    Point(provisioner, f"{PROVISIONER}.send_signal", (2, ())),
    Point(provisioner, f"{PROVISIONER}.kill", (1, ("restart",))),
    Point(provisioner, f"{PROVISIONER}.terminate", (1, ("restart",))),
    Point(provisioner, f"{PROVISIONER}.cleanup", (1, ("restart",))),
    # Inside a kernel
    Point(spare, "ipykernel.kernelapp:IPKernelApp"),
    *(
        Point(spare, f"ipykernel.kernelapp:IPKernelApp.{name}", trait=True)
        for name in ("connection_file", "parent_handle", "transport", "ip", "shell")
    ),
    Point(spare, "ipykernel.kernelapp:IPKernelApp.initialize", (2, ())),
    Point(spare, "ipykernel.kernelapp:IPKernelApp.get_connection_info", (1, ())),
    Point(spare, "ipykernel.kernelapp:IPKernelApp.start", (1, ())),
    Point(spare, "ipykernel.zmqshell:ZMQInteractiveShell"),
    Point(spare, "ipykernel.zmqshell:ZMQInteractiveShell.run_cell", (2, ("store_history", "silent"))),
    Point(spare, "ipykernel.zmqshell:ZMQInteractiveShell.restore_sys_module_state", (1, ())),
    Point(spare, "ipykernel.zmqshell:ZMQInteractiveShell.clear_instance"),
    Point(spare, "ipykernel.zmqshell:ZMQInteractiveShell.display_trap", trait=True),
    Point(spare, "IPython.core.display_trap:DisplayTrap.hook", trait=True),
    Point(spare, "IPython.core.displayhook:CapturingDisplayHook", (2, ())),
    Point(spare, "IPython.core.interactiveshell:ExecutionResult.error_before_exec"),
    Point(spare, "IPython.core.interactiveshell:ExecutionResult.error_in_exec"),
    Point(spare, "IPython.core.history:HistoryManager.enabled", trait=True),
    Point(spare, "IPython.core.completer:IPCompleter.use_jedi", trait=True),
    Point(spare, "IPython:get_ipython", (0, ())),
    Point(spare, "ipywidgets:load_ipython_extension", (1, ())),
    Point(spare, "ipykernel.ipkernel:sys"),
]


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_it_is_still_there_and_still_called_the_same_way(point):
    try:
        found = point.find()
    except (ImportError, AttributeError) as gone:
        pytest.fail(f"gone: {point}: {gone}")
    if point.trait:
        owner = Point(point.used_by, point.path.rpartition(".")[0]).find()
        name = point.path.rpartition(".")[2]
        assert name in owner.class_traits(), f"no trait any more: {point}"
    if point.call is not None:
        count, keywords = point.call
        function = found.__get__(None, object) if isinstance(found, classmethod) else found
        given = dict.fromkeys(keywords)
        try:
            inspect.signature(function).bind(*[None] * count, **given)
        except TypeError as changed:
            pytest.fail(f"called otherwise now: {point}: {changed}")


def test_the_table_names_everything_that_is_imported_from_them():
    named = {point.path.replace(":", ".") for point in POINTS}
    lacking = [
        f"{name} ({module.__name__})"
        for module in OURS
        for name in imported(module)
        if name.startswith(FOREIGN) and not any(path == name or path.startswith(f"{name}.") for path in named)
    ]
    assert lacking == []


def test_the_table_names_everything_that_is_overridden():
    named = {(point.used_by, point.path.rpartition(".")[2]) for point in POINTS}
    lacking = [
        f"{cls.__name__}.{name} ({module.__name__})"
        for module in OURS
        for cls in vars(module).values()
        if isinstance(cls, type) and cls.__module__ == module.__name__
        for name in overridden(cls)
        if (module, name) not in named
    ]
    assert lacking == []


def overridden(cls):
    """List what a class of ours does in the place of a class of theirs."""
    theirs = [parent for parent in cls.__mro__[1:] if parent.__module__.split(".")[0] in FOREIGN]
    for name, value in vars(cls).items():
        written = isinstance(value, FunctionType | property | classmethod) and not name.startswith("__")
        if written and any(name in vars(parent) for parent in theirs):
            yield name


def imported(module):
    """List the names that a module imports, with where from."""
    for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("package", ["voila", "jupyterlab", "ipykernel", "ipywidgets", "anywidget"])
def test_the_version_is_one_that_pyproject_allows(package):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = next(line for line in project["dependencies"] if re.match(rf"{package}\b", line))
    allowed = SpecifierSet(wanted.removeprefix(package))
    assert version(package) in allowed
    if package == "voila":
        assert str(allowed) in {"<0.6,>=0.5.13", ">=0.5.13,<0.6"}


# What they do with it ----------------------------------------------------------------------------------------------


@pytest.fixture
def probe(tmp_path):
    """Give a door that writes down what Voilà asks of it, and listens nowhere."""
    from workshopkit.store import open_store

    asked = []

    class Probe(door.Door):
        def load_config_file(self, *arguments, **options):
            asked.append("load_config_file")
            super().load_config_file(*arguments, **options)

        def init_settings(self):
            asked.append("init_settings")
            assert Path(self.connection_dir).is_dir(), "connection_dir is not made before init_settings"
            return super().init_settings()

        def init_handlers(self):
            asked.append("init_handlers")
            return super().init_handlers()

        def listen(self):
            asked.append("listen")

    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    made = Probe(open_store(str(tmp_path / "kit.db")), port=0)
    made.asked = asked
    yield made
    made.stop()
    door.KernelProvisionerFactory.clear_instance()
    for number, handler in before.items():
        signal.signal(number, handler)


async def test_voila_asks_for_settings_and_handlers_and_then_listens(probe):
    probe.initialize([])
    assert signal.getsignal(signal.SIGTERM) == probe._handle_signal_stop
    probe.start()
    assert probe.asked == ["load_config_file", "init_settings", "init_handlers", "listen"]
    assert probe.server_url == probe.base_url


async def test_voila_makes_what_the_door_names(probe):
    probe.initialize([])
    probe.start()
    settings = probe.app.settings
    assert isinstance(settings["kernel_manager"], kernels.DoorKernelManager)
    assert isinstance(settings["identity_provider"], identity.DoorIdentity)
    assert isinstance(settings["authorizer"], identity.DoorAuthorizer)
    assert settings["kernel_websocket_connection_class"] is websocket.DoorConnection
    assert settings["cookie_secret"] == probe.cookie_secret
    assert settings["kernel_manager"].connection_dir == probe.connection_dir
    assert settings["identity_provider"].token == ""
    assert probe.template_paths == []


async def test_the_factory_knows_our_provisioners_by_name(probe):
    factory = door.KernelProvisionerFactory.instance()
    assert factory.default_provisioner_name == door.provisioner_name()
    names = {point.name for point in entry_points(group="jupyter_client.kernel_provisioners")}
    assert {"workshopkit-warm", "workshopkit-pool"} <= names
    made = factory.create_provisioner_instance("k", KernelSpec(), None)
    assert isinstance(made, provisioner.WarmProvisioner)


async def test_what_start_kernel_is_given_reaches_the_provisioner(probe):
    probe.initialize([])
    probe.start()
    given = {}

    async def launch(self, cmd, **options):
        given.update(options)
        raise LookupError

    manager = probe.app.settings["kernel_manager"]
    with patch.object(provisioner.WarmProvisioner, "launch_kernel", launch), suppress(LookupError):
        await manager.start_kernel(kernel_name="python3", env={"A": "1"}, cells=["x"])
    assert given["env"]["A"] == "1"
    assert given["cells"] == ["x"]


async def test_a_kernel_of_ours_is_never_given_ports_or_a_command(probe):
    """``pre_launch`` keeps what it is given; LocalProvisioner would pick ports and a command there."""
    made = provisioner.WarmProvisioner(kernel_spec=KernelSpec(), kernel_id="k")
    found = await made.pre_launch(env={"A": "1"}, cells=["x"])
    assert found["cmd"] == []
    assert found["cells"] == ["x"]
    assert found["env"]["A"] == "1"
    assert made.connection_info == {}


def test_a_message_reaches_our_filter_and_a_connection_our_count():
    heard = []
    connection = SimpleNamespace(handle_incoming_message=heard.append)
    websocket.DoorChannels.on_message(SimpleNamespace(connection=connection), "said")
    assert heard == ["said"]

    counted = []

    def count(kernel):
        counted.append(kernel)
        raise LookupError

    fake = SimpleNamespace(
        kernel_id="k", multi_kernel_manager=SimpleNamespace(notify_connect=count, notify_disconnect=count)
    )
    base_class = websocket.ZMQChannelsWebsocketConnection
    for happening in (base_class.connect, base_class.disconnect):
        with suppress(LookupError):
            happening(fake)
    assert counted == ["k", "k"]


async def test_the_websocket_asks_our_authorizer_before_it_opens():
    asked = []

    class Refuses:
        async def is_authorized(self, *asking):
            asked.append(asking[2:])
            return False

    fake = SimpleNamespace(current_user="u", authorizer=Refuses(), kernel_id="k")
    with pytest.raises(kernels.HTTPError) as refused:
        await websocket.DoorChannels.pre_get(fake)
    assert refused.value.status_code == 403
    assert asked == [("execute", "kernels")]


async def test_connections_of_a_kernel_are_counted_where_we_look():
    manager = kernels.AsyncMappingKernelManager()
    manager._kernel_connections["k"] = 0
    manager.notify_connect("k")
    assert manager._kernel_connections["k"] == 1
    manager.notify_disconnect("k")
    assert manager._kernel_connections["k"] == 0


def test_header_and_content_of_a_binary_message_are_where_we_read_them():
    from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1

    parts = [json.dumps(part).encode() for part in ({"msg_type": "comm_open"}, {}, {}, {"target_name": "x"})]
    message = serialize_msg_to_ws_v1(parts, "shell")
    assert websocket.read_header_from_binary_message(message) == {"msg_type": "comm_open"}
    assert websocket._content(message) == {"target_name": "x"}


def test_messages_that_are_not_filtered_by_type_pass_an_empty_list():
    """The door empties ``allowed_message_types``; Jupyter takes an empty list as "all"."""
    passed = []
    stream = SimpleNamespace()
    fake = SimpleNamespace(
        channels={"shell": stream},
        subprotocol=None,
        multi_kernel_manager=SimpleNamespace(allowed_message_types=[]),
        session=SimpleNamespace(send=lambda *sent: passed.append(sent)),
    )
    said = json.dumps({"channel": "shell", "header": {"msg_type": "anything"}})
    websocket.ZMQChannelsWebsocketConnection.handle_incoming_message(fake, said)
    assert passed == [(stream, {"header": {"msg_type": "anything"}})]


def test_no_token_lets_anybody_in(monkeypatch):
    """Jupyter makes a token, or takes it from the environment, unless its default is ours."""
    monkeypatch.setenv("JUPYTER_TOKEN", "secret")
    ours = identity.DoorIdentity()
    assert ours.token == ""
    assert ours.auth_enabled
    assert not ours.is_token_authenticated(None)
    assert identity.IdentityProvider().token == "secret"
