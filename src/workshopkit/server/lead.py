"""How a facilitator gets in, with a one-time link, and on with a second device. Works without JavaScript, like joining."""

from __future__ import annotations

import io
import os

import segno

from workshopkit.errors import WrongCode
from workshopkit.run.workshop import WIFI
from workshopkit.server.join import Entrance

__all__ = ["CodesHandler", "EnterHandler", "LeadHandler"]

_LINK_S = 600.0


class EnterHandler(Entrance):
    """``/enter/TOKEN``: the facilitator's one-time link. Sets the cookie, starts no kernel, and goes on to the cockpit."""

    def get(self, token: str) -> None:
        self.must_wait()
        try:
            grant = self.store.redeem_token(token, "enter")
        except WrongCode:
            self.tried(ok=False)
            raise
        lead = self.visitor.lead if self.visitor else None
        # Who leads this workshop already keeps the session: pages that are open would lose their kernels.
        if lead is None or lead.workshop != grant.workshop:
            _, secret = self.store.open_session(
                grant.workshop, role="facilitator", actor=None, lang=self.lang
            )
            self.let_in("facilitator", secret)
        page = self.get_argument("page", "cockpit")
        self.redirect(f"{self.base_url}{'wall' if page == 'wall' else 'cockpit'}", status=303)


class LeadHandler(Entrance):
    """``/lead``: a link that opens the cockpit on the facilitator's own phone, made when asked for. Starts no kernel."""

    def get(self) -> None:
        self._show("")

    def post(self) -> None:
        session = self.visitor.lead if self.visitor else None
        token = ""
        if session is not None:
            token = self.store.issue_token(
                session.workshop, purpose="enter", role="facilitator", ttl_s=_LINK_S
            )
        self._show(token)

    def _show(self, token: str) -> None:
        if self.visitor is None or self.visitor.lead is None:
            self.redirect(self.base_url, status=303)
            return
        address = self.public_url(f"/enter/{token}") if token else ""
        self.finish(self.texts("lead.html", address=address, qr=_drawn(address) if address else ""))


class CodesHandler(Entrance):
    """``/codes``: what phones scan, as large as it goes: the Wi-Fi, if it is known, then the page. For who leads."""

    def get(self) -> None:
        lead = self.visitor.lead if self.visitor else None
        if lead is None:
            self.redirect(self.base_url, status=303)
            return
        address = self.public_url(f"/j/{self.store.workshop(lead.workshop).code}")
        wifi = os.environ.get(WIFI, "")
        self.finish(
            self.texts(
                "codes.html",
                wifi=_drawn(wifi) if wifi else "",
                page=_drawn(address),
                address=address,
                bare=address.startswith("http://"),
            )
        )


def _drawn(text: str) -> str:
    drawing = io.BytesIO()
    segno.make(text, micro=False).save(drawing, kind="svg", xmldecl=False, omitsize=True, light="#fff")
    # What is around it says what it is for.
    return drawing.getvalue().decode("ascii").replace("<svg ", '<svg aria-hidden="true" ', 1)
