"""What the report tells of a message on its way: its chain, the first and the last text, and what such a ride is worth.

Only where the room played, and the facilitator lets the report tell of it. It says what the big screen said, and no more:
a place has a name only after its own "that was us", and a text that is kept off the screen is kept out of here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workshopkit.figures.figure import Figure, Shape, circle, figure, line, rows_of, text
from workshopkit.i18n import N_, Translator, translator
from workshopkit.room import ride_shown
from workshopkit.room.fold import Room

__all__ = ["STATES", "Message", "Told", "told"]

STATES = {"kept": ("✓", N_("kept")), "lost": ("✗", N_("lost")), "added": ("+", N_("added"))}
_WIDE, _LEFT, _COLUMN, _ROUND, _FONT = 960, 80, 155, 22, 20
Link = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One of the messages.

    Parameters
    ----------
    title, first
        What it is called, and how it began.
    last
        How it came to the first of those who were asked; empty where it came nowhere or stays off the screen.
    last_note
        What stands there instead of a text.
    facts
        What was kept, lost and added, each as one of `STATES` and a sentence.
    said
        How far it came, what the receivers know, and where this falls among other rides.
    chain
        The way that it went; its table names the steps.
    """

    title: str
    first: str
    last: tuple[str, ...]
    last_note: str
    facts: tuple[tuple[str, str], ...]
    said: tuple[str, ...]
    chain: Figure


@dataclass(frozen=True, slots=True)
class Told:
    """A ride as the report tells it.

    Parameters
    ----------
    messages
        Both of them.
    carried
        How much of what they had in hand people passed on; empty where nobody did.
    own
        By team that said "that was us", what it had to do with it.
    """

    messages: tuple[Message, ...]
    carried: str
    own: Mapping[str, tuple[str, ...]]


def told(room: Room, lang: str) -> Told | None:
    """Give what may be told of the ride; None where there is none to tell of.

    Parameters
    ----------
    room
        The workshop, folded.
    lang
        The reader's language.
    """
    found = ride_shown.afterwards(room)
    if found is None:
        return None
    t = translator(lang)
    texts, rides = found["texts"], found["rides"]
    messages = tuple(
        _message(row, ridden, [*_about(rides, number, lang), *_about(texts, number, lang)], t)
        for number, (row, ridden) in enumerate(zip(texts["messages"], rides["messages"], strict=True))
    )
    carried = found["carried"]
    said = (
        t(
            "In the game, teams passed on {kept} of the {count} facts that they had in hand.",
            kept=carried["kept"],
            count=carried["had"],
        )
        if carried["had"]
        else ""
    )
    return Told(messages, said, _own(found["own"], rides["messages"], t))


def _about(scene: Mapping[str, Any], number: int, lang: str) -> list[str]:
    """Give the sentences of a scene that are about one message."""
    return [said for said, about in zip(scene["said"][lang], scene["about"], strict=True) if about == number]


def _message(
    row: Mapping[str, Any], ridden: Mapping[str, Any], said: Sequence[str], t: Translator
) -> Message:
    title = row["title"][t.lang]
    last: tuple[str, ...]
    if "text" not in row:
        last, note = (), t("It came nowhere this time.")
    elif row["hidden"]:
        last, note = (), t("This text is left out.")
    elif row["text"] is not None:
        last, note = (row["text"],), ""
    else:
        last = tuple(words[t.lang] for words in row["facts"])
        note = t("Ticked as facts:") if last else t("Nothing of it was left.")
    facts = tuple((one["state"], one["words"][t.lang]) for one in row.get("rows", ()))
    return Message(
        title,
        row["first"][t.lang],
        last,
        note,
        facts,
        tuple(said),
        _chain(row["id"], title, ridden["links"], t),
    )


def _own(
    own: Mapping[str, Mapping[str, int]], ridden: Sequence[Mapping[str, Any]], t: Translator
) -> dict[str, tuple[str, ...]]:
    """Say to each team that named itself what its place in the chain was."""
    found: dict[str, tuple[str, ...]] = {}
    for message in ridden:
        for seat, number in own[message["id"]].items():
            link, title = message["links"][number], message["title"][t.lang]
            said = (
                t(
                    "In the game, “{title}” began here; {facts} of its 5 facts went on.",
                    title=title,
                    facts=link["count"],
                )
                if link["from"] is None
                else t.n(
                    "In the game, “{title}” came here after {count} step, in round {round}; here it had {facts} of its 5 facts.",
                    "In the game, “{title}” came here after {count} steps, in round {round}; here it had {facts} of its 5 facts.",
                    link["hop"],
                    title=title,
                    round=link["round"],
                    facts=link["count"],
                )
            )
            found[seat] = (*found.get(seat, ()), said)
    return found


def _chain(id: str, title: str, links: Sequence[Link], t: Translator) -> Figure:
    """Draw a chain: a column a round, in each circle after how many steps, below it the facts that were left.

    A place is drawn near who brought it the message.
    """
    names = [
        link["label"] or t("place {number}", number=number) for number, link in enumerate(links, start=1)
    ]
    columns: dict[int, list[int]] = {}
    for number, link in enumerate(links):
        columns.setdefault(link["round"], []).append(number)
    tallest = max(map(len, columns.values()))
    row = 2 * _ROUND + 32 + (26 if any(link["label"] for link in links) else 0)
    at: dict[int, tuple[float, float]] = {}
    for round, column in sorted(columns.items()):
        column.sort(key=lambda number: at[links[number]["from"]][1] if round else 0.0)
        for order, number in enumerate(column):
            at[number] = (
                _LEFT + round * _COLUMN,
                row * ((tallest - len(column)) / 2 + order) + _ROUND + 6,
            )
    drawn: list[Shape] = []
    for number, link in enumerate(links):
        if link["from"] is not None:
            drawn.append(line("passed", *at[link["from"]], *at[number]))
    for number, link in enumerate(links):
        x, y = at[number]
        drawn += [
            circle("lit", x, y, _ROUND),
            text("on-lit", str(link["hop"]), x, y + _FONT * 0.35, size=_FONT, anchor="middle"),
            text("name", f"{link['count']}/5", x, y + _ROUND + _FONT, size=_FONT, anchor="middle"),
        ]
        if link["label"]:
            rows = rows_of(
                link["label"],
                x,
                y + _ROUND + 2.2 * _FONT,
                width=_COLUMN - 10,
                size=_FONT,
                most=1,
                role="name",
            )
            drawn += [{**shape, "at": {**shape["at"], "text-anchor": "middle"}} for shape in rows]
    bottom = max(shape["at"].get("y", 0.0) for shape in drawn) + 10
    sentences = [
        t("In a circle: after how many steps; below it: how many of the 5 facts are left."),
        t("A place has a name only if it said “that was us”."),
    ]
    rows_ = [
        (
            names[number],
            names[link["from"]] if link["from"] is not None else t("began"),
            link["round"] or "–",
            link["hop"],
            link["count"],
        )
        for number, link in enumerate(links)
    ]
    heads = [t("Place"), t("From whom"), t("Round"), t("Steps"), t("Facts")]
    return figure(
        f"chain-{id}",
        title,
        drawn,
        size=(_WIDE, bottom),
        sentences=sentences,
        columns=heads,
        rows=rows_,
    )
