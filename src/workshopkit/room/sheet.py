"""The answer sheet of one actor: all phones of a team edit one sheet, and the latest committed edit counts.

Two edits of the same row, or of the same question without rows, by different participants within 30 seconds that do not
say the same are a *conflict*: it is shown to both until they say the same or one of the edits is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workshopkit.network.claims import Heard, Told
from workshopkit.room.agreements import MAX_OF_A_TEAM, TEXTS, Agreement
from workshopkit.store.contract import Event

__all__ = ["LISTS", "QUESTIONS", "Conflict", "Edit", "Example", "Sheet", "apply", "is_answer"]

LISTS = ("told", "heard")
# What has one answer, and no rows.
QUESTIONS = ("wish", "evidence", "guess")
Row = Told | Heard | str | tuple[str, ...] | int | None
WINDOW_S = 30.0


@dataclass(frozen=True, slots=True)
class Edit:
    """The last thing that a participant said of a row or a question; `row` is None if it was taken back."""

    event: str
    participant: str
    at: float | None
    row: Row


@dataclass(frozen=True, slots=True)
class Conflict:
    """Edits that do not say the same, the earliest first: of one row of a list, or of a question, without an actor."""

    list: str
    actor: str | None
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """What a team tells of its own organisation beside a card; the event that told it last."""

    event: str
    text: str


def _open() -> dict[str, bool]:
    return dict.fromkeys(LISTS, False)


@dataclass(frozen=True)
class Sheet:
    """What an actor has answered so far.

    Parameters
    ----------
    told, heard
        The rows that are tapped, by actor; a row that was taken back is not there.
    closed
        By list, whether "this is everyone" was said; before that the actor is silent on that side.
    evidence
        How those who speak for an audience know; None before they were asked.
    wish
        From whom it would have liked to hear directly; `wished` tells whether that was answered.
    checked
        Whether the check screen was agreed with, since the last change of a row.
    marks
        By card of the case, whether it is ours.
    examples
        By card, an example from one's own organisation.
    guess
        Of every ten lines, how many run straight; None before the guess.
    walked
        How the walk ended: ``"agreed"``, ``"later"`` or ``"map_wrong"``.
    agreements
        Those that this actor wrote, by id.
    accepts
        What it said of the agreements of others, by id.
    """

    told: Mapping[str, Told] = field(default_factory=dict)
    heard: Mapping[str, Heard] = field(default_factory=dict)
    closed: Mapping[str, bool] = field(default_factory=_open)
    evidence: tuple[str, ...] | None = None
    wish: str | None = None
    wished: bool = False
    checked: bool = False
    conflicts: tuple[Conflict, ...] = ()
    edits: Mapping[tuple[str, str | None], Edit] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, Example] = field(default_factory=dict)
    guess: int | None = None
    walked: str | None = None
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    accepts: Mapping[str, str] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """Tell whether both lists are closed."""
        return all(self.closed.values())


def is_answer(kind: str) -> bool:
    """Tell whether a kind of event changes a sheet."""
    return kind in _RULES or kind == "agreement.written"


def apply(sheet: Sheet, event: Event, actor: str = "") -> Sheet:
    """Give the sheet of an actor after an event; the sheet given is left as it was."""
    if event.kind == "agreement.written":
        return _agree(sheet, event, actor)
    rule = _RULES.get(event.kind)
    return sheet if rule is None else rule(sheet, event)


def _told(sheet: Sheet, event: Event) -> Sheet:
    payload = event.payload
    row = None if payload["answer"] == "no" else Told("yes", payload.get("expected"))
    return _edit(sheet, "told", payload["to"], event, row)


def _heard(sheet: Sheet, event: Event) -> Sheet:
    answer = event.payload["answer"]
    via = event.payload.get("via") if answer == "via" else None
    return _edit(sheet, "heard", event.payload["from"], event, None if answer == "no" else Heard(answer, via))


def _close(sheet: Sheet, event: Event) -> Sheet:
    return replace(sheet, closed={**sheet.closed, event.payload["list"]: True})


def _reopen(sheet: Sheet, event: Event) -> Sheet:
    return replace(sheet, closed={**sheet.closed, event.payload["list"]: False})


def _know(sheet: Sheet, event: Event) -> Sheet:
    return _edit(sheet, "evidence", None, event, tuple(event.payload["of"]))


def _wish(sheet: Sheet, event: Event) -> Sheet:
    return _edit(sheet, "wish", None, event, event.payload["from"])


def _check(sheet: Sheet, _event: Event) -> Sheet:
    return replace(sheet, checked=True)


def _edit(sheet: Sheet, name: str, actor: str | None, event: Event, row: Row) -> Sheet:
    edit = Edit(event.id, event.participant, event.payload.get("at"), row)
    before = sheet.edits.get((name, actor))
    changed = _put(sheet, name, actor, edit, edited=True)
    for found in sheet.conflicts:
        if found.actor == actor and found.list == name:
            others = [old for old in found.edits if old.participant != edit.participant]
            return _but(changed, conflicts=_with(sheet.conflicts, Conflict(name, actor, (*others, edit))))
    if before is not None and _clash(before, edit):
        return _but(changed, conflicts=_with(sheet.conflicts, Conflict(name, actor, (before, edit))))
    return changed


def _clash(before: Edit, edit: Edit) -> bool:
    if before.participant == edit.participant or before.row == edit.row:
        return False
    # Without a time of the server nobody can say that the edits met.
    return before.at is not None and edit.at is not None and abs(edit.at - before.at) <= WINDOW_S


def _with(conflicts: tuple[Conflict, ...], changed: Conflict) -> tuple[Conflict, ...]:
    rest = [old for old in conflicts if old.actor != changed.actor or old.list != changed.list]
    first, *others = [edit.row for edit in changed.edits]
    agreed = all(row == first for row in others)
    return tuple(rest) if agreed else (*rest, changed)


def _put(sheet: Sheet, name: str, actor: str | None, edit: Edit, *, edited: bool = False) -> Sheet:
    said: dict[str, Any] = {name: edit.row}
    if name in LISTS:
        rows = dict(getattr(sheet, name))
        rows.pop(actor, None)  # what was said last stands last
        if edit.row is not None:
            rows[actor] = edit.row
        said = {name: rows}
        if edited:  # what was agreed with on the check screen is not what stands there now
            said["checked"] = False
    elif name == "wish":
        said["wished"] = True
    return _but(sheet, edits={**sheet.edits, (name, actor): edit}, **said)


def _but(sheet: Sheet, **said: Any) -> Sheet:
    """Give a sheet but for what is said, as `dataclasses.replace` does: a long afternoon does so for every answer."""
    changed = object.__new__(Sheet)
    vars(changed).update(vars(sheet), **said)
    return changed


def _choose(sheet: Sheet, event: Event) -> Sheet:
    payload = event.payload
    for found in sheet.conflicts:
        if (found.list, found.actor) != (payload["list"], payload["actor"]):
            continue
        for edit in found.edits:
            if edit.event == payload["event"]:
                rest = tuple(other for other in sheet.conflicts if other is not found)
                # What was chosen together is nobody's in particular: a later edit starts no old quarrel again.
                return replace(_put(sheet, found.list, found.actor, replace(edit, at=None)), conflicts=rest)
    return sheet


def _mark(sheet: Sheet, event: Event) -> Sheet:
    return replace(sheet, marks={**sheet.marks, event.payload["card"]: event.payload["mark"]})


def _exemplify(sheet: Sheet, event: Event) -> Sheet:
    card, text = event.payload["card"], event.payload["text"]
    kept = {other: one for other, one in sheet.examples.items() if other != card}
    return replace(sheet, examples=kept | ({card: Example(event.id, text)} if text else {}))


def _guess(sheet: Sheet, event: Event) -> Sheet:
    return _edit(sheet, "guess", None, event, event.payload["tenths"])


def _walk(sheet: Sheet, event: Event) -> Sheet:
    return replace(sheet, walked=event.payload["answer"])


def _agree(sheet: Sheet, event: Event, actor: str) -> Sheet:
    if len(sheet.agreements) >= MAX_OF_A_TEAM:
        return sheet
    payload = event.payload
    texts = {name: payload[name] for name in TEXTS}
    made = Agreement(
        event.id,
        actor,
        payload["with"],
        payload["ours"],
        texts,
        payload["when"],
        cites=tuple(payload.get("cites", ())),
        step=payload.get("step"),
    )
    return replace(sheet, agreements={**sheet.agreements, made.id: made})


def _drop(sheet: Sheet, event: Event) -> Sheet:
    kept = {key: one for key, one in sheet.agreements.items() if key != event.payload["agreement"]}
    return replace(sheet, agreements=kept)


def _accept(sheet: Sheet, event: Event) -> Sheet:
    return replace(sheet, accepts={**sheet.accepts, event.payload["agreement"]: event.payload["answer"]})


_RULES: Mapping[str, Callable[[Sheet, Event], Sheet]] = {
    "agreement.answered": _accept,
    "agreement.dropped": _drop,
    "case.example": _exemplify,
    "case.marked": _mark,
    "checked": _check,
    "chosen": _choose,
    "evidence": _know,
    "guessed": _guess,
    "heard": _heard,
    "list.closed": _close,
    "list.reopened": _reopen,
    "told": _told,
    "walked": _walk,
    "wish": _wish,
}
