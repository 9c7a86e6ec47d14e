"""What all pages of the door share: language, headers, texts, and faults told in words."""

from __future__ import annotations

import hashlib
import re
import traceback
from functools import cache
from pathlib import Path
from typing import Any, cast

import jinja2
from jupyter_server.base.handlers import JupyterHandler

from workshopkit import paths
from workshopkit.errors import TooManyTries, WorkshopkitError, WrongCode
from workshopkit.i18n import LANGUAGES, Translator, translator
from workshopkit.server.identity import LANG_COOKIE, DoorIdentity, Visitor
from workshopkit.server.kernels import DoorKernelManager
from workshopkit.store import Store

__all__ = ["DoorHandler", "asset", "wanted_language"]

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'{sockets}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HOST = re.compile(r"[\w.\-\[\]:]+")
_PAGES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).with_name("pages")),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


@cache
def asset(name: str) -> str:
    """Give the name of a built file with the hash of its content, so that it may be cached for ever."""
    content = (paths.static() / name).read_bytes()
    return f"{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


def wanted_language(accepted: str) -> str:
    """Give the language that a browser asks for, else Dutch.

    Examples
    --------
    >>> wanted_language("fr, en-GB;q=0.8, nl;q=0.5")
    'en'
    """
    listed = (tag.strip()[:2] for tag in accepted.lower().split(","))  # browsers list the best first
    return next((lang for lang in listed if lang in LANGUAGES), LANGUAGES[0])


class DoorHandler(JupyterHandler):
    """A handler of the door."""

    @property
    def store(self) -> Store:
        """The store behind the door."""
        return cast("Store", self.settings["store"])

    @property
    def kernels(self) -> DoorKernelManager:
        """The kernels of the door's pages."""
        return cast("DoorKernelManager", self.kernel_manager)

    @property
    def visitor(self) -> Visitor | None:
        """Who asks, if the cookie is good."""
        return self.current_user if isinstance(self.current_user, Visitor) else None

    @property
    def lang(self) -> str:
        """The language of the visitor: chosen, else the phone's, else Dutch."""
        chosen = self.get_cookie(LANG_COOKIE)
        if chosen in LANGUAGES:
            return chosen
        if self.visitor is not None:
            return next(iter(self.visitor.sessions.values())).lang
        return wanted_language(self.request.headers.get("Accept-Language", ""))

    @property
    def t(self) -> Translator:
        """The translator into that language."""
        return translator(self.lang)

    @property
    def content_security_policy(self) -> str:
        """Everything from here alone; older browsers want the websocket's address named."""
        host = self.request.host
        return _CSP.format(sockets=f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else "")

    def set_default_headers(self) -> None:
        self.set_header("Content-Security-Policy", self.content_security_policy)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")

    def let_in(self, role: str, secret: str) -> None:
        """Give the visitor the cookie of a new session."""
        cast("DoorIdentity", self.identity_provider).let_in(self, role, secret)

    def public_url(self, path: str = "") -> str:
        """Give an address of the door as others can reach it."""
        given = str(
            self.settings.get("public_url") or f"{self.request.protocol}://{self.request.host}{self.base_url}"
        )
        return given.rstrip("/") + path

    def texts(self, name: str, **values: Any) -> str:
        """Render a page."""
        template = _PAGES.get_template(name)
        return template.render(
            t=self.t,
            lang=self.lang,
            base=self.base_url,
            asset=lambda file: f"{self.base_url}static/{asset(file)}",
            xsrf=self.xsrf_token.decode("ascii"),
            here=self.request.uri if self.request.method == "GET" else self.request.path,
            visitor=self.visitor,
            **values,
        )

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Tell what went wrong in the visitor's language; a traceback goes to the log only."""
        fault = (kwargs.get("exc_info") or (None, None, None))[1]
        if isinstance(fault, WorkshopkitError):
            sentence = fault.text(self.lang)
            if isinstance(fault, (WrongCode, TooManyTries)):
                self.set_status(403)
        elif status_code == 404:  # noqa: PLR2004 - not found
            sentence = self.t("There is no page here.")
        elif status_code in {401, 403}:
            sentence = self.t("This page is not yours to open. Join the workshop first.")
        else:
            sentence = self.t("Something went wrong here. Nothing that was stored is lost. Try again.")
            if fault is not None:
                self.log.error("%s", "".join(traceback.format_exception(fault)))
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(self.texts("message.html", title=self.t("That did not work"), sentence=sentence))
