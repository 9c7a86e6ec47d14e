"""The annex of the report on paper: all that is not on the first two pages, part by part."""

from __future__ import annotations

from typing import Any

from workshopkit.report.html import short
from workshopkit.report.options import Options
from workshopkit.report.pdf_paper import Paper, tall

__all__ = ["annex", "card"]


def annex(paper: Paper, told: dict[str, Any], options: Options) -> None:
    """Write the parts that are not left out, and of which there is something to tell."""
    parts = {
        "message": _message,
        "plan": _plan,
        "case": _case,
        "method": _method,
        "findings": _findings,
        "formulas": _formulas,
        "lines": _lines,
        "figures": _figures,
        "glossary": _glossary,
    }
    played = {"message": told["ride"], "plan": told["mended"]}
    chosen = [write for part, write in parts.items() if options.has(part) and played.get(part, True)]
    if chosen:
        paper.add_page()
    for write in chosen:
        write(paper, told)


def _message(paper: Paper, told: dict[str, Any]) -> None:
    t, ride = told["t"], told["ride"]
    paper.heading(t("A message on its way: in the game"))
    about = t(
        "Two messages with five facts each went along the lines that arrive, in five rounds of a minute. It is a game: chance does much, and it is in no number about the organisation."
    )
    paper.say(about)
    for number, one in enumerate(ride.messages):
        if number:
            paper.add_page()
        paper.heading(one.title, 3)
        paper.listed(one.said)
        last = [one.last_note, *one.last] if one.last_note else list(one.last)
        paper.rows([t("The first text"), t("The last text")], [(one.first, " ".join(last))])
        if one.facts:
            rows = [(" ".join(told["fates"][state]), words) for state, words in one.facts]
            paper.rows([t("What became of it"), t("Fact")], rows, (22, 78))
        paper.figure(one.chain, widest=150)
        paper.say(" ".join(one.chain["sentences"]), soft=True)
        paper.rows(one.chain["table"]["columns"], one.chain["table"]["rows"], (34, 34, 11, 11, 10))
    if ride.carried:
        paper.say(ride.carried)
    paper.say(t("A typed text is searched for words, so what counts as kept is a first reading."), soft=True)


def _findings(paper: Paper, told: dict[str, Any]) -> None:
    paper.heading(told["t"]("Annex: all that was found"))
    for one in told["findings"]:
        paper.heading(one.title, 3, keep=18)
        if one.card:
            paper.say(card(one.card, told), soft=True)
        paper.listed(one.said)
    paper.say(told["caution"], soft=True)


def _formulas(paper: Paper, told: dict[str, Any]) -> None:
    if told["five"]:
        paper.heading(told["t"]("Annex: how what matters most was computed"))
        paper.listed((f"{one.said} {one.how}" for one in told["five"]), numbered=True)


def _lines(paper: Paper, told: dict[str, Any]) -> None:
    t = told["t"]
    paper.heading(t("Annex: the lines as a table"))
    paper.say(" ".join(told["map"]["sentences"][:2]))
    rows = [(name, "; ".join(f"{state}: {to}" for state, to in said)) for name, said in told["twin"]]
    if rows:
        paper.rows([t("From"), t("What both say")], rows, (25, 75))


def _glossary(paper: Paper, told: dict[str, Any]) -> None:
    t = told["t"]
    paper.heading(t("Annex: words"), keep=60)
    paper.rows([t("Word"), t("What it means")], told["glossary"], (28, 72))


def _plan(paper: Paper, told: dict[str, Any]) -> None:
    """Write what is mended first, and what else could have been done with the same hours."""
    t, one = told["t"], told["mended"]
    paper.heading(t("What we mend first"), keep=45)
    most = (
        t("The cards with the most dots, within {hours}.", hours=one.budget)
        if one.by_dots
        else t("The cards that most tables chose, within {hours}.", hours=one.budget)
    )
    worse, sure = t("What got worse"), t("This assumes that every step works.")
    paper.say(f"{most} {sure}")
    rows = [(card.said, card.hours, card.dots if one.by_dots else card.tables) for card in one.ours]
    paper.rows([t("Step"), t("price a month"), t("Dots") if one.by_dots else t("Tables")], rows, (66, 22, 12))
    paper.listed([*one.ours_better, *(f"{worse}: {said}" for said in one.ours_worse)])
    if one.rest:
        rest = " ".join(card.said for card in one.rest)
        paper.say(" ".join((t("Wanted too, but there were no hours left:"), rest)), soft=True)
    paper.heading(t("What the computer would choose"), 3)
    if one.is_same:
        paper.say(t("The same cards."))
    else:
        paper.say(t("With the same hours this could have been done too:"))
        paper.listed(f"{card.said} ({card.hours}) {card.gives}" for card in one.best)
        paper.listed([*one.best_better, *(f"{worse}: {said}" for said in one.best_worse)])
    paper.say(one.stays)
    for said in one.others:
        paper.say(t("Or: {steps}", steps=said), soft=True)
    paper.say(t("What do you know that the map does not?"), bold=True)


def _case(paper: Paper, told: dict[str, Any]) -> None:
    t = told["t"]
    paper.heading(t("What we recognised in the case"), keep=70)
    if told["marks"]:
        columns = [t("Card"), t("we recognise this"), t("not with us"), t("we do not know")]
        rows: list[tuple[object, ...]] = []
        for one in told["marks"]:
            examples = " ".join(f"“{example['text']}” ({example['by']})" for example in one["examples"])
            rows.append((f"{one['title']} {examples}".strip(), one["ours"], one["not_ours"], one["unknown"]))
        paper.rows(columns, rows, (55, 15, 15, 15))
    else:
        paper.say(t("No card was marked."))
    paper.say(told["credit"], soft=True)


def _method(paper: Paper, told: dict[str, Any]) -> None:
    t, (before, after) = told["t"], told["method"]
    paper.heading(t("How this came about"))
    for text in before:
        paper.say(text)
    rows = [(one["name"], one["meaning"], one["count"]) for one in told["states"]]
    paper.rows([t("State"), t("What it means"), t("Lines")], rows, (30, 58, 12))
    for text in after:
        paper.say(text)
    made = t(
        "Made by workshopkit {version}, seed {seed}: with these answers it gives the same numbers again.",
        version=told["version"],
        seed=told["seed"],
    )
    paper.say(made, soft=True)


def _figures(paper: Paper, told: dict[str, Any]) -> None:
    if not told["annex"]:
        return
    paper.heading(told["t"]("Annex: more figures"), keep=tall(told["annex"][0], 105) + 45)
    for one in map(short, told["annex"]):
        paper.heading(one["title"], 3, keep=tall(one, 105) + 30)
        paper.figure(one, widest=105)
        paper.listed(one["sentences"])
        if one["table"]["rows"]:
            paper.rows(one["table"]["columns"], one["table"]["rows"])


def card(found: Any, told: dict[str, Any]) -> str:
    """Name the card of the case that a finding is about."""
    return str(told["t"]("Case: {title}", title=f"{found.id} {found.title[told['lang']]}"))
