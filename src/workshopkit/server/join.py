"""The pages before a kernel: join, come back, a code for another phone, withdraw. They work without JavaScript."""

from __future__ import annotations

import hashlib
import secrets
import time
import uuid
from typing import Any

from workshopkit.errors import TooManyTries, UnknownSeat, WorkshopClosed, WrongCode
from workshopkit.i18n import LANGUAGES, N_
from workshopkit.network.actors import Definition
from workshopkit.server.base import DoorHandler
from workshopkit.server.identity import LANG_COOKIE
from workshopkit.store import Session, Workshop
from workshopkit.store.joining import joined

__all__ = [
    "CodeHandler",
    "Entrance",
    "JoinHandler",
    "LanguageHandler",
    "MeHandler",
    "RejoinHandler",
    "WithdrawHandler",
]

_TOKEN_S = 24 * 3600.0


class Entrance(DoorHandler):
    """A page that asks for a code."""

    def tries_key(self) -> str:
        """Tell visitors apart for the waits after wrong codes: by device cookie and address together."""
        device = self.get_cookie("workshopkit-xsrf") or ""
        return f"{self.request.remote_ip}|{device[:48]}"

    def tried(self, ok: bool) -> None:
        """Note a try; too many wrong ones make one wait."""
        self.store.note_try(self.tries_key(), ok, time.time())

    def must_wait(self) -> None:
        """Refuse while a wait runs."""
        wait = self.store.wait_of(self.tries_key(), time.time())
        if wait > 0:
            raise TooManyTries(
                N_("That was a wrong code a few times. Wait {seconds} seconds, then try again."),
                seconds=int(wait) + 1,
            )

    def by_code(self, code: str) -> Workshop:
        """Find the workshop of a code."""
        self.must_wait()
        try:
            found = self.store.workshop_by_code(code)
        except WrongCode:
            self.tried(ok=False)
            raise
        self.tried(ok=True)
        return found

    def definition(self, workshop: str) -> Definition:
        """Read what a workshop is about."""
        events = self.store.events(workshop, kinds={"workshop.defined"})
        return Definition.read(events[-1].payload)

    async def leave(self, session: Session) -> None:
        """Take a participant and its answers out, and end its pages."""
        self.store.append(
            id=uuid.uuid4().hex,
            workshop=session.workshop,
            participant=session.participant,
            act=None,
            kind="withdrawn",
            payload={},
        )
        self.store.end_participant(session.participant)
        await self.kernels.end_of(f"participant:{session.participant}")

    def ask_code(self, fault: str = "", code: str = "", status: int = 200) -> None:
        """Show the form for the code."""
        self.set_status(status)
        self.finish(self.texts("code.html", fault=fault, code=code[:20]))


class CodeHandler(Entrance):
    """``/j/CODE`` and ``/join?code=``: choose a team. Starts no kernel."""

    def get(self, code: str = "") -> None:
        code = code or self.get_argument("code", "")
        if not code.strip():
            self.redirect(self.base_url)
            return
        try:
            workshop = self.by_code(code)
        except (WrongCode, WorkshopClosed, TooManyTries) as fault:
            self.ask_code(fault.text(self.lang), code, status=403)
            return
        self.show_teams(workshop)

    def show_teams(self, workshop: Workshop, fault: str = "") -> None:
        """Show the teams to choose from; one that has a phone already says so."""
        definition = self.definition(workshop.id)
        groups = [
            (domain.label, [actor for actor in definition.teams if actor.domain == domain.id])
            for domain in definition.domains
        ]
        session = self.session_in(workshop.id)
        self.finish(
            self.texts(
                "team.html",
                code=workshop.code,
                definition=definition,
                groups=groups,
                proxies=[seat for seat in definition.seats if seat.kind == "audience"],
                taken=self._taken(workshop.id),
                seat=definition.by_id.get(session.actor or "") if session else None,
                once=secrets.token_urlsafe(12),
                fault=fault,
            )
        )

    def session_in(self, workshop: str) -> Session | None:
        """Give the session of a visitor that takes part in a workshop already."""
        session = self.visitor.seat if self.visitor else None
        return session if session is not None and session.workshop == workshop else None

    def _taken(self, workshop: str) -> set[str]:
        snapshot = self.store.snapshot(workshop, "cockpit")
        rows: list[dict[str, Any]] = (snapshot.payload.get("teams") or []) if snapshot else []
        return {row["id"] for row in rows if isinstance(row, dict) and row.get("phones")}


class JoinHandler(CodeHandler):
    """``POST /join``: take a seat, get the cookie, go to the page.

    The form carries a number of its own, so that two taps make one participant.
    """

    async def post(self) -> None:
        code = self.get_body_argument("code", "")[:100]
        try:
            workshop = self.by_code(code)
        except (WrongCode, WorkshopClosed, TooManyTries) as fault:
            self.ask_code(fault.text(self.lang), code, status=403)
            return
        wanted = self.get_body_argument("actor", "")[:100]
        seats = self.definition(workshop.id).seats
        seat = next((actor for actor in seats if actor.id == wanted and actor.has_voice), None)
        if seat is None:
            unknown = UnknownSeat(
                N_("There is no team “{team}” in this workshop. Choose one from the list."), team=wanted[:40]
            )
            self.set_status(400)
            self.show_teams(workshop, unknown.text(self.lang))
            return
        before = self.session_in(workshop.id)
        if before is None or before.actor != seat.id:
            if before is not None:
                await self._move_out(before)
            self._move_in(workshop, seat.id)
        self.redirect(self.base_url, status=303)

    def _move_in(self, workshop: Workshop, actor: str) -> None:
        once = self.get_body_argument("once", "")[:40] or uuid.uuid4().hex
        participant = hashlib.sha256(f"{workshop.id} {actor} {once}".encode()).hexdigest()[:12]
        _, secret = self.store.open_session(
            workshop.id, role="participant", actor=actor, lang=self.lang, participant=participant
        )
        self.store.append(**joined(workshop.id, participant, actor))
        self.let_in("participant", secret)

    async def _move_out(self, before: Session) -> None:
        """Leave a seat that was taken by mistake; one that has answered keeps its answers."""
        said = self.store.events(before.workshop, participants=[before.participant])
        if any(event.kind != "joined" for event in said):
            return
        await self.leave(before)


class RejoinHandler(Entrance):
    """``/rejoin``: come back on another phone with a personal code."""

    def get(self) -> None:
        self.finish(self.texts("rejoin.html", fault="", code=self.get_argument("code", "")[:40]))

    def post(self) -> None:
        code = self.get_body_argument("code", "")[:100]
        try:
            self.must_wait()
            grant = self.store.redeem_token(code, "rejoin")
        except (WrongCode, TooManyTries) as fault:
            if isinstance(fault, WrongCode):
                self.tried(ok=False)
            self.set_status(403)
            self.finish(self.texts("rejoin.html", fault=fault.text(self.lang), code=code[:40]))
            return
        self.tried(ok=True)
        _, secret = self.store.open_session(
            grant.workshop,
            role="participant",
            actor=grant.actor,
            lang=self.lang,
            participant=grant.participant,
        )
        self.let_in("participant", secret)
        self.redirect(self.base_url, status=303)


class MeHandler(Entrance):
    """``/me``: a code for another phone, made when asked for, and the way out. Starts no kernel."""

    def get(self) -> None:
        self._show("")

    def post(self) -> None:
        session = self.visitor.seat if self.visitor else None
        if session is None:
            self.redirect(self.base_url, status=303)
            return
        code = self.store.issue_token(
            session.workshop,
            purpose="rejoin",
            role="participant",
            participant=session.participant,
            actor=session.actor,
            ttl_s=_TOKEN_S,
            uses=3,
        )
        self._show("-".join((code[:4], code[4:8], code[8:])))

    def _show(self, code: str) -> None:
        session = self.visitor.seat if self.visitor else None
        if session is None:
            self.redirect(self.base_url)
            return
        seat = self.definition(session.workshop).by_id.get(session.actor or "")
        self.finish(self.texts("me.html", seat=seat, code=code, address=self.public_url("/rejoin")))


class WithdrawHandler(Entrance):
    """``POST /withdraw``: one's answers leave every figure, and the cookie ends."""

    def get(self) -> None:
        """Lead who comes back to this address, after another language for example, to the start."""
        self.redirect(self.base_url)

    async def post(self) -> None:
        session = self.visitor.seat if self.visitor else None
        if session is not None:
            await self.leave(session)
        self.finish(
            self.texts(
                "message.html",
                title=self.t("You are out"),
                sentence=self.t("Your answers no longer count. You can join again."),
            )
        )


class LanguageHandler(DoorHandler):
    """``POST /language``: remember the language and go back."""

    def post(self) -> None:
        lang = self.get_body_argument("lang", "")
        if lang in LANGUAGES:
            self.set_cookie(LANG_COOKIE, lang, path=self.base_url, expires_days=120, samesite="Lax")
            for secret in self.visitor.secrets.values() if self.visitor else ():
                self.store.set_lang(secret, lang)
        back = self.get_body_argument("back", self.base_url)
        safe = back.startswith(self.base_url) and not back.startswith("//") and "\\" not in back
        self.redirect(back if safe else self.base_url, status=303)
