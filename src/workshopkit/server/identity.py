"""Who is at the door: a signed cookie whose secret is looked up in the store at every request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import IdentityProvider, User

from workshopkit.store import Session

__all__ = ["COOKIE", "LANG_COOKIE", "XSRF_COOKIE", "DoorAuthorizer", "DoorIdentity", "Owner", "Visitor"]

COOKIE = "workshopkit-session"
LANG_COOKIE = "workshopkit-lang"
XSRF_COOKIE = "workshopkit-xsrf"
_DAYS = 120


@dataclass
class Visitor(User):
    """A user of the door: the session behind a cookie."""

    session: Session | None = None
    secret: str = ""


class DoorIdentity(IdentityProvider):
    """Know a visitor by the cookie; a withdrawal ends the session in the store, and with it the cookie."""

    def _token_default(self) -> str:
        return ""

    async def get_user(self, handler: Any) -> Visitor | None:
        raw = handler.get_secure_cookie(COOKIE, max_age_days=_DAYS)
        if not raw:
            return None
        secret = raw.decode("ascii", "replace")
        session = handler.settings["store"].session(secret)
        if session is None:
            return None
        return Visitor(username=session.participant, session=session, secret=secret)

    def let_in(self, handler: Any, secret: str) -> None:
        """Set the cookie of a new session."""
        handler.set_secure_cookie(
            COOKIE,
            secret,
            expires_days=_DAYS,
            httponly=True,
            samesite="Lax",
            path=handler.base_url,
            secure=handler.request.protocol == "https",
        )

    def get_handlers(self) -> list[tuple[str, object]]:
        return []

    @property
    def auth_enabled(self) -> bool:
        return True

    def is_token_authenticated(self, handler: Any) -> bool:  # noqa: ARG002 - no token ever lets anybody in
        return False


class Owner:
    """Whose a kernel is: a session's participant in a role."""

    @staticmethod
    def of(visitor: Visitor) -> str:
        """Give the name under which a visitor's kernels are kept."""
        session = visitor.session
        return f"{session.role}:{session.participant}" if session else ""


class DoorAuthorizer(Authorizer):
    """Let a visitor reach the kernels of its own pages, and no others."""

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        if resource != "kernels" or not isinstance(user, Visitor):
            return False
        kernel = getattr(handler, "kernel_id", None) or handler.path_kwargs.get("kernel_id", "")
        if action not in {"read", "execute", "write"}:
            return False
        return bool(handler.kernel_manager.owner_of(kernel) == Owner.of(user))
