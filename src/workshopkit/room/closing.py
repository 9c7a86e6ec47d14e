"""When answers are closed: the room goes on to a moment at which they cannot be given any more.

What was asked has a name here: ``"lines"``, ``"guess"``, and ``"card/ID"`` for the marks on a card of the case. Marks on a
card are closed too when the facilitator shows them.
"""

from __future__ import annotations

from workshopkit.case.model import Case
from workshopkit.room.events import ANSWERABLE
from workshopkit.store.contract import Event

__all__ = ["GUESS", "LINES", "card", "closed_by"]

LINES, GUESS = "lines", "guess"
_KINDS = {LINES: "list.closed", GUESS: "guessed"}


def card(id: str) -> str:
    """Name the marks on a card."""
    return f"card/{id}"


def closed_by(act: str | None, part: str | None, event: Event, case: Case) -> tuple[str, ...]:
    """Give what an event of the facilitator closes.

    Parameters
    ----------
    act, part
        What was open until then.
    event
        Any event.
    case
        The case that is read.
    """
    if event.kind == "marks.shown":
        shown = act == "case" and part in case.items and event.payload["shown"]
        return (card(str(part)),) if shown else ()
    if event.kind not in {"act.opened", "act.closed", "workshop.closed"}:
        return ()
    after = (event.payload["act"], event.payload.get("part")) if event.kind == "act.opened" else (None, None)
    if event.kind == "act.closed" and event.payload["act"] != act:
        return ()
    asked = [name for name, kind in _KINDS.items() if _open(kind, act, part) and not _open(kind, *after)]
    return (*asked, *_cards(act, part, after, case))


def _open(kind: str, act: str | None, part: str | None) -> bool:
    known = ANSWERABLE[kind]
    if act is None or act not in known:
        return False
    parts = known[act]
    return parts is None or part in parts


def _cards(
    act: str | None, part: str | None, after: tuple[str | None, str | None], case: Case
) -> tuple[str, ...]:
    """Close the card that the room leaves; all of them when there is none to come."""
    if act != "case" or after == (act, part):
        return ()
    if after[0] == "case" and after[1] in case.items:
        return (card(str(part)),) if part in case.items else ()
    return tuple(card(item.id) for item in case.core)
