// A team's phone: one screen at a time, as the facilitator opens the afternoon's moments.
import { useEffect, useRef, useState } from "preact/hooks";

import { t } from "../i18n.js";
import { MendPhone, RelayPhone } from "../lazy.jsx";
import { openOf, stepOf, withWaiting } from "../sheet.js";
import { Accept, Agree } from "./agreements.jsx";
import { CaseCard } from "./case.jsx";
import { Conflicts, Lines } from "./lines.jsx";
import { Mine } from "./mine.jsx";
import { Saving, Timer, useSettle } from "./parts.jsx";
import { Guess, Look } from "./reveal.jsx";
import { Walk } from "./walk.jsx";

const QUESTIONS = new Set(["told", "heard", "evidence", "wish", "check", "done"]);

/** The screen that belongs to a moment; the questions of act 02 by the step at which the team is. */
function screenOf(state, sheet, correcting) {
  if (state.withdrawn || state.closed) return "over";
  if (!sheet) return "wait";
  const place = `${state.act}/${state.part}`;
  if (correcting || state.act === "lines" || place === "silos/own") return correcting ?? stepOf(sheet, state.seat.proxy);
  if (state.card) return "card";
  if (place === "silos/guess") return "guess";
  // Who has not told yet how the walk ended, or corrects the map, can do so in the break.
  if (place === "silos/walk" || (place === "silos/break" && state.walk && ["map_wrong", null].includes(sheet.walked))) return "walk";
  if (place === "agreements/write") return "agree";
  if (place === "agreements/accept" || place === "agreements/aloud") return "accept";
  if (state.relay && state.part !== "talk") return "relay";
  if (state.mend) return "mend";
  return state.act && state.act !== "prepare" ? "look" : "wait";
}

export function Participant({ state, outbox, add, ask, links, seenBy }) {
  const [correcting, setCorrecting] = useState(null);
  const heading = useRef(null);
  const screen = useRef(null);
  const sheet = state.sheet ? withWaiting(state.sheet, outbox.ahead) : null;
  const mayCorrect = state.act === "lines" || (state.act === "silos" && ["own", "walk", "break"].includes(state.part));
  const step = screenOf(state, sheet, mayCorrect ? correcting : null);
  const asks = QUESTIONS.has(step);
  // A guess is chosen where it is guessed, an answer where it is answered.
  const conflicts = openOf(state.conflicts, outbox.ahead).filter(({ list }) => (list === "guess" ? step === "guess" : asks));
  const place = `${step} ${state.part}`;
  const seen = useRef(place);
  useEffect(() => {
    if (seen.current !== place) {
      scrollTo(0, 0);
      heading.current?.focus({ preventScroll: true });
    }
    seen.current = place;
  }, [place]);
  useEffect(() => setCorrecting(null), [state.act, state.part, state.called]);
  useEffect(() => {
    // Who types stays in its field: the notice is in sight there too.
    if (!state.called || document.activeElement?.matches("input, textarea, select")) return;
    for (const one of document.querySelectorAll("details[open]")) one.open = false;
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [state.called]);
  useSettle(screen, place, conflicts.length);

  const shared = { state, sheet, add, ask, heading, links };
  const saves = asks || ["card", "guess", "walk", "relay", "mend", "agree", "accept"].includes(step);
  return (
    <div class="stack" ref={screen}>
      <p class="seat">
        <strong>{state.seat?.proxy ? t("Speaks for: {audience}", { audience: state.seat.label }) : state.seat?.label}</strong>
        <Timer state={state} />
      </p>
      {state.called && (
        <p class="notice called" role="status">
          {t("The facilitator calls everybody back: this is where we are now.")}
        </p>
      )}
      {state.late && !state.called && <p class="notice">{t("You come in later: welcome. The room is at “{step}”. What is open now you can still answer.", { step: state.late })}</p>}
      {step === "over" && <Over state={state} heading={heading} home={links.home} />}
      {step === "wait" && <Waiting state={state} heading={heading} seenBy={seenBy} />}
      {step === "look" && <Look {...shared} />}
      {step === "card" && <CaseCard {...shared} />}
      {step === "guess" && <Guess {...shared} />}
      {step === "walk" && <Walk {...shared} correct={setCorrecting} />}
      {step === "relay" && <RelayPhone {...shared} outbox={outbox} />}
      {step === "mend" && <MendPhone {...shared} outbox={outbox} />}
      {step === "agree" && <Agree {...shared} />}
      {step === "accept" && <Accept {...shared} />}
      <Conflicts state={state} conflicts={conflicts} add={add} />
      {asks && <Lines {...shared} step={step} correcting={correcting} setCorrecting={setCorrecting} />}
      {(saves || outbox.events.length > 0 || outbox.refused.length > 0) && <Saving outbox={outbox} />}
      {!state.withdrawn && state.sheet && <Mine state={state} sheet={state.sheet} links={links} />}
      {!state.withdrawn && (
        <p class="foot">
          <a href={links.me}>{t("Another phone, or withdraw")}</a>
        </p>
      )}
    </div>
  );
}

function Over({ state, heading, home }) {
  const [title, sentence] = state.withdrawn
    ? [t("You are out"), t("Your answers no longer count. You can join again.")]
    : [t("The workshop is over"), t("Your answers are kept.")];
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p class="lead">{sentence}</p>
      {state.withdrawn && (
        <p>
          <a class="btn btn-primary" href={home}>
            {t("Join again")}
          </a>
        </p>
      )}
    </>
  );
}

function Waiting({ state, heading, seenBy }) {
  if (state.part === "warmup") {
    return (
      <>
        <h1 ref={heading} tabIndex={-1}>
          {t("What is our own Google+?")}
        </h1>
        <p class="lead">{t("Which channel does everybody name and nobody use?")}</p>
        <p>{t("Talk about it at your table. Then look at the big screen.")}</p>
      </>
    );
  }
  return (
    <>
      <p class="muted">{t("It is about")}</p>
      <h1 ref={heading} tabIndex={-1}>
        {state.subject}
      </h1>
      <p class="lead">{t("The facilitator opens the first question in a moment.")}</p>
      {state.promise && <blockquote class="promise">{state.promise}</blockquote>}
      {seenBy?.length > 0 && (
        <details class="seen-by" open={state.anonymous}>
          <summary>{t("Who sees what?")}</summary>
          <div class="stack">
            {seenBy.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
        </details>
      )}
    </>
  );
}
