"""What the facilitator's events do to a room: one pure function a kind, from the room before to the room after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workshopkit.case import model
from workshopkit.network.actors import Definition
from workshopkit.room import relay
from workshopkit.room.mending_rules import LEADING as MENDING
from workshopkit.room.phoneless import prefix
from workshopkit.store.contract import Event

if TYPE_CHECKING:
    from workshopkit.room.fold import Room
    from workshopkit.room.mending import Mending

__all__ = ["LED"]


def _define(room: Room, event: Event) -> Room:
    own = event.payload.get("case")
    return replace(
        room, definition=Definition.read(event.payload), own_case=model.build(own) if own else None
    )


def _open_act(room: Room, event: Event) -> Room:
    act = event.payload["act"]
    part = event.payload.get("part") or room.program.parts_of(act)[0]
    again = (room.act, room.part) == (act, part)
    return replace(
        room,
        # Anonymous marks are shown card by card: showing them is what closes them.
        marks_shown=room.marks_shown and (again or not room.anonymous or part not in room.case.items),
        act=act,
        part=part,
        left=None,
        timer=room.timer if again else _running(room, event.payload.get("at")),
        called=room.called if again else None,
        openings=room.openings if again else (*room.openings, (act, part, event.payload.get("at"))),
        opened_at=room.opened_at if again else event.payload.get("at"),
        sentence=event.payload.get("sentence", 0),
        walk_seq=_walk_seq(room, act, part, event.seq),
        mending=_mending(room, act, part, event),
    )


def _mending(room: Room, act: str, part: str, event: Event) -> Mending | None:
    """Open the break-through once, and take hours away when the cut is opened."""
    if act != "breakthrough":
        return room.mending
    from workshopkit.room import mending

    found = room.mending or mending.start(event)
    return mending.cut(found) if part == "cut" else mending.uncut(found)


def _running(room: Room, at: float | None) -> Mapping[str, Any] | None:
    """Give the timer that still runs at a moment; one that has run out is over when the room goes on."""
    timer = room.timer
    if timer is None or at is None or timer["at"] is None or at < timer["at"] + timer["seconds"]:
        return timer
    return None


def _walk_seq(room: Room, act: str, part: str, seq: int) -> int | None:
    if act in {"prepare", "case", "lines"} or part in {"own", "guess"}:
        return None
    return seq if room.walk_seq is None and part == "walk" else room.walk_seq


def _close_act(room: Room, event: Event) -> Room:
    if room.act != event.payload["act"]:
        return room
    return replace(room, act=None, part=None, sentence=0, called=None, left=(str(room.act), room.part or ""))


def _drop_block(room: Room, event: Event) -> Room:
    block = event.payload["block"]
    kept = room.dropped - {block}
    return replace(room, dropped=kept | {block} if event.payload["dropped"] else kept)


def _hide(room: Room, event: Event) -> Room:
    one = event.payload["agreement"]
    shown = room.hidden - {one}
    return replace(room, hidden=shown | {one} if event.payload["hidden"] else shown)


def _follow(room: Room, event: Event) -> Room:
    said = event.payload
    which = (said["agreement"], said["days"], said["asked"])
    others = {one: answer for one, answer in room.followed.items() if one != which}
    return replace(room, followed={**others, which: said["answer"]} if said["answer"] else others)


def _show_example(room: Room, event: Event) -> Room:
    return replace(room, examples={**room.examples, event.payload["example"]: event.payload["shown"]})


def _show_marks(room: Room, event: Event) -> Room:
    return replace(room, marks_shown=event.payload["shown"])


def _draw_map(room: Room, event: Event) -> Room:
    return replace(room, drawn=tuple((source, target) for source, target in event.payload["lines"]))


def _show_map(room: Room, event: Event) -> Room:
    return replace(room, map_shown=event.payload["shown"])


def _keep(room: Room, event: Event) -> Room:
    return replace(room, kept=event.payload)


def _choose_sponsor(room: Room, event: Event) -> Room:
    return replace(room, sponsor=event.payload["actor"])


def _pick(room: Room, event: Event) -> Room:
    return replace(room, picks=tuple(event.payload["findings"]))


def _import(room: Room, event: Event) -> Room:
    return replace(room, imports={**room.imports, event.payload["batch"]: event.payload})


def _set_timer(room: Room, event: Event) -> Room:
    seconds, at = event.payload["seconds"], event.payload.get("at")
    return replace(room, timer=None if seconds is None else {"seconds": seconds, "at": at})


def _close(room: Room, _event: Event) -> Room:
    return replace(room, act=None, part=None, sentence=0, timer=None, called=None, closed=True)


def _lock(room: Room, event: Event) -> Room:
    return replace(room, locked=event.payload["locked"])


def _call(room: Room, event: Event) -> Room:
    return replace(room, called=event.seq)


def _merge(room: Room, event: Event) -> Room:
    one, into = event.payload["agreement"], event.payload["into"]
    # What another is laid with stands on its own, so that nothing can go round.
    merged = {which: other for which, other in room.merged.items() if which not in {one, into}}
    return replace(room, merged=merged if into is None else {**merged, one: into})


def _note(room: Room, event: Event) -> Room:
    moment, text = (event.payload["act"], event.payload["part"]), event.payload["text"]
    notes = {known: said for known, said in room.notes.items() if known != moment}
    return replace(room, notes={**notes, moment: text} if text else notes)


def _lead_mending(room: Room, event: Event) -> Room:
    if room.mending is None:
        return room
    from workshopkit.room import mending

    return replace(room, mending=mending.lead(room.mending, event))


def _start_relay(room: Room, event: Event) -> Room:
    present = {who: seat for who, seat in room.seats.items() if not prefix(who)}
    return replace(room, relay=relay.start(event, present))


def _type_relay(room: Room, event: Event) -> Room:
    return replace(room, relay=relay.typed(event))


def _lead_relay(room: Room, event: Event) -> Room:
    return room if room.relay is None else replace(room, relay=relay.note(room.relay, event, None))


def _count_relay(room: Room, event: Event) -> Room:
    if room.relay is None:
        return room
    return replace(room, relay=replace(room.relay, counted=event.payload["counted"]))


def _hide_version(room: Room, event: Event) -> Room:
    if room.relay is None:
        return room
    payload = event.payload
    return replace(room, relay=relay.hide(room.relay, payload["version"], hidden=payload["hidden"]))


LED: Mapping[str, Callable[[Room, Event], Room]] = {
    "act.closed": _close_act,
    "act.opened": _open_act,
    "agreement.followed": _follow,
    "agreement.hidden": _hide,
    "agreement.merged": _merge,
    "block.dropped": _drop_block,
    "example.shown": _show_example,
    "findings.picked": _pick,
    "lines.imported": _import,
    "map.drawn": _draw_map,
    "map.shown": _show_map,
    "marks.shown": _show_marks,
    **dict.fromkeys(sorted(MENDING), _lead_mending),
    "note.written": _note,
    "relay.counted": _count_relay,
    "relay.hidden": _hide_version,
    "relay.next": _lead_relay,
    "relay.started": _start_relay,
    "relay.stopped": _lead_relay,
    "relay.typed": _type_relay,
    "release.kept": _keep,
    "room.called": _call,
    "room.locked": _lock,
    "sponsor.chosen": _choose_sponsor,
    "timer.set": _set_timer,
    "workshop.closed": _close,
    "workshop.defined": _define,
}
