"""``workshopkit binder-link``: the badge and the links with which others open a repository on Binder."""

from __future__ import annotations

import re
from urllib.parse import quote

import click

from workshopkit.errors import UsageError
from workshopkit.i18n import N_, translator

__all__ = ["command", "links"]

_BINDER = "https://mybinder.org"
_REPOSITORY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/[A-Za-z0-9._-]{1,100}\Z")


def links(repository: str, ref: str = "HEAD", *, lang: str = "nl") -> dict[str, str]:
    """Give the addresses on Binder of a GitHub repository.

    Parameters
    ----------
    repository
        As ``OWNER/REPO``.
    ref
        A branch, tag or commit.
    lang
        In which language the notebooks open.

    Returns
    -------
    dict
        ``learn`` for who learns alone, ``lab`` for JupyterLab on the notebooks, ``badge`` for a README.

    Raises
    ------
    UsageError
        If it is no such name.

    Examples
    --------
    >>> links("owner/repo")["learn"]
    'https://mybinder.org/v2/gh/owner/repo/HEAD?urlpath=workshop%2Flearn'
    """
    if not _REPOSITORY.match(repository):
        raise UsageError(
            N_("{name} is no repository of GitHub. Give it as OWNER/REPO."), name=repository[:80]
        )
    place = f"{_BINDER}/v2/gh/{repository}/{quote(ref, safe='')}"
    learn = f"{place}?urlpath={quote('workshop/learn', safe='')}"
    return {
        "learn": learn,
        "lab": f"{place}?urlpath={quote(f'lab/tree/notebooks/{lang}/00-prepare.ipynb', safe='')}",
        "badge": f"[![Binder]({_BINDER}/badge_logo.svg)]({learn})",
    }


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(repository: str, ref: str) -> None:
        found = links(repository, ref, lang=lang)
        for label, name in ((t("Badge"), "badge"), (t("Learn alone"), "learn"), ("JupyterLab", "lab")):
            click.echo(f"{label}: {found[name]}")

    return click.Command(
        "binder-link",
        callback=run,
        help=t("Gives the badge and the links that open a repository on Binder."),
        params=[
            click.Argument(["repository"], metavar="OWNER/REPO"),
            click.Option(
                ["--ref"],
                default="HEAD",
                show_default=True,
                metavar="REF",
                help=t("A branch, tag or commit."),
            ),
        ],
    )
