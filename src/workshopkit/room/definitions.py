"""The definition of a workshop, checked on its way in: every fault is told at once, with its remedy."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from workshopkit.case.check import faults_in
from workshopkit.errors import RefusedEvent
from workshopkit.i18n import LANGUAGES, N_, translator
from workshopkit.network import formal
from workshopkit.network.actors import ANSWERS, MAX_LABEL, Actor
from workshopkit.network.release import K
from workshopkit.room.program import LENGTHS

__all__ = ["ADVISED_PEOPLE", "MIN_PEOPLE", "BadDefinition", "check", "read_file"]

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\Z")
_RESERVED = ("press", "grapevine", "unknown", "facilitator")
MAX_ACTORS = 60
MAX_TEXT = 1000
MAX_CASE_FAULTS = 5
# Whether examples from one's own organisation are seen by the room at the facilitator's word only, at once, or not asked.
EXAMPLES = ("moderated", "open", "off")
# Anonymous mode: how many groups, and of how many people at least.
GROUPS, MIN_PEOPLE, MAX_PEOPLE = (3, 6), K, 500
# A group of k has nothing to show as soon as one phone is missing.
ADVISED_PEOPLE = 8
MIN_TEAMS, DOMAINS, TEAMS_A_DOMAIN = 2, (2, 4), 2
Entry = dict[str, Any]


class BadDefinition(RefusedEvent):
    """A workshop that cannot be held like this.

    Parameters
    ----------
    faults
        Each as a message with its values.
    """

    def __init__(self, faults: list[tuple[str, dict[str, object]]]) -> None:
        super().__init__(N_("This workshop cannot be held like this: {faults}."))
        self.faults = faults

    def text(self, lang: str) -> str:
        """Give all faults in a language."""
        t = translator(lang)
        return t(self.message, faults="; ".join(t(message, **values) for message, values in self.faults))


class _Faults(list[tuple[str, dict[str, object]]]):
    """Collects what is wrong."""

    def add(self, message: str, **values: object) -> None:
        """Note a fault; values are cut to a length that fits in a sentence."""
        self.append((message, {name: str(value)[:60] for name, value in values.items()}))


def check(payload: Entry) -> Entry:
    """Give a definition as it may be stored.

    Parameters
    ----------
    payload
        ``title``, ``subject``, ``period``, ``promise``, ``goal``, ``lang``, ``length``, ``answers``, ``examples``,
        ``domains`` and ``actors``; ``formal``, pairs (boss, reporter) of ids, if there are any; ``case``, as its file says it, if the
        workshop brings a case of its own.

    Raises
    ------
    BadDefinition
        Naming everything that is wrong.
    """
    faults = _Faults()
    texts = {name: _text(payload, name, faults) for name in ("title", "subject", "period", "promise", "goal")}
    if not texts["subject"]:
        faults.add(N_("the subject is missing: say in one sentence what the message is"))
    lang, length, answers, examples = _choices(payload, faults)
    anonymous = answers == "anonymous"
    own = payload.get("case")
    if own is not None:
        for fault in faults_in(own)[:MAX_CASE_FAULTS]:
            faults.add(fault.message, **fault.values)
    domains = _entries(payload, "domains", faults)
    actors = _entries(payload, "actors", faults)
    known = [entry["id"] for entry in domains]
    for entry, given in zip(actors, _dicts(payload.get("actors")), strict=False):
        _fill(entry, given, known, faults)
    if anonymous:
        _count_groups(actors, domains, _dicts(payload.get("actors")), faults)
    else:
        _count(actors, domains, faults)
    chart = _formal(payload, actors, faults)
    if faults:
        raise BadDefinition(faults)
    return {
        **texts,
        "lang": lang,
        "length": length,
        # A text of one's own may tell who wrote it, however many others there are.
        "examples": "off" if anonymous else examples,
        **({"answers": answers} if anonymous else {}),
        "domains": domains,
        "actors": actors,
        **({"formal": chart} if chart else {}),
        **({} if own is None else {"case": own}),
    }


def read_file(path: Path) -> Entry:
    """Read and check a definition from a JSON file.

    Raises
    ------
    RefusedEvent
        If it is no JSON, or no definition that can be held.
    """
    try:
        payload = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        payload = None
    if not isinstance(payload, dict):
        raise RefusedEvent(N_("{file} is not a readable definition of a workshop."), file=path.name)
    return check(payload)


def _choices(payload: Entry, faults: _Faults) -> tuple[str, str, str, str]:
    """Read what is one of a few: language, length, who answers, and what becomes of examples."""
    lang = payload.get("lang", LANGUAGES[0])
    if lang not in LANGUAGES:
        faults.add(N_("the language {lang} is not known: choose nl or en"), lang=lang)
    length = payload.get("length", LENGTHS[0])
    if length not in LENGTHS:
        faults.add(N_("the plan {length} is not known: choose standard, two_hours or short"), length=length)
    answers = payload.get("answers", ANSWERS[0])
    if answers not in ANSWERS:
        faults.add(N_("answers {answers} is not known: choose team or anonymous"), answers=answers)
    examples = payload.get("examples", EXAMPLES[0])
    if examples not in EXAMPLES:
        faults.add(N_("examples {examples} is not known: choose moderated, open or off"), examples=examples)
    return lang, length, answers, examples


def _text(payload: Entry, name: str, faults: _Faults) -> str:
    value = payload.get(name, "")
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        faults.add(N_("{name} must be a text of at most {limit} characters"), name=name, limit=MAX_TEXT)
        return "?"
    return value.strip()


def _dicts(value: object) -> list[Entry]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _entries(payload: Entry, name: str, faults: _Faults) -> list[Entry]:
    given = payload.get(name, [])
    entries = _dicts(given)
    if not isinstance(given, list) or len(entries) != len(given):
        faults.add(N_("{name} must be a list of entries with an id and a label"), name=name)
    found = []
    for entry in entries:
        key, label = entry.get("id"), entry.get("label")
        if not isinstance(key, str) or not _ID.match(key) or key in _RESERVED:
            faults.add(N_("{id} is no id: use small letters, digits and dashes"), id=key)
            key = ""
        if not isinstance(label, str) or not 0 < len(label.strip()) <= MAX_LABEL:
            faults.add(N_("{id} needs a label of at most {limit} characters"), id=key or "?", limit=MAX_LABEL)
            label = ""
        found.append({"id": key, "label": label.strip()})
    for field in ("id", "label"):
        for value, count in Counter(entry[field].casefold() for entry in found).items():
            if value and count > 1:
                faults.add(N_("“{value}” stands there twice: give each its own name"), value=value)
    return found


def _fill(entry: Entry, given: Entry, domains: list[str], faults: _Faults) -> None:
    """Add to a checked id and label what else an actor has."""
    kind = given.get("kind", "team")
    if kind not in ("team", "audience"):
        faults.add(N_("{id} must be a team or an audience, not {kind}"), id=entry["id"], kind=kind)
        kind = "team"
    domain = given.get("domain")
    if domain is not None and (kind == "audience" or domain not in domains):
        faults.add(N_("{id} cannot be in the domain {domain}"), id=entry["id"], domain=domain)
    if domain is None and kind == "team" and domains:
        faults.add(N_("{id} needs a domain, as the other teams have"), id=entry["id"])
    voice = given.get("voice", "own" if kind == "team" else "none")
    if voice not in ("own", "proxy", "none") or (kind == "team" and voice != "own"):
        faults.add(N_("{id} cannot have the voice {voice}"), id=entry["id"], voice=voice)
    entry.update(kind=kind, domain=domain if isinstance(domain, str) else None, voice=voice)


def _formal(payload: Entry, actors: list[Entry], faults: _Faults) -> list[list[str]]:
    """Read the reporting lines, which a workshop may do without."""
    lines, unreadable = formal.pairs(payload.get("formal") or [])
    if unreadable:
        faults.add(N_("formal must be a list of pairs of ids: the boss, and who reports"))
    places = {entry["id"]: Actor(entry["id"], entry["label"], entry["kind"]) for entry in actors}
    for message, values in formal.faults(lines, places):
        faults.add(message, **values)
    return [list(pair) for pair in lines]


def _count_groups(actors: list[Entry], domains: list[Entry], given: list[Entry], faults: _Faults) -> None:
    """See to it that nobody stands out among those who answer one by one."""
    groups = [entry for entry in actors if entry["voice"] != "none"]
    if not GROUPS[0] <= len(groups) <= GROUPS[1]:
        faults.add(
            N_(
                "anonymous answers need {least} to {most} groups, and here are {count}: merge some, or add one"
            ),
            least=GROUPS[0],
            most=GROUPS[1],
            count=len(groups),
        )
    if domains:
        faults.add(N_("anonymous answers have no domains: take them out, or let teams answer together"))
    uncounted = []
    for entry, one in zip(actors, given, strict=False):
        if entry["voice"] == "proxy":
            faults.add(
                N_(
                    "in anonymous mode nobody can speak for {name} alone: "
                    "invite {limit} of them as a group of their own, or let nobody speak for them"
                ),
                name=entry["label"],
                limit=MIN_PEOPLE,
            )
        if entry["voice"] != "own":
            continue
        people = one.get("people")
        if not isinstance(people, int) or isinstance(people, bool) or not 0 < people <= MAX_PEOPLE:
            uncounted.append(entry["label"])
            continue
        if people < MIN_PEOPLE:
            faults.add(
                N_(
                    "{name} has {count} people, and anonymous answers need at least {limit}: "
                    "merge it with another group, or let teams answer together"
                ),
                name=entry["label"],
                count=people,
                limit=MIN_PEOPLE,
            )
        entry["people"] = people
    if len(uncounted) == 1:
        faults.add(N_("say of {name} how many people it has, for example 8"), name=uncounted[0])
    elif uncounted:
        faults.add(N_("say of each group how many people it has, for example 8"))


def _count(actors: list[Entry], domains: list[Entry], faults: _Faults) -> None:
    teams = [entry for entry in actors if entry["kind"] == "team"]
    if len(teams) < MIN_TEAMS:
        faults.add(N_("there are too few teams: at least {limit}"), limit=MIN_TEAMS)
    if len(actors) > MAX_ACTORS:
        faults.add(N_("there are too many places on the map: at most {limit}"), limit=MAX_ACTORS)
    if domains and not DOMAINS[0] <= len(domains) <= DOMAINS[1]:
        faults.add(N_("have no domains, or {least} to {most}"), least=DOMAINS[0], most=DOMAINS[1])
    sizes = Counter(entry["domain"] for entry in teams)
    for domain in domains:
        if sizes[domain["id"]] < TEAMS_A_DOMAIN:
            faults.add(
                N_("the domain {domain} needs at least {limit} teams"),
                domain=domain["label"],
                limit=TEAMS_A_DOMAIN,
            )
