"""Charts for the facilitator's notebooks, by plotly; what people typed reaches them as text only."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workshopkit.i18n import translator

if TYPE_CHECKING:
    import plotly.graph_objects as go

__all__ = ["hears_and_heard"]

_HEARS, _HEARD = "#1b6e4b", "#2a5caa"
ROW_PX = 34


def hears_and_heard(names: Sequence[str], hears: Sequence[int], heard: Sequence[int], lang: str) -> go.Figure:
    """Show for every actor from how many it heard directly, and by how many it was heard.

    Parameters
    ----------
    names
        Labels of the actors, from top to bottom.
    hears, heard
        The counts, in the same order.
    lang
        The reader's language.
    """
    import plotly.graph_objects as go

    t = translator(lang)
    # plotly reads tags in labels: what people typed may not become one.
    labels = [html.escape(name) for name in names]
    places = list(range(len(labels)))
    figure = go.Figure()
    for text, values, colour in (
        (t("hears directly from"), hears, _HEARS),
        (t("is heard by"), heard, _HEARD),
    ):
        figure.add_bar(y=places, x=list(values), name=text, orientation="h", marker_color=colour)
    figure.update_layout(
        barmode="group",
        height=140 + ROW_PX * len(labels),
        title=t("Who hears whom directly"),
        xaxis={"title": t("number of places on the map"), "dtick": 1},
        yaxis={"tickvals": places, "ticktext": labels, "autorange": "reversed", "automargin": True},
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
        template="plotly_white",
    )
    return figure
