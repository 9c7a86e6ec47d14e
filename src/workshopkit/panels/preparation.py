"""What a facilitator fills in before a workshop, what cannot work like this, and what one had better know beforehand."""

from __future__ import annotations

import os
import re
import shlex
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from traitlets import Any as AnyTrait
from traitlets import HasTraits, List, Unicode, observe

from workshopkit import paths
from workshopkit.analysis import relabel, silos
from workshopkit.case import check, load
from workshopkit.case.check import BadCase
from workshopkit.case.model import Case
from workshopkit.errors import StoreError, WorkshopkitError
from workshopkit.i18n import N_, Translator, translator
from workshopkit.network.actors import Definition
from workshopkit.network.similar import similar
from workshopkit.panels import invitation
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

MANY_TEAMS, TOO_MANY_TEAMS = 12, 14
ADVISED = 3
MAX_ID = 30
LENGTH_NAMES = {
    "standard": N_("an afternoon: 3 hours and a quarter"),
    "two_hours": N_("2 hours"),
    "short": N_("75 minutes, the case is sent beforehand"),
}
EXAMPLE_NAMES = {
    "moderated": N_("the facilitator reads them first"),
    "open": N_("the room sees them with the marks"),
}
VOICES = {
    "proxy": N_("somebody speaks for them"),
    "own": N_("they are in the room themselves"),
    "none": N_("nobody"),
}
Payload = dict[str, Any]


def preset(lang: str) -> Payload:
    """Give the definition of the demo workshop, from which a form takes its promise and its example."""
    return definitions.read_file(paths.data() / "demo" / f"{lang}.json")


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
        self.domains = [("", "")] * ADVISED
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
        example = preset(self.lang)
        for name in ("title", "subject", "period", "promise", "goal"):
            setattr(self, name, example[name])
        teams: dict[str, list[str]] = {domain["id"]: [] for domain in example["domains"]}
        for actor in example["actors"]:
            if actor["kind"] == "team":
                teams[actor["domain"]].append(actor["label"])
        self.domains = [(domain["label"], "\n".join(teams[domain["id"]])) for domain in example["domains"]]
        self.audiences = [
            (actor["label"], actor["voice"]) for actor in example["actors"] if actor["kind"] == "audience"
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
            actors += [
                {
                    "id": ids.take(team),
                    "label": team,
                    "kind": "team",
                    "domain": domain["id"] if domain else None,
                }
                for team in teams
            ]
        actors += [
            {"id": ids.take(name), "label": name.strip(), "kind": "audience", "domain": None, "voice": voice}
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
        self.case_folder = str(there)
        self.drafted = [
            t("A draft stands in {folder}. Its texts are still the original’s own words.", folder=there),
            t("Open case.toml there, retell every text in your own words, and choose the core cards."),
            *made.doubts(self.reader),
        ]

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
        t, payload = self.t, self.payload()
        teams = [actor for actor in payload["actors"] if actor["kind"] == "team"]
        said = []
        if len(teams) > TOO_MANY_TEAMS:
            said.append(
                t(
                    "{count} teams are too many for one round of questions: merge some, to 12.",
                    count=len(teams),
                )
            )
        elif len(teams) > MANY_TEAMS:
            said.append(
                t(
                    "With {count} teams the questions take longer than 8 minutes: 12 is better.",
                    count=len(teams),
                )
            )
        said += self._about_domains(payload)
        audiences = [actor for actor in payload["actors"] if actor["kind"] == "audience"]
        if not audiences:
            said.append(
                t("There is no audience on the map: then it cannot tell whether the message gets outside.")
            )
        said += [
            t("Nobody speaks for {name}: nobody can then say what reached them.", name=actor["label"])
            for actor in audiences
            if actor["voice"] == "none"
        ]
        names = {actor["id"]: actor["label"] for actor in payload["actors"]}
        known = {label.casefold() for label in names.values()}
        if strays := [
            end for pair in read_chart(self.chart)[0] for end in pair if end.casefold() not in known
        ]:
            left = ", ".join(dict.fromkeys(strays))
            said.append(
                t("Reporting lines with a name that is not on the map are left out: {names}.", names=left)
            )
        said += [
            t("“{one}” and “{other}” look alike: are they one place?", one=names[one], other=names[other])
            for one, other in similar(names)
        ]
        if not self.backup.strip():
            said.append(t("No folder for copies is chosen: a USB stick is enough."))
        return said

    def _about_domains(self, payload: Payload) -> list[str]:
        """Tell beforehand whether a verdict on silos will be possible."""
        t = self.t
        sizes = Counter(actor["domain"] for actor in payload["actors"] if actor.get("domain"))
        if len(payload["domains"]) < 2 or not sizes:  # noqa: PLR2004 - a silo needs another one
            return [t("Without two domains the map says nothing about silos.")]
        ways = relabel.count(list(sizes.values()))
        values = {"ways": ways, "needed": silos.LEAST_RELABELLINGS}
        said = [
            t("Silos: these domains can be dealt in {ways} ways, so a verdict is possible.", **values)
            if ways >= silos.LEAST_RELABELLINGS
            else t(
                "Silos: these domains can be dealt in {ways} ways, and a verdict needs {needed}: add a team.",
                **values,
            )
        ]
        said += [
            t("{name} has 2 teams: 3 is better.", name=domain["label"])
            for domain in payload["domains"]
            if sizes[domain["id"]] == ADVISED - 1
        ]
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
