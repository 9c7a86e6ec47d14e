"""The end date of a workshop: what nobody keeps is deleted for good."""

from __future__ import annotations

import time

import click

from workshopkit.cli import terminal
from workshopkit.errors import StoreError
from workshopkit.i18n import Translator
from workshopkit.store.contract import Store

__all__ = ["erase_ended"]


def erase_ended(t: Translator, store: Store) -> None:
    """Delete the workshops whose end date is past, with the backups that hold them; says so of each.

    One that cannot be deleted now, because a copy is not connected for example, stops nobody.
    """
    now = time.time()
    for workshop in [one for one in store.workshops() if one.expires < now]:
        title = terminal.one_line(workshop.title) or workshop.id
        try:
            store.erase_workshop(workshop.id)
        except StoreError as fault:
            click.echo(fault.text(t.lang), err=True)
        else:
            click.echo(t("Its end date is past, so it is deleted for good: {title}.", title=title))
