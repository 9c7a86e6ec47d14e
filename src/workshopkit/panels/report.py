"""Act 07 in a notebook: the two pages of the report, its findings, and a button that writes everything to files."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from traitlets import Any as AnyTrait
from traitlets import Unicode

from workshopkit.errors import WorkshopkitError
from workshopkit.network.files import writing
from workshopkit.panels import controls, demo, report_options, shown
from workshopkit.panels.followup import FollowUp
from workshopkit.panels.shown import Shown
from workshopkit.report import content, tables
from workshopkit.report.html import PLAIN, render
from workshopkit.report.options import Options
from workshopkit.report.saving import report_folder, save
from workshopkit.store.contract import Store

__all__ = ["ReportPanel", "open_workshop"]


class ReportPanel(FollowUp):
    """The report of one workshop, as of now, and what is asked afterwards.

    Parameters
    ----------
    store, workshop, lang, alone
        As in `Watched`.
    """

    said = Unicode(help="What came of the last saving.")
    options = AnyTrait(PLAIN, help="What is added to the report and left out of it.")
    map_said = Unicode(help="What came of the last saving of the map.")

    @classmethod
    def prepare(cls, store: Store, workshop: str) -> None:
        """Let the demo's colleagues play the break-through too: its plans are in the report."""
        demo.mend(store, workshop)

    @property
    def pages(self) -> Shown:
        """Give the report, locked into a frame of its own.

        What people typed is in it, and this notebook stands beside the server's token: so the frame's page has another
        origin and may run nothing.
        """
        frame = ET.Element(
            "iframe",
            sandbox="",
            srcdoc=render(self.room, self.lang, self.options),
            title=self.t("Report: {title}", title=self.definition.title),
            style="width:100%;height:80vh;border:1px solid #8a8a8f;border-radius:6px",
        )
        return Shown(repr(self), ET.tostring(frame, encoding="unicode", method="html"))

    @property
    def choosing(self) -> Any:
        """Give the form for a foreword, a logo, a colour and what is left out; what is saved here follows it."""

        def choose(options: Options) -> None:
            self.options = options

        return report_options.form(self.t, choose, lambda: self.pages)

    @property
    def findings_table(self) -> Shown:
        """Give the findings in sentences, and who has answered, as a table."""
        t = self.t
        badge = content.badge(self.findings, self.lang)
        rows = [
            (one.title, " ".join(one.said)) for one in content.findings(self.room, self.findings, self.lang)
        ]
        rows.append((t("Who has answered"), f"{badge.said} {badge.silent}".strip()))
        return shown.table([t("About"), t("What we found")], rows)

    @property
    def folder(self) -> Path:
        """Give where the files go: beside the folder of this notebook, a folder for each workshop."""
        return report_folder(self.workshop)

    def save(self) -> bool:
        """Write the report in both languages and the data bundle; `said` tells where, or why not."""
        try:
            written = save(self.store, self.workshop, self.folder, self.lang, self.options)
        except WorkshopkitError as error:
            self.said = error.text(self.lang)
            return False
        names = ", ".join(path.name for path in written)
        self.said = self.t("Written in {folder}: {names}", folder=self.folder, names=names)
        return True

    @property
    def saving(self) -> Any:
        """Give the button that writes the files, with what came of it."""
        words = controls.shown()

        def tell(_: object = None) -> None:
            controls.note(words, shown.line(self.said) if self.said else None)

        self.observe(tell, "said")
        tell()
        return controls.pair(controls.button(self.t("Write report and data"), self.save, main=True), words)

    def save_map(self, ending: str) -> bool:
        """Write what both sides of every line say, for another program; `map_said` tells where, or why not.

        Parameters
        ----------
        ending
            One of `workshopkit.network.files.writing.ENDINGS`.
        """
        try:
            written = writing.save(tables.both(self.room), self.folder / f"map{ending}")
        except WorkshopkitError as error:
            self.map_said = error.text(self.lang)
            return False
        names = ", ".join(path.name for path in written)
        self.map_said = self.t("Written in {folder}: {names}", folder=self.folder, names=names)
        return True

    @property
    def map_saving(self) -> Any:
        """Give a list of the kinds of file, and the button that writes the map as one of them."""
        t, words = self.t, controls.shown()
        kind = controls.choice(
            t("The map for"),
            [
                ("Excel (.xlsx)", ".xlsx"),
                (t("Gephi (.gexf)"), ".gexf"),
                (t("networkx or yEd (.graphml)"), ".graphml"),
                (t("Kumu (.kumu.xlsx)"), ".kumu.xlsx"),
                (t("programs of your own (.json)"), ".json"),
                (t("any spreadsheet (two files, .csv)"), ".csv"),
            ],
        )

        def tell(_: object = None) -> None:
            controls.note(words, shown.line(self.map_said) if self.map_said else None)

        self.observe(tell, "map_said")
        tell()
        save = controls.button(t("Write the map"), lambda: self.save_map(kind.value))
        return controls.column(controls.row(kind, save), words)


def open_workshop(id: str | None = None, *, db: str | None = None) -> ReportPanel:
    """Open the report of the running workshop, or alone of the demo; see `Watched.open`."""
    panel: ReportPanel = ReportPanel.open(id, db=db)
    return panel
