"""What the facilitator sees of a file before it is read in: its columns, its names, and what would be stored, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workshopkit.i18n import N_, Translator
from workshopkit.network.actors import Definition
from workshopkit.network.files.entries import ANSWERS, SIDES
from workshopkit.network.files.matching import ALIKE, SAME
from workshopkit.network.files.rows import RECEIVER, SENDER, WAYS
from workshopkit.room.importing import File, Plan

__all__ = ["columns", "plan", "texts"]

_MOST_NAMES = 200
_MOST_COLUMNS = 100
_SHOWN_ROWS, _SHOWN_VALUES, _LOOKED_AT = 6, 3, 200
_MOST_SIGNS, _MOST_NOTES = 60, 30

_TEXTS: Mapping[str, str] = {
    "title": N_("Lines from a file"),
    "intro": N_("For answers that you got beforehand, in a spreadsheet, or out of Kumu or Gephi. Nothing is stored before you read them in."),
    "choose": N_("Choose a file"),
    "another": N_("Choose another file"),
    "kinds": N_("CSV, Excel (.xlsx), GraphML, GEXF, JSON, Kumu or a bundle; at most 10 MB."),
    "columns": N_("what the columns are"),
    "column": N_("Column"),
    "values": N_("What stands in it"),
    "field": N_("Read as"),
    "names": N_("Names that are not on this map"),
    "names_why": N_("Choose the place that is meant, or leave it out."),
    "name": N_("In the file"),
    "place": N_("Place on the map"),
    "guess": N_("looks like it"),
    "leave": N_("Leave out"),
    "preview": N_("How it is read"),
    "told": N_("What is read in"),
    "repaired": N_("Repaired"),
    "refused": N_("Left out"),
    "confirm": N_("Read in"),
    "close": N_("Back to the cockpit"),
    "busy": N_("Reading…"),
}  # fmt: skip
_FIELDS: Mapping[str, str] = {
    "": N_("not read"),
    "source": N_("From: who told it"),
    "target": N_("To: who was told"),
    "perspective": N_("Sender or receiver says so"),
    "reporter": N_("Who filled it in (is not stored)"),
    "arrives": N_("Did it arrive: yes, partly, no"),
    "via": N_("By way of whom"),
    "channel": N_("Channel (is not stored)"),
}
_WAY_NAMES: Mapping[str, str] = {
    "press": N_("press"),
    "grapevine": N_("grapevine"),
    "unknown": N_("we do not know"),
}


def texts(t: Translator) -> dict[str, str]:
    """Give the words of the page, which its own script does not bring along."""
    return {name: t(text) for name, text in _TEXTS.items()}


def columns(file: File, fields: Iterable[str], t: Translator) -> dict[str, Any]:
    """Show each column with some of what stands in it, what it is read as, and what it may be read as."""
    found = []
    for place, (name, field_) in enumerate(zip(file.sheet.header, fields, strict=True)):
        if place >= _MOST_COLUMNS:
            break
        values = dict.fromkeys(
            cells[place].strip()
            for _, cells in file.sheet.rows[:_LOOKED_AT]
            if place < len(cells) and cells[place].strip()
        )
        some = [_short(value) for value in list(values)[:_SHOWN_VALUES]]
        found.append({"name": _short(name.strip()), "values": some, "field": field_})
    return {
        "columns": found,
        "fields": [{"value": value, "label": t(text)} for value, text in _FIELDS.items()],
    }


def plan(found: Plan, definition: Definition, t: Translator) -> dict[str, Any]:
    """Show what would be stored: names to settle, the first rows in words, and what was repaired or left out."""
    label = {actor.id: actor.label for actor in definition.actors}
    unsure = [one for one in found.names.values() if one.how != SAME]
    refused = [note.text(t.lang) for note in found.refused]
    if found.more:
        refused.append(t.n("and {count} more row", "and {count} more rows", found.more))
    refused += [
        t(
            "{place} has answered itself already: that stays, and the file says nothing for it.",
            place=label[seat],
        )
        for seat in found.answered
    ]
    refused += [
        t(
            "{place} is divided about {other}: as many say yes as no. It can choose on its own phone.",
            place=label[seat],
            other=label[other],
        )
        for seat, other in found.divided
    ]
    return {
        "names": [
            {
                "name": one.name,
                "label": _short(one.label),
                "place": one.place,
                "rows": t.n("{count} row", "{count} rows", found.times[one.name]),
                "guess": one.how == ALIKE,
            }
            for one in unsure[:_MOST_NAMES]
        ],
        "places": [{"value": actor.id, "label": actor.label} for actor in definition.actors],
        "preview": [_sentence(row, found, label, t) for row in range(min(len(found.rows), _SHOWN_ROWS))],
        "told": _told(found, definition, label, t),
        "repaired": [note.text(t.lang) for note in found.repaired][:_MOST_NOTES],
        "refused": refused[:_MOST_NOTES],
        "ready": bool(found.by_seat),
    }


def _told(plan: Plan, definition: Definition, label: Mapping[str, str], t: Translator) -> list[str]:
    said = [
        t.n("{count} of {all} row counts.", "{count} of {all} rows count.", plan.counting, all=plan.count)
    ]
    if plan.plain and len(plan.rows):
        said.append(t("Nobody says which side speaks, so each line counts as told and as heard."))
    if plan.by_seat:
        names = ", ".join(label[seat] for seat in plan.by_seat)
        said.append(
            t.n("For {count} place: {names}.", "For {count} places: {names}.", len(plan.by_seat), names=names)
        )
        if silent := [seat.label for seat in definition.seats if seat.id not in plan.by_seat]:
            said.append(t("Still to answer: {names}.", names=", ".join(silent)))
    else:
        said.append(t("There is nothing in it to read in."))
    return said


def _sentence(row: int, plan: Plan, label: Mapping[str, str], t: Translator) -> str:
    rows = plan.rows
    one, other = (label[rows.names[end[row]]] for end in (rows.source, rows.target))
    side, answer, ways = SIDES[rows.side[row]], ANSWERS[rows.answer[row]], rows.ways[rows.via[row]]
    if plan.plain:
        return t("{one} told {other}, and {other} heard it.", one=one, other=other)
    if side == SENDER:
        said = (
            N_("{one} says: we did not tell {other}.")
            if answer == "no"
            else N_("{one} says: we told {other}.")
        )
        return t(said, one=one, other=other)
    if side != RECEIVER:
        said = (
            N_("Somebody who looks on says: {other} did not hear it from {one}.")
            if answer == "no" and not ways
            else N_("Somebody who looks on says: {other} heard it from {one}.")
        )
        return t(said, one=one, other=other)
    if ways:
        way = ways[-1]
        name = t(_WAY_NAMES[way]) if way in WAYS else label.get(way, way)
        return t("{other} says: we heard it from {one}, by way of {way}.", one=one, other=other, way=name)
    said = {
        "yes": N_("{other} says: we heard it from {one}."),
        "partly": N_("{other} says: we heard it from {one}, partly."),
        "no": N_("{other} says: we did not hear it from {one}."),
    }[answer]
    return t(said, one=one, other=other)


def _short(text: str) -> str:
    return text if len(text) <= _MOST_SIGNS else f"{text[:_MOST_SIGNS]}…"
