"""One finding on the map: its own lines on top, all that arrives behind it in grey, its places lit."""

from __future__ import annotations

from collections.abc import Mapping

from workshopkit.analysis.findings import Findings
from workshopkit.analysis.ranking import Finding
from workshopkit.figures.map import Drawing
from workshopkit.figures.picture import lines, picture
from workshopkit.figures.svg import svg
from workshopkit.i18n import N_, Translator

__all__ = ["focus"]

_BEHIND = N_("what else arrives")
# By kind, the role of its lines and what they mean; what is lost is never told from what arrives by colour alone.
_ARRIVES = ("straight", N_("arrives: told and heard"))
_ROLES: Mapping[str, tuple[str, str]] = {
    "works": _ARRIVES,
    "gift": ("heard_not_claimed", N_("heard, not named")),
    "circle": ("round", N_("goes round")),
    "audience": ("straight", N_("heard by an audience")),
    "lost": ("lost", N_("did not arrive this time")),
    "hangs": ("hangs", N_("here it hangs on")),
    "silo": ("within", N_("stays inside a domain")),
    "detour": ("via", N_("could run by way of others")),
    "gap": ("apart", N_("both say different things")),
    "wish": ("wish", N_("a wish to hear it directly")),
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
    role, meaning = _ROLES.get(finding.kind, _ARRIVES)
    named = {**dict.fromkeys(found.net.lived, "line"), **dict.fromkeys(finding.lines, role)}
    names = {"line": t(_BEHIND), role: t(meaning)}
    known = found.definition.by_id
    groups = {
        actor: "" for actor in known for place in finding.places if found.net.groups.get(actor) == place
    }
    lit = {place: "" for place in finding.places if place in known} or groups
    return svg(picture(lines(drawing, named), names, inside=lit), alone=True)
