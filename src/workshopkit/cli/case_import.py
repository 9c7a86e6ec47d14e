"""``workshopkit case import``: a draft of a case from a text with a post and comments."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workshopkit.cli import case_files, terminal
from workshopkit.i18n import LANGUAGES, Translator, translator

if TYPE_CHECKING:
    from workshopkit.case.importing import Draft

__all__ = ["command"]


def command(lang: str) -> click.Command:
    """Make the command."""
    t = translator(lang)

    def run(file: Path, text_lang: str | None, to: Path | None, dry_run: bool, keep_names: bool) -> None:
        # Only now: every other command would wait for what reads web pages.
        from workshopkit.case.importing import draft
        from workshopkit.case.importing.reading import MOST_BYTES

        content = case_files.read(file, MOST_BYTES)
        made = draft(content, file.name, text_lang, keep_names=keep_names)
        _tell(made, t, whole=dry_run)
        if dry_run:
            click.echo(t("Nothing was written."))
            return
        for path in made.write(to or Path(made.case["id"]), t.lang):
            click.echo(t("Written: {path}", path=terminal.one_line(str(path))))
        click.echo(
            t(
                "Now retell the texts in your own words. Then: workshopkit case check {folder}",
                folder=_shown(to, made),
            )
        )

    return click.Command(
        "import",
        callback=run,
        help=t(
            "Makes a draft of a case from a text or a saved web page with a post and comments. Names become roles."
        ),
        params=[
            click.Argument(["file"], metavar=t("FILE"), type=click.Path(path_type=Path)),
            click.Option(
                ["--text-lang"],
                type=click.Choice(LANGUAGES),
                help=t("Language of the text. Guessed if left out."),
            ),
            click.Option(
                ["--to"],
                metavar=t("FOLDER"),
                type=click.Path(path_type=Path),
                help=t("The folder for the case. If left out, one with the name of the file, here."),
            ),
            click.Option(["--dry-run"], is_flag=True, help=t("Shows the draft and writes nothing.")),
            click.Option(["--keep-names"], is_flag=True, help=t("Leaves people’s names in the texts.")),
        ],
    )


def _shown(to: Path | None, made: Draft) -> str:
    return terminal.one_line(str(to or made.case["id"]))


def _tell(made: Draft, t: Translator, *, whole: bool) -> None:
    """Tell what was found: in numbers, item by item if asked, and what was unsure."""
    items = made.case["item"]
    counts = {part: sum(item["part"] == part for item in items) for part in ("post", "comment")}
    parts = (
        t.n("{count} passage of the post", "{count} passages of the post", counts["post"]),
        t.n("{count} comment", "{count} comments", counts["comment"]),
        t("language: {lang}", lang=t("Dutch") if made.lang == "nl" else t("English")),
    )
    click.echo(f"{terminal.one_line(made.case['title'][made.lang])} ({', '.join(parts)})")
    for item in items if whole else ():
        click.echo(terminal.one_line(_line(item, made, t)))
    if made.unsure:
        click.echo(t("Unsure of:"))
    for doubt in made.doubts(t.lang):
        click.echo(f"- {terminal.one_line(doubt)}")


def _line(item: Mapping[str, Any], made: Draft, t: Translator) -> str:
    role = made.case["roles"][item["role"]][t.lang]
    answered = item.get("answers", "post")
    to = f" → {answered}" if answered != "post" else ""
    themes = ", ".join(made.case["themes"][theme][t.lang] for theme in item["themes"])
    aloud = t("read aloud")
    core = f" [{aloud}]" if item.get("core") else ""
    return f"{item['id']}{to} {role}: {item[made.lang]['title']} ({themes}){core}"
