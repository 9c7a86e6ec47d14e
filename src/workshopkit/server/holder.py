"""What the extension's own pages share: whom they serve, the language, and faults told in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from jupyter_server.base.handlers import JupyterHandler
from tornado.httputil import HTTPServerRequest
from tornado.web import HTTPError

from workshopkit.i18n import LANGUAGES, Translator, translator
from workshopkit.server.base import asset, wanted_language
from workshopkit.server.identity import LANG_COOKIE

__all__ = ["HolderHandler", "is_foreign"]

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_FORBIDDEN, _MISSING, _AWAY = 403, 404, 503
_PAGES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).with_name("pages")),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def is_foreign(request: HTTPServerRequest) -> bool:
    """Tell whether a page of another site asks. A server that allows other origins, as Binder's does, gives us no reason to."""
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


class HolderHandler(JupyterHandler):
    """A handler of the extension; each method is marked as open to all, or to who holds the server's token or login cookie."""

    @property
    def home(self) -> str:
        """The path under which everything of the workshop is."""
        return f"{self.base_url}workshop/"

    @property
    def lang(self) -> str:
        """The language of the visitor: chosen here or at the door, else the browser's, else Dutch."""
        chosen = self.get_cookie(LANG_COOKIE)
        return (
            chosen
            if chosen in LANGUAGES
            else wanted_language(self.request.headers.get("Accept-Language", ""))
        )

    @property
    def t(self) -> Translator:
        """The translator into that language."""
        return translator(self.lang)

    @property
    def content_security_policy(self) -> str:
        """Everything from here alone."""
        return _CSP

    def set_default_headers(self) -> None:
        super().set_default_headers()
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")

    async def prepare(self, **options: Any) -> None:
        await super().prepare(**options)
        if is_foreign(self.request) and not self._finished:
            raise HTTPError(_FORBIDDEN)

    def page(self, name: str, **values: Any) -> str:
        """Render a page."""
        return _PAGES.get_template(name).render(
            t=self.t,
            lang=self.lang,
            home=self.home,
            asset=lambda file: f"{self.home}static/{asset(file)}",
            **values,
        )

    def write_error(self, status_code: int, **_: Any) -> None:
        """Tell what went wrong in the visitor's language; tornado has put a traceback in the log if there is one."""
        holds = self.current_user is not None
        told = {
            _FORBIDDEN: self.t("This page opens only with the token of this server, and from its own pages."),
            _MISSING: self.t("There is no page here."),
            _AWAY: self.t("No workshop runs here at this moment. You can start one for yourself.")
            if holds
            else self.t("No workshop runs here at this moment. Try again in a minute."),
        }
        other = self.t("Something went wrong here. Nothing that was stored is lost. Try again.")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(self.page("learn_message.html", sentence=told.get(status_code, other), holds=holds))
