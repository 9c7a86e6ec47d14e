"""One finding on the map: its own lines on top, all that arrives behind it in grey, its places lit."""

from __future__ import annotations

from collections.abc import Mapping

from workshopkit.analysis.findings import Findings
from workshopkit.analysis.ranking import Finding
from workshopkit.figures.map import Drawing
from workshopkit.figures.picture import Stroke, lines, picture
from workshopkit.i18n import N_, Translator

__all__ = ["focus"]

_BEHIND = Stroke("#c9c6bf", "", 2, N_("what else arrives"))
# By kind, how its lines look; what is lost is never told from what arrives by colour alone.
_ARRIVES = Stroke("#17704a", "", 6, N_("arrives: told and heard"))
_STROKES: Mapping[str, Stroke] = {
    "works": _ARRIVES,
    "gift": Stroke("#5b4a9e", "16 8", 6, N_("heard, not named")),
    "circle": Stroke("#8a3ea0", "", 6, N_("goes round")),
    "audience": Stroke("#17704a", "", 6, N_("heard by an audience")),
    "lost": Stroke("#b23c12", "4 9", 6, N_("did not arrive this time")),
    "hangs": Stroke("#2458ab", "", 8, N_("here it hangs on")),
    "silo": Stroke("#6b5f10", "", 5, N_("stays inside a domain")),
    "detour": Stroke("#2458ab", "14 6 3 6", 5, N_("could run by way of others")),
    "gap": Stroke("#6b5f10", "10 5 2 5", 5, N_("both say different things")),
    "wish": Stroke("#1c4f8c", "2 8", 6, N_("a wish to hear it directly")),
}


def focus(found: Findings, finding: Finding, drawing: Drawing, t: Translator) -> str:
    """Draw a finding.

    Parameters
    ----------
    found
        What was computed of the map.
    finding
        One of what was found.
    drawing
        Keeps every place where it is on other maps.
    t
        Translates the legend.

    Returns
    -------
    str
        An SVG; what it shows stands in the finding's sentence and numbers.
    """
    stroke = _STROKES.get(finding.kind, _ARRIVES)
    behind = dict.fromkeys(found.net.lived, "behind")
    named = {**behind, **dict.fromkeys(finding.lines, finding.kind)}
    strokes = {
        "behind": Stroke(_BEHIND.colour, _BEHIND.dashes, _BEHIND.width, t(_BEHIND.text)),
        finding.kind: Stroke(stroke.colour, stroke.dashes, stroke.width, t(stroke.text)),
    }
    known = found.definition.by_id
    groups = {
        actor: "" for actor in known for place in finding.places if found.net.groups.get(actor) == place
    }
    lit = {place: "" for place in finding.places if place in known} or groups
    return picture(lines(drawing, named), strokes, inside=lit)
