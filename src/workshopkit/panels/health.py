"""Whether everything works, as one light: what is seen of store, analyst, copies, door and phones, with what to do.

The light is the worst of its rows. A phone that was locked is no fault: only many that go at once make it look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workshopkit.i18n import Translator
from workshopkit.store import alive

__all__ = ["LIGHTS", "Seen", "health"]

LIGHTS = ("green", "yellow", "red")
SLOW_S = 2.0
FAILED_S = 120.0
LITTLE_MB = 500
NONE_MB = 50
MANY, SHARE = 3, 1 / 3
MINUTE = 60
Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of the room.

    Parameters
    ----------
    trouble
        What the store says is wrong with it, in the reader's language; nothing while it answers.
    free_mb
        The room that is left on its disk; None if nobody knows.
    silent_s
        How long the analyst has given no sign of life; None if it never has.
    lag_s
        How long the last answers waited to be shown.
    copy_s
        The age of the last copy elsewhere; None if there is none.
    copy_fault_s
        For how long no copy could be made; None while they can, or are not asked for.
    failed_s
        How long ago a page got no kernel; None if none failed.
    phones, lost
        How many phones have joined, and how many of them have just lost their connection.
    """

    trouble: str = ""
    free_mb: float | None = None
    silent_s: float | None = None
    lag_s: float = 0.0
    copy_s: float | None = None
    copy_fault_s: float | None = None
    failed_s: float | None = None
    phones: int = 0
    lost: int = 0


def health(seen: Seen, t: Translator) -> dict[str, Any]:
    """Give the light, and a row for each thing that was looked at.

    Parameters
    ----------
    seen
        What is seen of the room.
    t
        Translates for the reader.

    Examples
    --------
    >>> from workshopkit.i18n import translator
    >>> health(Seen(silent_s=1.0, copy_s=30.0), translator("en"))["light"]
    'green'
    """
    rows = [{"light": light, "said": said, "todo": todo} for light, said, todo in _rows(seen, t)]
    return {"light": max((row["light"] for row in rows), key=LIGHTS.index), "rows": rows}


def _rows(seen: Seen, t: Translator) -> Iterator[Row]:
    yield _store(seen, t)
    yield from _disk(seen, t)
    yield _analyst(seen, t)
    yield _copy(seen, t)
    yield from _door(seen, t)
    yield from _phones(seen, t)


def _store(seen: Seen, t: Translator) -> Row:
    if seen.trouble:
        todo = t("What phones answer waits on the phones. Mend this first, and let the phones stay open.")
        return "red", seen.trouble, todo
    return "green", t("Answers are stored."), ""


def _disk(seen: Seen, t: Translator) -> Iterator[Row]:
    if seen.free_mb is not None and seen.free_mb < LITTLE_MB:
        light = "red" if seen.free_mb < NONE_MB else "yellow"
        said = t("This laptop has {count} MB of room left.", count=int(seen.free_mb))
        yield light, said, t("Delete files that you can miss.")


def _analyst(seen: Seen, t: Translator) -> Row:
    if seen.silent_s is None or seen.silent_s > alive.SILENT_S:
        return (
            "red",
            t("What is answered does not come through to the screens."),
            t(
                "Wait half a minute: it starts again by itself. Else stop “workshopkit serve” and start it again; nothing is lost."
            ),
        )
    if seen.lag_s > SLOW_S:
        said = t("The screens follow after {count} seconds.", count=int(seen.lag_s))
        return "yellow", said, t("Close other programs on this laptop.")
    return "green", t("What is answered is on the screens at once."), ""


def _copy(seen: Seen, t: Translator) -> Row:
    if seen.copy_fault_s is not None:
        said = t.n(
            "For {count} minute no copy could be made.",
            "For {count} minutes no copy could be made.",
            max(1, int(seen.copy_fault_s // MINUTE)),
        )
        return "yellow", said, t("Is the stick or folder for copies still there, and has it room?")
    if seen.copy_s is None:
        said = t("There is no copy elsewhere.")
        return (
            "green",
            said,
            t("Start with --backup-dir and a folder on a USB stick: then there is one every minute."),
        )
    minutes = int(seen.copy_s // MINUTE)
    return (
        "green",
        t.n("The last copy is {count} minute old.", "The last copy is {count} minutes old.", minutes),
        "",
    )


def _door(seen: Seen, t: Translator) -> Iterator[Row]:
    if seen.failed_s is not None and seen.failed_s < FAILED_S:
        said = t("A page could not be opened just now.")
        yield (
            "yellow",
            said,
            t("Let that phone load the page again, and close other programs on this laptop."),
        )


def _phones(seen: Seen, t: Translator) -> Iterator[Row]:
    if not seen.phones:
        return
    if seen.lost >= MANY and seen.lost >= SHARE * seen.phones:
        said = t(
            "{lost} of {count} phones have just lost their connection.", lost=seen.lost, count=seen.phones
        )
        todo = t(
            "Were they locked, then all is well. Else look at the router: is it on, and are the phones on its Wi-Fi?"
        )
        yield ("red" if seen.lost == seen.phones else "yellow"), said, todo
    else:
        yield "green", t("The phones are in touch, or lie locked."), ""
