"""The few ipywidgets that the acts' views are made of, laid out for a projected screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from workshopkit.panels.shown import Shown

__all__ = [
    "bar",
    "beside",
    "button",
    "choice",
    "column",
    "day",
    "field",
    "image",
    "note",
    "offer",
    "pair",
    "row",
    "see",
    "shown",
    "slider",
    "ticked",
    "ticks",
    "title",
]

WIDTH = "1240px"
# One width for the names of fields below each other; on a narrow screen a name stands above its field.
NAMES = "min(28em, 100% - 12px)"
# All of the width that there is: a control has a margin of 2 px.
ALL = "calc(100% - 4px)"


def button(text: str, act: Callable[[], object], *, main: bool = False, tip: str = "") -> Any:
    """Give a button that calls a function without arguments."""
    import ipywidgets as w

    made = w.Button(
        description=text,
        tooltip=tip or text,
        button_style="primary" if main else "",
        layout=w.Layout(width="auto", min_height="36px"),
    )
    made.on_click(lambda _: act())
    return made


def slider(most: int, *, text: str) -> Any:
    """Give a slider from 1 on: the arrow keys move it."""
    import ipywidgets as w

    return w.IntSlider(
        min=1,
        max=most,
        description=text,
        style={"description_width": "auto"},
        layout=w.Layout(width="22em"),
    )


def shown(what: Shown | None = None) -> Any:
    """Give a place for sentences or a table; set them with `note`."""
    import ipywidgets as w

    # A table that is wider than the screen is pushed aside in its own place.
    layout = w.Layout(max_width=f"min({WIDTH}, 100%)", overflow="auto hidden")
    return w.HTML(value=what.html if what else "", layout=layout)


def note(place: Any, what: Shown | None) -> None:
    """Put sentences or a table in their place; nothing takes no room."""
    place.value = what.html if what else ""
    place.layout.display = None if what else "none"


def image(svg: str = "", *, width: str = WIDTH) -> Any:
    """Give a place for a picture."""
    import ipywidgets as w

    return w.Image(value=svg.encode(), format="svg+xml", layout=w.Layout(width="100%", max_width=width))


def row(*parts: Any) -> Any:
    """Put controls beside each other; they go to a next line where the screen is narrow."""
    import ipywidgets as w

    return w.HBox(parts, layout=w.Layout(flex_flow="row wrap", align_items="center", grid_gap="8px"))


def column(*parts: Any, gap: str = "8px") -> Any:
    """Put controls below each other."""
    import ipywidgets as w

    layout = w.Layout(grid_gap=gap, max_width=WIDTH, width="100%", align_items="flex-start")
    return w.VBox(parts, layout=layout)


def choice(
    text: str,
    options: Iterable[tuple[str, str]],
    value: str | None = None,
    *,
    tip: str = "",
) -> Any:
    """Give a list of (label, value) to choose one of; the first, or `value`, is chosen."""
    import ipywidgets as w

    pairs = list(options)
    return w.Dropdown(
        options=pairs,
        value=value if value is not None else (pairs[0][1] if pairs else None),
        description=text,
        tooltip=tip or text,
        style={"description_width": "auto"},
        layout=w.Layout(width="auto", min_width="17em", max_width=ALL),
    )


def beside(wide: Iterable[Any], narrow: Iterable[Any], *, half: bool = False) -> Any:
    """Put what is looked at beside what is said of it; on a narrow screen below each other."""
    import ipywidgets as w

    def part(parts: Iterable[Any], flex: str) -> Any:
        layout = w.Layout(flex=flex, min_width="0", grid_gap="6px", align_items="flex-start")
        return w.VBox(list(parts), layout=layout)

    boxes = (
        part(wide, "1 1 440px" if half else "5 1 600px"),
        part(narrow, "1 1 440px" if half else "2 1 300px"),
    )
    layout = w.Layout(
        flex_flow="row wrap", grid_gap="24px", width="100%", max_width=WIDTH, align_items="flex-start"
    )
    return w.HBox(boxes, layout=layout)


def title(text: str) -> Any:
    """Give a heading."""
    import ipywidgets as w

    return w.Label(value=text, style={"font_weight": "bold", "font_size": "1.25em"})


def bar(most: int) -> Any:
    """Give a bar that fills, with its words."""
    import ipywidgets as w

    return w.IntProgress(
        max=most, style={"description_width": "auto"}, layout=w.Layout(width="100%", max_width=WIDTH)
    )


def field(text: str, *, rows: int = 1, value: str = "", placeholder: str = "") -> Any:
    """Give a field to type in, its name before it; above it where it has several rows."""
    import ipywidgets as w

    given = {
        "value": value,
        "placeholder": placeholder,
        "description": text,
        "style": {"description_width": NAMES if rows == 1 else "auto"},
        "layout": w.Layout(width=ALL, max_width="72em", height="auto", flex_flow="row wrap"),
    }
    return w.Text(**given) if rows == 1 else w.Textarea(rows=rows, **given)


def day(text: str) -> Any:
    """Give a field for a date."""
    import ipywidgets as w

    layout = w.Layout(width="42em", max_width=ALL, height="auto", flex_flow="row wrap")
    return w.DatePicker(description=text, style={"description_width": NAMES}, layout=layout)


def name_field(placeholder: str) -> Any:
    """Give a short field whose name stands in it while it is empty."""
    import ipywidgets as w

    return w.Text(placeholder=placeholder, tooltip=placeholder, layout=w.Layout(width="17em"))


def lines_field(placeholder: str) -> Any:
    """Give a field of a few lines."""
    import ipywidgets as w

    layout = w.Layout(width="17em", height="8.5em")
    return w.Textarea(placeholder=placeholder, tooltip=placeholder, layout=layout)


def stack(*parts: Any) -> Any:
    """Put a few controls below each other, no wider than they are."""
    import ipywidgets as w

    return w.VBox(parts, layout=w.Layout(width="auto"))


def offer(place: Any, options: Iterable[tuple[str, str]]) -> None:
    """Put other options in a list; what was chosen stays chosen if it is among them, else it is the first."""
    pairs, before = list(options), place.value
    known = [value for _, value in pairs]
    place.options = pairs
    if known:
        place.value = before if before in known else known[0]


def ticks(options: Iterable[tuple[str, str]]) -> Any:
    """Give boxes to tick, from (label, value); `ticked` tells which are."""
    import ipywidgets as w

    found = []
    for text, value in options:
        box = w.Checkbox(value=False, description=text, indent=False, layout=w.Layout(width=ALL))
        box.tag = value
        found.append(box)
    return w.VBox(found, layout=w.Layout(width="100%"))


def ticked(boxes: Any) -> list[str]:
    """Give the values of the boxes that are ticked."""
    return [box.tag for box in boxes.children if box.value]


def see(part: Any, visible: bool) -> None:
    """Show a part, or take it away."""
    part.layout.display = None if visible else "none"


def pair(button: Any, words: Any) -> Any:
    """Put a button before its words, which may take several lines."""
    import ipywidgets as w

    button.layout.flex = "0 0 auto"
    return w.HBox([button, words], layout=w.Layout(grid_gap="10px", align_items="center", width="100%"))
