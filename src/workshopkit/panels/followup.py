"""After the workshop, in a notebook: a mail to send to every team, and what they answered, pasted or entered by hand."""

from __future__ import annotations

from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

from traitlets import Unicode

from workshopkit.analysis.changes import compare
from workshopkit.errors import UsageError, WorkshopkitError
from workshopkit.i18n import N_
from workshopkit.panels import controls, shown
from workshopkit.panels.shown import Shown
from workshopkit.panels.watched import Watched
from workshopkit.room import followup
from workshopkit.room.fold import fold
from workshopkit.room.followup import ANSWER_WORDS, QUESTIONS, ROUNDS, Question, Reply
from workshopkit.room.release import released
from workshopkit.store.contract import NewEvent

__all__ = ["FollowUp"]


class FollowUp(Watched):
    """What became of the agreements of one workshop.

    Parameters
    ----------
    store, workshop, lang, alone
        As in `Watched`.
    """

    reply_said = Unicode(help="What came of the last answers that were entered.")

    def mail(self, team: str, days: int) -> Shown:
        """Give the mail to one team, to copy, with a link that opens it in a mail program."""
        said = followup.letter(self.room, team, days, self.lang)
        if said is None:
            return shown.line(self.t("There is nothing to ask this team."))
        root = ET.Element("div")
        link = ET.SubElement(root, "a", href=said.address)
        link.text = self.t("Open in your mail program")
        text = ET.SubElement(root, "pre", style="white-space:pre-wrap;line-height:1.5;margin:0.5em 0")
        text.text = f"{said.subject}\n\n{said.text}"
        return Shown(f"{said.subject}\n\n{said.text}", ET.tostring(root, encoding="unicode", method="html"))

    def read(self, text: str) -> bool:
        """Read the answers out of mails; `reply_said` tells how many, or what cannot be understood."""
        try:
            replies = followup.read(self.room, text)
            self._store(replies)
        except WorkshopkitError as error:
            self.reply_said = error.text(self.lang)
            return False
        self.reply_said = self.t.n("Stored: {count} answer.", "Stored: {count} answers.", len(replies))
        return True

    def enter(self, question: Question, days: int, answer: str) -> bool:
        """Store one answer that was told otherwise than by mail."""
        return self.read(f"{question.code}-{days} {question.asked}: {answer}")

    def _store(self, replies: tuple[Reply, ...]) -> None:
        if self.alone:
            raise UsageError(N_("This is the demo: nobody was asked, so nothing is stored."))
        events = [
            NewEvent(
                id=uuid4().hex,
                workshop=self.workshop,
                participant="facilitator",
                act=None,
                kind="agreement.followed",
                payload={
                    "agreement": one.agreement,
                    "days": one.days,
                    "asked": one.asked,
                    "answer": one.answer,
                },
            )
            for one in replies
        ]
        self.store.append_many(events, ended=True)
        self.refresh()

    @property
    def came_back(self) -> Shown:
        """Give for every agreement who said what after how many days."""
        t = self.t
        rows = [
            (
                " → ".join(map(self.label, one.agreement.line)),
                t(
                    "If {what}, then we {act}.",
                    what=one.agreement.texts["if"],
                    act=one.agreement.texts["then"],
                ),
                f"{self.label(one.team)}: {t(QUESTIONS[one.asked])}",
                *(self._answer(one, days) for days in ROUNDS),
            )
            for one in followup.questions(self.room)
        ]
        if not rows:
            return shown.sentences([t("There are no agreements yet.")])
        heads = [t("Line"), t("Agreement"), t("Question")]
        return shown.table([*heads, *(t("After {days} days", days=days) for days in ROUNDS)], rows)

    def _answer(self, one: Question, days: int) -> str:
        answer = self.room.followed.get((one.agreement.id, days, one.asked))
        return self.t(ANSWER_WORDS[answer]) if answer else "–"

    def compared(self, other: str) -> Shown:
        """Lay this workshop beside an earlier one about the same places: lines mended, lost and the same."""
        t = self.t
        changes = compare(released(fold(self.store.events(other))).lines, self.lines)
        told = (
            (t("mended"), changes.mended),
            (t("lost"), changes.lost),
            (t("the same"), changes.same),
        )
        rows = [
            (name, len(pairs), "; ".join(" → ".join(map(self.label, pair)) for pair in pairs) or "–")
            for name, pairs in told
        ]
        counted = t.n(
            "{count} line cannot be compared: a side did not answer both times.",
            "{count} lines cannot be compared: a side did not answer both times.",
            changes.open,
        )
        table = shown.table([t("Since then"), t("Lines"), t("Which")], rows)
        return shown.together([table, shown.line(counted)]) if changes.open else table

    @property
    def earlier(self) -> list[tuple[str, str]]:
        """Give the workshops in this store that were held with places of this map, each with its number."""
        here = set(self.definition.by_id)
        found = []
        for one in self.store.workshops():
            definition = fold(self.store.events(one.id, kinds=["workshop.defined"])).definition
            if one.id != self.workshop and definition and len(here & set(definition.by_id)) > 1:
                found.append((f"{one.title} ({one.id[:8]})", one.id))
        return found

    @property
    def again(self) -> Any:
        """Give the list of earlier workshops, and what changed since the one that is chosen."""
        t, rows = self.t, self.earlier
        if not rows:
            return controls.shown(
                shown.line(t("There is no earlier workshop with these places in this store."))
            )
        which, place = controls.choice(t("Compare with"), rows), controls.shown()

        def paint(_: object = None) -> None:
            controls.note(place, self.compared(which.value))

        which.observe(paint, "value")
        self.observe(paint, "seq")
        paint()
        return controls.column(which, place)

    @property
    def mails(self) -> Any:
        """Give the mails: a list of the rounds, a list of the teams, and the text."""
        t = self.t
        rounds = controls.choice(
            t("When?"), [(t("After {days} days", days=days), str(days)) for days in ROUNDS]
        )
        teams = controls.choice(t("To whom?"), [(seat.label, seat.id) for seat in self.definition.seats])
        place = controls.shown()

        def paint(_: object = None) -> None:
            controls.note(place, self.mail(teams.value, int(rounds.value)))

        for control in (rounds, teams):
            control.observe(paint, "value")
        self.observe(paint, "seq")
        paint()
        return controls.column(controls.row(rounds, teams), place)

    @property
    def answers(self) -> Any:
        """Give a field for pasted mails, a quick way to enter one answer, and all that came back."""
        t, pasted = self.t, controls.field(self.t("Paste the answers here"), rows=6)
        words, table = controls.shown(), controls.shown()
        which = controls.choice(t("Question"), [])
        rounds = controls.choice(
            t("When?"), [(t("After {days} days", days=days), str(days)) for days in ROUNDS]
        )
        answer = controls.choice(t("Answer"), [(t(text), name) for name, text in ANSWER_WORDS.items()])

        def asked() -> dict[str, Question]:
            return {f"{one.code} {one.asked}": one for one in followup.questions(self.room)}

        def paint(_: object = None) -> None:
            options = [
                (f"{one.code} · {self.label(one.team)}: {t(QUESTIONS[one.asked])}", name)
                for name, one in asked().items()
            ]
            controls.offer(which, options)
            controls.note(table, self.came_back)
            controls.note(words, shown.line(self.reply_said) if self.reply_said else None)

        def take() -> None:
            if self.read(pasted.value):
                pasted.value = ""

        def enter() -> None:
            question = asked().get(which.value)
            if question is not None:
                self.enter(question, int(rounds.value), answer.value)

        self.observe(paint, ["seq", "reply_said"])
        paint()
        return controls.column(
            pasted,
            controls.button(t("Read the answers"), take, main=True),
            controls.row(which, rounds, answer, controls.button(t("Enter"), enter)),
            words,
            table,
        )
