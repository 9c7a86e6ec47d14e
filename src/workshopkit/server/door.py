"""The door: a Voilà of our own that serves three pages and lets in whom it knows.

It keeps Voilà's application, settings and websocket handler, and lists its own handlers: no files, tree, contents,
themes or templates. ``tests/test_server_canary.py`` names each inside point of Voilà that is leaned on.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import re
import secrets
import shutil
from functools import partial
from typing import Any

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.ioloop import IOLoop
from traitlets.config import Config
from voila.app import Voila

from workshopkit import log
from workshopkit.kernels import provisioner_name
from workshopkit.kernels.provisioner import source
from workshopkit.server import (
    bundle,
    calendar,
    case,
    hello,
    join,
    lead,
    pages,
    paper,
    paper_message,
    paper_table,
)
from workshopkit.server.identity import XSRF_COOKIE, DoorAuthorizer, DoorIdentity, Visitor
from workshopkit.server.kernels import DoorKernelManager
from workshopkit.server.websocket import DoorChannels, DoorConnection
from workshopkit.store import Store, open_store, path_of

__all__ = ["Door", "main"]

_LARGEST_FORM = 64 * 1024
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
        self.kernel_manager.tell_presence = partial(_leave_presence, self.store)
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
            ws_ping_interval=20_000,
            ws_ping_timeout=45_000,  # more than two intervals: the first look comes one interval after the last pong
        )
        return settings

    def listen(self) -> None:
        """Begin to stand ready as soon as the loop runs; nobody sends the door more than a form."""
        IOLoop.current().add_callback(lambda: source(provisioner_name()))
        self.app.listen = partial(self.app.listen, max_body_size=_LARGEST_FORM)
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
            (rf"{base}/called", join.CalledHandler),
            (rf"{base}/withdraw", join.WithdrawHandler),
            (rf"{base}/language", join.LanguageHandler),
            (rf"{base}/enter/([\w\-]+)", lead.EnterHandler),
            (rf"{base}/lead", lead.LeadHandler),
            (rf"{base}/codes", lead.CodesHandler),
            (rf"{base}/case", case.CaseHandler),
            (rf"{base}/hello", hello.HelloHandler, {"base": self.server_url}),
            (rf"{base}/calendar\.ics", calendar.OwnHandler),
            (rf"{base}/calendar-all\.ics", calendar.AllHandler),
            (rf"{base}/bundle\.zip", bundle.BundleHandler),
            (rf"{base}/agreements\.pdf", bundle.AgreementCardsHandler),
            (rf"{base}/cards", paper.CardsHandler),
            (rf"{base}/cards/message", paper_message.MessageCardsHandler),
            (rf"{base}/cards/message/typed", paper_message.MessageEntryHandler),
            (rf"{base}/cards/breakthrough", paper_table.TableCardsHandler),
            (rf"{base}/cards/breakthrough/typed", paper_table.TablesHandler),
            (rf"{base}/cards/breakthrough/([^/]+)", paper_table.TableEntryHandler),
            (rf"{base}/entry", paper.EntryHandler),
            (rf"{base}/entry/([^/]+)", paper.SeatHandler),
            (rf"{base}/bye/{_KERNEL}", pages.ByeHandler),
            (rf"{base}/healthz", pages.HealthHandler),
            (rf"{base}/static/(.*)", pages.StaticHandler),
            (rf"{base}/api/kernels/{_KERNEL}", KernelHandler),
            (rf"{base}/api/kernels/{_KERNEL}/channels", DoorChannels),
        ]


def _leave_presence(store: Store, seen: dict[str, dict[str, Any]], failed_at: float | None) -> None:
    """Leave for the cockpits which phones are in touch."""
    for workshop, counts in seen.items():
        store.put_snapshot(workshop, "presence", store.last_seq(workshop), {**counts, "failed_at": failed_at})


def _cookie_secret(store: Store) -> bytes:
    """Give the secret that signs cookies; it lives in the store, so that a restarted door knows its visitors."""
    known = store.meta("cookie_secret")
    if known is None:
        known = secrets.token_hex(32)
        store.set_meta("cookie_secret", known)
    return bytes.fromhex(known)


# The first words of the paths that the door knows; the rest of a path may be a code, or anything that somebody typed.
_PLACES = frozenset(
    "wall cockpit j join rejoin me called withdraw language enter lead codes case calendar.ics calendar-all.ics bundle.zip agreements.pdf cards entry bye healthz hello static api".split()  # noqa: SIM905 - read as a sentence
)


def _log_request(handler: Any) -> None:
    """Log a request: who and where, without anything that fills the path; what pages ask all the time is not told."""
    if isinstance(handler, join.CalledHandler):
        return
    base = handler.settings.get("base_url", "/")
    who = getattr(handler, "_jupyter_current_user", None)
    log.note(
        "request",
        method=handler.request.method,
        path=log.place(handler.request.path.removeprefix(base.rstrip("/")), _PLACES),
        status=handler.get_status(),
        ms=round(1000 * handler.request.request_time(), 1),
        who=who.username if isinstance(who, Visitor) else None,
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
    with log.begin("door", log.folder(path_of(options.db))):
        door.initialize([])
        # What is there now stays: a page that has gone is then cleared away for a fraction of the cost, and so sooner.
        gc.collect()
        gc.freeze()
        door.start()
