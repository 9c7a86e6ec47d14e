"""The facilitator's page: who is how far, open and close an act, set the timer, show the map."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workshopkit.errors import StoreError
from workshopkit.i18n import translator
from workshopkit.panels.health import Seen, health
from workshopkit.panels.here import here
from workshopkit.panels.page import open_page
from workshopkit.panels.script import plan, step_name
from workshopkit.panels.wall import FacilitatorsPage
from workshopkit.room.events import FACILITATOR_KINDS
from workshopkit.store import alive, path_of

if TYPE_CHECKING:
    from workshopkit.panels.importing import Importing

__all__ = ["Cockpit", "show"]

LOOK_S = 5.0


class Cockpit(FacilitatorsPage):
    """The page that may send the facilitator's events."""

    interval = 0.25
    spacing = 0.25
    snapshot = "cockpit"
    reads = FACILITATOR_KINDS

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._wall: dict[str, Any] = {}
        self._present: dict[str, Any] = {}
        self._seen = Seen()
        self._looked_at = float("-inf")
        self._importing: Importing | None = None

    def look(self) -> None:
        """Look every few seconds as well when nothing has changed: the clock goes on, and what is silent says nothing."""
        if self._clock() - self._looked_at >= LOOK_S:
            self._looked_at = self._clock()
            self._version = None
        super().look()

    def troubled(self, error: StoreError) -> None:
        """Say that the store does not answer."""
        self._seen = replace(self._seen, trouble=error.text(self.here.lang))
        self._send_changes()

    def read(self) -> None:
        """Take what tells whether everything works, and the wall's snapshot too while the map is shown."""
        super().read()
        present = self.store.snapshot(self.here.workshop, "presence")
        self._present = present.payload if present else {}
        self._seen = self._look_around()
        found = self.store.snapshot(self.here.workshop, "wall") if self.room.map_shown else None
        self._wall = found.payload if found else {}

    def _look_around(self) -> Seen:
        now = self._now()

        def since(name: str) -> float | None:
            found = self.store.meta(name)
            return now - float(found) if found else None

        failed_at = self._present.get("failed_at")
        path = path_of(self.here.db)
        free = None
        if path is not None:
            with suppress(OSError):
                free = shutil.disk_usage(path.parent).free / 1e6
        return Seen(
            free_mb=free,
            silent_s=since(alive.SIGN),
            lag_s=float(self.store.meta("analyst_lag") or 0),
            copy_s=since("last_backup"),
            copy_fault_s=since("backup_fault"),
            failed_s=None if failed_at is None else now - failed_at,
            phones=sum(team["phones"] for team in self._result.get("teams", ())),
            lost=self._present.get("lost", 0),
        )

    def state(self) -> dict[str, Any]:
        """Give what the facilitator sees; of the map only what the room sees as well."""
        shown: dict[str, Any] = {
            key: self._wall[key] for key in ("map", "counts", "sentences") if key in self._wall
        }
        result = dict(self._result)
        scene = result.pop("scene", {})
        here = (scene.get("act"), scene.get("part")) == (self.room.act, self.room.part)
        said = (scene.get("said") or {}).get(self.here.lang, ()) if here else ()
        return {
            **result,
            "teams": self._with_presence(result.get("teams") or self._teams()),
            "missing": result.get("missing") if here else None,
            "mend": self._tables(result.get("mend")),
            "called": self.room.called,
            "notes": self._notes(),
            "health": health(self._seen, translator(self.here.lang)),
            **shown,
            **self.frame(),
            "marks_shown": self.room.marks_shown,
            "sponsor": self.room.sponsor,
            "picks": list(self.room.picks),
            "findings": [
                {"id": row["id"], "said": row["said"][self.here.lang]} for row in result.get("findings", ())
            ],
            "plan": plan(self.room, self.here.lang, said, now=self._now()),
            "wall_url": self.here.wall_url,
            "import": self._importing.state() if self._importing else None,
        }

    def committed(self, kinds: set[str]) -> None:
        """End the workshop in the store once that was said."""
        if "workshop.closed" in kinds:
            self.store.close_workshop(self.here.workshop)

    def asked(self, content: dict[str, Any]) -> None:
        """Read lines from a file."""
        if content.get("type") == "import":
            self._import(content)

    def _import(self, content: dict[str, Any]) -> None:
        # Only now: few workshops have a file, and what reads one is large.
        from workshopkit.panels.importing import Importing

        if self._importing is None:
            self._importing = Importing(self.store, self.here.workshop, self.here.lang, self._show)
        self._importing.hear(content)
        self._show()

    def _show(self) -> None:
        self._quietly(self._send_changes)

    def _with_presence(self, teams: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Tell of each team how many of its phones are in touch; where everybody answers alone of none."""
        if self.room.anonymous or "there" not in self._present:
            return teams
        there = self._present["there"]
        return [{**team, "there": there.get(team["id"], 0)} for team in teams]

    def _tables(self, found: dict[str, Any] | None) -> dict[str, Any] | None:
        """Give what can be changed in the break-through, while it is open."""
        if found is None:
            return None
        # Only now: no other act needs its words.
        from workshopkit.panels.mending import in_cockpit

        return in_cockpit(found, self.room.mending, self.here.lang)

    def _notes(self) -> list[dict[str, Any]]:
        t = translator(self.here.lang)
        return [
            {
                "act": act,
                "part": part,
                "label": step_name(act, part, t) or t("Before the beginning"),
                "text": text,
            }
            for (act, part), text in self.room.notes.items()
        ]

    def _teams(self) -> list[dict[str, Any]]:
        """List the seats before the analyst has counted anything."""
        definition = self.room.definition
        labels = {domain.id: domain.label for domain in definition.domains} if definition else {}
        return [
            {
                "id": seat.id,
                "label": seat.label,
                "kind": seat.kind,
                "domain": labels.get(seat.domain or ""),
                "phones": 0,
                "late": False,
                "imported": False,
                "typed": False,
                "told": 0,
                "heard": 0,
                "closed": {"told": False, "heard": False},
                "ready": False,
                "marks": 0,
                "guessed": False,
                "walked": None,
                "agreements": 0,
                **({"people": seat.people, "ready_phones": 0} if self.room.anonymous else {}),
            }
            for seat in (definition.seats if definition else ())
        ]


def show() -> Any:
    """Place the facilitator's page."""
    return open_page("cockpit", Cockpit, lambda: here(role="facilitator"))
