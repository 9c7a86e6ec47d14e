"""Hints for the facilitator: at every moment what to listen for, a question to ask, and a pitfall with its remedy.

They stand in the cockpit only, closed until they are wanted. The guide in ``docs/`` tells the same at length.
"""

from __future__ import annotations

from collections.abc import Mapping

from workshopkit.i18n import N_, translator

__all__ = ["ALONE", "CARD", "HINTS", "hints"]

_KINDS = ("listen", "ask", "beware")
# For any card of a case; the core cards of our own have theirs below.
CARD = (
    N_("Listen for an example of this month; “with us too” without an example says little yet."),
    N_("How do you know that, and who here saw it differently?"),
    N_("If the room reads in silence, read the card aloud, and let one table tell what it recognises."),
)
# By act and part: what to listen for, what to ask, of what to beware; a sentence each.
HINTS: Mapping[tuple[str, str], tuple[str, str, str]] = {
    ("prepare", "welcome"): (
        N_("Does the sponsor speak of lines, or already of teams that should do better?"),
        N_("What do you need to know to answer honestly later on?"),
        N_(
            "If the sponsor softens the promise, read it aloud yourself, word for word, and go on only after a yes."
        ),
    ),
    ("prepare", "join"): (
        N_("Mark who asks what happens to the answers: that worry is seldom one team's alone."),
        N_("Which place on the map are you today, and for whom do you speak?"),
        N_("Do not wait for the last phone: give that team a sheet of paper and go on."),
    ),
    ("prepare", "warmup"): (
        N_("Mark the channel that makes the room laugh: everybody knows it, and nobody had said it."),
        N_("By which way do we really tell each other something?"),
        N_("If one department becomes the joke, ask at once for a channel that is everybody's."),
    ),
    ("case", "P4"): (
        N_(
            "Listen for “it was sent” or “it is on the intranet”: there somebody counts on it arriving by itself."
        ),
        N_("From whom did you hear the last message that really reached you?"),
        N_("If the talk is about systems, go back to people: who told whom?"),
    ),
    ("case", "P6"): (
        N_("Mark a line that two tables name, one as straight and the other as crooked."),
        N_("For whom was it meant, and where did they hear it in the end?"),
        N_("If a table names a culprit, ask for the route: between which places does it bend?"),
    ),
    ("case", "P7"): (
        N_("Listen for meetings, reports and forms that only their makers read."),
        N_("Who outside would miss it if this stopped tomorrow?"),
        N_("Call nobody's work useless: ask about the message that goes round, not about the department."),
    ),
    ("case", "P8"): (
        N_("Listen for two kinds of pain: who told it for nothing, and who sees bad weather coming."),
        N_("What do you need from each other to look at this honestly?"),
        N_("If it falls silent, count to ten, and then say once more that the map is about lines."),
    ),
    ("case", "P12"): (
        N_("Listen for the difference between what is fixed and what was never tried."),
        N_("Which hours go into messages that reach nobody?"),
        N_("Do not sell less money as a chance at once: first it may simply be no fun."),
    ),
    ("case", "C5"): (
        N_("Listen for the sigh: who does the work that others call free?"),
        N_("How many hours did our last “little extra” take, and whose were they?"),
        N_("The card mocks: if somebody takes it at its word, have it read once more, with the sigh."),
    ),
    ("case", "C10"): (
        N_("Listen for a step that can be taken tomorrow; a plan for next year is still talk."),
        N_("What can you do tomorrow without asking anybody?"),
        N_("If the room begins on a grand plan, ask for its first hour."),
    ),
    ("case", "missing"): (
        N_(
            "Mark those for whom the message was meant: does anybody name them, and does somebody here speak for them?"
        ),
        N_("What would they say of what we have just told each other?"),
        N_("If only colleagues are named, ask about outside: which resident or customer did not come up?"),
    ),
    ("lines", "questions"): (
        N_(
            "Listen for “it should have gone like this”, and bring that table back to what happened in these weeks."
        ),
        N_("What was harder: to say whom you told it, or from whom you heard it?"),
        N_(
            "If a team waits for the one who knows everything, let it answer with what these people know now."
        ),
    ),
    ("silos", "own"): (
        N_("Listen for doubt about one line: the walk later on is for that."),
        N_("Which answer would a colleague who is not here give differently?"),
        N_("Correcting is fine, but do not let two teams make their answers agree."),
    ),
    ("silos", "guess"): (
        N_("Listen at the tables to the reasons, not to the number."),
        N_("What is your guess built on?"),
        N_("Let nobody call out a number: it pulls the other guesses along."),
    ),
    ("silos", "sponsor"): (
        N_(
            "Listen for how the sponsor speaks of a line that did not arrive: as something to learn, or as a fault."
        ),
        N_("What did you expect of your own lines, and which one surprises you?"),
        N_(
            "If the sponsor begins to explain or defend, say thank you and that it is about lines, and go on to what arrives."
        ),
    ),
    ("silos", "arrives"): (
        N_("Mark who is surprised that a line of theirs arrives."),
        N_("What makes this line work, and what can others take from it?"),
        N_("Do not hurry on to what fails: two minutes of what works carry the rest."),
    ),
    ("silos", "drawn"): (
        N_("Listen for “you see, it is all there”: that sentence comes back in a moment."),
        N_("On which line in this picture would you bet?"),
        N_("Do not explain the picture: count to ten, and go on."),
    ),
    ("silos", "bent"): (
        N_("Mark the first word after the silence: is it about lines or about people?"),
        N_("What do you see here that you suspected already?"),
        N_("If somebody asks who did this, say between which places it bends; the map knows no more."),
    ),
    ("silos", "against"): (
        N_("Listen for relief as much as for shock."),
        N_("Which picture did you have, that you guessed so?"),
        N_("Do not make it a contest: a guess far off shows how hard lines are to see."),
    ),
    ("silos", "audiences"): (
        N_(
            "Listen first to who speaks for an audience, and to what it rests on: reports, calls, figures or a feeling."
        ),
        N_("What did people outside notice of it, and by which way did it reach them?"),
        N_("If nobody speaks for an audience, say that the map does not know, not that it did not arrive."),
    ),
    ("silos", "circles"): (
        N_("Mark a team that recognises the round itself: that counts more than the picture."),
        N_("Who in this round knows somebody outside it?"),
        N_("If no round was found, say just that, and do not go looking for one."),
    ),
    ("silos", "walls"): (
        N_("Listen for why there are few lines: perhaps the work does not ask for them."),
        N_("Which one line over this wall would help the audience?"),
        N_(
            "Few teams give chance much room: never turn “not distinguishable from chance” into “there are no silos”."
        ),
    ),
    ("silos", "walk"): (
        N_("Listen for the way it really went: often by a place that is not on the map."),
        N_("What did you hear from the other team that the map does not know?"),
        N_(
            "If a pair stays seated or defends itself, go and stand with it, and ask only for the smallest step."
        ),
    ),
    ("silos", "break"): (
        N_("Listen at the coffee: what is said there is what the next part should be about."),
        N_("Which finding do you want to do something about, and which may rest today?"),
        N_("If a team is hurt by the picture, go to it now, before somebody else explains it."),
    ),
    ("message", "talk"): (
        N_("Listen for “just as with us”, and ask for the real example: the game itself proves nothing."),
        N_("Where did it stop in the game, and whom would you call to get it further?"),
        N_("Always say “in the game”, and stop after two messages: the break-through needs the time."),
    ),
    ("message", "relay"): (
        N_("Listen at the tables to what is left out, and why: it seemed plain, or not for them."),
        N_("What must the next one know, who knows nothing else?"),
        N_("If one table lags behind, let it: time passes the message on as it is, and nobody waits."),
    ),
    ("message", "texts"): (
        N_("Listen for the fact that everybody left out: often it is the one that the receiver needs."),
        N_("What would you have had to hear to act on it?"),
        N_("Ask nobody for a name: who says “that was us” does so of its own accord."),
    ),
    ("message", "rides"): (
        N_("Mark who says that it was bad luck: in the rides you see how much luck does."),
        N_("Which line would make most of these rides get further?"),
        N_("Do not compare the room with a score: rides by chance are no measure of people."),
    ),
    ("breakthrough", "choose"): (
        N_("Listen for a step that needs no permission and no money, and for who would take it."),
        N_("Which step helps the audience, and which only ourselves?"),
        N_("If a table chooses everything, ask whose hours those are: nothing costs nothing."),
    ),
    ("breakthrough", "cut"): (
        N_("Mark what goes first: is it the step for those who are not here?"),
        N_("What does it say about us that we kept just this?"),
        N_("If people get angry, give it room, say that cutbacks feel like this, and then ask what stays."),
    ),
    ("agreements", "write"): (
        N_("Listen for “should”, “more” and “better”: such an agreement has no moment yet."),
        N_("When exactly does it happen, and what may get in the way?"),
        N_("If a team writes names, ask for the role: places stand on the map, not people."),
    ),
    ("agreements", "accept"): (
        N_("Listen whether the yes costs something: who accepts must be able to say when."),
        N_("What do you need from the other to be able to do this?"),
        N_("“Rather otherwise” is a good answer: let the two talk on, and force no yes."),
    ),
    ("agreements", "aloud"): (
        N_("Listen for an agreement that another team can take over as it is."),
        N_("Which of these still goes on in a year without us?"),
        N_("Stop after four, however good the fifth is: the sponsor needs the time."),
    ),
    ("report", "close"): (
        N_("Listen to the one word: people will say it tomorrow to those who were not here."),
        N_("By what will we see in ninety days that it helped?"),
        N_(
            "If the sponsor answers in general words, ask for each agreement: yes, no, or when do we hear it?"
        ),
    ),
}


# The same where everybody answers alone, in a group; what is not here is said as it is.
ALONE: Mapping[tuple[str, str], tuple[str, str, str]] = {
    ("prepare", "join"): (
        N_("Mark who asks what happens to the answers: that worry is seldom one person's alone."),
        N_("Which group are you in today, and is it large enough for nobody to be told apart?"),
        N_("If somebody has no phone, lend one out: a card would be read by whoever types it in."),
    ),
    ("lines", "questions"): (
        N_(
            "Listen for “it should have gone like this”, and bring that back to what happened in these weeks."
        ),
        N_("What was harder: to say whom you told it, or from whom you heard it?"),
        N_("If neighbours look at each other's phone, ask for a seat of space: the answers differ, and may."),
    ),
    ("silos", "own"): (
        N_("Listen for doubt about one line: the walk later on is for that."),
        N_("Which answer would a colleague who is not here give differently?"),
        N_("Correcting is fine, but let nobody tell a group what it should answer."),
    ),
    ("silos", "circles"): (
        N_("Mark a group that recognises the round itself: that counts more than the picture."),
        N_("Who in this round knows somebody outside it?"),
        N_("If no round was found, say just that, and do not go looking for one."),
    ),
    ("silos", "walls"): (
        N_("Listen for where people draw the wall themselves: the map has none to show here."),
        N_("Which one line between two groups would help the audience?"),
        N_("No finding about silos is not a finding that there are none: say so, and go on."),
    ),
    ("silos", "walk"): (
        N_("Listen for the way it really went: often by a place that is not on the map."),
        N_("What did you hear from the other group that the map does not know?"),
        N_("If somebody asks who answered what, stop it: nobody need tell what was tapped."),
    ),
    ("silos", "break"): (
        N_("Listen at the coffee: what is said there is what the next part should be about."),
        N_("Which finding do you want to do something about, and which may rest today?"),
        N_("If a group is hurt by the picture, go to it now, before somebody else explains it."),
    ),
    ("agreements", "write"): (
        N_("Listen for “should”, “more” and “better”: such an agreement has no moment yet."),
        N_("When exactly does it happen, and what may get in the way?"),
        N_("Say that agreements are made in the open, by the group, and that a role does it: no name."),
    ),
    ("agreements", "aloud"): (
        N_("Listen for an agreement that another group can take over as it is."),
        N_("Which of these still goes on in a year without us?"),
        N_("Stop after four, however good the fifth is: the sponsor needs the time."),
    ),
}


def hints(act: str | None, part: str | None, lang: str, *, alone: bool = False) -> dict[str, str]:
    """Give what the facilitator can listen for, ask and beware of at this moment.

    Parameters
    ----------
    act, part
        The moment, as the cockpit opened it.
    lang
        ``"nl"`` or ``"en"``.
    alone
        Whether everybody answers alone, in groups.

    Returns
    -------
    dict
        ``listen``, ``ask`` and ``beware``, a sentence each; empty where there is nothing to say.

    Examples
    --------
    >>> hints("silos", "walk", "en")["ask"]
    'What did you hear from the other team that the map does not know?'
    >>> hints("case", "P3", "en") == hints("case", "C9", "en") != hints("case", "P7", "en")
    True
    >>> hints("silos", "elsewhere", "en")
    {}
    """
    moment = (act or "", part or "")
    found: tuple[str, ...] = HINTS.get(moment) or (CARD if act == "case" and part else ())
    found = ALONE.get(moment, found) if alone else found
    t = translator(lang)
    return {kind: t(sentence) for kind, sentence in zip(_KINDS, found, strict=False)}
