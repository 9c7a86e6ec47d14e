"""The pages of the extension itself: where a learner begins, and the links that lead on from there."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.httputil import HTTPServerRequest
from tornado.web import authenticated

from workshopkit import paths
from workshopkit.errors import StoreError
from workshopkit.i18n import LANGUAGES
from workshopkit.server.holder import HolderHandler
from workshopkit.server.identity import LANG_COOKIE
from workshopkit.server.learner import LINK_S, Learner
from workshopkit.server.pages import StaticHandler
from workshopkit.store import open_store

__all__ = ["AssetHandler", "CockpitHandler", "LearnHandler", "LearnerHandler", "NotebooksHandler"]

_FIRST = "00-prepare.ipynb"


class LearnHandler(HolderHandler):
    """``…/workshop/learn``: starts the learner's workshop and shows the ways in."""

    def initialize(self, learner: Learner) -> None:
        self.learner = learner

    @authenticated
    async def get(self) -> None:
        lang = self.get_query_argument("lang", "")
        if lang in LANGUAGES:
            self.set_cookie(LANG_COOKIE, lang, path=self.home, expires_days=120, samesite="Lax")
        if self.request.query:  # neither the choice nor the server's token stays in the address
            self.redirect(self.request.path)
            return
        self.learner.start(self.lang, _outside(self.request))
        ready = await self.learner.is_ready()
        self.finish(self.page("learn.html", ready=ready, late=self.learner.is_late))


class LearnerHandler(HolderHandler):
    """``…/workshop/learn/PAGE``: on to a page of the learner's workshop, as often as one likes."""

    def initialize(self, learner: Learner) -> None:
        self.learner = learner

    @authenticated
    def get(self, page: str) -> None:
        self.redirect(self.learner.link(page) or f"{self.home}learn")


class CockpitHandler(HolderHandler):
    """``…/workshop/cockpit-link``: the cockpit of the workshop that runs beside this server, else the learner's page."""

    @authenticated
    def get(self) -> None:
        self.redirect(_cockpit() or f"{self.home}learn")


class NotebooksHandler(HolderHandler):
    """``…/workshop/learn/notebooks``: the acts in JupyterLab, copied to where the server has its files if need be."""

    @authenticated
    def get(self) -> None:
        root = Path(getattr(self.contents_manager, "root_dir", "") or os.devnull)
        with contextlib.suppress(
            OSError
        ):  # no files here, or none may be written: JupyterLab opens all the same
            self.redirect(f"{self.base_url}lab/tree/{_notebooks(root)}/{self.lang}/{_FIRST}")
            return
        self.redirect(f"{self.base_url}lab")


class AssetHandler(StaticHandler):
    """``…/workshop/static/FILE``: the built front end, also while no door runs."""

    @allow_unauthenticated
    def get(self, name: str) -> None:
        super().get(name)


def _outside(request: HTTPServerRequest) -> str:
    """Give the server as the holder's browser has it: of several servers in front the outermost speaks with the browser."""
    outermost = request.headers.get("X-Forwarded-Proto", "").partition(",")[0].strip()
    return f"{'https' if outermost == 'https' else request.protocol}://{request.host}"


def _cockpit() -> str | None:
    """Make a link that opens the cockpit once, where ``serve`` or ``demo`` told where their workshop is."""
    db, address = os.environ.get("WORKSHOPKIT_DB"), os.environ.get("WORKSHOPKIT_URL")
    if not db or not address:
        return None
    try:
        with contextlib.closing(open_store(db, create=False)) as store:
            workshop = next((one for one in store.workshops() if one.closed is None), None)
            if workshop is None:
                return None
            token = store.issue_token(workshop.id, purpose="enter", role="facilitator", ttl_s=LINK_S)
    except StoreError:
        return None
    return f"{address.rstrip('/')}/enter/{token}"


def _notebooks(root: Path) -> str:
    """Give where the notebooks are under a folder: a checkout's, the folder itself, or a copy that is made once."""
    for place in ("notebooks", "."):
        if (root / place / LANGUAGES[0] / _FIRST).is_file():
            return place
    target = root / "workshopkit"
    if not target.exists():
        shutil.copytree(paths.notebooks(), target)
    return target.name
