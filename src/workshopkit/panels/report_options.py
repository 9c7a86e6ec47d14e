"""What the facilitator adds to the report and leaves out of it, as a form that shows at once what it makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workshopkit.errors import WorkshopkitError
from workshopkit.i18n import Translator
from workshopkit.panels import controls, shown
from workshopkit.panels.shown import Shown
from workshopkit.report.options import NAMES, Options

__all__ = ["form"]


def form(t: Translator, choose: Callable[[Options], None], preview: Callable[[], Shown]) -> Any:
    """Give the form.

    Parameters
    ----------
    t
        Of the reader's language.
    choose
        Takes the options once they can be.
    preview
        Gives the report as it then is.
    """
    import ipywidgets as w

    foreword = controls.field(t("Foreword (if you like)"), rows=4)
    colour = controls.field(t("Colour of the headings, as #1c4f8c (if you like)"))
    logo = w.FileUpload(accept=".png,.jpg,.jpeg", description=t("Logo: PNG or JPEG"))
    logo.layout = w.Layout(width="auto")
    nothing = controls.button(t("No logo"), lambda: setattr(logo, "value", ()))
    without = controls.ticks([(t(name), part) for part, name in NAMES.items()])
    said, page = controls.shown(), controls.shown()

    def use() -> None:
        given = bytes(logo.value[0]["content"]) if logo.value else b""
        try:
            choose(
                Options.checked(
                    without=controls.ticked(without),
                    foreword=foreword.value,
                    colour=colour.value.strip(),
                    logo=given,
                )
            )
        except WorkshopkitError as fault:
            controls.note(said, shown.line(fault.text(t.lang)))
            controls.note(page, None)
            return
        controls.note(said, shown.line(t("This is how the report is written from now on.")))
        controls.note(page, preview())

    controls.note(said, None)
    controls.note(page, None)
    leave = controls.shown(shown.line(t("What do we leave out?")))
    button = controls.pair(controls.button(t("Use this"), use, main=True), said)
    return controls.column(foreword, colour, controls.row(logo, nothing), leave, without, button, page)
