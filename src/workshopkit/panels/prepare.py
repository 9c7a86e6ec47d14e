"""Act 00 in the facilitator's notebook: the form that makes a workshop, and the addresses of the one that runs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from workshopkit.errors import UsageError
from workshopkit.i18n import N_, translator
from workshopkit.panels import controls, drawing, drawing_prepare, shown
from workshopkit.panels.language import notebook_language
from workshopkit.panels.preparation import EXAMPLE_NAMES, LENGTH_NAMES, VOICES, Preparation, store_url
from workshopkit.store import open_store
from workshopkit.store.contract import Store

__all__ = ["Addresses", "Form", "open_addresses", "open_form"]

LINK_TTL_S = 12 * 3600.0
_HTTP = ("http://", "https://")
MOST_DOMAINS, MOST_AUDIENCES = 4, 4
_TEXTS = {
    "subject": (N_("Subject: the one message, in a sentence"), 1),
    "period": (N_("Period"), 1),
    "goal": (N_("Goal of the organisation that it serves"), 1),
    "title": (N_("Name of the workshop (if you like)"), 1),
    "promise": (N_("The sponsor's promise"), 4),
}


class Addresses:
    """Where the pages of a workshop are; shown as links in a notebook.

    Parameters
    ----------
    lang
        The reader's language.
    base
        The address of the door; None while no workshop runs.
    code
        The join code.
    enter
        A link that opens the cockpit once, for this facilitator.
    """

    def __init__(self, lang: str, base: str | None = None, code: str = "", enter: str = "") -> None:
        self._t = translator(lang)
        self._base = base.rstrip("/") if base and base.startswith(_HTTP) else None
        self.code = code
        self._enter = enter

    @property
    def links(self) -> dict[str, str]:
        """Give the addresses by page, in the order in which one needs them."""
        if self._base is None:
            return {}
        return {
            "cockpit": f"{self._base}/enter/{self._enter}" if self._enter else f"{self._base}/cockpit",
            "wall": f"{self._base}/wall",
            "join": f"{self._base}/j/{self.code}" if self.code else f"{self._base}/",
        }

    def _told(self) -> dict[str, str]:
        t = self._t
        return {
            "cockpit": t("Cockpit: open it first. This link works once."),
            "wall": t("Big screen: open it after the cockpit, in the same browser."),
            "join": t("Join page: where the phones go."),
        }

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": self.html}

    @property
    def html(self) -> str:
        """Give the addresses as links; every text in it is escaped."""
        if not self.links:
            paragraph = ET.Element("p")
            paragraph.text = repr(self)
            return ET.tostring(paragraph, encoding="unicode")
        told, listed = self._told(), ET.Element("ul")
        for page, address in self.links.items():
            entry = ET.SubElement(listed, "li")
            entry.text = f"{told[page]} "
            link = ET.SubElement(entry, "a", href=address, target="_blank", rel="noopener")
            link.text = address
        return ET.tostring(listed, encoding="unicode")

    def __repr__(self) -> str:
        if not self.links:
            t = self._t
            return t("No workshop runs here. Start one in a terminal: workshopkit demo")
        told = self._told()
        return "\n".join(f"{told[page]} {address}" for page, address in self.links.items())


def open_addresses(environ: Mapping[str, str] | None = None) -> Addresses:
    """Find the running workshop and give its addresses.

    Parameters
    ----------
    environ
        The process's own when left out: ``WORKSHOPKIT_DB`` and ``WORKSHOPKIT_URL`` come from ``serve`` and ``demo``.
    """
    given = os.environ if environ is None else environ
    lang = notebook_language(given)
    url = given.get("WORKSHOPKIT_DB")
    if not url:
        return Addresses(lang)
    store = open_store(url, create=False)
    try:
        return _addresses(store, lang, given.get("WORKSHOPKIT_URL"))
    finally:
        store.close()


def _addresses(store: Store, lang: str, base: str | None) -> Addresses:
    base = base or store.meta("door_url")
    workshop = next((one for one in store.workshops() if one.closed is None), None)
    if workshop is None or not base:
        return Addresses(lang)
    token = store.issue_token(workshop.id, purpose="enter", role="facilitator", ttl_s=LINK_TTL_S, uses=1)
    return Addresses(lang, base, workshop.code, token)


class Form:
    """The form: what is typed goes into a `Preparation`, which says at once what cannot work.

    Parameters
    ----------
    model
        The workshop in the making.
    environ
        The process's own when left out.
    """

    def __init__(self, model: Preparation, environ: Mapping[str, str] | None = None) -> None:
        self.model = model
        self._environ = environ
        self.t = model.t
        self._filling = False

    @property
    def subject(self) -> Any:
        """Give the fields on what it is about, with the sponsor's promise."""
        from traitlets import link

        fields = []
        for name, (text, rows) in _TEXTS.items():
            fields.append(controls.field(self.t(text), rows=rows))
            link((self.model, name), (fields[-1], "value"))
        example = controls.button(self.t("Fill in the example"), self.model.take_example)
        return controls.column(example, *fields)

    @property
    def plan(self) -> Any:
        """Give language, length and answer mode, with the minutes of every part."""
        from traitlets import link

        t, minutes = self.t, controls.shown()
        kinds = {
            "lang": (N_("Language of the phones"), {"nl": "Nederlands", "en": "English"}),
            "length": (N_("Length"), {one: t(text) for one, text in LENGTH_NAMES.items()}),
            "answers": (
                N_("Who answers"),
                {"team": t("a team together"), "anonymous": t("everybody, anonymously")},
            ),
            "examples": (
                N_("Examples that teams tell"),
                {one: t(text) for one, text in EXAMPLE_NAMES.items()},
            ),
        }
        chosen = []
        for name, (text, options) in kinds.items():
            pairs = [(label, value) for value, label in options.items()]
            chosen.append(controls.choice(t(text), pairs, getattr(self.model, name)))
            link((self.model, name), (chosen[-1], "value"))

        def count(_: object = None) -> None:
            controls.note(minutes, shown.table([t("part"), t("minutes")], self.model.minutes()))

        self.model.observe(count, "length")
        count()
        return controls.beside(chosen, [minutes], half=True)

    @property
    def teams(self) -> Any:
        """Give the teams, one a line under their domain."""
        t = self.t
        boxes = [
            (
                controls.name_field(t("domain {number}", number=number + 1)),
                controls.lines_field(t("one team a line")),
            )
            for number in range(MOST_DOMAINS)
        ]

        def ask(_: object = None) -> None:
            alone = self.model.answers == "anonymous"
            for _name, place in boxes:
                place.placeholder = (
                    t("one group a line, with its people: Desk, 8") if alone else t("one team a line")
                )

        self.model.observe(ask, "answers")
        ask()

        def read(_: object = None) -> None:
            if not self._filling:
                # What does not fit in the boxes came from the drawn map, and stays.
                more = self.model.domains[len(boxes) :]
                self.model.domains = [*((name.value, teams.value) for name, teams in boxes), *more]

        def show(_: object = None) -> None:
            self._fill([*self.model.domains, *[("", "")] * MOST_DOMAINS], boxes)

        return self._both(
            boxes, "domains", read, show, controls.row(*(controls.stack(*pair) for pair in boxes))
        )

    @property
    def audiences(self) -> Any:
        """Give the audiences, each with who speaks for it."""
        t = self.t
        voices = [(t(text), voice) for voice, text in VOICES.items()]
        boxes = [
            (
                controls.name_field(t("audience {number}", number=number + 1)),
                controls.choice("", voices, tip=t("who speaks for them")),
            )
            for number in range(MOST_AUDIENCES)
        ]

        def read(_: object = None) -> None:
            if not self._filling:
                more = self.model.audiences[len(boxes) :]
                self.model.audiences = [*((name.value, voice.value) for name, voice in boxes), *more]

        def show(_: object = None) -> None:
            self._fill([*self.model.audiences, *[("", voices[0][1])] * MOST_AUDIENCES], boxes)

        return self._both(
            boxes, "audiences", read, show, controls.column(*(controls.row(*pair) for pair in boxes))
        )

    @property
    def chart(self) -> Any:
        """Give the reporting lines, one a line; they may stay empty."""
        from traitlets import link

        t = self.t
        example = t("boss > who reports, one a line")
        place = controls.field(t("Reporting lines (if you like)"), rows=6, placeholder=example)
        link((self.model, "chart"), (place, "value"))
        return place

    @property
    def map(self) -> Any:
        """Give the map to draw on, in step with the names that were typed."""
        try:
            board = drawing.editor(drawing_prepare.drawing(self.model), self.model.reader, show_formal=True)
        except UsageError as error:
            return shown.line(error.text(self.model.reader))
        drawing_prepare.attach(self.model, board)
        return board

    def _fill(self, values: Any, boxes: Any) -> None:
        self._filling = True
        for pair, places in zip(values, boxes, strict=False):
            for value, place in zip(pair, places, strict=True):
                place.value = value
        self._filling = False

    def _both(self, boxes: Any, name: str, read: Any, show: Any, view: Any) -> Any:
        """Keep fields and model in step, both ways."""
        show()
        for pair in boxes:
            for place in pair:
                place.observe(read, "value")
        self.model.observe(show, name)
        return view

    @property
    def case(self) -> Any:
        """Give the field for a case of one's own, and the button that writes the invitation."""
        from traitlets import link

        from workshopkit.widgets.drop import DropZone

        t, model, said, drafted = self.t, self.model, controls.shown(), controls.shown()
        place = controls.field(t("Folder of a case of your own (if you like)"), placeholder="my-case")
        link((model, "case_folder"), (place, "value"))

        def tell(_: object = None) -> None:
            controls.note(said, shown.line(model.invited) if model.invited else None)

        def doubt(_: object = None) -> None:
            controls.note(drafted, shown.sentences(model.drafted) if model.drafted else None)

        drop = DropZone(text=t("Drop a text or a saved web page with its comments here, or choose it."))
        drop.on_file(model.take_text)
        model.observe(tell, "invited")
        model.observe(doubt, "drafted")
        tell()
        doubt()
        invite = controls.button(t("Write the invitation"), model.invite)
        return controls.column(place, drop, drafted, invite, said)

    @property
    def backup(self) -> Any:
        """Give the field for the folder of the copies."""
        from traitlets import link

        place = controls.field(self.t("Folder for copies"), placeholder="/media/usb")
        link((self.model, "backup"), (place, "value"))
        return place

    @property
    def make(self) -> Any:
        """Give what cannot work, what to know beforehand, and the button that makes the workshop."""
        t, model = self.t, self.model
        faults, warnings, done = controls.shown(), controls.shown(), controls.column(gap="2px")
        button = controls.button(t("Make the workshop"), model.make, main=True)
        ready = controls.title("")

        def look(_: object = None) -> None:
            found = model.faults()
            button.disabled = bool(found) or model.made is not None
            ready.value = t("This cannot work yet:") if found else t("Nothing stands in the way.")
            controls.note(faults, shown.sentences(found) if found else None)
            controls.note(warnings, shown.sentences(model.warnings()))
            said = [model.failed] if model.failed else model.next_steps()
            done.children = [controls.shown(shown.line(one)) for one in said]

        model.observe(look)
        look()
        return controls.column(
            ready, faults, controls.title(t("Good to know beforehand")), warnings, button, done
        )

    @property
    def addresses(self) -> Any:
        """Give the addresses of the workshop that runs, and a button for new ones."""
        place = controls.shown()

        def show(_: object = None) -> None:
            place.value = open_addresses(self._environ).html

        self.model.observe(show, "made")
        show()
        return controls.column(controls.button(self.t("Show the addresses"), show), place)


def open_form(environ: Mapping[str, str] | None = None) -> Form:
    """Open the form for a new workshop, in the store of the kit that runs or else in the user's own.

    Parameters
    ----------
    environ
        The process's own when left out.
    """
    db, running = store_url(environ)
    return Form(Preparation(notebook_language(environ), db=db, running=running), environ)
