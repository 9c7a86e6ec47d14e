"""Who this kernel works for: handed over by the door in the environment."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass

from workshopkit.errors import NoKernel
from workshopkit.i18n import N_

__all__ = ["Here", "here"]


@dataclass(frozen=True, slots=True)
class Here:
    """A seat in a workshop.

    Parameters
    ----------
    db
        The store's URL.
    workshop, participant, actor, role, lang
        As in the session.
    join_url
        The address that phones go to.
    """

    db: str
    workshop: str
    participant: str
    actor: str | None
    role: str
    lang: str
    join_url: str

    @property
    def wall_url(self) -> str:
        """Give the address of the big screen, beside that of the join page."""
        return f"{self.join_url.rpartition('/j/')[0] or self.join_url.rstrip('/')}/wall"


def here(environ: Mapping[str, str] | None = None, *, role: str | None = None) -> Here:
    """Read who this kernel works for.

    Parameters
    ----------
    environ
        The process's own when left out.
    role
        The role that the page is for; another one is refused.

    Raises
    ------
    NoKernel
        If the page was not opened through the door.
    """
    given = os.environ if environ is None else environ
    try:
        session = json.loads(given["WORKSHOPKIT_SESSION"])
        found = Here(
            db=given["WORKSHOPKIT_DB"],
            workshop=str(session["workshop"]),
            participant=str(session["participant"]),
            actor=session.get("actor"),
            role=str(session["role"]),
            lang=str(session.get("lang") or "nl"),
            join_url=str(session.get("join_url") or ""),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NoKernel(
            N_("This page works at the address of a running workshop. Start one: workshopkit demo")
        ) from error
    if role is not None and found.role != role:
        raise NoKernel(N_("This page is not for you. Go back to the start page."))
    return found
