"""What is asked 30 and 90 days after a workshop, and what came back: no account, and nobody's laptop is needed.

Whoever wrote an agreement is asked whether it was done; whoever receives on its line is asked whether it arrived. Every
agreement has a code, made of what it says: it is the same in every calendar and mail, and in a workshop that was restored.
A code is a name and no secret: answers come in by hand of who led the workshop.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from babel.dates import format_date

from workshopkit.errors import UsageError
from workshopkit.i18n import LANGUAGES, N_, Translator, translator
from workshopkit.network.actors import Definition
from workshopkit.room.agreements import Agreement
from workshopkit.room.fold import Room
from workshopkit.room.leading import FOLLOWED_AFTER
from workshopkit.room.plain import plain

__all__ = [
    "ANSWERS",
    "ASKED",
    "ROUNDS",
    "Letter",
    "Question",
    "Reply",
    "codes",
    "date",
    "day_of",
    "due",
    "letter",
    "questions",
    "read",
]

ROUNDS = FOLLOWED_AFTER
VALID_DAYS = 120
ASKED = ("done", "arrived")
ANSWERS = ("yes", "partly", "no")
QUESTIONS = {"done": N_("Did you do it?"), "arrived": N_("Did it arrive with you?")}
# The word behind a code in a mail, and the words to answer with: short, and read back in every language.
_WORDS = {"done": N_("did"), "arrived": N_("arrived")}
ANSWER_WORDS = {"yes": N_("yes"), "partly": N_("partly"), "no": N_("no")}
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # as join codes: nothing that looks like another
_LENGTH = 6
_REPLY = re.compile(
    r"^[\s>|*•\-]*(?P<code>[0-9A-Za-z]{6})-(?P<days>\d{2,3})\s+(?P<word>[^\W\d]+)\s*:[ \t*]*(?P<answer>[^\n\r]*)$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked of one team about one agreement.

    Parameters
    ----------
    agreement, code
        What it is about, and its name.
    asked
        ``"done"`` or ``"arrived"``.
    team
        The actor that is asked.
    """

    agreement: Agreement
    code: str
    asked: str
    team: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that is ready to be sent: its subject and its text."""

    subject: str
    text: str

    @property
    def address(self) -> str:
        """Give it as a link that opens a mail program; to whom is filled in there."""
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.text.replace(chr(10), chr(13) + chr(10)))}"


@dataclass(frozen=True, slots=True)
class Reply:
    """What one team answered to one question, after so many days."""

    agreement: str
    days: int
    asked: str
    answer: str


def day_of(room: Room) -> dt.date:
    """Give the day of a workshop, by the last act that was opened; today for one that is still to be held."""
    now = dt.datetime.now().astimezone()
    return (now if room.opened_at is None else dt.datetime.fromtimestamp(room.opened_at, now.tzinfo)).date()


def date(day: str, lang: str) -> str:
    """Write a day as a reader of this language does.

    Examples
    --------
    >>> date("2026-04-01", "en"), date("2026-04-01", "nl")
    ('1 April 2026', '1 april 2026')
    """
    return format_date(dt.date.fromisoformat(day), "long", locale=_locale(lang))


def due(room: Room, days: int) -> dt.date:
    """Give the day on which a round is asked."""
    return day_of(room) + dt.timedelta(days=days)


def codes(room: Room) -> dict[str, str]:
    """Give the code of every agreement that stands, by its id."""
    found: dict[str, str] = {}
    for one in _standing(room):
        said = "\x1f".join(
            [*one.line, one.writer, *(one.texts[name] for name in sorted(one.texts)), one.when]
        )
        again = 0
        while (code := _code(f"{said}\x1f{again}")) in found.values():
            again += 1
        found[one.id] = code
    return found


def questions(room: Room, team: str | None = None) -> tuple[Question, ...]:
    """Give what is asked, of one team or of all: first what it wrote, then what it receives."""
    named = codes(room)
    asked = [
        Question(one, named[one.id], what, one.writer if what == "done" else one.line[1])
        for what in ASKED
        for one in _standing(room)
    ]
    return tuple(one for one in asked if team in {None, one.team})


def letter(room: Room, team: str | None, days: int, lang: str) -> Letter | None:
    """Write what one team is asked after so many days, or all of them; None while there is nothing to ask.

    Parameters
    ----------
    room
        The workshop.
    team
        An actor's id; None for a text for whoever led the workshop.
    days
        One of `ROUNDS`.
    lang
        The reader's language.
    """
    t, asked = translator(lang), questions(room, team)
    if not asked or room.definition is None:
        return None
    head = [
        t(
            "{days} days ago we made agreements about “{subject}”.",
            days=days,
            subject=room.definition.subject,
        ),
        t("Answer with yes, partly or no behind each code, and send it back to whoever led the workshop."),
    ]
    blocks = ["\n".join(_block(one, room.definition, days, t, named=team is None)) for one in asked]
    last = format_date(_until(room), "long", locale=_locale(t.lang))
    foot = t("Name no persons. The codes are good until {day}.", day=last)
    subject = t("After {days} days: {title}", days=days, title=room.definition.title)
    return Letter(plain(subject), plain("\n\n".join([*head, *blocks, foot])))


def read(room: Room, text: str, *, today: dt.date | None = None) -> tuple[Reply, ...]:
    """Read the answers out of mails that were pasted; other lines, and codes without an answer, are passed over.

    Parameters
    ----------
    room
        The workshop.
    text
        One mail or more, with whatever mail programs put around and before the lines.
    today
        For the end of the codes.

    Raises
    ------
    UsageError
        Naming the first line that cannot be understood, or if there is no answer at all.
    """
    if (today or dt.datetime.now().astimezone().date()) > _until(room):
        raise UsageError(
            N_(
                "These codes were good until {day}. Ask again with a second measurement of the same workshop."
            ),
            day=_until(room).isoformat(),
        )
    known = {code: id for id, code in codes(room).items()}
    found: dict[tuple[str, int, str], Reply] = {}
    for line in _REPLY.finditer(text):
        answer = line["answer"].strip(" .,;*_\t\xa0")
        if not answer:
            continue
        code, days, asked = line["code"].upper(), int(line["days"]), _meant(line["word"], _WORDS)
        if code not in known or days not in ROUNDS or asked is None:
            raise UsageError(
                N_(
                    "“{line}” names no agreement of this workshop. Look the code up in the mail that was sent."
                ),
                line=line[0].strip()[:80],
            )
        meant = _meant(answer, ANSWER_WORDS)
        if meant is None:
            raise UsageError(
                N_("“{line}” has another answer than yes, partly or no. Change it, and read again."),
                line=line[0].strip()[:80],
            )
        found[known[code], days, asked] = Reply(known[code], days, asked, meant)
    if not found:
        raise UsageError(
            N_("There is no answer in this text: a line such as “{example}”."), example="ABC234-30 gedaan: ja"
        )
    return tuple(found.values())


def _standing(room: Room) -> Iterator[Agreement]:
    return (one for one in room.agreements if not one.hidden)


def _code(said: str) -> str:
    number = int.from_bytes(hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest())
    signs = []
    for _ in range(_LENGTH):
        number, sign = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[sign])
    return "".join(signs)


def _until(room: Room) -> dt.date:
    return day_of(room) + dt.timedelta(days=VALID_DAYS)


def _block(one: Question, definition: Definition, days: int, t: Translator, *, named: bool) -> Iterator[str]:
    texts, labels = one.agreement.texts, {actor.id: actor.label for actor in definition.actors}
    yield " → ".join(labels.get(end, end) for end in one.agreement.line)
    yield t("If {what}, then we {act}.", what=texts["if"], act=texts["then"])
    yield f"{labels.get(one.team, one.team)}: {t(QUESTIONS[one.asked])}" if named else t(QUESTIONS[one.asked])
    yield f"{one.code}-{days} {t(_WORDS[one.asked])}: "


def _meant(word: str, words: dict[str, str]) -> str | None:
    """Give what a word stands for, in whichever language it was written."""
    said = word.casefold().split()[0].strip(" .,;:*_()")
    both = [
        (name, {name, *(translator(lang)(text).casefold() for lang in LANGUAGES)})
        for name, text in words.items()
    ]
    return next((name for name, known in both if said in known), None)


def _locale(lang: str) -> str:
    """Give the locale of dates; the English of a Dutch organisation is that of Europe."""
    return "en_GB" if lang == "en" else lang
