"""Act 05 in a notebook: the tables of the room as they are now; alone the learner plays a table of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from traitlets import Any as AnyTrait
from traitlets import Unicode

from workshopkit.analysis import plans
from workshopkit.analysis.breakthrough import applied, changes
from workshopkit.errors import UsageError
from workshopkit.figures import better, effects
from workshopkit.figures import cards as words
from workshopkit.figures import picture as figures
from workshopkit.figures.picture import picture
from workshopkit.figures.svg import svg
from workshopkit.i18n import N_
from workshopkit.mending.dots import Voter
from workshopkit.mending.table import PROPOSED, Move, Table, moved
from workshopkit.network.network import Network, Pair
from workshopkit.network.steps import EVERY_AUDIENCE, KINDS, NAMES, Step, ends
from workshopkit.panels import breakthrough_view, mending, shown
from workshopkit.panels.shown import Shown
from workshopkit.panels.watched import Watched
from workshopkit.room import could
from workshopkit.room.could import Could
from workshopkit.room.mending import Done, Mending, cut, uncut
from workshopkit.room.tables import Bench

__all__ = ["OURS", "BreakthroughPanel", "open_workshop"]

# The one table that a learner plays.
OURS = ""
# By kind of step, the theme of the case that it goes back to.
_THEMES = {
    "repair": "crooked-line",
    "shorten": "crooked-line",
    "add": "together",
    "bridge": "silo",
    "channel": "small-steps",
    "workshop": "small-steps",
    "campaign": "small-steps",
    "small": "small-steps",
    "remove": "circle",
}
_LINES = {
    "line": N_("a line that arrives"),
    "gone": N_("stopped"),
    "new": N_("with these steps"),
}


class BreakthroughPanel(Watched):
    """The tables of the break-through: cards, plans within their hours, the map before and after, and dots.

    Until the room is at its tables the learner plays one alone, by the same rules.

    Parameters
    ----------
    store, workshop, lang, alone
        As in `Watched`.
    """

    played = AnyTrait(Mending(0), help="What the learner did at its own table.")
    refused = Unicode(help="Why the last thing could not be done.")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._bench: Bench | None = None

    @property
    def is_shared(self) -> bool:
        """Tell whether the room is at its tables, or was."""
        return self.room.mending is not None

    @property
    def mending(self) -> Mending:
        """Give what was done: in the room, or by the learner."""
        return self.room.mending or self.played

    @property
    def bench(self) -> Bench:
        """Give the tables as they are now; the learner's map stays put from the first card that it takes."""
        if self.is_shared:
            self._bench = Bench.of(self.room, self._bench if self._bench and self._bench.seq else None)
            assert self._bench is not None  # noqa: S101 - `is_shared` looked
            return self._bench
        before, net = self._bench, self.findings.net
        if before is None or (before.net is not net and not self.played.log):
            wishes = self.told.wishes
            before = Bench(0, frozenset(), net, plans.proposals(net, wishes, count=PROPOSED), wishes)
        tables = {OURS: self.played.table(OURS, before.proposed)}
        self._bench = replace(before, tables=tables)
        return self._bench

    @property
    def net(self) -> Network:
        """Give the map that is mended."""
        return self.bench.net

    @property
    def ours(self) -> Table:
        """Give the learner's own table; in a room an empty one."""
        return self.bench.tables.get(OURS) or Table(self.bench.proposed)

    def take(self, step: Step) -> None:
        """Choose a card; one that is not there yet is made first."""
        if step not in self.ours.cards:
            self._do(Move("made", step))
        if step in self.ours.cards:
            self._do(Move("chosen", step))

    def drop(self, step: Step) -> None:
        """Take a card out of the plan."""
        self._do(Move("dropped", step))

    def undo(self) -> None:
        """Go back to before the last change."""
        self._do(Move("undone"))

    def redo(self) -> None:
        """Make again what was undone last."""
        self._do(Move("redone"))

    def cut(self) -> None:
        """Take hours away, or give them back: what was chosen first stays as far as it fits."""
        self.refused = ""
        self.played = uncut(self.played) if self.played.is_cut else cut(self.played)

    def _do(self, move: Move) -> None:
        try:
            moved(self.ours, move)
        except UsageError as error:
            self.refused = error.text(self.lang)
            return
        self.refused = ""
        self.played = replace(self.played, log=(*self.played.log, Done(OURS, OURS, move)))

    def give(self, steps: tuple[Step, ...]) -> None:
        """Give the learner's dots, one for each card named."""
        try:
            dots = self.played.dots.give(Voter(OURS, OURS, 1), steps).finish(OURS)
        except UsageError as error:
            self.refused = error.text(self.lang)
            return
        self.refused = ""
        self.played = replace(self.played, dots=dots)

    def said(self, step: Step) -> str:
        """Put a step into words, with its price."""
        return f"{words.said(self.definition, step, self.t)} ({self.hours(self.ours.hours(step))})"

    def hours(self, count: int) -> str:
        """Give a price in words."""
        return self.t.n("{count} hour a month", "{count} hours a month", count)

    def target(self, step: Step) -> str:
        """Name to where a step goes."""
        if ends(step.kind) == "audiences":
            return self.t("all audiences")
        domains = {domain.id: domain.label for domain in self.definition.domains}
        return domains[step.target] if ends(step.kind) == "domain" else self.label(step.target)

    def remark(self, step: Step) -> str:
        """Say what else there is to know of a card."""
        t = self.t
        marks = (
            t("a wish of this room") if self.bench.is_wish(step) else "",
            t("changes nothing on this map") if not changes(self.net, step) else "",
        )
        return "; ".join(mark for mark in marks if mark)

    def budget(self, table: Table) -> str:
        """Say how many hours are left."""
        return self.t("{spent} of {budget} hours a month are spent; {left} are left.",
                      spent=table.spent, budget=table.budget, left=table.left)  # fmt: skip

    def aside(self, table: Table) -> list[str]:
        """Say which steps no longer fitted when the hours were cut."""
        return [self.t("Laid aside: {step}", step=self.said(step)) for step in table.plan.aside]

    def compared(self, steps: tuple[Step, ...]) -> Shown:
        """Give the map before and after, with what got better and what got worse."""
        t = self.t
        rows = [
            (
                t(effects.NAMES[one.name]),
                "–" if one.was is None else one.was,
                "–" if one.now is None else one.now,
                effects.verdict(one, t),
            )
            for one in effects.compare(self.bench.before, self.bench.after(steps))
        ]
        return shown.table([t("What we look at"), t("now"), t("with these steps"), ""], rows)

    def worse(self, steps: tuple[Step, ...]) -> list[str]:
        """Say what got worse."""
        t, bench = self.t, self.bench
        before, after = bench.before, bench.after(steps)
        rows = effects.bad(effects.compare(before, after))
        said = [
            *(t("Worse: {what}", what=effects.said(row, t)) for row in rows),
            *(effects.carries(self.label(one), lines, t) for one, lines in effects.heavier(before, after)),
        ]
        return said or [t("Nothing got worse on this map. What it takes, no map shows.")]

    def history(self) -> list[str]:
        """Say what the learner did, in order."""
        return [mending.told(self.definition, move, self.t) for move in self.played.history(OURS)]

    def map(self, steps: tuple[Step, ...]) -> str:
        """Draw the lived map with steps."""
        after = applied(self.net, steps).lived
        lines: dict[Pair, str] = dict.fromkeys(self.net.lived, "line")
        lines |= dict.fromkeys(set(self.net.lived) - set(after), "gone")
        lines |= dict.fromkeys([pair for pair in after if pair not in self.net.lived], "new")
        names = {role: self.t(text) for role, text in _LINES.items()}
        return svg(picture(figures.lines(self.drawing, lines), names), alone=True)

    def of_table(self, seat: str) -> tuple[str, list[Shown]]:
        """Give a table of the room: what it spends, in one line, and below it its plan and what that does."""
        table = self.bench.tables[seat]
        chosen = table.plan.chosen
        rows = effects.good(effects.compare(self.bench.before, self.bench.after(chosen)))
        plan = [self.said(step) for step in chosen] or [self.t("No card is chosen yet.")]
        parts = [
            shown.sentences([*plan, *self.aside(table)]),
            shown.sentences([*(effects.said(row, self.t) for row in rows), *self.worse(chosen)]),
        ]
        return f"{self.label(seat)}: {self.budget(table)}", parts

    def tables(self) -> Shown:
        """Give all tables of the room."""
        seats = self.bench.tables
        if not seats:
            return shown.line(self.t("No table has a phone yet."))
        return shown.opening([self.of_table(seat) for seat in seats])

    def dots(self) -> Shown:
        """Give the dots by card, most first; how many tables are done as long as they are hidden."""
        t, given = self.t, self.mending.dots
        counts = given.counted(self.bench.tables, shown="dots" in self.mending.shown)
        if counts is None:
            done = len(given.done & self.bench.tables.keys())
            hidden = t("The dots are hidden until every table is done: {done} of {count}.", done=done,
                       count=len(self.bench.tables))  # fmt: skip
            return shown.line(hidden)
        return shown.table(
            [t("Card"), t("Dots")], [(self.said(step), f"{'●' * number} {number}") for step, number in counts.items()]
        )  # fmt: skip

    @property
    def prices(self) -> Shown:
        """Give what each kind of step takes."""
        t, prices = self.t, self.mending.table(OURS, ()).prices
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
                    t(NAMES[kind]),
                    prices[kind].once,
                    prices[kind].upkeep,
                    prices[kind].hours,
                    self.cited(kind),
                )
                for kind in KINDS
            ],
        )

    def cited(self, kind: str) -> str:
        """Give the passage of the case that a kind of step goes back to, if the case has one."""
        found = self.room.case.about(_THEMES[kind])
        return f"{found.id} {found.title[self.lang]}" if found else "–"

    def could_be(self) -> Could:
        """Give what the computer would choose from the same cards for the same hours."""
        return could.find(self.bench)

    def computer(self) -> Shown:
        """Say what the computer would choose, why, how sure that is, and what it cannot know."""
        t, found = self.t, self.could_be()
        head = t("With the same hours this could have been done too:")
        if found.is_same:
            head = (
                t("A table chose just what the computer would choose.")
                if self.is_shared
                else t("You chose the same.")
            )
        others = [
            t("Or: {steps}", steps=" ".join(words.said(self.definition, step, t) for step in steps))
            for steps in found.others
        ]
        return shown.together(
            [
                shown.line(head),
                shown.sentences(
                    f"{self.said(step)} {better.gives(found.why[step], t)}" for step in found.steps
                ),
                shown.sentences(self.worse(found.steps)),
                shown.line(" ".join([*better.stays(found.stable, t), better.sure(found.stable, t)])),
                shown.sentences(others),
                shown.line(t("What do you know that the map does not?")),
            ]
        )

    def options(self, kind: str) -> Mapping[str, list[str]]:
        """Give, by source, the targets for which a step of a kind fits the map."""
        net = self.net
        targets = {
            "domain": [domain.id for domain in self.definition.domains],
            "audiences": [EVERY_AUDIENCE],
            "actor": list(net.actors),
        }[ends(kind)]
        found: dict[str, list[str]] = {}
        for source in net.actors:
            fitting = [end for end in targets if end != source and changes(net, Step(kind, source, end))]
            if fitting:
                found[source] = fitting
        return found

    @property
    def table(self) -> Any:
        """Give the tables of the room, or the learner's own with its controls."""
        return breakthrough_view.table(self)

    @property
    def three_dots(self) -> Any:
        """Give the dots of the room, or the learner's own three."""
        return breakthrough_view.dots(self)

    @property
    def computers_plan(self) -> Any:
        """Give the computer's plan, on the facilitator's tap."""
        return breakthrough_view.computer(self)


def open_workshop(id: str | None = None, *, db: str | None = None) -> BreakthroughPanel:
    """Open the running workshop's map, or alone the demo's, to mend it; see `Watched.open`."""
    panel: BreakthroughPanel = BreakthroughPanel.open(id, db=db)
    return panel
