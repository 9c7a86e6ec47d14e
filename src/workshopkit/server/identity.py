"""Who is at the door: signed cookies whose secrets are looked up in the store at every request.

A phone has one cookie and a facilitator another, so that one browser can be both: a facilitator who tries the page of a
team, a learner who is the whole room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import IdentityProvider, User

from workshopkit.store import Session

__all__ = ["COOKIES", "LANG_COOKIE", "XSRF_COOKIE", "DoorAuthorizer", "DoorIdentity", "Visitor", "owner"]

COOKIES = {"participant": "workshopkit-session", "facilitator": "workshopkit-lead"}
LANG_COOKIE = "workshopkit-lang"
XSRF_COOKIE = "workshopkit-xsrf"
_DAYS = 120


def owner(session: Session) -> str:
    """Give the name under which the kernels of a session are kept."""
    return f"{session.role}:{session.participant}"


@dataclass
class Visitor(User):
    """A user of the door: the sessions behind its cookies, by role.

    Parameters
    ----------
    sessions
        By role, the session that holds.
    secrets
        By role, the secret of its cookie.
    """

    sessions: Mapping[str, Session] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)

    @property
    def seat(self) -> Session | None:
        """The session as a participant."""
        return self.sessions.get("participant")

    @property
    def lead(self) -> Session | None:
        """The session as the facilitator."""
        return self.sessions.get("facilitator")

    @property
    def owners(self) -> set[str]:
        """Whose kernels this visitor may reach."""
        return {owner(session) for session in self.sessions.values()}


class DoorIdentity(IdentityProvider):
    """Know a visitor by its cookies; a withdrawal ends the session in the store, and with it the cookie."""

    def _token_default(self) -> str:
        return ""

    async def get_user(self, handler: Any) -> Visitor | None:
        sessions, secrets = {}, {}
        for role, name in COOKIES.items():
            raw = handler.get_secure_cookie(name, max_age_days=_DAYS)
            secret = raw.decode("ascii", "replace") if raw else ""
            session = handler.settings["store"].session(secret) if secret else None
            if session is not None and session.role == role:
                sessions[role], secrets[role] = session, secret
        if not sessions:
            return None
        name = next(iter(sessions.values())).participant
        return Visitor(username=name, sessions=sessions, secrets=secrets)

    def let_in(self, handler: Any, role: str, secret: str) -> None:
        """Set the cookie of a new session."""
        outside = handler.public_url("/")  # a server in front may speak https where the door itself does not
        handler.set_secure_cookie(
            COOKIES[role],
            secret,
            expires_days=_DAYS,
            httponly=True,
            samesite="Lax",
            path=handler.base_url,
            secure=outside.startswith(f"https://{handler.request.host}/"),
        )

    def get_handlers(self) -> list[tuple[str, object]]:
        return []

    @property
    def auth_enabled(self) -> bool:
        return True

    def is_token_authenticated(self, handler: Any) -> bool:  # noqa: ARG002 - no token ever lets anybody in
        return False


class DoorAuthorizer(Authorizer):
    """Let a visitor reach the kernels of its own pages, and no others."""

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        if resource != "kernels" or not isinstance(user, Visitor):
            return False
        kernel = getattr(handler, "kernel_id", None) or handler.path_kwargs.get("kernel_id", "")
        if action not in {"read", "execute", "write"}:
            return False
        return handler.kernel_manager.owner_of(kernel) in user.owners
