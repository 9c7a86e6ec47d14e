"""The lean page in Panel: one group of buttons for every question, which costs less than a toggle for every row."""

import panel as pn
from questions import ABOUT, HEARD, TEAMS, TITLE, TOLD

pn.extension()


def roster(question: str) -> pn.Column:
    """Ask one question: a count, a row for every team, and a button that ends it."""
    count = pn.pane.HTML("0")
    rows = pn.widgets.CheckButtonGroup(options=TEAMS, orientation="vertical", sizing_mode="stretch_width")
    done = pn.widgets.Button(name="This is everyone", button_type="primary")

    def recount(_: object) -> None:
        count.object = str(len(rows.value))

    def close(_: object) -> None:
        rows.disabled = True

    rows.param.watch(recount, "value")
    done.on_click(close)
    return pn.Column(pn.pane.HTML(f"<h3>{question}</h3>"), count, rows, done, sizing_mode="stretch_width")


pn.Column(
    pn.pane.HTML(f"<h1>{TITLE}</h1><p>{ABOUT}</p>"),
    roster(TOLD),
    roster(HEARD),
    pn.widgets.Select(name="Wish", options=["Nobody", *TEAMS]),
    pn.widgets.Button(name="Go on", button_type="primary"),
    sizing_mode="stretch_width",
).servable(title=TITLE)
