"""``workshopkit serve``: the pages of a workshop for a room, and JupyterLab for the facilitator beside it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click
from click.core import ParameterSource

from workshopkit.cli import number_option, reaching, running, store_option, terminal
from workshopkit.cli.ending import erase_ended
from workshopkit.errors import UsageError
from workshopkit.i18n import N_, translator
from workshopkit.run.net import free_port, lan_address, lan_addresses
from workshopkit.run.workshop import EVERYWHERE, Plan, new_token, notebooks_folder
from workshopkit.store import open_store

__all__ = ["command"]


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(
        db: str,
        workshop: str | None,
        host: str,
        port: int,
        public_url: str | None,
        no_lab: bool,
        expect: int,
        backup_dir: Path | None,
        wifi: str | None,
        wifi_password: str | None,
    ) -> None:
        if public_url is not None and not public_url.startswith(("http://", "https://")):
            raise UsageError(
                N_("{url} is no address of a page: begin it with http:// or https://"), url=public_url
            )
        joined_first = reaching.wifi(t, wifi, wifi_password)
        context = click.get_current_context()
        must = context.get_parameter_source("port") == ParameterSource.COMMANDLINE
        found_port = free_port(port, host, must=must)
        if found_port != port:
            click.echo(t("Port {port} is taken, {other} is used.", port=port, other=found_port))
        with closing(open_store(db, create=False)) as store:
            erase_ended(t, store)
            open_ones = [one for one in store.workshops() if one.closed is None]
            chosen = store.workshop(terminal.one_line(workshop)) if workshop else next(iter(open_ones), None)
            if chosen is None:
                raise UsageError(
                    N_("There is no open workshop in this store. Make one first: workshopkit new")
                )
            shown_host = lan_address() if host == EVERYWHERE else host
            if host == EVERYWHERE and public_url is None:
                for sentence in reaching.others(t, lan_addresses(), found_port):
                    click.echo(sentence)
            plan = Plan(
                db=store.url,
                host=host,
                port=found_port,
                public_url=(public_url or f"http://{shown_host}:{found_port}").rstrip("/"),
                expect=expect,
                lab_port=None if no_lab else free_port(8888, "127.0.0.1"),
                lab_token=new_token(),
                lab_dir=None
                if no_lab
                else notebooks_folder(Path(store.url.removeprefix("sqlite:///")).parent),
                backup_dir=backup_dir,
                lang=lang,
                wifi=joined_first.text if joined_first else "",
            )
            store.set_meta(
                "public_url", plan.public_url
            )  # where phones look for the room, also after a restore
            running.run_workshop(t, plan, store, chosen, wifi=joined_first)

    return click.Command(
        "serve",
        callback=run,
        help=t("Serves the pages of a workshop, and JupyterLab beside it."),
        params=[
            click.Argument(["workshop"], required=False),
            store_option.option(t),
            click.Option(
                ["--host"],
                default="127.0.0.1",
                show_default=True,
                metavar=t("ADDRESS"),
                help=t("Where to listen; 0.0.0.0 lets phones in the network in."),
            ),
            number_option.port(t),
            click.Option(
                ["--public-url"],
                metavar="URL",
                help=t("How phones reach the pages, where that is another address."),
            ),
            click.Option(["--no-lab"], is_flag=True, help=t("Without JupyterLab.")),
            click.Option(
                ["--expect"],
                type=number_option.between(t, 1, 120),
                default=30,
                show_default=True,
                help=t("How many phones to stand ready for."),
            ),
            click.Option(
                ["--backup-dir"],
                type=click.Path(path_type=Path, file_okay=False),
                help=t("Where copies of the store go: a USB stick, a shared folder."),
            ),
            *reaching.options(t),
        ],
    )
