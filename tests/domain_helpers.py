"""Small rooms for the tests of the domain: definitions, events with numbers, and a page that remembers."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

from workshopkit.network.actors import Definition
from workshopkit.network.claims import Heard, Told
from workshopkit.room.sheet import Sheet
from workshopkit.store.contract import Event

LETTERS = "abcdefghijklmnop"


def payload(teams=3, audiences=(), domains=0, lang="en"):
    """Give a definition with teams a, b, c… and audiences, as {id: voice}."""
    named = [f"d{number}" for number in range(domains)]
    actors = [
        {
            "id": id_,
            "label": f"Team {id_.upper()}",
            "kind": "team",
            "domain": named[index % domains] if domains else None,
            "voice": "own",
        }
        for index, id_ in enumerate(LETTERS[:teams])
    ]
    actors += [
        {"id": id_, "label": id_.title(), "kind": "audience", "domain": None, "voice": voice}
        for id_, voice in dict(audiences).items()
    ]
    return {
        "title": "A try",
        "subject": "The desk closes",
        "period": "the last four weeks",
        "promise": "About lines, not people.",
        "lang": lang,
        "domains": [{"id": id_, "label": id_.upper()} for id_ in named],
        "actors": actors,
    }


def definition(*arguments, **options):
    return Definition.read(payload(*arguments, **options))


def sheet(told="", heard=None, *, closed=("told", "heard")):
    """Give a sheet: `told` as letters, `heard` as {letter: "yes", "partly" or "via:b"}."""
    rows = {}
    for source, said in (heard or {}).items():
        answer, _, via = said.partition(":")
        rows[source] = Heard(answer, via or None)
    return Sheet(
        told={to: Told() for to in told},
        heard=rows,
        closed={name: name in closed for name in ("told", "heard")},
    )


class Events:
    """Numbers events as a store would."""

    def __init__(self):
        self.numbers = itertools.count(1)
        self.all = []

    def __call__(self, participant, kind, payload=None, **more):
        seq = next(self.numbers)
        event = Event(f"e{seq}", "w", participant, "lines", kind, {**(payload or {}), **more}, seq)
        self.all.append(event)
        return event


class FakePage:
    """Remembers what was sent, and passes on what a browser would say."""

    def __init__(self):
        self.sent = []
        self.listeners = []

    def send(self, content):
        self.sent.append(content)

    def on_msg(self, callback):
        self.listeners.append(callback)

    def say(self, content):
        for listener in self.listeners:
            listener(self, content, [])

    def take(self, kind):
        """Give the messages of a kind that came since the last call, and forget them."""
        found = [content for content in self.sent if content["type"] == kind]
        self.sent = [content for content in self.sent if content["type"] != kind]
        return found


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now=1000.0):
        self.now = now

    def __call__(self):
        return self.now

    def move(self, seconds):
        self.now += seconds


def applied(state, message):
    """Give a page's state after a state message, as the front end keeps it."""
    state = {} if message["from_seq"] == 0 else dict(state)
    for key, value in message["patch"].items():
        if value is None:
            state.pop(key, None)
        else:
            state[key] = value
    return state


def without_times(state):
    return {
        key: value
        for key, value in state.items()
        if key not in {"seq", "now", "messages", "origin"} and value is not None
    }


def namespace(**values):
    return SimpleNamespace(**values)
