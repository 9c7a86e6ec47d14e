"""The map in a notebook."""

from __future__ import annotations

import anywidget
import traitlets

from workshopkit import paths

__all__ = ["MapWidget"]


class MapWidget(anywidget.AnyWidget):
    """Show a map that `workshopkit.figures.map.draw` described; set ``figure`` anew and it redraws in place.

    Parameters
    ----------
    figure
        The description.
    texts
        The same in sentences and rows, from `workshopkit.figures.map.describe`.
    lang
        ``"nl"`` or ``"en"``.
    """

    _esm = paths.static() / "map.js"
    _css = paths.static() / "map.css"

    figure = traitlets.Dict().tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode("nl").tag(sync=True)
