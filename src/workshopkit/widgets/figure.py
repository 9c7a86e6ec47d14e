"""A figure in a notebook: drawn, told and as a table, to keep as an image."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import anywidget
import traitlets

from workshopkit import paths
from workshopkit.figures.svg import svg
from workshopkit.i18n import translator

__all__ = ["FigureView"]


class FigureView(anywidget.AnyWidget):
    """Show a figure as `workshopkit.figures.figure` describes it; `show` another round of it and it moves in place.

    Parameters
    ----------
    figure
        The description.
    lang
        ``"nl"`` or ``"en"``: of the buttons, the figure has its own.
    """

    _esm = paths.static() / "figure.js"
    _css = paths.static() / "figure.css"

    figure = traitlets.Dict().tag(sync=True)
    image = traitlets.Unicode(help="The same as SVG with its title and legend, to keep.").tag(sync=True)
    lang = traitlets.Unicode("nl").tag(sync=True)
    texts = traitlets.Dict(help="What stands on the buttons.").tag(sync=True)

    def __init__(self, figure: Mapping[str, Any], *, lang: str = "nl", **options: Any) -> None:
        drawn, t = dict(figure), translator(lang)
        texts = {"png": t("Keep as PNG"), "svg": t("Keep as SVG"), "list": t("The same as a list")}
        super().__init__(figure=drawn, image=svg(drawn, alone=True), lang=lang, texts=texts, **options)

    def show(self, figure: Mapping[str, Any]) -> None:
        """Show a figure in the place of the one before."""
        drawn = dict(figure)
        with self.hold_sync():
            self.figure, self.image = drawn, svg(drawn, alone=True)
