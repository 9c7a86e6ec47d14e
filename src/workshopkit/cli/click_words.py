"""The words that click itself says, in the user's language.

Click asks Python's gettext for them, which looks for compiled catalogues on the disk. Ours is read in memory, so it
stands in gettext's place while a command runs. What click says and this list does not name stays English.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager

from workshopkit.i18n import N_, translator

__all__ = ["WORDS", "plain", "spoken_in"]

_QUOTED = re.compile(r"\{(\w+)!r\}")

# Of a message with a plural gettext's key is the singular; its Dutch serves for both.
WORDS = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("default: {default}"),
    N_("file"),
    N_("directory"),
    N_("No such option '{name}'."),
    N_("No such command '{name}'."),
    N_("Did you mean {possibility}?"),
    N_("Missing argument"),
    N_("Missing command."),
    N_("Got unexpected extra argument ({args})"),
    N_("Option '{name}' requires an argument."),
    N_("Option '{name}' does not take a value."),
    N_("Invalid value for {param_hint}: {message}"),
    N_("'{value}' is not {choice}."),
    N_("'{value}' is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("{name} '{filename}' does not exist."),
    N_("{name} '{filename}' is a directory."),
    N_("{name} '{filename}' is a file."),
    N_("{name} '{filename}' is not readable."),
)


def plain(message: str) -> str:
    """Give a message of click's with fields as ours have them."""
    return _QUOTED.sub(r"'{\1}'", message)


@contextmanager
def spoken_in(lang: str) -> Iterator[None]:
    """Let click speak a language until the block ends."""
    t = translator(lang)
    before = {"dgettext": gettext.dgettext, "dngettext": gettext.dngettext}
    vars(gettext).update(
        dgettext=lambda _, message: t(plain(message)),
        dngettext=lambda _, one, many, count: t.n(plain(one), plain(many), count),
    )
    try:
        yield
    finally:
        vars(gettext).update(before)
