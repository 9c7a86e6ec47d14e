"""Workshops for the tests of the acts' panels: the demo's own, and a room in which somebody says something."""

from __future__ import annotations

import itertools
from html.parser import HTMLParser

from domain_helpers import payload
from workshopkit.panels.demo import demo_workshop
from workshopkit.store import open_store

TYPED = "<img src=x onerror=alert(1)>"


def demo(kind, lang="en"):
    """Give a panel on the demo workshop, as a learner alone has it."""
    store, workshop = demo_workshop(lang)
    return kind(store, workshop, lang=lang, alone=True)


class Room:
    """A workshop in a store of its own, to which events can be added.

    Parameters
    ----------
    folder
        Where the store goes.
    *arguments, **options
        As for `domain_helpers.payload`.
    """

    def __init__(self, folder, *arguments, label=None, **options):
        self.store = open_store(f"sqlite:///{folder / 'room.db'}")
        definition = payload(*arguments, **options)
        if label is not None:
            definition["actors"][0]["label"] = label
        self.seats = [one["id"] for one in definition["actors"]]
        self.id = self.store.create_workshop(title="A try", lang="en", definition=definition).id
        self._numbers = itertools.count()
        self._in = set()

    def panel(self, kind):
        return kind(self.store, self.id, lang="en")

    def say(self, seat, kind, **given):
        """Let a seat say something; it joins first."""
        if seat not in self._in:
            self._in.add(seat)
            self._append(seat, "joined", {"actor": seat})
        self._append(seat, kind, given)

    def lead(self, kind, **given):
        """Let who leads do something."""
        self.store.append(
            id=f"e{next(self._numbers)}",
            workshop=self.id,
            participant="lead",
            act=None,
            kind=kind,
            payload=given,
        )

    def answer(self, seat, told="", heard=""):
        """Let a seat answer both lists, with letters."""
        for to in told:
            self.say(seat, "told", to=to, answer="yes", expected="yes")
        for source in heard:
            self.say(seat, "heard", **{"from": source, "answer": "yes", "via": None})
        for name in ("told", "heard"):
            self.say(seat, "list.closed", list=name)

    def _append(self, seat, kind, given):
        self.store.append(
            id=f"e{next(self._numbers)}", workshop=self.id, participant=f"p-{seat}", act=None, kind=kind, payload=given
        )  # fmt: skip


def tags(html):
    """List the tags in a piece of HTML, as a browser reads it: what was typed may not be among them."""
    found = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, _: found.add(tag)
    parser.feed(html)
    return found
