"""What a facilitator fills in before a workshop, what cannot work like this, and what one had better know beforehand."""

from __future__ import annotations

import os
import re
import shlex
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from traitlets import Any as AnyTrait
from traitlets import HasTraits, List, Unicode, observe

from workshopkit import paths
from workshopkit.case import check, load
from workshopkit.case.check import BadCase
from workshopkit.case.model import Case
from workshopkit.errors import StoreError, WorkshopkitError
from workshopkit.i18n import N_, Translator, translator
from workshopkit.network.actors import Definition
from workshopkit.panels import advice, demo, invitation
from workshopkit.panels.script import plan
from workshopkit.room import definitions
from workshopkit.room.definitions import BadDefinition
from workshopkit.room.fold import Room
from workshopkit.store import open_store
from workshopkit.store.contract import Workshop

__all__ = [
    "EXAMPLE_NAMES",
    "LENGTH_NAMES",
    "VOICES",
    "Preparation",
    "preset",
    "read_chart",
    "store_url",
    "written_chart",
]

MAX_ID = 30
LENGTH_NAMES = {
    "standard": N_("an afternoon: 3 hours and a quarter"),
    "two_hours": N_("2 hours"),
    "short": N_("75 minutes, the case is sent beforehand"),
}
EXAMPLE_NAMES = {
    "moderated": N_("the facilitator reads them first"),
    "open": N_("the room sees them with the marks"),
    "off": N_("they are not asked"),
}
VOICES = {
    "proxy": N_("somebody speaks for them"),
    "own": N_("they are in the room themselves"),
    "none": N_("nobody"),
}
Payload = dict[str, Any]


# A group with how many people it has: "Desk, 8".
_SIZED = re.compile(r"(.*?)[\s,:;(]+(\d{1,4})\)?\s*\Z")


def preset(lang: str, *, anonymous: bool = False) -> Payload:
    """Give the definition of a demo workshop, from which a form takes its promise and its example."""
    return definitions.read_file(demo.definition_file(lang, anonymous=anonymous))


def sized(name: str) -> tuple[str, int | None]:
    """Read a group with how many people it has.

    Examples
    --------
    >>> sized("Desk, 8"), sized("Desk (8)"), sized("Desk 2 north")
    (('Desk', 8), ('Desk', 8), ('Desk 2 north', None))
    """
    found = _SIZED.match(name)
    return (found[1].strip(), int(found[2])) if found and found[1].strip() else (name.strip(), None)


class Preparation(HasTraits):
    """A workshop in the making.

    Parameters
    ----------
    lang
        The facilitator's language, and at first that of the workshop.
    db
        The URL of the store that the workshop is made in.
    running
        Whether the pages of that store are being served.
    """

    title = Unicode()
    subject = Unicode()
    period = Unicode()
    goal = Unicode()
    promise = Unicode()
    lang = Unicode(help="Of the workshop.")
    length = Unicode("standard")
    answers = Unicode("team")
    examples = Unicode("moderated")
    case_folder = Unicode(help="The folder of a case of one's own; empty for the one that the kit has.")
    domains: List[Any] = List(help="Pairs: the domain's name, and its teams, one a line.")
    audiences: List[Any] = List(help="Pairs: the audience's name, and who speaks for it.")
    chart = Unicode(help="The reporting lines if any, one a line: boss > who reports.")
    undrawn = Unicode(help="What is wrong with the map as it was drawn; empty if it is in here.")
    backup = Unicode(help="The folder for copies; empty for none.")
    made = AnyTrait(help="The workshop that was made; None before.")
    failed = Unicode(help="Why it could not be made.")
    drafted: List[Any] = List(
        help="What came of the last text: where the draft is, and what it was unsure of."
    )
    invited = Unicode(help="Where the invitation was written, or why it was not.")

    def __init__(self, lang: str, *, db: str, running: bool = False) -> None:
        super().__init__()
        self.reader = lang
        self.db = db
        self.running = running
        start = preset(lang)
        self.lang, self.period, self.promise = lang, start["period"], start["promise"]
        self.domains = [("", "")] * advice.TEAMS_OF_A_DOMAIN
        self.audiences = [("", "proxy")]

    @property
    def t(self) -> Translator:
        """Give what translates for the facilitator."""
        return translator(self.reader)

    @observe("lang")
    def _speak(self, change: Any) -> None:
        """Put the texts that were given beforehand into the workshop's language, unless they were changed."""
        if not change["old"]:
            return
        old, new = preset(change["old"]), preset(change["new"])
        for name in ("period", "promise"):
            if getattr(self, name) == old[name]:
                setattr(self, name, new[name])

    def take_example(self) -> None:
        """Fill in the demo workshop, to change it or to look around."""
        example = preset(self.lang, anonymous=self.answers == "anonymous")
        for name in ("title", "subject", "period", "promise", "goal"):
            setattr(self, name, example[name])
        teams: dict[str, list[str]] = {domain["id"]: [] for domain in example["domains"]}
        loose: list[str] = []
        for actor in example["actors"]:
            if actor["kind"] == "team":
                teams.get(actor["domain"], loose).append(_with_size(actor))
        self.domains = [("", "\n".join(loose))] * bool(loose) + [
            (domain["label"], "\n".join(teams[domain["id"]])) for domain in example["domains"]
        ]
        self.audiences = [
            (_with_size(actor), actor["voice"]) for actor in example["actors"] if actor["kind"] == "audience"
        ]
        labels = {actor["id"]: actor["label"] for actor in example["actors"]}
        self.chart = "\n".join(written_chart((labels[a], labels[b]) for a, b in example.get("formal", ())))

    def payload(self) -> Payload:
        """Give the definition as it stands: what is empty is left out, and names get their ids."""
        ids = _Ids()
        filled = [
            (name.strip(), _names(teams)) for name, teams in self.domains if name.strip() or teams.strip()
        ]
        # One group without a name is a map without domains.
        parted = len(filled) > 1 or any(name for name, _ in filled)
        domains, actors = [], []
        for name, teams in filled:
            domain = {"id": ids.take(name or "domain"), "label": name} if parted else None
            domains += [domain] if domain else []
            home = domain["id"] if domain else None
            actors += [self._place(ids, team, kind="team", domain=home) for team in teams]
        actors += [
            self._place(ids, name, kind="audience", domain=None, voice=voice)
            for name, voice in self.audiences
            if name.strip()
        ]
        named = {str(actor["label"]).casefold(): str(actor["id"]) for actor in actors}
        pairs = [tuple(named.get(end.casefold()) for end in pair) for pair in read_chart(self.chart)[0]]
        formal = [list(pair) for pair in dict.fromkeys(pairs) if None not in pair]
        return {
            "title": self.title.strip() or self.subject.strip(),
            **{
                name: getattr(self, name)
                for name in ("subject", "period", "goal", "promise", "lang", "length")
            },
            "answers": self.answers,
            "examples": self.examples,
            "domains": domains,
            "actors": actors,
            **({"formal": formal} if formal else {}),
            **({"case": dict(self.case.raw)} if self.case_folder.strip() else {}),
        }

    def _place(self, ids: _Ids, name: str, **more: Any) -> Payload:
        """Give an actor; where everybody answers alone its name is followed by how many people it has."""
        label, people = sized(name) if self.answers == "anonymous" else (name.strip(), None)
        counted = {"people": people} if self.answers == "anonymous" and more.get("voice") != "none" else {}
        return {"id": ids.take(label), "label": label, **more, **counted}

    @property
    def case(self) -> Case:
        """Give the case that will be read; the kit's own while another one cannot be."""
        folder = self.case_folder.strip()
        try:
            return load.open_case(Path(folder).expanduser()) if folder else load.default()
        except BadCase:
            return load.default()

    def take_text(self, name: str, content: bytes, folder: Path | None = None) -> None:
        """Make a draft of a case from a text with comments, above the folder of this notebook, and choose it."""
        # Only now: it needs what reads web pages.
        from workshopkit.case import importing

        t = self.t
        try:
            made = importing.draft(content, name, None)
            there = (folder or Path.cwd().parent) / f"case-{made.case['id']}"
            made.write(there, self.reader)
        except (WorkshopkitError, OSError) as error:
            said = error.text(self.reader) if isinstance(error, WorkshopkitError) else str(error.strerror)
            self.drafted = [said]
            return
        self.drafted = [
            t("A draft stands in {folder}. Its texts are still the original’s own words.", folder=there),
            t("Open case.toml there, retell every text in your own words, and choose the core cards."),
            *made.doubts(self.reader),
        ]
        self.case_folder = str(there)

    def invite(self, folder: Path | None = None) -> Path | None:
        """Write the invitation with the whole case, above the folder of this notebook; `invited` tells where."""
        text = invitation.invitation(self.case, self.subject.strip(), self.promise.strip(), self.lang)
        try:
            file = invitation.write(text, folder or Path.cwd().parent, self.lang)
        except OSError as error:
            self.invited = self.t(
                "It cannot be written ({reason}).", reason=error.strerror or type(error).__name__
            )
            return None
        self.invited = self.t("Written: {file}", file=file)
        return file

    def faults(self) -> list[str]:
        """Say what cannot work like this, each with its remedy; nothing is made while there is any."""
        t = self.t
        found: list[tuple[str, Mapping[str, object]]] = []
        if not self.promise.strip():
            found.append((N_("the sponsor's promise is missing: without a promise there is no start"), {}))
        if not self.period.strip():
            found.append((N_("the period is missing: say of which weeks everybody thinks"), {}))
        if self.undrawn:
            found.append((N_("the drawn map is not in the form yet: {fault}"), {"fault": self.undrawn}))
        found += [
            (N_("“{line}” is no reporting line: write a boss, then >, then who reports"), {"line": line[:60]})
            for line in read_chart(self.chart)[1]
        ]
        try:
            definitions.check(self.payload())
        except BadDefinition as error:
            found += error.faults
        if self.case_folder.strip():
            try:
                check.read(Path(self.case_folder.strip()).expanduser())
            except BadCase as error:
                found.append(
                    (N_("the case cannot be read aloud: {fault}"), {"fault": error.text(self.reader)})
                )
        if self.backup.strip() and not _writable(Path(self.backup.strip())):
            found.append(
                (
                    N_(
                        "the folder {folder} cannot be written: connect the stick it is on, or choose another one"
                    ),
                    {"folder": self.backup.strip()},
                )
            )
        return [_sentence(t(message, **values)) for message, values in found]

    def warnings(self) -> list[str]:
        """Say what one had better know beforehand; it stops nobody."""
        said = advice.of(self.payload(), read_chart(self.chart)[0], self.t)
        if not self.backup.strip():
            said.append(self.t("No folder for copies is chosen: a USB stick is enough."))
        return said

    def minutes(self) -> list[tuple[str, int]]:
        """Give the parts of the workshop with their minutes, and all of it."""
        given = Definition.read({"actors": [], "length": self.length})
        blocks = plan(Room(definition=given), self.reader)["blocks"]
        rows = [(block["label"], block["minutes"]) for block in blocks]
        return [*rows, (self.t("together"), sum(count for _, count in rows))]

    def make(self) -> Workshop | None:
        """Make the workshop in the store, if nothing stands in its way."""
        if self.faults():
            return None
        payload = definitions.check(self.payload())
        try:
            store = open_store(self.db)
            try:
                made = store.create_workshop(title=payload["title"], lang=payload["lang"], definition=payload)
            finally:
                store.close()
        except (StoreError, OSError) as error:
            self.failed = error.text(self.reader) if isinstance(error, StoreError) else str(error)
            return None
        self.failed, self.made = "", made
        return made

    def next_steps(self) -> list[str]:
        """Say what comes after the workshop was made."""
        t = self.t
        if self.made is None:
            return []
        command = ["workshopkit", "serve", self.made.id, "--host", "0.0.0.0"]  # noqa: S104 - so that phones get in
        if self.backup.strip():
            command += ["--backup-dir", str(Path(self.backup.strip()))]
        said = [
            t("“{title}” is made. The code to join is {code}.", title=self.made.title, code=self.made.code)
        ]
        if self.running:
            said.append(t("Show the addresses below: they now lead to this workshop."))
            if self.backup.strip():
                said.append(
                    t("For the copies, start the pages anew with: {command}", command=shlex.join(command))
                )
        else:
            said.append(t("Start the pages in a terminal: {command}", command=shlex.join(command)))
        return said


class _Ids:
    """Makes ids from names: small letters, digits and dashes, each once."""

    def __init__(self) -> None:
        # These have a meaning of their own in answers.
        self._taken = {"press", "grapevine", "unknown", "facilitator"}

    def take(self, name: str) -> str:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_ID].strip("-") or "place"
        number, found = 1, stem
        while found in self._taken:
            number += 1
            found = f"{stem}-{number}"
        self._taken.add(found)
        return found


def _with_size(actor: Payload) -> str:
    return f"{actor['label']}, {actor['people']}" if actor.get("people") else str(actor["label"])


def _names(lines: str) -> list[str]:
    return [line.strip() for line in lines.splitlines() if line.strip()]


def read_chart(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    r"""Read reporting lines, one a line; gives the pairs of names, and the lines that are none.

    Examples
    --------
    >>> read_chart("Board > Desk\n\nBoard")
    ([('Board', 'Desk')], ['Board'])
    """
    pairs, unread = [], []
    for line in _names(text):
        boss, _, reporter = line.partition(" > " if " > " in line else ">")
        if boss.strip() and reporter.strip():
            pairs.append((boss.strip(), reporter.strip()))
        else:
            unread.append(line)
    return pairs, unread


def written_chart(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Write reporting lines as they are typed."""
    return [f"{boss} > {reporter}" for boss, reporter in pairs]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def _writable(folder: Path) -> bool:
    """Try whether a file can be made there; a folder that is yet to be made is tried one above."""
    there = folder if folder.is_dir() else folder.parent
    if folder.exists() and not folder.is_dir():
        return False
    try:
        with tempfile.TemporaryFile(dir=there):
            return True
    except OSError:
        return False


def store_url(environ: Mapping[str, str] | None = None) -> tuple[str, bool]:
    """Give the store that a workshop is made in, and whether its pages are being served."""
    given = os.environ if environ is None else environ
    url = given.get("WORKSHOPKIT_DB")
    return (url, True) if url else (str(paths.store()), False)
