"""Act 05 in a notebook: choose steps within a budget of hours, and see at once what becomes of the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from traitlets import Any as AnyTrait
from traitlets import Unicode

from workshopkit.analysis import load, plans
from workshopkit.analysis.breakthrough import KINDS, PRICES, Outcome, Step, applied, changes, outcome
from workshopkit.analysis.plans import BUDGET, CUT, Plan
from workshopkit.errors import UsageError
from workshopkit.figures import cards as words
from workshopkit.figures import picture as figures
from workshopkit.figures.picture import picture
from workshopkit.figures.svg import svg
from workshopkit.i18n import N_
from workshopkit.network.network import Network, Pair
from workshopkit.panels import controls, shown
from workshopkit.panels.shown import Shown
from workshopkit.panels.watched import Watched

__all__ = ["BreakthroughPanel", "open_workshop"]

OWN_CARDS = 2
# By kind of step, the theme of the case that it goes back to.
_THEMES = {
    "repair": "crooked-line",
    "shorten": "crooked-line",
    "add": "together",
    "bridge": "silo",
    "channel": "small-steps",
    "remove": "circle",
}
_LINES = {
    "line": N_("a line that arrives"),
    "gone": N_("stopped"),
    "new": N_("with our steps"),
}


class BreakthroughPanel(Watched):
    """A table of cards, a plan within its hours, and the map before and after.

    Parameters
    ----------
    store, workshop, lang, alone
        As in `Watched`.
    """

    plan = AnyTrait(Plan(), help="What was chosen so far.")
    own = AnyTrait((), help="The cards that the room made itself.")
    refused = Unicode(help="Why the last step could not be taken.")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._past: list[tuple[Plan, tuple[Step, ...]]] = []
        self._proposed: tuple[Network, tuple[Step, ...]] | None = None

    @property
    def net(self) -> Network:
        """Give the map as the room lives it now."""
        return self.findings.net

    @property
    def cards(self) -> tuple[Step, ...]:
        """Give the cards on the table: those that the kit proposes, then the room's own."""
        if self._proposed is None or self._proposed[0] is not self.net:
            wishes = {actor: sheet.wish for actor, sheet in self.room.sheets.items()}
            self._proposed = self.net, plans.proposals(self.net, wishes)
        proposed = self._proposed[1]
        return (*proposed, *(one for one in self.own if one not in proposed))

    def take(self, step: Step) -> None:
        """Choose a step; a step of one's own becomes a card on the table."""
        self._try(lambda: (self.plan.take(self.net, step), self._with_own(step)))

    def _with_own(self, step: Step) -> tuple[Step, ...]:
        if step in self.cards:
            return tuple(self.own)
        if len(self.own) >= OWN_CARDS:
            raise UsageError(N_("There are {count} cards of your own already."), count=OWN_CARDS)
        return (*self.own, step)

    def drop(self, step: Step) -> None:
        """Take a step out."""
        self._try(lambda: (self.plan.drop(step), self.own))

    def cut(self) -> None:
        """Take eight hours away: what was chosen first stays as far as it fits."""
        self._try(lambda: (self.plan.cut(CUT), self.own))

    def undo(self) -> None:
        """Go back to before the last change."""
        if self._past:
            self.refused = ""
            plan, self.own = self._past.pop()
            self.plan = plan

    @property
    def can_undo(self) -> bool:
        """Tell whether there is a change to undo."""
        return bool(self._past)

    def _try(self, change: Callable[[], tuple[Plan, tuple[Step, ...]]]) -> None:
        try:
            plan, own = change()
        except UsageError as error:
            self.refused = error.text(self.lang)
            return
        self.refused = ""
        if (plan, own) != (self.plan, self.own):
            self._past.append((self.plan, tuple(self.own)))
            self.own = own
            self.plan = plan

    @property
    def before(self) -> Outcome:
        """Give the outcome of the map as it is."""
        return outcome(self.net)

    @property
    def after(self) -> Outcome:
        """Give the outcome of the map with the steps of the plan."""
        return self._with(self.plan.steps)

    def _with(self, steps: tuple[Step, ...]) -> Outcome:
        return outcome(applied(self.net, steps), capacity=load.capacity(load.find(self.net)))

    def _target(self, step: Step) -> str:
        domains = {domain.id: domain.label for domain in self.definition.domains}
        return domains[step.target] if step.kind == "channel" else self.label(step.target)

    def said(self, step: Step) -> str:
        """Put a step into words."""
        return words.said(self.definition, step, self.t)

    def hours(self, step: Step) -> str:
        """Give the price of a step in words."""
        return words.hours(step, self.t)

    def _measures(self) -> tuple[tuple[str, Callable[[Outcome], int | None], int], ...]:
        """Give what is compared: its name, its number, and whether more is better."""
        t = self.t
        return (
            (t("audience reached directly (team–audience pairs)"), lambda one: one.direct, 1),
            (t("reached within one stop"), lambda one: one.within_two, 1),
            (t("reached at all"), lambda one: one.at_all, 1),
            (t("drawn lines that run straight"), lambda one: one.straight, 1),
            (t("drawn lines that do not"), lambda one: one.believed - one.straight, -1),
            (
                t("places in a closed circle"),
                lambda one: None if one.circles is None else one.in_circles,
                -1,
            ),
            (t("walls between domains"), lambda one: len(one.walls), -1),
            (t("lines above what a place can carry"), lambda one: one.overload, -1),
        )

    @property
    def compared(self) -> Shown:
        """Give the map before and after, with what got better and what got worse."""
        t, before, after = self.t, self.before, self.after
        rows = []
        for name, number, sign in self._measures():
            was, now = number(before), number(after)
            if was is None or now is None:
                rows.append((name, "–", "–", t("nobody speaks for an audience")))
                continue
            gain = sign * (now - was)
            verdict = t("better") if gain > 0 else t("worse") if gain < 0 else t("the same")
            rows.append((name, str(was), str(now), verdict))
        return shown.table([t("What we look at"), t("now"), t("with our steps"), ""], rows)

    def worse(self) -> list[str]:
        """Say what got worse."""
        t, before, after = self.t, self.before, self.after
        said = [
            t("Worse: {what}, from {before} to {after}.", what=name, before=was, after=now)
            for name, number, sign in self._measures()
            if (was := number(before)) is not None
            and (now := number(after)) is not None
            and sign * (now - was) < 0
        ]
        for actor, lines in after.overloaded.items():
            if lines > before.overloaded.get(actor, 0):
                said.append(
                    t.n(
                        "{name} gets {count} line more than it can carry.",
                        "{name} gets {count} lines more than it can carry.",
                        lines,
                        name=self.label(actor),
                    )
                )
        return said or [t("Nothing got worse on this map. What it takes, no map shows.")]

    def budget(self) -> str:
        """Say how many hours are left."""
        return self.t("{spent} of {budget} hours a month are spent; {left} are left.",
                      spent=self.plan.spent, budget=self.plan.budget, left=self.plan.left)  # fmt: skip

    def aside(self) -> list[str]:
        """Say which steps no longer fitted when the hours were cut."""
        return [self.t("Laid aside: {step}", step=self.said(step)) for step in self.plan.aside]

    def map(self) -> str:
        """Draw the lived map with the steps of the plan."""
        after = applied(self.net, self.plan.steps).lived
        lines: dict[Pair, str] = dict.fromkeys(self.net.lived, "line")
        lines |= dict.fromkeys(set(self.net.lived) - set(after), "gone")
        lines |= dict.fromkeys([pair for pair in after if pair not in self.net.lived], "new")
        names = {role: self.t(text) for role, text in _LINES.items()}
        return svg(picture(figures.lines(self.drawing, lines), names), alone=True)

    @property
    def prices(self) -> Shown:
        """Give what each kind of step takes."""
        t = self.t
        return shown.table(
            [
                t("Step"),
                t("hours once"),
                t("hours a month to keep it"),
                t("price a month"),
                t("In the case"),
            ],
            [
                (
                    t(words.NAMES[kind]),
                    PRICES[kind].once,
                    PRICES[kind].upkeep,
                    PRICES[kind].hours,
                    self.cited(kind),
                )
                for kind in KINDS
            ],
        )

    def cited(self, kind: str) -> str:
        """Give the passage of the case that a kind of step goes back to, if the case has one."""
        found = self.room.case.about(_THEMES[kind])
        return f"{found.id} {found.title[self.lang]}" if found else "–"

    def could_be(self) -> tuple[Step, ...]:
        """Give what the computer would choose from the same cards for the same hours."""
        return plans.best(
            self.cards,
            self.plan.budget,
            hours=lambda step: step.hours,
            value=lambda steps: self._with(steps).score,
        )

    def computer(self) -> list[str]:
        """Say what the computer would choose, and what it cannot know."""
        t, steps = self.t, self.could_be()
        said = [f"{self.said(step)} ({self.hours(step)})" for step in steps]
        same = set(steps) == set(self.plan.steps)
        head = t("You chose the same.") if same else t("With the same hours this could have been done too:")
        return [head, *said, t("What do you know that the map does not?")]

    def options(self, kind: str) -> Mapping[str, list[str]]:
        """Give, by source, the targets for which a step of a kind fits the map."""
        ends = (
            [domain.id for domain in self.definition.domains] if kind == "channel" else list(self.net.actors)
        )
        found: dict[str, list[str]] = {}
        for source in self.net.actors:
            fitting = [end for end in ends if end != source and changes(self.net, Step(kind, source, end))]
            if fitting:
                found[source] = fitting
        return found

    @property
    def table(self) -> Any:
        """Give the table: cards to choose, the plan, and the map before and after."""
        t = self.t
        spent, refused = controls.bar(BUDGET), controls.shown()
        cards, chosen = controls.column(gap="4px"), controls.column(gap="4px")
        aside = controls.shown()
        compared, worse, drawn = controls.shown(), controls.shown(), controls.image()
        undo = controls.button(t("Undo"), self.undo)
        cut = controls.button(t("Cut to {hours} hours", hours=CUT), self.cut)

        def line(text: str, act: Callable[[], object], step: Step) -> Any:
            words = controls.shown(shown.line(f"{self.said(step)} ({self.hours(step)})"))
            return controls.pair(controls.button(text, act, tip=f"{text}: {self.said(step)}"), words)

        def paint(_: object = None) -> None:
            plan = self.plan
            spent.max, spent.value, spent.description = plan.budget, plan.spent, self.budget()
            controls.note(refused, shown.sentences([self.refused]) if self.refused else None)
            undo.disabled, cut.disabled = not self.can_undo, plan.budget <= CUT
            cards.children = [
                line(t("Choose"), lambda step=step: self.take(step), step)  # type: ignore[misc]
                for step in self.cards
                if step not in plan.steps
            ]
            chosen.children = [
                line(t("Take out"), lambda step=step: self.drop(step), step)  # type: ignore[misc]
                for step in plan.steps
            ]
            controls.note(aside, shown.sentences(self.aside()) if plan.aside else None)
            controls.note(compared, self.compared)
            controls.note(worse, shown.sentences(self.worse()))
            drawn.value = self.map().encode()

        self.observe(paint, ["plan", "own", "refused", "seq"])
        paint()
        chose = [
            controls.title(t("On the table")),
            cards,
            self._own_card(),
            controls.title(t("Our plan")),
            chosen,
            aside,
        ]
        return controls.column(
            spent,
            controls.row(undo, cut),
            refused,
            controls.beside(chose, [compared, worse], half=True),
            drawn,
        )

    def _own_card(self) -> Any:
        """Give the controls for a card of one's own."""
        t = self.t
        kind = controls.choice(t("A card of our own:"), [(t(words.NAMES[one]), one) for one in KINDS])
        source, target = controls.choice(t("from"), []), controls.choice(t("to"), [])
        price = controls.shown()

        def fill(_: object = None) -> None:
            controls.offer(source, [(self.label(one), one) for one in self.options(kind.value)])
            hours = PRICES[kind.value].hours
            controls.note(price, shown.line(t.n("{count} hour a month", "{count} hours a month", hours)))
            ends()

        def ends(_: object = None) -> None:
            found = self.options(kind.value).get(source.value or "", [])
            controls.offer(
                target, [(self._target(Step(kind.value, source.value, one)), one) for one in found]
            )

        def choose() -> None:
            if source.value and target.value:
                self.take(Step(kind.value, source.value, target.value))

        kind.observe(fill, "value")
        source.observe(ends, "value")
        fill()
        return controls.row(kind, source, target, price, controls.button(t("Choose"), choose))

    @property
    def computers_plan(self) -> Any:
        """Give the computer's plan, on the facilitator's tap."""
        said = controls.shown()
        show = controls.button(
            self.t("What would the computer do?"),
            lambda: controls.note(said, shown.sentences(self.computer())),
        )
        return controls.column(show, said)


def open_workshop(id: str | None = None, *, db: str | None = None) -> BreakthroughPanel:
    """Open the running workshop's map, or alone the demo's, to mend it; see `Watched.open`."""
    panel: BreakthroughPanel = BreakthroughPanel.open(id, db=db)
    return panel
