"""``workshopkit list``: the workshops in the store."""

from __future__ import annotations

import datetime as dt
from contextlib import closing

import click
from babel.dates import format_date, format_datetime

from workshopkit.cli import store_option, terminal
from workshopkit.i18n import translator
from workshopkit.store import open_store

__all__ = ["command"]


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(db: str) -> None:
        with closing(open_store(db, create=False)) as store:
            found = store.workshops()
        if not found:
            click.echo(t("No workshops yet. Make one: workshopkit new"))
        for workshop in found:
            when = format_datetime(
                dt.datetime.fromtimestamp(workshop.created).astimezone(), "short", locale=lang
            )
            state = t("open") if workshop.closed is None else t("closed")
            title = terminal.one_line(workshop.title)
            end = format_date(dt.datetime.fromtimestamp(workshop.expires).astimezone(), "short", locale=lang)
            until = t("kept until {date}", date=end)
            click.echo(f"{workshop.id}  {workshop.code}  {state:8}  {when}  {until}  {title}")

    return click.Command(
        "list", callback=run, help=t("Lists the workshops in the store."), params=[store_option.option(t)]
    )
