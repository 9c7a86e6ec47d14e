"""Act 00 in the facilitator's notebook: the addresses of the running workshop, with what each is for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from workshopkit.i18n import translator
from workshopkit.panels.language import notebook_language
from workshopkit.store import open_store
from workshopkit.store.contract import Store

__all__ = ["Addresses", "open_addresses"]

LINK_TTL_S = 12 * 3600.0
_HTTP = ("http://", "https://")


class Addresses:
    """Where the pages of a workshop are; shown as links in a notebook.

    Parameters
    ----------
    lang
        The reader's language.
    base
        The address of the door; None while no workshop runs.
    code
        The join code.
    enter
        A link that opens the cockpit once, for this facilitator.
    """

    def __init__(self, lang: str, base: str | None = None, code: str = "", enter: str = "") -> None:
        self._t = translator(lang)
        self._base = base.rstrip("/") if base and base.startswith(_HTTP) else None
        self.code = code
        self._enter = enter

    @property
    def links(self) -> dict[str, str]:
        """Give the addresses by page, in the order in which one needs them."""
        if self._base is None:
            return {}
        return {
            "cockpit": f"{self._base}/enter/{self._enter}" if self._enter else f"{self._base}/cockpit",
            "wall": f"{self._base}/wall",
            "join": f"{self._base}/j/{self.code}" if self.code else f"{self._base}/",
        }

    def _told(self) -> dict[str, str]:
        t = self._t
        return {
            "cockpit": t("Cockpit: open it first. This link works once."),
            "wall": t("Big screen: open it after the cockpit, in the same browser."),
            "join": t("Join page: where the phones go."),
        }

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self._html()}

    def _html(self) -> str:
        if not self.links:
            paragraph = ET.Element("p")
            paragraph.text = repr(self)
            return ET.tostring(paragraph, encoding="unicode")
        told, listed = self._told(), ET.Element("ul")
        for page, address in self.links.items():
            entry = ET.SubElement(listed, "li")
            entry.text = f"{told[page]} "
            link = ET.SubElement(entry, "a", href=address, target="_blank", rel="noopener")
            link.text = address
        return ET.tostring(listed, encoding="unicode")

    def __repr__(self) -> str:
        if not self.links:
            t = self._t
            return t("No workshop runs here. Start one in a terminal: workshopkit demo")
        told = self._told()
        return "\n".join(f"{told[page]} {address}" for page, address in self.links.items())


def open_addresses(environ: Mapping[str, str] | None = None) -> Addresses:
    """Find the running workshop and give its addresses.

    Parameters
    ----------
    environ
        The process's own when left out: ``WORKSHOPKIT_DB`` and ``WORKSHOPKIT_URL`` come from ``serve`` and ``demo``.
    """
    given = os.environ if environ is None else environ
    lang = notebook_language(given)
    url = given.get("WORKSHOPKIT_DB")
    if not url:
        return Addresses(lang)
    store = open_store(url, create=False)
    try:
        return _addresses(store, lang, given.get("WORKSHOPKIT_URL"))
    finally:
        store.close()


def _addresses(store: Store, lang: str, base: str | None) -> Addresses:
    base = base or store.meta("door_url")
    workshop = next((one for one in store.workshops() if one.closed is None), None)
    if workshop is None or not base:
        return Addresses(lang)
    token = store.issue_token(workshop.id, purpose="enter", role="facilitator", ttl_s=LINK_TTL_S, uses=1)
    return Addresses(lang, base, workshop.code, token)
