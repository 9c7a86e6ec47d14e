"""Act 06 in a notebook: the agreements of the room, and alone a form to make one."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from babel.dates import format_date
from traitlets import Unicode

from workshopkit.errors import RefusedEvent, StoreError, WorkshopkitError
from workshopkit.i18n import LANGUAGES, N_
from workshopkit.network.files import writing
from workshopkit.network.steps import NAMES
from workshopkit.panels import controls, shown
from workshopkit.panels.demo import colleague
from workshopkit.panels.shown import Shown
from workshopkit.panels.watched import Watched
from workshopkit.report.agreement_cards import NAME, cards
from workshopkit.report.saving import report_folder
from workshopkit.room.agreements import MAX_OF_A_TEAM, Agreement, sentences
from workshopkit.room.events import validate
from workshopkit.store.contract import NewEvent

__all__ = ["AgreementsPanel", "open_workshop"]

_ANSWERS = {"accepted": N_("We do it"), "other": N_("Rather otherwise"), None: N_("no answer yet")}
_FIELDS = {
    "if": N_("If …"),
    "then": N_("then we …"),
    "who": N_("Who does it? A role, no name."),
    "obstacle": N_("If this gets in the way …"),
    "instead": N_("then we …"),
    "alone": N_("Who can do this in a year without us?"),
}
_ACCEPTS = 0.8


class AgreementsPanel(Watched):
    """The agreements of one workshop.

    Parameters
    ----------
    store, workshop, lang, alone
        As in `Watched`. Only alone an agreement can be made here: in a room the teams make theirs on their phones.
    """

    said = Unicode(help="What came of the last agreement that was made here.")
    cards_said = Unicode(help="What came of the last writing of the cards.")

    @property
    def shown(self) -> tuple[Agreement, ...]:
        """Give the agreements that are not taken off the big screen."""
        return tuple(one for one in self.room.agreements if not one.hidden)

    def plan(self, one: Agreement) -> str:
        """Put an agreement into sentences, as on the phones."""
        labels = {actor.id: actor.label for actor in self.definition.actors}
        return " ".join(sentences(one, labels, self.t))

    @property
    def agreements(self) -> Shown:
        """Give all agreements, each with its line, who, when, and what the other end said."""
        t = self.t
        if not self.shown:
            return shown.sentences([t("There are no agreements yet.")])
        columns = [
            t("Line"),
            t("Written by"),
            t("Agreement"),
            t("Who"),
            t("Starts"),
            t("The other end"),
            t("Step"),
            t("In the case"),
        ]
        rows = [
            (
                " → ".join(map(self.label, one.line)),
                self.label(one.writer),
                self.plan(one),
                one.texts["who"],
                str(format_date(dt.date.fromisoformat(one.when), "d MMMM y", locale=self.lang)),
                t(_ANSWERS[one.answer]),
                t(NAMES[one.step]) if one.step else "–",
                "; ".join(self._passage(id) for id in one.cites if id in self.room.case.items) or "–",
            )
            for one in self.shown
        ]
        return shown.table(columns, rows)

    def _passage(self, id: str) -> str:
        return f"{id} {self.room.case.items[id].title[self.lang]}"

    @property
    def without_us(self) -> Shown:
        """Give who can do each in a year without the team that wrote it."""
        rows = [(self.label(one.writer), one.texts["alone"]) for one in self.shown if one.texts["alone"]]
        if not rows:
            return shown.sentences([self.t("Nobody has filled this in yet.")])
        return shown.table([self.t("Written by"), self.t("Who can do this in a year without us?")], rows)

    def write_cards(self) -> bool:
        """Write the agreements as cards to print, in every language; `cards_said` tells where, or why not."""
        made = {f"{NAME}-{lang}.pdf": cards(self.room, lang) for lang in LANGUAGES}
        found = {name: content for name, content in made.items() if content is not None}
        if not found:
            self.cards_said = self.t("There are no agreements yet.")
            return False
        try:
            written = writing.put(report_folder(self.workshop), found)
        except WorkshopkitError as error:
            self.cards_said = error.text(self.lang)
            return False
        names = ", ".join(path.name for path in written)
        self.cards_said = self.t("Written in {folder}: {names}", folder=written[0].parent, names=names)
        return True

    @property
    def cards(self) -> Any:
        """Give the button that writes the cards to print, with what came of it."""
        words = controls.shown()

        def tell(_: object = None) -> None:
            controls.note(words, shown.line(self.cards_said) if self.cards_said else None)

        self.observe(tell, "cards_said")
        tell()
        return controls.pair(controls.button(self.t("Write the cards"), self.write_cards), words)

    def make(self, writer: str, payload: Mapping[str, Any]) -> bool:
        """Store an agreement of a team, checked as on the phones; the simulated other end answers.

        Parameters
        ----------
        writer
            The team that writes it.
        payload
            What the form holds: ``with``, ``ours``, the texts, ``when``, and ``cites``.

        Returns
        -------
        bool
            Whether it was stored; `said` tells why not.
        """
        try:
            given = self._checked(writer, payload)
            self.said = self._stored(writer, given)
        except (RefusedEvent, StoreError) as error:
            self.said = error.text(self.lang)
            return False
        self.refresh()
        return True

    def _checked(self, writer: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        if not self.alone:
            raise RefusedEvent(N_("In a room the teams make their agreements on their phones."))
        given = validate(
            "agreement.written", dict(payload), self.definition, "participant", writer, case=self.room.case
        )
        if not given["alone"]:
            raise RefusedEvent(N_("Say who can do this in a year without us: “nobody yet” is an answer too."))
        if len(self.room.sheet(writer).agreements) >= MAX_OF_A_TEAM:
            raise RefusedEvent(
                N_("You have {count} agreements already. Drop one to make another."), count=MAX_OF_A_TEAM
            )
        return given

    def _stored(self, writer: str, given: dict[str, Any]) -> str:
        """Store it with what the simulated colleagues at the other end say of it; gives that in words.

        Then comes the rehearsal: who has seen the moment once before it comes, remembers it when it does.
        """
        one, other = uuid4().hex, given["with"]
        accepted = random.Random(one).random() < _ACCEPTS  # noqa: S311 - a simulation
        answer = {"agreement": one, "answer": "accepted" if accepted else "other"}
        written = self._event(one, writer, "agreement.written", given)
        answered = self._event(f"{one}-answer", other, "agreement.answered", answer)
        self.store.append_many([written, answered])
        said = (
            self.t("{team} says: we do it.", team=self.label(other))
            if accepted
            else self.t(
                "{team} says: rather otherwise. Ask what would work for them.", team=self.label(other)
            )
        )
        moment = given["if"][:1].upper() + given["if"][1:]
        rehearsed = self.t("Imagine: Monday, nine o’clock. {moment}. What do you do first?", moment=moment)
        return f"{said} {rehearsed}"

    def _event(self, id_: str, seat: str, kind: str, payload: dict[str, Any]) -> NewEvent:
        return NewEvent(
            id=id_,
            workshop=self.workshop,
            participant=colleague(seat),
            act="agreements",
            kind=kind,
            payload=payload,
        )

    @property
    def list(self) -> Any:
        """Give the agreements as a table that follows the room."""
        place = controls.shown()

        def paint(_: object = None) -> None:
            controls.note(place, self.agreements)

        self.observe(paint, "seq")
        paint()
        return place

    @property
    def form(self) -> Any:
        """Give the form for the learner alone; in a room a sentence that tells where the agreements are made."""
        t = self.t
        if not self.alone:
            return controls.shown(shown.line(t("In a room the teams make their agreements on their phones.")))
        seats = [(seat.label, seat.id) for seat in self.definition.seats]
        writer, other = controls.choice(t("We are"), seats), controls.choice(t("With whom?"), seats[1:])
        ours = controls.choice(
            t("Which line?"), [(t("from us to them"), "ours"), (t("from them to us"), "theirs")]
        )
        texts = {name: controls.field(t(text)) for name, text in _FIELDS.items()}
        passages = [(t("choose"), ""), *((self._passage(id), id) for id in self.room.case.items)]
        cite = controls.choice(t("Where in the case does this come from? (if you like)"), passages)
        step = controls.choice(
            t("Which step is it? (if you like)"),
            [(t("choose"), ""), *((t(name), id) for id, name in NAMES.items())],
        )
        when, said = controls.day(t("From when?")), controls.shown()

        def others(_: object = None) -> None:
            controls.offer(other, [seat for seat in seats if seat[1] != writer.value])

        def agree() -> None:
            payload: dict[str, Any] = {name: place.value for name, place in texts.items()}
            payload["when"] = when.value.isoformat() if when.value else ""
            payload["cites"] = [cite.value] if cite.value else []
            payload["step"] = step.value
            if self.make(writer.value, {**payload, "with": other.value, "ours": ours.value == "ours"}):
                for place in texts.values():
                    place.value = ""
                cite.value = step.value = ""

        def tell(change: Mapping[str, Any]) -> None:
            controls.note(said, shown.line(change["new"]))

        writer.observe(others, "value")
        self.observe(tell, "said")
        button = controls.button(t("Agree on this"), agree, main=True)
        order = [
            texts["if"],
            texts["then"],
            texts["who"],
            when,
            texts["obstacle"],
            texts["instead"],
            texts["alone"],
            step,
            cite,
        ]
        return controls.column(controls.row(writer, other, ours), *order, controls.row(button, said))


def open_workshop(id: str | None = None, *, db: str | None = None) -> AgreementsPanel:
    """Open the agreements of the running workshop, or alone of the demo; see `Watched.open`."""
    panel: AgreementsPanel = AgreementsPanel.open(id, db=db)
    return panel
