"""``/hello``: a page that says that this phone reaches the laptop. Starts no kernel, sets no cookie, asks for no code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2
from tornado.web import Application, RequestHandler, StaticFileHandler

from workshopkit import paths
from workshopkit.i18n import translator
from workshopkit.server.base import asset, wanted_language

__all__ = ["HelloHandler", "alone"]

_CSP = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_PAGES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).with_name("pages")), autoescape=True, trim_blocks=True
)


class HelloHandler(RequestHandler):
    """The page, in the language of the phone."""

    def initialize(self, base: str = "/", met: Callable[[str], None] | None = None) -> None:
        """Take where the pages are, and whom to tell the address of who came."""
        self._base = base
        self._met = met

    def set_default_headers(self) -> None:
        self.set_header("Content-Security-Policy", _CSP)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-store")

    def get(self) -> None:
        """Say hello."""
        lang = wanted_language(self.request.headers.get("Accept-Language", ""))
        page = _PAGES.get_template("hello.html")
        self.finish(
            page.render(t=translator(lang), lang=lang, stylesheet=f"{self._base}static/{asset('page.css')}")
        )

    def on_finish(self) -> None:
        """Tell who came, now that the page is on its way."""
        if self._met is not None:
            self._met(self.request.remote_ip or "")


def alone(met: Callable[[str], None]) -> Application:
    """Give a server of this page alone, for who has no room yet.

    Parameters
    ----------
    met
        Is told the address of every device that comes.
    """
    return Application(
        [
            ("/hello", HelloHandler, {"met": met}),
            (r"/static/(page\.css)", StaticFileHandler, {"path": str(paths.static())}),
        ],
        log_function=lambda _: None,
    )
