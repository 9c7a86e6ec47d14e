"""The pages with a kernel: participant, wall and cockpit; and what else the door serves."""

from __future__ import annotations

import gzip
import json
import mimetypes
import time
from functools import cache
from typing import Any

import nbformat

import workshopkit
from workshopkit import paths
from workshopkit.errors import WorkshopkitError
from workshopkit.i18n import N_, Translator
from workshopkit.kernels import provisioner_name
from workshopkit.kernels.provisioner import source
from workshopkit.network import seen
from workshopkit.network.actors import Definition
from workshopkit.server.base import DoorHandler, asset
from workshopkit.server.identity import COOKIES
from workshopkit.server.kernels import page_env
from workshopkit.store import Session, alive

__all__ = ["ByeHandler", "HealthHandler", "HomeHandler", "MissingHandler", "PageHandler", "StaticHandler"]

_VIEW = "application/vnd.jupyter.widget-view+json"
_ROLES = {"participant": "participant", "wall": "facilitator", "cockpit": "facilitator"}
_OPENED = {"lines": (N_("The lines"), N_("The questions come in a moment."))}


@cache
def _cells(name: str) -> tuple[str, ...]:
    """Read the code cells of a page's notebook, once."""
    notebook = nbformat.read(paths.notebooks() / f"{name}.ipynb", as_version=4)
    return tuple(cell.source for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip())


class PageHandler(DoorHandler):
    """A page whose notebook runs in a kernel of its own.

    The head, with the act's text, goes out before the kernel is asked for, so that there is something to read at once.
    """

    def initialize(self, name: str = "participant") -> None:
        self.name = name

    async def get(self) -> None:
        session = self.visitor.sessions.get(_ROLES[self.name]) if self.visitor else None
        if session is None:
            self.send_error(403)
            return
        await self.show(self.name, session)

    async def show(self, name: str, session: Session) -> None:
        """Write the page of a session."""
        workshop = self.store.workshop(session.workshop)
        definition, act = self._now(session.workshop)
        self.write(
            self.texts(
                "page_head.html",
                page=name,
                definition=definition,
                act=_OPENED.get(act or ""),
                title=definition.title,
            )
        )
        await self.flush()
        manager = self.kernels
        env = page_env(self.store.url, session, self.public_url(f"/j/{workshop.code}"))
        try:
            kernel, displays = await manager.start_page(session, env, list(_cells(name)))
        except WorkshopkitError as fault:
            self.finish(self.texts("page_failed.html", sentence=fault.text(self.lang), retry=True))
            return
        models = [bundle[_VIEW]["model_id"] for bundle in displays if _VIEW in bundle]
        if not models:
            said = [bundle["text/plain"] for bundle in displays if "text/plain" in bundle]
            self.finish(
                self.texts("page_failed.html", sentence=said[-1] if said else _trouble(self.t), retry=False)
            )
            return
        config = {
            "kernelId": kernel,
            "modelId": models[0],
            "baseUrl": self.base_url,
            "lang": self.lang,
            "page": name,
            "seat": session.participant,
            **({"seenBy": seen.sentences(definition, self.lang)} if name == "participant" else {}),
            "xsrf": self.xsrf_token.decode("ascii"),
            "figures": f"{self.base_url}static/{asset('figures.js')}",
            "mend": f"{self.base_url}static/{asset('mend.js')}",
            "relay": f"{self.base_url}static/{asset('relay.js')}",
        }
        self.finish(self.texts("page_tail.html", config=json.dumps(config).replace("<", "\\u003c")))

    def _now(self, workshop: str) -> tuple[Definition, str | None]:
        act = None
        definition = None
        for event in self.store.events(workshop, kinds={"workshop.defined", "act.opened", "act.closed"}):
            if event.kind == "workshop.defined":
                definition = Definition.read(event.payload)
            else:
                act = event.payload["act"] if event.kind == "act.opened" else None
        assert definition is not None  # noqa: S101 - a workshop begins with its definition
        return definition, act


class HomeHandler(PageHandler):
    """``/``: the participant's page, or the form for the code."""

    async def get(self) -> None:
        visitor = self.visitor
        if visitor is not None and visitor.seat is not None:
            await self.show("participant", visitor.seat)
            return
        if visitor is not None:
            self.redirect(f"{self.base_url}cockpit")
            return
        # A cookie without a session: it was ended, here or on another page.
        gone = self.get_secure_cookie(COOKIES["participant"]) is not None
        fault = self.t("Your answers no longer count. You can join again.") if gone else ""
        self.finish(self.texts("code.html", fault=fault, code=""))


class ByeHandler(DoorHandler):
    """``POST /bye/KERNEL``: a page says that it closes."""

    def post(self, kernel_id: str) -> None:
        if self.visitor is not None and self.kernels.owner_of(kernel_id) in self.visitor.owners:
            self.kernels.leave(kernel_id)
        self.set_status(204)
        self.finish()


class HealthHandler(DoorHandler):
    """``/healthz``: how the room is, in JSON; numbers that anybody may see."""

    async def get(self) -> None:
        try:
            pool: dict[str, Any] = await source(provisioner_name()).stats()
        except WorkshopkitError:
            pool = {}
        last, lag, seen = (self._number(name) for name in ("last_backup", "analyst_lag", alive.SIGN))
        now = time.time()
        found = {
            "version": workshopkit.__version__,
            "schema": int(self.store.meta("schema") or 0),
            "kernels": len(self.kernels.list_kernel_ids()),
            "spare": pool.get("spare"),
            "failed_starts": self.kernels.failed_starts,
            "analyst_lag": lag,
            "analyst_seen": seen,
            "analyst_works": seen is not None and now - seen < alive.SILENT_S,
            "last_backup": last,
            "workshops_open": sum(workshop.closed is None for workshop in self.store.workshops()),
        }
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(found))

    def _number(self, name: str) -> float | None:
        found = self.store.meta(name)
        return float(found) if found else None


class StaticHandler(DoorHandler):
    """``/static/FILE?v=HASH``: the built front end, compressed once and cached for ever."""

    def get(self, name: str) -> None:
        content, packed = _file(name)
        if content is None:
            self.send_error(404)
            return
        self.set_header("Content-Type", mimetypes.guess_type(name)[0] or "application/octet-stream")
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            content = packed
        self.finish(content)


class MissingHandler(DoorHandler):
    """Everything else."""

    async def prepare(self) -> None:  # type: ignore[override]
        await super().prepare()
        self.send_error(404)


def _trouble(t: Translator) -> str:
    return t("Something went wrong here. Nothing that was stored is lost. Try again.")


@cache
def _file(name: str) -> tuple[bytes | None, bytes]:
    path = paths.static() / name
    if "/" in name or "\\" in name or name.startswith(".") or not path.is_file():
        return None, b""
    content = path.read_bytes()
    return content, gzip.compress(content, 9, mtime=0)
