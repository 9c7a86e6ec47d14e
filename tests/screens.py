"""A walk along every screen that anybody sees, one after the other, in a real browser."""

from __future__ import annotations

import datetime as dt
import re
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, expect

from room import Room
from visitor import DESK, PHONE, Visitor
from workshopkit import paths
from workshopkit.case.load import default
from workshopkit.i18n import translator
from workshopkit.network.actors import Definition
from workshopkit.panels.script import spoken
from workshopkit.relay.state import QUIZ, ROUNDS
from workshopkit.room import definitions, simulated

WITHIN_MS = 30_000
US, NEAR, OTHER, FAR = 0, 1, 3, 9  # places in the demo's list: our team, one of our domain, and two beyond it


_REVEAL = (
    ("arrives", "What arrives", ".map svg"),
    ("drawn", "This is how we think it runs", "svg"),
    ("bent", "This is how it arrives", ".legend"),
    ("against", "Our guess, and how it is", ".dots"),
    ("audiences", "What reaches the people it is for", ".figure .shapes"),
    ("circles", "What goes round", ".map svg"),
    ("walls", "Between the domains", ".figure .shapes"),
)
_AGREED = {
    "if": "iets verandert",
    "then": "dezelfde dag bellen",
    "who": "de woordvoerder",
    "when": (dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=30)).isoformat(),
    "obstacle": "de vakantie",
    "instead": "de vervanger bellen",
    "alone": "de balie",
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
            visitor.leave()

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
        page.goto(self.room.url("/case#P6"))
        seen(page.locator("#P6"))
        yield Screen("door: case, a card", page)
        # A page that was laid out wide for a moment has them open already: a tap would close them.
        page.locator("#reader-choices").evaluate("(choices) => { choices.open = true; }")
        page.locator("#reader-mode").click()
        seen(page.locator("#C11"))
        yield Screen("door: case, everything", page)
        page.goto(self.room.url("/me"))
        page.locator("details:not(.mine) > summary").click()
        yield Screen("door: me", page)
        self.tap(page, "Make a code")
        seen(page.locator(".code-big"))
        yield Screen("door: me with a code", page)
        page.locator("details:not(.mine) > summary").click()
        self.tap(page, "Withdraw our answers")
        seen(page.get_by_role("heading", name=self.t("You are out")))
        yield Screen("door: withdrawn", page)
        page.goto(self.room.enter_url())
        page.goto(self.room.url("/lead"))
        yield Screen("door: lead", page)
        self.tap(page, "Make a link")
        seen(page.locator(".qr svg"))
        yield Screen("door: lead with a link", page)
        page.goto(self.room.url("/codes"))
        seen(page.locator(".qr svg"))
        yield Screen("door: codes to scan", page)
        page.goto(self.room.url("/hello"))
        yield Screen("door: hello", page)

    def paper(self) -> Iterator[Screen]:
        """Go along the cards of teams without a phone, as who leads."""
        page = self.come().page
        page.goto(self.room.enter_url())
        page.goto(self.room.url("/entry"))
        yield Screen("door: cards to type in", page)
        page.goto(self.room.url(f"/entry/{self.teams[FAR].id}"))
        yield Screen("door: a card to type in", page)
        page.goto(self.room.url("/cards"))
        yield Screen("door: cards to print", page)
        page.goto(self.room.url("/cards/message"))
        yield Screen("door: cards for the message", page)
        page.goto(self.room.url("/cards/message/typed"))
        yield Screen("door: slips to type in", page)
        page.goto(self.room.url("/cards/breakthrough"))
        yield Screen("door: sheets for the tables", page)
        page.goto(self.room.url("/cards/breakthrough/typed"))
        yield Screen("door: tables to type in", page)

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
        self.tap(cockpit.page, "Open the big screen")
        self.tap(cockpit.page, "Yes")
        for summary in (".health summary", "details:has(textarea) > summary"):
            cockpit.page.locator(summary).click()
        seen(cockpit.page.locator(".wall-question .notice"))
        yield Screen("cockpit: question, light and notes", cockpit.page)
        self.tap(cockpit.page, "Not now")
        self.facilitate("act.opened", {"act": "lines"})
        self.facilitate("room.called", {})
        self.facilitate("room.locked", {"locked": True})
        second = self.come()
        second.page.goto(self.room.enter_url())
        seen(second.page.get_by_role("button", name=self.t("Let people in again"), exact=True))
        yield Screen("cockpit: on a phone, locked", second.page)
        late = self.come()
        late.page.goto(self.room.join_url)
        seen(late.page.get_by_role("alert"))
        yield Screen("door: locked", late.page)
        seen(wall.page.locator(".wall-join .notice"))
        yield Screen("wall: locked", wall.page)
        self.facilitate("room.locked", {"locked": False})
        self.join(late, FAR)
        seen(late.page.locator("#app .notice"))
        yield Screen("phone: later", late.page)
        self.facilitate("room.called", {})
        seen(late.page.locator(".called"))
        self.facilitate("timer.set", {"seconds": 1, "at": time.time()})
        seen(late.page.locator(".timer-over"))
        yield Screen("phone: called back, time is up", late.page)
        yield Screen("wall: time is up", wall.page)
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
        yield Screen("phone: card, marked", page)
        page.locator("details:not(.mine) > summary").click()
        page.locator("textarea").fill("The caller knew before we did.")
        yield Screen("phone: example", page)
        self.tap(page, "Keep this example")
        self.stored(page)
        self.facilitate("marks.shown", {"shown": True})
        self.tap(cockpit, "Show on the big screen")
        seen(wall.locator(".scene .example"))
        yield Screen("wall: card", wall)
        yield Screen("cockpit: card", cockpit)
        self.open("case", "marks", None, phone)
        seen(wall.locator(".scene-marks td").first)
        yield Screen("wall: marks", wall)
        yield Screen("phone: marks", page)
        self.facilitate("marks.shown", {"shown": False})
        seen(wall.locator(".scene-words"))
        yield Screen("wall: marks, hidden", wall)
        self.open("case", "missing", "Who is missing in this conversation?", phone)
        seen(wall.locator(".scene-thread svg"))
        yield Screen("wall: missing", wall)
        yield from self._reveal(phone)
        yield from self.message(phone)
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
            if sight.startswith(".figure"):
                seen(page.locator(sight))
            yield Screen(f"phone: {part}", page)
            yield Screen(f"wall: {part}", wall)
        self.open("silos", "walk", None, phone)
        seen(page.get_by_role("heading", name=self.t("How did it end?")))
        self.tap(page, "the map is not right")
        self.stored(page)
        yield Screen("phone: walk", page)
        yield Screen("wall: walk", wall)
        yield Screen("cockpit: walk", cockpit)

    def message(self, phone: Visitor) -> Iterator[Screen]:
        """Go along a message on its way, which begins with our own team."""
        page, wall, cockpit = phone.page, self.wall.page, self.cockpit.page
        self.open("message", "talk", "A message on its way", phone)
        self.open("message", "relay", "A message on its way", phone)
        seen(cockpit.locator(".relay-lead select").first)
        seen(wall.locator(".scene-words .caution"))
        yield Screen("cockpit: message", cockpit)
        yield Screen("wall: message, before", wall)
        self.send_messages()
        seen(page.locator(".relay-text"))
        yield Screen("phone: message, to read", page)
        self.tap(page, "We have read it")
        page.get_by_role("checkbox").first.click()
        yield Screen("phone: message, to tell", page)
        self.tap(page, "Type")
        page.locator("textarea").fill("2 maart")
        yield Screen("phone: message, typed", page)
        self.tap(page, "This is how we tell it")
        self.asked(page, "To whom do you pass it on?")
        self.stored(page)
        yield Screen("phone: message, to pass on", page)
        page.locator(".chips button").first.click()
        seen(page.locator(".relay-done"))
        self.stored(page)
        yield Screen("phone: message, passed on", page)
        cockpit.locator(".relay-lead summary").click()
        seen(cockpit.locator(".relay-typed li"))
        yield Screen("cockpit: message, on its way", cockpit)
        self.rounds()
        seen(page.locator(".relay-head", has_text=self.t("Questions")))
        yield Screen("phone: message, questions", page)
        yield Screen("wall: message, on its way", wall)
        self.facilitate("relay.next", {"round": QUIZ, "at": time.time()})
        self.asked(page, "The messages are at their end.")
        page.get_by_role("button", name=self.t("That was us")).first.click()
        self.stored(page)
        seen(wall.locator(".relay-label", has_text=self.name(US)))
        yield Screen("phone: message, over", page)
        yield Screen("wall: message, over", wall)
        self.open("message", "texts", None, phone)
        seen(wall.locator(".relay-texts"))
        yield Screen("wall: first and last text", wall)
        self.open("message", "rides", None, phone)
        seen(wall.locator(".relay-spreads"))
        yield Screen("wall: among other rides", wall)

    def send_messages(self) -> None:
        """Let the messages begin: with our own team, and outside."""
        starts = {"out": self.teams[US].id, "in": self.teams[-1].id}
        self.facilitate("relay.started", {"starts": starts, "at": time.time()})

    def rounds(self) -> None:
        """Go through the five rounds at once."""
        for number in range(1, ROUNDS + 1):
            self.facilitate("relay.next", {"round": number, "at": time.time()})

    def _agreements(self, phone: Visitor) -> Iterator[Screen]:
        page, wall, cockpit = phone.page, self.wall.page, self.cockpit.page
        for act, part, title in (
            ("silos", "break", None),
            ("message", "talk", "A message on its way"),
        ):
            self.open(act, part, title, phone)
            if part == "break":  # whoever said that the map is not right may still mend it
                seen(page.get_by_role("heading", name=self.t("How did it end?")))
            yield Screen(f"phone: {part}", page)
            yield Screen(f"wall: {part}", wall)
        yield from self.breakthrough(phone)
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
        agreed = {"with": self.teams[US].id, "ours": True, **_AGREED}
        self.facilitate("agreement.written", agreed, who=f"simulated-{writer}", act="agreements")
        self.open("agreements", "accept", "Others agree this with you. Do you do it?", phone)
        self.tap(page, "We do it")
        self.stored(page)
        seen(wall.locator(".answer-accepted"))
        yield Screen("phone: agreement of others", page)
        yield Screen("wall: agreements", wall)
        yield Screen("cockpit: agreements", cockpit)

    def breakthrough(self, phone: Visitor) -> Iterator[Screen]:
        """Choose cards, see what is cut, give dots, and look at the plan that could be."""
        page, wall, cockpit = phone.page, self.wall.page, self.cockpit.page
        self.open("breakthrough", "choose", "What do we mend first?", phone)
        yield Screen("phone: cards", page)
        for _ in range(5):
            able = page.locator('.mend-card[aria-checked="false"]:not([aria-disabled="true"])')
            if not able.count():
                break
            able.first.click()
            self.stored(page)
        seen(page.locator(".mend-effects li").first)
        yield Screen("phone: plan", page)
        page.locator("summary", has_text=self.t("Make a card of your own")).click()
        yield Screen("phone: own card", page)
        seen(wall.locator(".mend-tables .mend-better").first)
        yield Screen("wall: tables", wall)
        self.facilitate("act.opened", {"act": "breakthrough", "part": "cut"})
        seen(page.locator(".mend-said em", has_text=self.t("laid aside")).first)
        yield Screen("phone: cut", page)
        self.tap(page, "Dots")
        for _ in range(3):
            page.locator(".mend-card").first.click()
        yield Screen("phone: dots", page)
        self.tap(page, "These are my dots")
        self.stored(page)
        self.tap(page, "Everybody at our table has given")
        self.stored(page)
        cockpit.locator(".mend-lead summary").click()
        yield Screen("cockpit: tables", cockpit)
        self.tap(cockpit, "Show the dots now")
        seen(wall.locator(".mend-given .mend-dots").first)
        yield Screen("wall: dots", wall)
        seen(page.locator(".mend-card small").first)
        yield Screen("phone: dots of all", page)
        self.tap(cockpit, "Show what could have been done too")
        seen(
            wall.get_by_text(self.t("What do you know that the map does not?"))
        )  # also where a table chose just that
        yield Screen("wall: plan", wall)
        cockpit.goto(self.room.url(f"/cards/breakthrough/{self.teams[FAR].id}"))
        yield Screen("cockpit: a table to type in", cockpit)
        cockpit.goto(self.room.url("/cockpit"))

    def open(self, act: str, part: str, title: str | None, phone: Visitor) -> None:
        """Open a moment, and wait until all pages show it; the phone by its title, if that is its own."""
        self.facilitate("act.opened", {"act": act, "part": part})
        seen(self.wall.page.locator(".scene"))
        seen(self.cockpit.page.locator(".cockpit-now .say", has_text=self.t(spoken(act, part)[1])))
        seen(phone.page.locator(f'#app[data-moment="{act}/{part}"]'))
        if title is not None:
            self.asked(phone.page, title)
        elif act == "case" and part in default().items:
            seen(phone.page.get_by_role("heading", name=self.t("Do you recognise this?")))

    def everywhere(self) -> Iterator[Screen]:
        """Go along all of them."""
        phone = self.come()
        self.join(phone, US)
        yield from self.door()
        yield from self.paper()
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
        self.room.end_for_good("warm")
        again = late.get_by_role("link", name=self.t("Try again"))
        late.reload(wait_until="commit")
        seen(again)
        late.route(re.compile(r"/cockpit$"), lambda route: route.abort("aborted"))  # it would try again soon
        seen(again)
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
