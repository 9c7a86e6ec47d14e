"""The pages before a kernel: join, come back, a code for another phone, withdraw. They work without JavaScript."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
import uuid
from ipaddress import ip_address
from typing import Any

from workshopkit.errors import NoMemory, RoomLocked, TooManyTries, UnknownSeat, WorkshopClosed, WrongCode
from workshopkit.i18n import LANGUAGES, N_
from workshopkit.network import seen
from workshopkit.network.actors import Definition
from workshopkit.server.base import DoorHandler
from workshopkit.server.identity import LANG_COOKIE, XSRF_COOKIE
from workshopkit.store import Session, Workshop
from workshopkit.store.joining import joined

__all__ = [
    "CalledHandler",
    "CodeHandler",
    "Entrance",
    "JoinHandler",
    "LanguageHandler",
    "MeHandler",
    "RejoinHandler",
    "WithdrawHandler",
]

_LOCKED = N_(
    "Nobody new gets in just now: the facilitator has closed the room. "
    "Ask the facilitator. Were you in before? Then use your own code."
)
_TOKEN_S = 24 * 3600.0


class Entrance(DoorHandler):
    """A page that asks for a code."""

    def tries_key(self) -> str | None:
        """Tell visitors apart for the waits after wrong codes: by device cookie and address together.

        Behind a server in front on this machine all come from its address. Who has no cookie yet is then like every
        newcomer, and one who guesses must not make them wait: None.
        """
        device = self.get_cookie(XSRF_COOKIE) or ""
        address = self.request.remote_ip or ""
        if not device and ip_address(address or "::1").is_loopback:
            return None
        return f"{address}|{device[:48]}"

    def tried(self, ok: bool) -> None:
        """Note a try; too many wrong ones make one wait."""
        key = self.tries_key()
        if key is not None:
            self.store.note_try(key, ok, time.time())

    def must_wait(self) -> None:
        """Refuse while a wait runs."""
        key = self.tries_key()
        wait = self.store.wait_of(key, time.time()) if key is not None else 0.0
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

    def must_be_open(self, workshop: str) -> None:
        """Refuse who is new while the facilitator lets nobody new in."""
        said = self.store.events(workshop, kinds={"room.locked"})
        if said and said[-1].payload["locked"]:
            raise RoomLocked(_LOCKED)

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
            if self.session_in(workshop.id) is None:
                self.must_be_open(workshop.id)
                self.kernels.must_hold_another()
        except (WrongCode, WorkshopClosed, TooManyTries, RoomLocked, NoMemory) as fault:
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
        loose = [actor for actor in definition.teams if actor.domain is None]
        groups += [(self.t("Groups") if definition.anonymous else self.t("Teams"), loose)] if loose else []
        session = self.session_in(workshop.id)
        self.finish(
            self.texts(
                "team.html",
                code=workshop.code,
                definition=definition,
                groups=groups,
                seen=seen.sentences(definition, self.lang),
                proxies=[seat for seat in definition.seats if seat.kind == "audience"],
                # That a group has phones says nothing: everybody has one.
                taken=set() if definition.anonymous else self._taken(workshop.id),
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
            once = self.get_body_argument("once", "")[:40] or uuid.uuid4().hex
            participant = hashlib.sha256(f"{workshop.id} {seat.id} {once}".encode()).hexdigest()[:12]
            try:
                # Who was let in, and sends the form again because no answer came, is not new.
                if not self.store.events(workshop.id, participants=[participant]):
                    self.must_be_open(workshop.id)
                    if before is None:
                        self.kernels.must_hold_another()
            except (RoomLocked, NoMemory) as fault:
                self.ask_code(fault.text(self.lang), code, status=403)
                return
            if before is not None:
                await self._move_out(before)
            self._move_in(workshop, seat.id, participant)
        self.redirect(self.base_url, status=303)

    def _move_in(self, workshop: Workshop, actor: str, participant: str) -> None:
        session, secret = self.store.open_session(
            workshop.id, role="participant", actor=actor, lang=self.lang, participant=participant
        )
        self.kernels.expect(session)
        self.store.append(**joined(workshop.id, participant, actor))
        self.let_in("participant", secret)

    async def _move_out(self, before: Session) -> None:
        """Leave a seat that was taken by mistake; a team that has answered keeps its answers.

        Where everybody answers alone one is in one group only, with all one's answers.
        """
        if self.definition(before.workshop).anonymous:
            await self.leave(before)
            return
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
        self.finish(
            self.texts("me.html", seat=seat, code=code, address=self.public_url("/rejoin"), called=True)
        )


class CalledHandler(DoorHandler):
    """``/called``: which call of the facilitator was the last, for pages without a kernel. For who takes part."""

    def get(self) -> None:
        session = self.visitor.seat if self.visitor else None
        if session is None:
            self.send_error(403)
            return
        calls = self.store.events(session.workshop, kinds={"room.called"})
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"called": calls[-1].seq if calls else 0}))


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
