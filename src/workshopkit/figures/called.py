"""What a sentence for the whole room calls places and lines: routes, and never culprits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workshopkit.figures import told
from workshopkit.i18n import Translator
from workshopkit.network.actors import Definition
from workshopkit.network.network import Pair

__all__ = ["MOST_ROUTES", "name", "names", "routes"]

MOST_ROUTES = 8
ROLE = "role"


def name(definition: Definition, id: str, t: Translator) -> str:
    """Give what a sentence for the whole room calls a place: a role is held by few, and so is "a link"."""
    actor = definition.actor(id)
    return t("a link") if actor.kind == ROLE else actor.label


def names(definition: Definition, ids: Iterable[str], t: Translator, *, most: int = told.MOST_NAMED) -> str:
    """Give places in a row; above `most` the rest is counted."""
    all_ = [name(definition, id, t) for id in ids]
    if len(all_) > most:
        rest = len(all_) - most
        return told.listed([*all_[:most], t.n("{count} other", "{count} others", rest)], t)
    return told.listed(all_, t)


def routes(definition: Definition, lines: Sequence[Pair], t: Translator) -> list[str]:
    """Give lines as routes, one a row; the first `MOST_ROUTES`, and how many more there are."""
    said = [f"{name(definition, a, t)} → {name(definition, b, t)}" for a, b in lines[:MOST_ROUTES]]
    if rest := len(lines) - len(said):
        said.append(t.n("and {count} more line", "and {count} more lines", rest))
    return said
