"""What the big screen shows of a message on its way, and what the report says of it where the facilitator lets it count.

No place is named before it has said "that was us". Whatever is said is of a game: it enters no figure about the
organisation, and no report, until the facilitator switches that on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from statistics import median_low
from typing import Any

from workshopkit.i18n import LANGUAGES, N_, translator
from workshopkit.relay.content import MESSAGES, messages
from workshopkit.relay.outcome import RIDES, Rides, bets, chain, compare, last, passed_on, score
from workshopkit.relay.play import receivers
from workshopkit.relay.state import OVER, ROUNDS, Key, Relay, Version
from workshopkit.room.fold import Room
from workshopkit.room.ride import Ride

__all__ = ["afterwards", "scene"]

Payload = dict[str, Any]
_NAMES: Mapping[str, str] = {"out": N_("from inside out"), "in": N_("from outside in")}


def scene(room: Room, ride: Ride | None) -> Payload:
    """Give what the big screen shows of it at the room's moment."""
    if room.part not in {"relay", "texts", "rides"} or room.definition is None:
        return {}
    if ride is None:
        return {"kind": "relay", "phase": 0, "messages": []} if room.part == "relay" else {}
    relay = ride.relay
    # While it is on its way, nothing of its texts is told.
    if relay.over and room.part == "texts":
        return _texts(room, ride)
    if relay.over and room.part == "rides":
        return _rides(room, ride)
    right, all_ = bets(relay)
    return {
        "kind": "relay",
        "phase": relay.phase,
        "rounds": ROUNDS,
        "over": OVER,
        "ends": relay.ends,
        "bets": [right, all_],
        "messages": [_travelled(room, relay, one) for one in MESSAGES],
    }


def _travelled(room: Room, relay: Relay, message: str) -> Payload:
    """Lay the chain of a message out: no place has a name but those that told it themselves."""
    links = chain(relay, message)
    place = {link.seat: number for number, link in enumerate(links)}
    labels = {seat.id: seat.label for seat in room.definition.seats} if room.definition else {}
    return {
        "id": message,
        "title": dict(relay.setting.messages[message].title),
        "links": [
            {
                "from": place[link.source] if link.source else None,
                "round": link.round,
                "hop": link.hop,
                "count": link.count,
                "label": labels[link.seat] if Key(message, link.seat) in relay.named else None,
            }
            for link in links
        ],
    }


def _texts(room: Room, ride: Ride) -> Payload:
    relay, found = ride.relay, []
    said: dict[str, list[str]] = {lang: [] for lang in LANGUAGES}
    about: list[int] = []
    for number, message in enumerate(MESSAGES):
        content, came, compared = (
            relay.setting.messages[message],
            last(relay, message),
            compare(relay, message),
        )
        counts = score(relay, message)
        row: Payload = {"id": message, "title": dict(content.title), "first": dict(content.text)}
        if came is not None and compared is not None:
            hidden = _is_hidden(room, relay, came)
            row |= {
                "text": None if hidden else came.text,
                "hidden": hidden,
                "facts": [dict(content.by_id[one].words) for one in (*compared.kept, *compared.added)]
                if came.text is None
                else [],
                "rows": [
                    {"words": dict(content.by_id[one].words), "state": state}
                    for state in ("kept", "lost", "added")
                    for one in getattr(compared, state)
                ],
                "counts": counts,
                "hop": relay.got[Key(message, receivers(relay)[message][0])].hop,
            }
        found.append(row)
        for lang in LANGUAGES:
            said[lang] += _of_a_message(relay, message, counts, lang)
        about += [number] * (len(said[LANGUAGES[0]]) - len(about))
    return {
        "kind": "relay_texts",
        "messages": found,
        "said": said,
        "about": about,
        "facts": len(messages()["out"].facts),
    }


def _is_hidden(room: Room, relay: Relay, version: Version) -> bool:
    """Tell whether a text is kept off the screen, wherever it was passed on as it is."""
    kept_off = room.relay.hidden if room.relay is not None else frozenset()
    texts = {relay.versions[id].text for id in kept_off if id in relay.versions}
    return version.text is not None and version.text in texts


def _of_a_message(relay: Relay, message: str, counts: list[int], lang: str) -> list[str]:
    t = translator(lang)
    compared, name = compare(relay, message), t(_NAMES[message])
    if compared is None:
        return [t("In the game, the message {name} came nowhere this time.", name=name)]
    asked_ = receivers(relay)[message]
    meant = set(asked_) <= set(relay.setting.goals.get(message, ()))
    known = ", ".join(map(str, counts))
    if not counts:
        said = t("In the game, nobody answered what they know of the message {name}.", name=name)
    elif meant:
        said = t("In the game, those it was meant for know {known} of 5 facts.", known=known)
    else:
        said = t("In the game, the last ones to get it know {known} of 5 facts.", known=known)
    return [
        said,
        t("The message {name}: {kept} kept, {lost} lost, {added} added.",
          name=name, kept=len(compared.kept), lost=len(compared.lost), added=len(compared.added)),
    ]  # fmt: skip


def _rides(room: Room, ride: Ride) -> Payload:
    relay = ride.relay
    lived = ride.over_lived()
    thought, one_thought = ride.over_believed()
    said: dict[str, list[str]] = {lang: [] for lang in LANGUAGES}
    found = []
    about: list[int] = []
    for number, message in enumerate(MESSAGES):
        mine = len(relay.holders(message)) - 1
        fewer, same, more = lived.beside(message, mine)
        middle = median_low(thought.reached[message])
        found.append(
            {
                **_travelled(room, relay, message),
                "mine": mine,
                "lived": _counts(lived, message),
                "believed": _counts(thought, message),
                # Which place is which is not told: what was thought has no names either.
                "thought": _travelled(room, one_thought, message)["links"],
            }
        )
        for lang in LANGUAGES:
            t = translator(lang)
            name = t(_NAMES[message])
            said[lang] += [
                t.n("In the game, the message {name} came to {count} place.",
                    "In the game, the message {name} came to {count} places.", mine, name=name),
                t("Of {all} rides by chance, {fewer} came less far, {same} as far, {more} further.",
                  all=RIDES, fewer=fewer, same=same, more=more),
                t.n("If it ran as we think, a ride would come to {count} place.",
                    "If it ran as we think, a ride would come to {count} places.", middle),
            ]  # fmt: skip
        about += [number] * (len(said[LANGUAGES[0]]) - len(about))
    return {"kind": "relay_rides", "messages": found, "said": said, "about": about, "rounds": ROUNDS}


def _counts(many: Rides, message: str) -> list[list[int]]:
    return [[places, count] for places, count in many.spread(message).items()]


def afterwards(room: Room) -> Payload | None:
    """Give what the report may tell of a ride, as the big screen shows it.

    ``texts``, ``rides``, what was ``carried`` on, and by message the ``own`` place in its chain of who said "that was us".
    None unless there was one and the facilitator lets it count. Where everybody answers alone no place of it has a name: a
    tap of one would be one for the whole group.
    """
    if room.relay is None or not room.relay.counted:
        return None
    ride = Ride.of(room, float("inf"))
    if ride is None:
        return None
    if room.anonymous:
        ride = replace(ride, relay=replace(ride.relay, named=frozenset()))
    kept, had = passed_on(ride.relay)
    return {
        "texts": _texts(room, ride),
        "rides": _rides(room, ride),
        "carried": {"kept": kept, "had": had},
        "own": {
            message: {
                link.seat: number
                for number, link in enumerate(chain(ride.relay, message))
                if Key(message, link.seat) in ride.relay.named
            }
            for message in MESSAGES
        },
    }
