"""The facilitator's page: who is how far, open and close an act, set the timer, show the map."""

from __future__ import annotations

import base64
from typing import Any

from workshopkit.panels.here import here
from workshopkit.panels.page import open_page
from workshopkit.panels.script import plan
from workshopkit.panels.wall import FacilitatorsPage

__all__ = ["Cockpit", "show"]


class Cockpit(FacilitatorsPage):
    """The page that may send the facilitator's events."""

    interval = 0.25
    spacing = 0.25
    snapshot = "cockpit"

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._wall: dict[str, Any] = {}

    def read(self) -> None:
        """Take the wall's snapshot too while the map is shown."""
        super().read()
        found = self.store.snapshot(self.here.workshop, "wall") if self.room.map_shown else None
        self._wall = found.payload if found else {}

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
            "teams": self._teams(),
            **result,
            **shown,
            **self.frame(),
            "marks_shown": self.room.marks_shown,
            "sponsor": self.room.sponsor,
            "plan": plan(self.room, self.here.lang, said),
            "wall_url": self.here.wall_url,
        }

    def committed(self, kinds: set[str]) -> None:
        """End the workshop in the store once that was said."""
        if "workshop.closed" in kinds:
            self.store.close_workshop(self.here.workshop)

    def asked(self, content: dict[str, Any]) -> None:
        """Hand over report and data when the facilitator wants to keep them."""
        if content.get("type") != "export":
            return
        # Only now, and only in this kernel: a report needs the measures.
        from workshopkit.report.bundle import bundle

        self.tell(
            {
                "type": "file",
                "name": "workshopkit-bundle.zip",
                "kind": "application/zip",
                "base64": base64.b64encode(bundle(self.store, self.here.workshop, self.here.lang)).decode(
                    "ascii"
                ),
            }
        )

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
                "told": 0,
                "heard": 0,
                "closed": {"told": False, "heard": False},
                "ready": False,
                "marks": 0,
                "guessed": False,
                "walked": None,
                "agreements": 0,
            }
            for seat in (definition.seats if definition else ())
        ]


def show() -> Any:
    """Place the facilitator's page."""
    return open_page("cockpit", Cockpit, lambda: here(role="facilitator"))
