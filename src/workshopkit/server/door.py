"""The door: a Voilà of our own that serves three pages and lets in whom it knows.

It keeps Voilà's application, settings and websocket handler, and lists its own handlers: no files, tree, contents,
themes or templates. ``tests/test_server_canary.py`` names each inside point of Voilà that is leaned on.
"""

from __future__ import annotations

import argparse
import logging
import os
import re
import secrets
import shutil
from typing import Any

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.ioloop import IOLoop
from traitlets.config import Config
from voila.app import Voila

from workshopkit.kernels import provisioner_name
from workshopkit.kernels.provisioner import source
from workshopkit.server import case, join, lead, pages
from workshopkit.server.identity import XSRF_COOKIE, DoorAuthorizer, DoorIdentity
from workshopkit.server.kernels import DoorKernelManager
from workshopkit.server.websocket import DoorChannels, DoorConnection
from workshopkit.store import Store, open_store

__all__ = ["Door", "main"]

_KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


class Door(Voila):
    """The server that participants, wall and cockpit reach.

    Parameters
    ----------
    store
        The store behind it.
    public_url
        How others reach it, where that is not what the request says.
    """

    name = "workshopkit-door"

    def __init__(self, store: Store, public_url: str | None = None, **settings: Any) -> None:
        config = Config()
        config.KernelProvisionerFactory.default_provisioner_name = provisioner_name()
        config.VoilaConfiguration.multi_kernel_manager_class = DoorKernelManager
        config.VoilaConfiguration.template = ""
        config.KernelManager.autorestart = (
            False  # a page whose kernel ended begins anew, with all it had stored
        )
        super().__init__(config=config, open_browser=False, **settings)
        self.store = store
        self.public_url = public_url
        self.identity_provider_class = DoorIdentity
        self.authorizer_class = DoorAuthorizer
        self.kernel_websocket_connection_class = DoorConnection
        self.cookie_secret = _cookie_secret(store)
        KernelProvisionerFactory.instance(parent=self)

    def load_config_file(self, *_: Any, **__: Any) -> None:
        """Read no configuration of a Voilà that may be installed here as well."""

    def init_settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = super().init_settings()
        self.kernel_manager.allowed_message_types = []  # DoorConnection decides, by more than the type
        self.kernel_manager.buffer_offline_messages = False
        settings.update(
            store=self.store,
            public_url=self.public_url,
            allow_remote_access=True,
            allow_unauthenticated_access=True,  # each handler looks for itself; kernels need identity and ownership
            compress_response=True,
            websocket_compression_options={},
            xsrf_cookies=True,
            xsrf_cookie_name=XSRF_COOKIE,
            xsrf_cookie_kwargs={"httponly": True, "samesite": "Lax", "path": self.base_url},
            log_function=_log_request,
            default_handler_class=pages.MissingHandler,
            ws_ping_interval=25_000,
            ws_ping_timeout=60_000,  # more than two intervals: the first look comes one interval after the last pong
        )
        return settings

    def listen(self) -> None:
        """Begin to stand ready as soon as the loop runs."""
        IOLoop.current().add_callback(lambda: source(provisioner_name()))
        super().listen()

    def stop(self) -> None:
        """Let go of the store; kernels end with the door's line to where they come from."""
        shutil.rmtree(self.connection_dir, ignore_errors=True)
        self.store.close()

    def init_handlers(self) -> list[Any]:
        base = re.escape(self.server_url.rstrip("/"))
        return [
            (rf"{base}/", pages.HomeHandler),
            (rf"{base}/wall", pages.PageHandler, {"name": "wall"}),
            (rf"{base}/cockpit", pages.PageHandler, {"name": "cockpit"}),
            (rf"{base}/j/([^/]*)", join.CodeHandler),
            (rf"{base}/join", join.JoinHandler),
            (rf"{base}/rejoin", join.RejoinHandler),
            (rf"{base}/me", join.MeHandler),
            (rf"{base}/withdraw", join.WithdrawHandler),
            (rf"{base}/language", join.LanguageHandler),
            (rf"{base}/enter/([\w\-]+)", lead.EnterHandler),
            (rf"{base}/lead", lead.LeadHandler),
            (rf"{base}/case", case.CaseHandler),
            (rf"{base}/bye/{_KERNEL}", pages.ByeHandler),
            (rf"{base}/healthz", pages.HealthHandler),
            (rf"{base}/static/(.*)", pages.StaticHandler),
            (rf"{base}/api/kernels/{_KERNEL}", KernelHandler),
            (rf"{base}/api/kernels/{_KERNEL}/channels", DoorChannels),
        ]


def _cookie_secret(store: Store) -> bytes:
    """Give the secret that signs cookies; it lives in the store, so that a restarted door knows its visitors."""
    known = store.meta("cookie_secret")
    if known is None:
        known = secrets.token_hex(32)
        store.set_meta("cookie_secret", known)
    return bytes.fromhex(known)


def _log_request(handler: Any) -> None:
    """Log a request without its query, which may hold a code, and without the token in a facilitator's link."""
    path = re.sub(r"/(enter|j)/.*", r"/\1/…", handler.request.path)
    logging.getLogger("workshopkit.door").info(
        "%s %s %s %.0f ms",
        handler.get_status(),
        handler.request.method,
        path,
        1000 * handler.request.request_time(),
    )


def main(argv: list[str] | None = None) -> None:
    """Run the door."""
    parser = argparse.ArgumentParser(prog="workshopkit.server")
    parser.add_argument("--db", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--base-url", default="/")
    parser.add_argument("--public-url")
    parser.add_argument("--port-retries", type=int, default=0)
    options = parser.parse_args(argv)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    door = Door(
        open_store(options.db),
        options.public_url,
        ip=options.host,
        port=options.port,
        port_retries=options.port_retries,
        base_url=options.base_url,
        log_level=logging.WARNING,
    )
    door.initialize([])
    door.start()
