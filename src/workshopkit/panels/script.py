"""The facilitator's script: for every moment what the room sees and what one can say, with the plan and its minutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from workshopkit.i18n import N_, Translator, translator
from workshopkit.panels.guide import hints
from workshopkit.room import program
from workshopkit.room.fold import Room
from workshopkit.room.timetable import block_of, timetable

__all__ = ["ALONE", "BLOCK_NAMES", "MOMENTS", "STEPS", "plan", "spoken", "step_name"]

_CARD = (
    N_("The screen shows a card of the case; the phones ask whether you recognise it."),
    N_("Read the card aloud, slowly. Then: talk about it at your table, and tap one answer together."),
)
# By act and part: what the room sees, and what the facilitator can say.
MOMENTS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("prepare", "welcome"): (
        N_("The screen shows the subject and the promise."),
        N_("Welcome. Let the sponsor say in two minutes why we are here, and read the promise aloud."),
    ),
    ("prepare", "join"): (
        N_("The screen shows how to join."),
        N_("Scan the code and choose your team. One phone a team is enough. We ask no names."),
    ),
    ("prepare", "warmup"): (
        N_("The screen shows the warm-up question."),
        N_("What is our own Google+? Which channel does everybody name and nobody use? Shout it out."),
    ),
    ("case", "marks"): (
        N_("The screen lays the cards side by side, once you show the marks."),
        N_("Show the marks. Which card do most of us recognise? And where do we differ?"),
    ),
    ("case", "missing"): (
        N_("The screen shows who answers whom, and asks who is missing."),
        N_("Who does not speak here? Whose voice would change it? Two minutes at your table."),
    ),
    ("lines", "questions"): (
        N_("The screen counts the teams that are ready; the phones ask the questions."),
        N_("Answer as a team. Think of this one message, not of how it should have gone."),
    ),
    ("silos", "own"): (
        N_("The phones show each team its own answers. Nobody else sees them."),
        N_("Look at what you said. Is it right? You can change it now, before the room sees anything."),
    ),
    ("silos", "guess"): (
        N_("The phones ask for a guess; the screen counts the guesses."),
        N_("Of every ten lines that we drew together, how many run straight? Guess, and do not tell."),
    ),
    ("silos", "sponsor"): (
        N_("The screen shows the lines of the place that goes first."),
        N_("The sponsor goes first: so it ran with us. What surprises you about your own lines?"),
    ),
    ("silos", "arrives"): (
        N_("The screen shows the lines that arrive."),
        N_("We begin with what works. Which of these lines are you proud of?"),
    ),
    ("silos", "drawn"): (
        N_("The screen shows all lines straight, as their senders drew them."),
        N_("This is how we think it runs. Take it in. With the next tap they bend."),
    ),
    ("silos", "bent"): (
        N_("The lines bend or fade, as they run."),
        N_(
            "The author calls this painfully visible. It is about lines, not about people. Be silent for a moment."
        ),
    ),
    ("silos", "against"): (
        N_("The screen lays the room's guess beside the outcome."),
        N_("Did you think so? What surprises you most?"),
    ),
    ("silos", "audiences"): (
        N_("The screen shows what reached the audiences."),
        N_("Ask those who speak for an audience: what did you notice of it?"),
    ),
    ("silos", "circles"): (
        N_("The screen shows where the message goes round, if anywhere."),
        N_("Talking with each other is good. Where is the way out? Who could open it?"),
    ),
    ("silos", "walls"): (
        N_("The screen shows the lines between the domains."),
        N_("Read the sentence as it stands. It says no more than it says."),
    ),
    ("silos", "walk"): (
        N_("The phones tell each team to whom it walks."),
        N_(
            "Stand up and walk. Four minutes: which way did it go, what did you see of it, what is the smallest step?"
        ),
    ),
    ("silos", "break"): (
        N_("The screen says when we go on."),
        N_("A break. Choose two findings for what follows."),
    ),
    ("message", "talk"): (
        N_("The screen asks where a message gets along our own lines."),
        N_("Two messages go over our own map: one out, one in. Who should begin? Hands up for a guess."),
    ),
    ("message", "relay"): (
        N_("The phones have the message or a bet; the screen shows how far it is, without names."),
        N_("Read, tell it on in your own way, choose who gets it. Five rounds of a minute. It is a game."),
    ),
    ("message", "texts"): (
        N_("The screen lays the first text beside the last, and what was kept, lost and added."),
        N_("How it began, and how it arrived, in the game. Who says: that was us? Where did it change?"),
    ),
    ("message", "rides"): (
        N_("The screen lays this ride among two hundred others, and beside what we thought."),
        N_("Was this good luck or bad? And what did we think would happen?"),
    ),
    ("breakthrough", "choose"): (
        N_("The phones have cards with prices; the screen shows what each table's plan reaches."),
        N_("Mix: one phone stays at each table. Twenty hours a month. What first? Nothing costs nothing."),
    ),
    ("breakthrough", "cut"): (
        N_("The screen tells that eight hours are gone; what no longer fits lies aside on the phones."),
        N_("Bad news: twelve hours are left. What stays, and why? Then everybody gives three dots."),
    ),
    ("agreements", "write"): (
        N_("The phones have a form for an agreement."),
        N_(
            "Make it small: if this happens, then we do that. Say who, and when. Say what may get in the way."
        ),
    ),
    ("agreements", "accept"): (
        N_("The phones show what others agreed with you."),
        N_("Walk to the team at the other end. They say: we do it, or rather otherwise."),
    ),
    ("agreements", "aloud"): (
        N_("The screen shows the agreements."),
        N_("Four teams read one aloud. Who else can use this?"),
    ),
    ("report", "close"): (
        N_("The screen thanks the room and names the day when we ask again."),
        N_("The sponsor answers three agreements, now. Then one word from everybody."),
    ),
}
# The same where everybody answers alone, in a group; what is not here is said as it is.
_CARD_ALONE = (
    N_("The screen shows a card of the case; the phones ask whether you recognise it."),
    N_("Read the card aloud, slowly. Then: everybody taps an own answer, and only then talk about it."),
)
ALONE: Mapping[tuple[str, str], tuple[str, str]] = {
    ("prepare", "join"): (
        N_("The screen shows how to join."),
        N_("Scan the code and choose your group, everybody on a phone of their own. We ask no names."),
    ),
    ("lines", "questions"): (
        N_("The screen counts the phones that are ready; the phones ask the questions."),
        N_("Answer for yourself, and let others answer for themselves. Nobody is shown what one phone says."),
    ),
    ("silos", "own"): (
        N_("Every phone shows its own answers. Nobody else sees them."),
        N_("Look at what you said. Is it right? When the room goes on, it is laid together with the others."),
    ),
    ("silos", "walls"): (
        N_("The screen says that this map tells nothing of silos: groups have no domains."),
        N_("Where everybody answers alone, we look at no walls. Which line between two groups do you miss?"),
    ),
    ("silos", "walk"): (
        N_("The phones tell each group to whom it walks."),
        N_(
            "Stand up and walk. Four minutes: which way did it go, what did you see of it, what is the smallest step?"
        ),
    ),
    ("agreements", "accept"): (
        N_("The phones show what others agreed with you."),
        N_("Walk to the group at the other end. They say: we do it, or rather otherwise."),
    ),
    ("agreements", "aloud"): (
        N_("The screen shows the agreements."),
        N_("Four groups read one aloud. Who else can use this?"),
    ),
}
# What the steps of a block are called, where one can jump to them.
STEPS: Mapping[str, str] = {
    "marks": N_("What do we recognise?"),
    "missing": N_("Who is missing in this conversation?"),
    "own": N_("Own answers"),
    "guess": N_("The guess"),
    "sponsor": N_("Who goes first"),
    "arrives": N_("What arrives"),
    "drawn": N_("This is how we think it runs"),
    "bent": N_("This is how it arrives"),
    "against": N_("Our guess, and how it is"),
    "audiences": N_("What reaches the people it is for"),
    "circles": N_("What goes round"),
    "walls": N_("Between the domains"),
    "talk": N_("A message on its way"),
    "relay": N_("Five rounds"),
    "texts": N_("First and last text"),
    "rides": N_("Among other rides"),
    "write": N_("Write an agreement"),
    "accept": N_("Agreed with you"),
    "aloud": N_("Read aloud"),
}
BLOCK_NAMES: Mapping[str, str] = {
    "welcome": N_("Walk in"),
    "join": N_("Join"),
    "warmup": N_("Warm-up"),
    "case": N_("The case"),
    "lines": N_("The lines"),
    "own": N_("Own answers and guess"),
    "reveal": N_("How it runs"),
    "walk": N_("Walk"),
    "break": N_("Break"),
    "message": N_("Message on its way"),
    "breakthrough": N_("Break-through"),
    "cut": N_("Fewer hours"),
    "agreements": N_("Agreements"),
    "close": N_("Close"),
    "slack": N_("Slack"),
}


def plan(room: Room, lang: str, said: Sequence[str] = (), *, now: float = 0.0) -> dict[str, Any]:
    """Give what the cockpit shows of the afternoon.

    Parameters
    ----------
    room, lang
        Where the room is, and the facilitator's language.
    said
        The sentences of this moment, which the room reads one by one.
    now
        Seconds since the epoch, for what the clock says of the parts to come.

    Returns
    -------
    dict
        ``now``, ``next`` and ``back`` (act, part, sentence, ``sees``, ``say``, ``block``, ``hints``), the ``steps`` of
        the block that the room is in, ``blocks`` with minutes, when each begins and where the room is, the ``end`` of
        the afternoon with the minutes to ``spare``, whether it has ``begun`` and is ``closed`` for a while, and ``drop``,
        the block that "we are running late" proposes to drop next.
    """
    t = translator(lang)
    planned = room.program
    current = block_of(room.act, room.part)
    clock = timetable(room, now)
    sentence = min(room.sentence, max(len(said) - 1, 0))
    order = [block.id for block in program.BLOCKS]
    ahead = order[order.index(current) :] if current else order
    drop = next(
        (
            one
            for one in program.DROPPABLE
            if one in ahead and one != current and one in {block.id for block in planned.blocks}
        ),
        None,
    )
    return {
        "now": _now(room, t, said[sentence] if said else None, len(said)),
        "next": _moment(room, *room.left, t)
        if room.left
        else _beside(room, t, sentence + 1, planned.next, last=len(said) - 1),
        "back": _beside(room, t, sentence - 1, planned.previous, last=len(said) - 1),
        "steps": _steps(room, current, t),
        "closed": room.left is not None,
        "opened_at": room.opened_at,
        "begun": clock.begun,
        "end": clock.end,
        "spare": clock.spare,
        "blocks": [
            {
                "id": row.block.id,
                "label": t(BLOCK_NAMES[row.block.id]),
                "minutes": row.minutes,
                "from": row.begins,
                "over": row.over,
                "past": row.past,
                "act": row.block.act,
                "part": next(iter(planned.parts_in(row.block)), None),
                "now": row.now and room.act is not None,
            }
            for row in clock.rows
        ],
        "drop": {"id": drop, "label": t(BLOCK_NAMES[drop])} if drop else None,
        "dropped": [
            {"id": one, "label": t(BLOCK_NAMES[one])} for one in program.DROPPABLE if one in room.dropped
        ],
    }


def step_name(act: str | None, part: str | None, t: Translator) -> str:
    """Give what the plan calls the part of the afternoon to which a moment belongs; nothing before it began."""
    block = block_of(act, part)
    return t(BLOCK_NAMES[block]) if block else ""


def spoken(act: str | None, part: str | None, *, alone: bool = False) -> tuple[str, str] | None:
    """Give what the room sees at a moment, and what the facilitator can say; every card of a case has the same words.

    Parameters
    ----------
    act, part
        The moment.
    alone
        Whether everybody answers alone, in groups.
    """
    moment = (act or "", part or "")
    if alone and moment in ALONE:
        return ALONE[moment]
    card = _CARD_ALONE if alone else _CARD
    return MOMENTS.get(moment, card if act == "case" else None)


def _now(room: Room, t: Translator, said: str | None, count: int) -> dict[str, Any] | None:
    found = _moment(room, room.act, room.part, t, room.sentence)
    told = hints(room.act, room.part, t.lang, alone=room.anonymous)
    return found and {**found, "hints": told, "said": said, "sentences": count}


def _beside(
    room: Room,
    t: Translator,
    sentence: int,
    beyond: Callable[[str | None, str | None], program.Moment | None],
    *,
    last: int,
) -> dict[str, Any] | None:
    """Give what one tap forward or back opens: another sentence of this moment, or another moment."""
    if 0 <= sentence <= last:
        return _moment(room, room.act, room.part, t, sentence)
    found = beyond(room.act, room.part)
    return _moment(room, found.act, found.part, t) if found else None


def _steps(room: Room, current: str | None, t: Translator) -> list[dict[str, Any]]:
    """List the steps of the block that the room is in, to jump to."""
    block = next((one for one in room.program.blocks if one.id == current), None)
    parts = room.program.parts_in(block) if block else ()
    if block is None or len(parts) < 2:  # noqa: PLR2004 - one step is where the room is already
        return []
    cards = room.case.items if block.act == "case" else {}
    return [
        {
            "act": block.act,
            "part": part,
            "label": cards[part].title[t.lang]
            if part in cards
            else t(STEPS.get(part, BLOCK_NAMES[block.id])),
            "now": part == room.part,
        }
        for part in parts
    ]


def _moment(
    room: Room, act: str | None, part: str | None, t: Translator, sentence: int = 0
) -> dict[str, Any] | None:
    known = spoken(act, part, alone=room.anonymous)
    if known is None:
        return None
    sees, say = known
    block = BLOCK_NAMES[block_of(act, part) or ""]
    return {
        "act": act,
        "part": part,
        "sentence": sentence,
        "sees": t(sees),
        "say": t(say),
        "block": t(block),
    }
