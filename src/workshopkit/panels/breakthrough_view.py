"""The controls of act 05 in a notebook: a learner's own table; of a room's tables only what they show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from workshopkit.mending.dots import DOTS
from workshopkit.mending.table import BUDGET, CUT
from workshopkit.network.steps import KINDS, NAMES, Step
from workshopkit.panels import controls, shown

if TYPE_CHECKING:
    from workshopkit.panels.breakthrough import BreakthroughPanel

__all__ = ["computer", "dots", "table"]

_CHANGES = ["played", "refused", "seq"]


def table(panel: BreakthroughPanel) -> Any:
    """Give the tables of the room, or the learner's own with its controls."""
    of_room, (own, paint_own) = controls.shown(), _own(panel)

    def paint(_: object = None) -> None:
        controls.see(own, not panel.is_shared)
        controls.note(of_room, panel.tables() if panel.is_shared else None)
        if not panel.is_shared:
            paint_own()

    panel.observe(paint, _CHANGES)
    paint()
    return controls.column(of_room, own)


def _line(panel: BreakthroughPanel, text: str, act: Callable[[Step], object], step: Step) -> Any:
    said = " – ".join(part for part in (panel.said(step), panel.remark(step)) if part)
    return controls.pair(
        controls.button(text, lambda: act(step), tip=f"{text}: {panel.said(step)}"),
        controls.shown(shown.line(said)),
    )


def _own(panel: BreakthroughPanel) -> tuple[Any, Callable[[], None]]:
    t = panel.t
    spent, refused = controls.bar(BUDGET), controls.shown()
    cards, chosen = controls.column(gap="4px"), controls.column(gap="4px")
    aside, history = controls.shown(), controls.shown()
    compared, worse, drawn = controls.shown(), controls.shown(), controls.image()
    undo, redo = controls.button(t("Undo"), panel.undo), controls.button(t("Do again"), panel.redo)
    cut = controls.button(t("Cut to {hours} hours", hours=CUT), panel.cut)

    def paint() -> None:
        ours = panel.ours
        plan = ours.plan
        spent.max, spent.value, spent.description = ours.budget, ours.spent, panel.budget(ours)
        controls.note(refused, shown.sentences([panel.refused]) if panel.refused else None)
        undo.disabled, redo.disabled = not ours.past, not ours.future
        cut.description = cut.tooltip = (
            t("Back to {hours} hours", hours=BUDGET)
            if panel.played.is_cut
            else t("Cut to {hours} hours", hours=CUT)
        )
        cards.children = [
            _line(panel, t("Choose"), panel.take, step) for step in ours.cards if step not in plan.chosen
        ]
        chosen.children = [_line(panel, t("Take out"), panel.drop, step) for step in plan.chosen]
        controls.note(aside, shown.sentences(panel.aside(ours)) if plan.aside else None)
        done = panel.history()
        controls.note(history, shown.opening([(t("What we did"), done)]) if done else None)
        controls.note(compared, panel.compared(plan.chosen))
        controls.note(worse, shown.sentences(panel.worse(plan.chosen)))
        drawn.value = panel.map(plan.chosen).encode()

    chose = [
        controls.title(t("On the table")),
        cards,
        _own_card(panel),
        controls.title(t("Our plan")),
        chosen,
        aside,
        history,
    ]
    made = controls.column(
        spent,
        controls.row(undo, redo, cut),
        refused,
        controls.beside(chose, [compared, worse], half=True),
        drawn,
    )
    return made, paint


def _own_card(panel: BreakthroughPanel) -> Any:
    """Give the controls for a card of one's own."""
    t = panel.t
    kind = controls.choice(t("A card of our own:"), [(t(NAMES[one]), one) for one in KINDS])
    source, target = controls.choice(t("from"), []), controls.choice(t("to"), [])
    price = controls.shown()

    def fill(_: object = None) -> None:
        controls.offer(source, [(panel.label(one), one) for one in panel.options(kind.value)])
        controls.note(price, shown.line(panel.hours(panel.ours.prices[kind.value].hours)))
        to()

    def to(_: object = None) -> None:
        found = panel.options(kind.value).get(source.value or "", [])
        controls.offer(target, [(panel.target(Step(kind.value, source.value, one)), one) for one in found])

    def choose() -> None:
        if source.value and target.value:
            panel.take(Step(kind.value, source.value, target.value))

    kind.observe(fill, "value")
    source.observe(to, "value")
    fill()
    return controls.row(kind, source, target, price, controls.button(t("Choose"), choose))


def dots(panel: BreakthroughPanel) -> Any:
    """Give the dots of the room, or the learner's own three with their controls."""
    t = panel.t
    given, cards, left = controls.shown(), controls.column(gap="4px"), controls.shown()
    draft: list[Step] = []

    def give(step: Step) -> None:
        draft.append(step)
        if len(draft) == DOTS:
            panel.give(tuple(draft))
            draft.clear()
        paint()

    def again() -> None:
        draft.clear()
        paint()

    start = controls.button(t("Start again"), again)
    own = controls.column(left, cards, start)

    def paint(_: object = None) -> None:
        controls.see(own, not panel.is_shared)
        controls.note(given, panel.dots() if panel.is_shared or panel.played.dots.given else None)
        counts = Counter(draft)
        count = DOTS - len(draft)
        controls.note(left, shown.line(t.n("{count} dot to give.", "{count} dots to give.", count)))
        start.disabled = not draft
        cards.children = (
            []
            if panel.is_shared
            else [_line(panel, f"● {counts[step] or ''}".strip(), give, step) for step in panel.ours.cards]
        )

    panel.observe(paint, _CHANGES)
    paint()
    return controls.column(own, given)


def computer(panel: BreakthroughPanel) -> Any:
    """Give the computer's plan, on the facilitator's tap."""
    said = controls.shown()
    show = controls.button(
        panel.t("What would the computer do?"), lambda: controls.note(said, panel.computer())
    )
    return controls.column(show, said)
