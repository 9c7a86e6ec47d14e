"""A walk along every screen that anybody sees, one after the other, in a real browser."""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, expect

from room import Room
from visitor import DESK, PHONE, Visitor
from workshopkit import paths
from workshopkit.i18n import translator
from workshopkit.network.actors import Definition
from workshopkit.panels.script import spoken
from workshopkit.room import definitions, simulated

WITHIN_MS = 30_000
US, NEAR, OTHER, FAR = 0, 1, 3, 9  # places in the demo's list: our team, one of our domain, and two beyond it


_REVEAL = (
    ("arrives", "What arrives", ".map svg"),
    ("drawn", "So we think it runs", "svg"),
    ("bent", "So it arrives", ".legend"),
    ("against", "Our guess, and how it is", ".dots"),
    ("audiences", "What reaches the people it is for", ".map svg"),
    ("circles", "What goes round", ".map svg"),
    ("walls", "Between the domains", ".map svg"),
)
_AGREED = {
    "if": "iets verandert",
    "then": "dezelfde dag bellen",
    "who": "de woordvoerder",
    "when": (dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=30)).isoformat(),
    "obstacle": "de vakantie",
    "instead": "de vervanger bellen",
}


@dataclass(frozen=True)
class Screen:
    """One screen as it stands in the browser now.

    Parameters
    ----------
    name
        What it is called in a test that fails.
    page
        The page that shows it.
    """

    name: str
    page: Page

    @property
    def of_a_phone(self) -> bool:
        """Tell whether it is meant for a phone first."""
        return not self.name.startswith(("wall", "cockpit"))


class Walk:
    """Goes along the screens of a room in one language.

    Parameters
    ----------
    browser, room
        Where.
    lang
        The language of all visitors.
    """

    def __init__(self, browser: Browser, room: Room, lang: str) -> None:
        self.browser, self.room, self.lang = browser, room, lang
        self.t = translator(lang)
        self.visitors: list[Visitor] = []
        self.teams = list(
            Definition.read(definitions.read_file(paths.data() / "demo" / f"{lang}.json")).actors
        )

    def come(self, viewport: dict[str, int] = PHONE) -> Visitor:
        """Let somebody come with a browser of their own."""
        visitor = Visitor(self.browser, viewport, self.lang)
        visitor.page.set_default_timeout(WITHIN_MS)
        self.visitors.append(visitor)
        return visitor

    def close(self) -> None:
        """Let all go."""
        for visitor in self.visitors:
            visitor.context.close()

    def name(self, place: int) -> str:
        """Give the label of a place on the map."""
        return self.teams[place].label

    # Steps -------------------------------------------------------------------------------------------------------

    def join(self, visitor: Visitor, place: int) -> None:
        """Follow the code on the wall and choose a team."""
        visitor.page.goto(self.room.join_url)
        visitor.page.locator(f'.choice[value="{self.teams[place].id}"]').click()
        seen(visitor.page.locator("#app .seat"))

    def tap(self, page: Page, text: str) -> None:
        """Tap a button by its words."""
        page.get_by_role("button", name=self.t(text), exact=True).click()

    def row(self, page: Page, place: int) -> None:
        """Tap a row of a list."""
        page.locator(".row-name", has=page.get_by_text(self.name(place), exact=True)).click()

    def asked(self, page: Page, question: str) -> None:
        """Wait for a question."""
        seen(page.get_by_role("heading", level=1, name=self.t(question)))

    def facilitate(
        self, kind: str, payload: dict[str, object], *, who: str = "facilitator", act: str = "lines"
    ) -> None:
        """Store an event, as the cockpit or, in an act, somebody else's phone would."""
        self.room.store.append(
            id=uuid.uuid4().hex,
            workshop=self.room.workshop.id,
            participant=who,
            act=act if who != "facilitator" else None,
            kind=kind,
            payload=payload,
        )

    def colleagues(self, *, but: tuple[int, ...] = (US,)) -> None:
        """Let simulated colleagues answer for all other seats."""
        payload = self.room.store.events(self.room.workshop.id, kinds={"workshop.defined"})[0].payload
        definition = Definition.read(payload)
        ours = {self.teams[place].id for place in but}
        for seat in definition.seats:
            if seat.id not in ours:
                who = f"simulated-{seat.id}"
                for kind, said in [("joined", {"actor": seat.id}), *simulated.answers(definition, seat.id)]:
                    self.facilitate(kind, dict(said), who=who)

    # Walks -------------------------------------------------------------------------------------------------------

    def door(self) -> Iterator[Screen]:
        """Go along the pages without a kernel."""
        page = self.come().page
        page.goto(self.room.url("/"))
        yield Screen("door: code", page)
        page.goto(self.room.url("/j/WRONGONE"))
        yield Screen("door: wrong code", page)
        page.goto(self.room.url("/rejoin"))
        yield Screen("door: rejoin", page)
        page.get_by_role("textbox").fill("WRONG-CODE-0000")
        self.tap(page, "Go on")
        seen(page.get_by_role("alert"))
        yield Screen("door: rejoin with a wrong code", page)
        page.goto(self.room.url("/nowhere"))
        yield Screen("door: no page here", page)
        page.goto(self.room.url("/wall"))
        yield Screen("door: not yours", page)
        page.goto(self.room.join_url)
        yield Screen("door: team", page)
        page.get_by_role("button", name=re.compile(rf"^{re.escape(self.name(FAR))}")).click()
        seen(page.locator("#app .seat"))
        page.goto(self.room.join_url)
        yield Screen("door: team, in already", page)
        page.goto(self.room.url("/me"))
        page.locator("summary").click()
        yield Screen("door: me", page)
        self.tap(page, "Make a code")
        seen(page.locator(".code-big"))
        yield Screen("door: me with a code", page)
        page.locator("summary").click()
        self.tap(page, "Withdraw our answers")
        seen(page.get_by_role("heading", name=self.t("You are out")))
        yield Screen("door: withdrawn", page)
        page.goto(self.room.enter_url())
        page.goto(self.room.url("/lead"))
        yield Screen("door: lead", page)
        self.tap(page, "Make a link")
        seen(page.locator(".qr svg"))
        yield Screen("door: lead with a link", page)

    def act(self, phone: Visitor) -> Iterator[Screen]:
        """Go along the questions of act 02 on a phone that has joined while no act was open."""
        page = phone.page
        yield Screen("phone: waiting", page)
        self.facilitate("act.opened", {"act": "lines"})
        self.asked(page, "Whom did you tell this yourselves? Tap them.")
        yield Screen("phone: told", page)
        self.row(page, NEAR)
        self.row(page, OTHER)
        self.tap(page, "doubt")
        self.stored(page)
        yield Screen("phone: told, row open", page)
        self.tap(page, "This is everyone")
        self.asked(page, "From whom did you hear it?")
        yield Screen("phone: heard", page)
        self.row(page, NEAR)
        self.row(page, FAR)
        self.tap(page, "via another")
        self.tap(page, "press")
        self.stored(page)
        yield Screen("phone: heard, via", page)
        self.tap(page, "This is everyone")
        self.asked(page, "From whom would you have liked to hear it directly?")
        yield Screen("phone: wish", page)
        page.locator(".chips button", has_text=self.name(OTHER)).click()
        yield Screen("phone: wish, chosen", page)
        self.tap(page, "Go on")
        seen(page.get_by_role("button", name=self.t("Right"), exact=True))
        self.stored(page)
        yield Screen("phone: check", page)
        self.tap(page, "Change")
        yield Screen("phone: check, what to change", page)
        self.tap(page, "Whom we told")
        self.asked(page, "Whom did you tell this yourselves? Tap them.")
        yield Screen("phone: correcting", page)
        self.tap(page, "Done")
        self.tap(page, "Right")
        seen(page.get_by_role("heading", name=self.t("Thank you. Look at the big screen.")))
        self.stored(page)
        yield Screen("phone: done", page)

    def proxy(self) -> Iterator[Screen]:
        """Go along what those who speak for an audience are asked otherwise; the act is open."""
        visitor = self.come()
        self.join(visitor, next(place for place, one in enumerate(self.teams) if one.voice == "proxy"))
        page = visitor.page
        self.asked(page, "From whom did you hear it?")
        yield Screen("proxy: heard", page)
        self.row(page, NEAR)
        self.stored(page)
        self.tap(page, "This is everyone")
        self.asked(page, "Whom did you tell this yourselves? Tap them.")
        self.tap(page, "Nobody")
        self.asked(page, "How do you notice it?")
        self.tap(page, "phone calls")
        self.tap(page, "a feeling")
        yield Screen("proxy: evidence", page)
        self.tap(page, "Go on")
        self.asked(page, "From whom would you have liked to hear it directly?")
        self.stored(page)

    def trouble(self) -> Iterator[Screen]:
        """Go along what a phone shows when things go wrong; the act is open."""
        one, two = self.come(), self.come()
        cut = Cut(one.page)
        self.join(one, OTHER)
        self.join(two, OTHER)
        self.row(one.page, US)
        self.stored(one.page)
        seen(two.page.locator(".row-on"))
        self.row(two.page, US)
        self.tap(two.page, "doubt")
        seen(one.page.get_by_role("alert"))
        yield Screen("phone: conflict", one.page)
        cut.now()
        seen(one.page.locator("#connection"))
        self.row(one.page, FAR)
        seen(one.page.locator(".saving-waiting"))
        yield Screen("phone: no connection", one.page)
        self.facilitate("act.closed", {"act": "lines"})
        cut.mend()
        seen(one.page.locator(".saving [role=alert]"))
        yield Screen("phone: refused", one.page)

    def stages(self) -> Iterator[Screen]:
        """Go along wall and cockpit; everybody else has answered by the time the map is shown."""
        wall, cockpit = self.wall, self.cockpit = self.come(DESK), self.come(DESK)
        cockpit.page.goto(self.room.enter_url())
        wall.page.goto(self.room.enter_url("wall"))
        seen(wall.page.locator(".wall-join"))
        yield Screen("wall: join", wall.page)
        seen(cockpit.page.locator(".cockpit-teams"))
        yield Screen("cockpit: before", cockpit.page)
        self.facilitate("act.opened", {"act": "lines"})
        self.colleagues()
        cockpit.page.get_by_role(
            "button", name=self.t.n("{count} minute", "{count} minutes", 8), exact=True
        ).click()
        self.tap(cockpit.page, "Show the map")
        for page in (wall.page, cockpit.page):
            seen(page.locator(".map > svg .line-confirmed").first)
            seen(page.locator(".timer"))
        yield Screen("wall: map", wall.page)
        yield Screen("cockpit: map", cockpit.page)
        wall.page.locator("summary").click()
        yield Screen("wall: map as a list", wall.page)

    def moments(self, phone: Visitor) -> Iterator[Screen]:
        """Go along the other moments of the afternoon, after `stages`: everybody has answered."""
        page, wall, cockpit = phone.page, self.wall.page, self.cockpit.page
        self.facilitate("map.shown", {"shown": False})
        self.open("prepare", "warmup", "What is our own Google+?", phone)
        yield Screen("phone: warm-up", page)
        yield Screen("wall: warm-up", wall)
        self.open("case", "P6", None, phone)
        yield Screen("phone: card", page)
        self.tap(page, "we recognise this")
        self.stored(page)
        self.facilitate("marks.shown", {"shown": True})
        seen(wall.locator(".marks"))
        yield Screen("phone: card, marked", page)
        yield Screen("wall: card", wall)
        yield Screen("cockpit: card", cockpit)
        yield from self._reveal(phone)
        yield from self._agreements(phone)
        self.open("report", "close", "Thank you", phone)
        yield Screen("phone: close", page)
        yield Screen("wall: close", wall)

    def _reveal(self, phone: Visitor) -> Iterator[Screen]:
        page, wall, cockpit = phone.page, self.wall.page, self.cockpit.page
        self.open("silos", "own", None, phone)
        yield Screen("wall: own", wall)
        self.open("silos", "guess", "Of every 10 lines that we drew, how many run straight?", phone)
        yield Screen("phone: guess", page)
        yield Screen("wall: guess", wall)
        page.get_by_role("button", name="6", exact=True).click()
        self.asked(page, self.t("You guess: {count} of every 10.", count=6))
        self.stored(page)
        yield Screen("phone: guessed", page)
        for part, title, sight in _REVEAL:
            self.open("silos", part, title, phone)
            seen(wall.locator(f".scene {sight}").first)
            seen(page.locator("p.lead"))
            yield Screen(f"phone: {part}", page)
            yield Screen(f"wall: {part}", wall)
        self.open("silos", "walk", None, phone)
        seen(page.get_by_role("heading", name=self.t("How did it end?")))
        self.tap(page, "the map is not right")
        self.stored(page)
        yield Screen("phone: walk", page)
        yield Screen("wall: walk", wall)
        yield Screen("cockpit: walk", cockpit)

    def _agreements(self, phone: Visitor) -> Iterator[Screen]:
        page, wall, cockpit = phone.page, self.wall.page, self.cockpit.page
        self.open("agreements", "write", "What will you do in the coming months?", phone)
        self.tap(page, "Agree on this")
        seen(page.get_by_role("alert"))
        yield Screen("phone: agreement, not filled in", page)
        for field, text in zip(page.locator("#app form input").all(), _AGREED.values(), strict=False):
            field.fill(text)
        page.locator("#app form select").first.select_option(label=self.name(NEAR))
        self.tap(page, "Agree on this")
        seen(page.get_by_text(self.t("no answer yet")))
        self.stored(page)
        yield Screen("phone: agreement written", page)
        writer = self.teams[NEAR].id
        agreed = {"with": self.teams[US].id, "ours": True, **_AGREED, "alone": ""}
        self.facilitate("agreement.written", agreed, who=f"simulated-{writer}", act="agreements")
        self.open("agreements", "accept", "Others agree this with you. Do you do it?", phone)
        self.tap(page, "We do it")
        self.stored(page)
        seen(wall.locator(".answer-accepted"))
        yield Screen("phone: agreement of others", page)
        yield Screen("wall: agreements", wall)
        yield Screen("cockpit: agreements", cockpit)

    def open(self, act: str, part: str, title: str | None, phone: Visitor) -> None:
        """Open a moment, and wait until all pages show it; the phone by its title, if that is its own."""
        self.facilitate("act.opened", {"act": act, "part": part})
        seen(self.wall.page.locator(".scene"))
        seen(self.cockpit.page.locator(".cockpit-now .say", has_text=self.t(spoken(act, part)[1])))
        if title is not None:
            self.asked(phone.page, title)
        elif act == "case":
            seen(phone.page.get_by_role("heading", name=self.t("Do you recognise this?")))

    def everywhere(self) -> Iterator[Screen]:
        """Go along all of them."""
        phone = self.come()
        self.join(phone, US)
        yield from self.door()
        yield from self.act(phone)
        yield from self.proxy()
        yield from self.trouble()
        yield from self.stages()
        yield from self.moments(phone)
        yield from self.end(phone)

    def end(self, phone: Visitor) -> Iterator[Screen]:
        """Go along what comes last: a workshop that is over, and a page that gets no kernel."""
        self.facilitate("workshop.closed", {})
        seen(phone.page.get_by_role("heading", name=self.t("The workshop is over")))
        yield Screen("phone: over", phone.page)
        late = self.come(DESK).page
        late.goto(self.room.enter_url())
        seen(late.locator(".cockpit-teams"))
        os.kill(self.room.pid("warm"), signal.SIGKILL)
        late.reload()
        late.route(re.compile(r"/cockpit$"), lambda route: route.abort("aborted"))  # it would try again soon
        seen(late.get_by_role("link", name=self.t("Try again")))
        yield Screen("cockpit: no kernel", late)

    def stored(self, page: Page) -> None:
        """Wait until everything that was tapped is stored."""
        seen(page.locator(".saving-stored"))


class Cut:
    """A line to the door that can be cut: from then on nothing of the page's kernel is reached."""

    def __init__(self, page: Page) -> None:
        self._whole = True
        self._sockets: list[object] = []
        page.route_web_socket(re.compile(r"/channels"), self._connect)
        page.route(
            re.compile(r"/api/kernels/"), lambda route: route.continue_() if self._whole else route.abort()
        )

    def _connect(self, socket: object) -> None:
        if self._whole:
            socket.connect_to_server()  # type: ignore[attr-defined]
            self._sockets.append(socket)
        else:
            socket.close(code=1011)  # type: ignore[attr-defined]

    def mend(self) -> None:
        """Let the page through again."""
        self._whole = True

    def now(self) -> None:
        """Cut it."""
        self._whole = False
        for socket in self._sockets:
            socket.close(code=1011)  # type: ignore[attr-defined]


def seen(locator: object) -> None:
    """Wait until something is to be seen."""
    expect(locator).to_be_visible(timeout=WITHIN_MS)  # type: ignore[arg-type]
